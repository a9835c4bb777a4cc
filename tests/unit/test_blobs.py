"""The blob store."""

import hashlib
from pathlib import Path

import pytest

from shared.blobs import BlobStore
from shared.domain.errors import Unavailable


def left_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_stream_is_kept_whole(tmp_path: Path) -> None:
    store = BlobStore(tmp_path / "blobs")
    blob = store.write_stream([b"one ", b"", b"two"])
    with store.open(blob.key) as file:
        assert file.read() == b"one two"
    assert (blob.size_bytes, blob.sha256) == (7, hashlib.sha256(b"one two").digest())


def test_equal_files_are_kept_apart(tmp_path: Path) -> None:
    store = BlobStore(tmp_path)
    first, second = store.write_stream([b"x"]), store.write_stream([b"x"])
    store.delete(first.key)
    store.delete(first.key)
    with store.open(second.key) as file:
        assert file.read() == b"x"
    with pytest.raises(FileNotFoundError):
        store.open(first.key)


def test_a_broken_stream_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> object:
        yield b"half"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        BlobStore(tmp_path).write_stream(broken())  # type: ignore[arg-type]
    assert left_files(tmp_path) == []


def test_a_file_can_be_read_before_it_is_kept(tmp_path: Path) -> None:
    with BlobStore(tmp_path).start() as writer:
        writer.write(b"a,b\n1,2\n")
        writer.seek(4)
        assert writer.read() == b"1,2\n"
        assert writer.path.read_bytes() == b"a,b\n1,2\n"
        blob = writer.commit()
        assert writer.path == BlobStore(tmp_path).find_path(blob.key)


@pytest.mark.parametrize("key", ["", "../secret", "/etc/passwd", "ab/../../x", "ab/" + "0" * 29, "AB/" + "0" * 30])
def test_foreign_keys_are_no_paths(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        BlobStore(tmp_path).open(key)


def test_only_dead_writers_are_swept(tmp_path: Path) -> None:
    store = BlobStore(tmp_path)
    orphan = tmp_path / "partial" / "left"
    with store.start() as writer:
        orphan.write_bytes(b"half")
        assert store.sweep() == 1
        writer.write(b"whole")
        blob = writer.commit()
    assert [path.name for path in left_files(tmp_path)] == [blob.key[3:]]
    assert store.sweep() == 0


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    with BlobStore(tmp_path).start() as writer, Path("/dev/full").open("rb+", buffering=0) as full:
        writer._file.close()
        writer._file = full
        with pytest.raises(Unavailable) as failure:
            writer.write(b"x")
    assert failure.value.code == "storage_full"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "blobs").write_bytes(b"a file where the folder should be")
    with pytest.raises(Unavailable) as failure:
        BlobStore(tmp_path / "blobs").write_stream([b"x"])
    assert failure.value.code == "storage_unavailable"
