"""The blob store: uploaded files in one folder, written as a stream, hashed on the way, never overwritten.

A file becomes visible under its key only when it is whole and on the disk; what was not committed is removed.
Keys are random, so that two uploads never share a file and deleting one touches no other.
"""

import errno
import fcntl
import hashlib
import os
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Self

from shared.domain.errors import Unavailable

_KEY: Final = re.compile(r"[0-9a-f]{2}/[0-9a-f]{30}")
_PARTIAL: Final = "partial"
_FULL: Final = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True, slots=True)
class Blob:
    """A kept file: its key in the store, the SHA-256 of its bytes, its size."""

    key: str
    sha256: bytes
    size_bytes: int


class BlobStore:
    """Files under one folder, which is made when first needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def start(self) -> "BlobWriter":
        """Opens a new file for writing; it is kept only if `commit` is called before `close`.

        Raises:
            Unavailable: `storage_full`, or `storage_unavailable` when the folder cannot be written.
        """
        try:
            (self._folder / _PARTIAL).mkdir(mode=0o700, parents=True, exist_ok=True)
            return BlobWriter(self._folder)
        except OSError as error:
            raise _unavailable(error) from error

    def write_stream(self, chunks: Iterable[bytes]) -> Blob:
        """Keeps all chunks as one file.

        Raises:
            Unavailable: as `start`; nothing is kept then.
        """
        with self.start() as writer:
            for chunk in chunks:
                writer.write(chunk)
            return writer.commit()

    def open(self, key: str) -> BinaryIO:
        """Opens a kept file for reading.

        Raises:
            FileNotFoundError: there is none of this key (any longer).
        """
        return self.find_path(key).open("rb")

    def delete(self, key: str) -> None:
        """Removes a kept file; may be repeated."""
        self.find_path(key).unlink(missing_ok=True)

    def find_path(self, key: str) -> Path:
        """Gives the path of a kept file, for readers that need one; only keys made here are accepted."""
        if not _KEY.fullmatch(key):
            raise ValueError("not a key of the blob store")
        return self._folder / key

    def sweep(self) -> int:
        """Removes what writers that died left behind, told by the lock that only a living one holds; gives how many."""
        return sum(_remove_if_orphan(path) for path in (self._folder / _PARTIAL).glob("*"))


class BlobWriter:
    """One file being written: `write`, then `commit` or `close`. What was written can be read before the commit."""

    def __init__(self, folder: Path) -> None:
        name = secrets.token_hex(16)
        self._folder = folder
        self._key = f"{name[:2]}/{name[2:]}"
        self._path = folder / _PARTIAL / name
        self._file = self._path.open("xb+", buffering=0)
        fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self._hash = hashlib.sha256()
        self._kept = False
        self.size_bytes = 0

    @property
    def path(self) -> Path:
        """Where the bytes are now: under the store's folder for partial files until the commit."""
        return self._folder / self._key if self._kept else self._path

    def write(self, chunk: bytes) -> int:
        """Appends and hashes.

        Raises:
            Unavailable: as `BlobStore.start`.
        """
        try:
            rest = memoryview(chunk)
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            raise _unavailable(error) from error
        self._hash.update(chunk)
        self.size_bytes += len(chunk)
        return len(chunk)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Moves the reading position; writing after that is not foreseen."""
        return self._file.seek(offset, whence)

    def read(self, size: int = -1) -> bytes:
        """Reads what was written, from the position of the last `seek`."""
        return self._file.read(size) or b""

    @property
    def sha256(self) -> bytes:
        """The hash of what was written so far."""
        return self._hash.digest()

    def commit(self) -> Blob:
        """Puts the file on the disk for good and under its key.

        Raises:
            Unavailable: as `BlobStore.start`; nothing is kept then.
        """
        target = self._folder / self._key
        try:
            os.fsync(self._file.fileno())
            target.parent.mkdir(mode=0o700, exist_ok=True)
            self._path.rename(target)
            _sync_folder(target.parent)
            _sync_folder(self._folder)
        except OSError as error:
            raise _unavailable(error) from error
        self._kept = True
        return Blob(self._key, self.sha256, self.size_bytes)

    def close(self) -> None:
        """Ends the writing; removes the file unless it was committed. May be repeated."""
        self._file.close()
        if not self._kept:
            self._path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_if_orphan(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
    except (BlockingIOError, FileNotFoundError):
        return False
    return True


def _unavailable(error: OSError) -> Unavailable:
    if error.errno in _FULL:
        return Unavailable("storage_full", "the disk for uploaded files is full; try again later", retry_after_s=30)
    return Unavailable("storage_unavailable", "the folder for uploaded files cannot be written", retry_after_s=10)
