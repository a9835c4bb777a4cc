"""Opening what a text list is packed in: nothing, gzip or zip; with a limit on what may come out."""

import gzip
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, BinaryIO, Self, cast

from services.intake.reading.errors import Damaged, Hostile, NoTable, Protected
from services.intake.reading.signature import ARCHIVE, GZIP

MAX_RATIO = 200
"""More bytes out than this for one byte in is a bomb: real lists pack 3 to 30 times."""
MIN_BOMB_BYTES = 32 << 20
MAX_UNPACKED_BYTES = 256 << 20
"""A packed workbook is unpacked to a file of at most this size; packed texts are streamed and have no such limit."""
BROKEN = (EOFError, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error, zipfile.BadZipFile)
"""What zip and gzip readers raise on damaged files."""
BOMB = "The packed file inflates beyond any honest list. Upload the list itself."
ADVICE = "The packed file is broken off or damaged. Pack or export it again."
ABOUT = re.compile(r"read[ _-]?me|licen[cs]e|terms|manifest|metadata|schema|info$|about|changelog", re.IGNORECASE)
LIST_NAMES = (
    ".xlsx",
    ".xlsm",
    ".xls",
    ".xlsb",
    ".ods",
    ".csv",
    ".tsv",
    ".txt",
    ".tab",
    ".psv",
    ".json",
    ".jsonl",
    ".ndjson",
    ".sjson",
    ".geojson",
)


class CountedStream:
    """A packed stream that refuses to give more than the packed size can honestly hold."""

    def __init__(self, stream: IO[bytes], packed_bytes: int) -> None:
        self._stream = stream
        self._left = max(MIN_BOMB_BYTES, packed_bytes * MAX_RATIO)

    def read(self, size: int = -1) -> bytes:
        """Like any stream's.

        Raises:
            Hostile: after more bytes than an honest archive of that size holds.
            Damaged: when the archive is broken off.
        """
        try:
            data = self._stream.read(size)
        except BROKEN as error:
            raise Damaged("damaged", ADVICE) from error
        self._left -= len(data)
        if self._left < 0:
            raise Hostile("bomb", BOMB)
        return data

    def close(self) -> None:
        """Close what lies below."""
        self._stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def open_text(path: Path, kind: str, member: str | None = None) -> BinaryIO:
    """Open the bytes of a text list; `member` names the file in a zip.

    Raises:
        Damaged: when the zip does not hold it as its index says.
    """
    if kind == GZIP:
        check_gzip(path)
        return cast(BinaryIO, CountedStream(cast(IO[bytes], gzip.open(path, "rb")), path.stat().st_size))
    if kind == ARCHIVE and member is not None:
        try:
            archive = zipfile.ZipFile(path)
            info = archive.getinfo(member)
            check_stated(info.file_size, info.compress_size)
            return cast(BinaryIO, CountedStream(archive.open(member), info.compress_size))
        except (*BROKEN, KeyError) as error:
            raise Damaged("damaged", ADVICE) from error
    return path.open("rb")


def check_gzip(path: Path) -> None:
    """Inflate what says that it is no honest list, as far as an honest one would go: a broken file only seems to say so.

    Raises:
        Hostile: when it is none.
        Damaged: when it is broken off.
    """
    packed_bytes = path.stat().st_size
    with path.open("rb") as stream:
        stream.seek(max(0, packed_bytes - 4))
        stated_bytes = int.from_bytes(stream.read(4), "little")
    if stated_bytes > max(MIN_BOMB_BYTES, packed_bytes * MAX_RATIO):
        with CountedStream(cast(IO[bytes], gzip.open(path, "rb")), packed_bytes) as counted:
            while counted.read(1 << 20):
                pass


def check_stated(size_bytes: int, packed_bytes: int) -> None:
    """Refuse before anything is read what says of itself that it is no honest list; what lies is met while reading.

    Raises:
        Hostile: when it is so.
    """
    if size_bytes > max(MIN_BOMB_BYTES, packed_bytes * MAX_RATIO):
        raise Hostile("bomb", BOMB)


@contextmanager
def unpack(path: Path, kind: str, member: str | None) -> Iterator[Path]:
    """A file with what is packed, for as long as the context lasts; the file itself when nothing is packed.

    Raises:
        Hostile: when it is larger than a workbook may be.
    """
    if kind not in (GZIP, ARCHIVE):
        yield path
        return
    with TemporaryDirectory(prefix="leadmill-") as folder:
        inner = Path(folder) / "packed"
        left = MAX_UNPACKED_BYTES
        with open_text(path, kind, member) as stream, inner.open("wb") as target:
            while block := stream.read(1 << 20):
                left -= len(block)
                if left < 0:
                    raise Hostile("too_large", "The packed workbook is too large. Upload the workbook itself.")
                target.write(block)
        yield inner


def find_member(path: Path) -> str:
    """The one list in a zip: a name that looks like a list first, then the largest.

    Raises:
        NoTable: when nothing in it can be a list.
        Protected: when it is encrypted.
    """
    with zipfile.ZipFile(path) as archive:
        files = [i for i in archive.infolist() if not i.is_dir() and not is_litter(i.filename)]
    if any(item.flag_bits & 1 for item in files):
        raise Protected("password", "The zip is protected by a password. Pack it without one.")
    lists = [item for item in files if item.filename.lower().endswith(LIST_NAMES)] or files[:1]
    if not lists:
        raise NoTable("empty", "The zip holds no file. Check that the right file was chosen.")
    return max(lists, key=lambda item: (not is_about(item.filename), item.file_size)).filename


def is_about(name: str) -> bool:
    """True for a name of what tells about the list: a text that is read only when nothing else is there."""
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return bool(ABOUT.match(stem))


def is_litter(name: str) -> bool:
    """True for what packers add: resource forks, thumbnails, hidden files."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return name.startswith("__MACOSX") or last.startswith(".") or last in {"Thumbs.db", "desktop.ini"}
