"""Hostile and foreign files: refused with a reason or made harmless, quickly and in little memory."""

import io
import json
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest

from services.intake.reading.inspection import Inspection, inspect_file

MAX_S = 2.0
MAX_MB = 50


@contextmanager
def bounded() -> Iterator[None]:
    """Fail when what runs inside takes longer or more memory than a hostile file may cost."""
    tracemalloc.start()
    start = time.process_time()
    try:
        yield
        spent_s, peak_mb = time.process_time() - start, tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()
    assert spent_s <= 4 * MAX_S, spent_s  # tracing costs several times
    assert peak_mb <= MAX_MB, peak_mb


def look(path: Path) -> Inspection:
    with bounded():
        return inspect_file(path)


def refused(folder: Path, data: bytes, name: str = "list.csv") -> str:
    path = folder / name
    path.write_bytes(data)
    found = look(path)
    assert not found.is_list
    assert len(found.problems[0].detail) > 20
    return found.problems[0].code


FOREIGN = {
    "pdf": (b"%PDF-1.7\n1 0 obj\n", "wrong_format"),
    "windows program": (b"MZ\x90\x00\x03\x00\x00\x00" + b"\0" * 200, "wrong_format"),
    "program": (b"\x7fELF\x02\x01\x01" + b"\0" * 200, "wrong_format"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "wrong_format"),
    "script": (b"#!/bin/sh\nrm -rf /\n", "wrong_format"),
    "web page": (b"<!DOCTYPE html>\n<html><body><table><tr><td>1</td></tr></table></body></html>", "html"),
    "html table named xls": (b"\xef\xbb\xbf<table><tr><td>Name</td></tr></table>", "html"),
    "xml": (b'<?xml version="1.0"?><rows><row/></rows>', "xml"),
    "rtf": (b"{\\rtf1\\ansi Hello}", "wrong_format"),
    "vcard": (b"BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nEND:VCARD\n", "vcard"),
    "sqlite": (b"SQLite format 3\x00" + b"\0" * 100, "wrong_format"),
    "empty": (b"", "empty"),
    "blank": (b"\n\n  \r\n", "empty"),
    "commas": (b",,,\n,,,\n", "empty"),
    "noise": (bytes(range(256)) * 40, "binary"),
    "broken zip": (b"PK\x03\x04" + b"\x01" * 500, "damaged"),
    "broken gzip": (b"\x1f\x8b\x08\x00" + b"\x07" * 50, "damaged"),
    "old office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "wrong_format"),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_foreign_file_is_refused_with_a_reason(tmp_path: Path, name: str) -> None:
    data, code = FOREIGN[name]
    assert refused(tmp_path, data) == code


def test_dbase_table_is_refused(tmp_path: Path) -> None:
    header = struct.pack("<B3BIHH20x", 3, 124, 5, 7, 2, 65, 11) + b"NAME".ljust(11, b"\0") + b"C" + b"\0" * 20 + b"\r"
    assert refused(tmp_path, header + b" ABCDEFGHIJ" * 2 + b"\x1a") == "dbf"


def test_encrypted_workbook_is_refused(tmp_path: Path) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    assert refused(tmp_path, data, "list.xlsx") == "password"


def test_encrypted_zip_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("list.csv", "a,b\n1,2\n")
    data = bytearray(buffer.getvalue())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refused(tmp_path, bytes(data), "list.zip") == "password"


def make_workbook(sheet: bytes, extra: dict[str, bytes] | None = None) -> bytes:
    """A smallest XLSX around the XML of a sheet."""
    kinds = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{kinds}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{kinds}/relationships"><Relationship Id="r1" Type="{office}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{kinds}/relationships"><Relationship Id="r1" Type="{office}/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return buffer.getvalue()


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
ROWS = b'<row r="1"><c r="A1" t="inlineStr"><is><t>Phone</t></is></c></row><row r="2"><c r="A2"><v>442079460001</v></c></row>'


def test_smallest_workbook_is_read(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(make_workbook(SHEET % ROWS))
    assert (look(path).format, look(path).rows) == ("xlsx", 1)


def test_zip_bomb_in_a_workbook_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, make_workbook(SHEET % (ROWS + b" " * (80 << 20))), "list.xlsx") == "bomb"


def test_workbook_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    data = bytearray(make_workbook(SHEET % (ROWS + b" " * (80 << 20))))
    at = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    data[at + 24 : at + 28] = struct.pack("<I", 1000)
    assert refused(tmp_path, bytes(data), "list.xlsx") in {"bomb", "damaged"}


def test_billion_laughs_is_harmless(tmp_path: Path) -> None:
    entities = b'<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    )
    laughs = b"<!DOCTYPE x [" + entities + b"]>" + SHEET % ROWS.replace(b"Phone", b"&j;")
    path = tmp_path / "list.xlsx"
    path.write_bytes(make_workbook(laughs))
    look(path)


def test_external_entity_is_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("top secret")
    sheet = f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'.encode() + SHEET % ROWS.replace(b"Phone", b"&s;")
    path = tmp_path / "list.xlsx"
    path.write_bytes(make_workbook(sheet))
    assert "top secret" not in json.dumps(look(path).to_json())


def test_names_in_a_zip_lead_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "list.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../outside.csv", "Company,Phone\nAlfa,+44 20 7946 0001\n")
    assert look(path).rows == 1
    assert not (tmp_path.parent.parent / "outside.csv").exists()


def test_gzip_bomb_is_refused(tmp_path: Path) -> None:
    import gzip

    assert refused(tmp_path, gzip.compress(b"a,b\n" * (20 << 20))) == "bomb"


def test_macros_are_never_run_only_left_out(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsm"
    path.write_bytes(make_workbook(SHEET % ROWS, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"Shell" * 100}))
    assert look(path).rows == 1


def test_endless_line_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, b"a,b\n" + b"x" * (9 << 20)) == "line_too_long"


def test_line_of_a_megabyte_is_harmless(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"Company,Phone\nAlfa,1\n" + b"x" * (1 << 20) + b",2\nBeta,3\n")
    assert look(path).rows == 3


@pytest.mark.parametrize("quote", ["", '"'])
def test_hundred_thousand_columns_are_refused(tmp_path: Path, quote: str) -> None:
    line = ",".join(f"{quote}c{n}{quote}" for n in range(100_000)).encode() + b"\n"
    assert refused(tmp_path, line * 3) == "too_many_columns"


def test_deep_json_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, b"[" * 200_000 + b"]" * 200_000, "list.json") in {"json_too_deep", "no_records"}


def test_json_of_ever_new_keys_is_refused(tmp_path: Path) -> None:
    data = json.dumps([{f"key{n}": n} for n in range(10_000)]).encode()
    assert refused(tmp_path, data, "list.json") == "too_many_columns"


def test_quote_that_never_closes_costs_little(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("id,name,city\n" + "".join(f'{n},"open {n},Rome\n' for n in range(4000)))
    assert look(path).rows == 4000


def test_broken_workbook_never_raises(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Company", "Phone"])
    book.active.append(["Alfa", "+44 20 7946 0001"])
    buffer = io.BytesIO()
    book.save(buffer)
    data = buffer.getvalue()
    path = tmp_path / "list.xlsx"
    for cut in range(100, len(data), 400):
        path.write_bytes(data[:cut])
        assert not inspect_file(path).is_list


def test_cell_far_from_the_list_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Company", "Phone"])
    book.active.append(["Alfa", "+44 20 7946 0001"])
    book.active.cell(row=1_048_576, column=16_384, value="x")
    path = tmp_path / "list.xlsx"
    book.save(path)
    assert look(path).problems[0].code == "too_large"


def make_endless_xls() -> bytes:
    """An old workbook whose folder is a chain of sectors that leads back to its start."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    # one sector of the table, the folder from sector 1, no small sectors, no more tables
    struct.pack_into("<IIIIIIIII", head, 44, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    struct.pack_into("<108I", head, 76, *([0xFFFFFFFF] * 108))
    struct.pack_into("<I", head, 76, 0)
    table = struct.pack("<128I", 0xFFFFFFFD, 2, 1, *([0xFFFFFFFF] * 125))
    name = "Workbook".encode("utf-16-le")
    return bytes(head) + table + name.ljust(512, b"\0") + bytes(512)


def test_endless_chain_in_an_old_workbook_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, make_endless_xls(), "list.xls") == "too_large"


def test_zip_whose_index_lies_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("list.csv", "company,phone\nAlfa,1\n")
    data = buffer.getvalue()
    assert refused(tmp_path, b"PK\x03\x05" + data[4:], "list.zip") == "damaged"
