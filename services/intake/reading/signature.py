"""What kind of file the bytes are, by their signature; the name only breaks a tie between CSV and TSV."""

import re
import zipfile
from pathlib import Path
from typing import BinaryIO

from services.intake.reading.errors import Damaged, Hostile, NoTable, Protected, WrongFormat

TEXT, WORKBOOK, ARCHIVE, GZIP = "text", "workbook", "archive", "gzip"

HEAD_BYTES = 4096
MAX_INDEX_BYTES = 256 << 10
"""The index of a zip of some three thousand files."""

# Signature at the start of the file -> what a person calls it.
FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"#!", "a script"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"BM\x00", "a picture"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3\x00", "an SQLite base"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\xfd7zXZ\x00", "an XZ archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"PAR1", "a Parquet file"),
    (b"OggS", "a sound file"),
    (b"ID3", "a sound file"),
    (b"\x00\x01\x00\x00Standard Jet DB", "an Access base"),
    (b"\x00\x01\x00\x00Standard ACE DB", "an Access base"),
)
MARKUP = re.compile(rb"^\s*(?:<!doctype\s+html|<html|<head|<body|<table|<script|<\?php)", re.IGNORECASE)
XML = re.compile(rb"^\s*<(?:\?xml|!doctype|[a-z][\w:.-]*[\s>/])", re.IGNORECASE)
SQL = re.compile(
    rb"^(?:--[^\n]*\n|/\*.*?\*/;?|\s)*(?:INSERT\s+INTO|CREATE\s+(?:TABLE|DATABASE)|DROP\s+TABLE|SET\s+(?:NAMES|SQL_MODE)|COPY\s+\S+\s*\()",
    re.IGNORECASE | re.DOTALL,
)
MAIL = re.compile(rb"^BEGIN:(VCARD|VCALENDAR)", re.IGNORECASE)
ZIP = b"PK"
GZIP_MARK = b"\x1f\x8b"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def find_kind(path: Path) -> tuple[str, str]:
    """(kind, format) by content: kind is text, workbook, archive or gzip; format is known for workbooks only.

    Raises:
        NotAList: of the family that fits, when no list can be inside.
    """
    if not path.stat().st_size:
        raise NoTable("empty", "The file is empty. Check that the right file was chosen.")
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    if head.startswith(ZIP):
        return find_zip_kind(path)
    if head.startswith(OLE):
        return find_ole_kind(path)
    if head.startswith(GZIP_MARK):
        return GZIP, ""
    check_foreign(head, path.stat().st_size)
    return TEXT, ""


def check_foreign(head: bytes, size_bytes: int) -> None:
    """Raise WrongFormat when the bytes are known to be something else than a list."""
    for signature, name in FOREIGN:
        if head.startswith(signature):
            raise WrongFormat("wrong_format", f"This is {name}. Export the list as CSV or XLSX.")
    text = head.removeprefix(b"\xef\xbb\xbf")
    if MARKUP.match(text):
        raise WrongFormat("html", "This is a web page. Open it in a spreadsheet and save it as XLSX or CSV.")
    if XML.match(text):
        raise WrongFormat("xml", "This is an XML document. Export the list as CSV, XLSX or JSON.")
    if SQL.match(text):
        raise WrongFormat("sql", "This is a dump of a database. Export the table as CSV.")
    if MAIL.match(text):
        raise WrongFormat("vcard", "This is a contact card file. Export the contacts as CSV.")
    if is_dbase(head, size_bytes):
        raise WrongFormat("dbf", "This is a dBASE table. Open it in a spreadsheet and save it as XLSX or CSV.")


def is_dbase(head: bytes, size_bytes: int) -> bool:
    """A dBASE header states its own length, the record length and the record count: they must fit the file."""
    if len(head) < 66 or head[0] not in (0x02, 0x03, 0x30, 0x31, 0x43, 0x83, 0x8B, 0xF5):
        return False
    if not (1 <= head[2] <= 12 and 1 <= head[3] <= 31):
        return False
    records, header, record = (int.from_bytes(head[a:b], "little") for a, b in ((4, 8), (8, 10), (10, 12)))
    return header > 32 and record > 0 and abs(header + records * record - size_bytes) <= 2


def find_zip_kind(path: Path) -> tuple[str, str]:
    """A workbook by its parts, else an archive."""
    check_index(path)
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:80].decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise Damaged("damaged", "The file is a broken-off or damaged zip or workbook. Export it again.") from error
    if "opendocument.spreadsheet" in kind:
        return WORKBOOK, "ods"
    if "xl/workbook.bin" in names:
        return WORKBOOK, "xlsb"
    if any(name.startswith("xl/") and name.endswith((".xml", ".bin")) for name in names):
        return WORKBOOK, "xlsx"
    if any(name.startswith(("word/", "ppt/")) for name in names) or "opendocument" in kind:
        raise WrongFormat("wrong_format", "This is an office document without cells. Save its table as XLSX or CSV.")
    return ARCHIVE, ""


def check_index(path: Path) -> None:
    """Raise before the index of a zip is read when it is longer than any with a list in it."""
    with path.open("rb") as stream:
        tail = read_tail(stream, 1 << 17)
    size_bytes = 0
    for mark, start, length in ((b"PK\x05\x06", 12, 4), (b"PK\x06\x06", 40, 8)):
        at = tail.rfind(mark)
        stated = int.from_bytes(tail[at + start : at + start + length], "little") if at >= 0 else 0
        size_bytes = max(size_bytes, stated if stated != 0xFFFFFFFF else 0)
    if size_bytes > MAX_INDEX_BYTES:
        raise Hostile("too_many_files", "The zip holds too many files. Upload the list itself.")


def find_ole_kind(path: Path) -> tuple[str, str]:
    """An old Excel workbook, or the envelope in which newer ones are encrypted."""
    with path.open("rb") as stream:
        text = stream.read(1 << 20)
    if "EncryptedPackage".encode("utf-16-le") in text or "EncryptionInfo".encode("utf-16-le") in text:
        raise Protected("password", "The workbook is protected by a password. Save it without one.")
    with path.open("rb") as stream:
        whole = text if path.stat().st_size <= len(text) else text + read_tail(stream, 1 << 20)
    if any(name.encode("utf-16-le") in whole for name in ("Workbook", "Book")):
        return WORKBOOK, "xls"
    raise WrongFormat("wrong_format", "This is an office document without cells. Save its table as XLSX or CSV.")


def read_tail(stream: BinaryIO, size_bytes: int) -> bytes:
    """The last bytes of an open file."""
    stream.seek(0, 2)
    end = stream.tell()
    stream.seek(max(0, end - size_bytes))
    return stream.read(size_bytes)
