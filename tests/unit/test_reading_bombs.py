"""Small files that ask for all the memory or time there is: archives in archives, long indexes, sparse and repeated cells."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

from services.intake.reading.inspection import inspect_file
from tests.unit.test_reading_hostile import SHEET, bounded, make_workbook, refused

LIST = b"Company,Phone\nAlfa,+44 20 7946 0001\n"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def pack(files: dict[str, bytes]) -> bytes:
    """A zip of the files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def make_ods(row: str) -> bytes:
    """A smallest ODS around the XML of its rows."""
    spaces = " ".join(f'xmlns:{name}="{OFFICE}:{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet><table:table '
        f'table:name="S">{row}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    manifest = f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{OFFICE}:manifest:1.0"/>'
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return pack({"mimetype": kind, "content.xml": content.encode(), "META-INF/manifest.xml": manifest.encode()})


def test_zips_in_zips_are_refused(tmp_path: Path) -> None:
    data = LIST
    for _ in range(30):
        data = pack({"list.zip": data})
    assert refused(tmp_path, data) == "wrong_format"


def test_gzip_in_gzip_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, gzip.compress(gzip.compress(LIST * 1000))) == "wrong_format"


def test_packed_bomb_is_refused_before_a_row_is_read(tmp_path: Path) -> None:
    path = tmp_path / "list.zip"
    for data in (pack({"list.csv": b"a,b\n" * (10 << 20)}), gzip.compress(b"a,b\n" * (10 << 20))):
        path.write_bytes(data)
        with bounded():
            found = inspect_file(path, sample_only=True)
        assert [problem.code for problem in found.problems] == ["bomb"]


def test_zip_of_tens_of_thousands_of_files_is_refused(tmp_path: Path) -> None:
    entry = b"PK\x01\x02" + bytes(42) + b"name"
    end = b"PK\x05\x06" + bytes(4) + (30_000).to_bytes(2, "little") * 2
    index = entry * 30_000
    data = b"PK\x03\x04" + bytes(26) + index + end + len(index).to_bytes(4, "little") + bytes(6)
    assert refused(tmp_path, data) == "too_many_files"


@pytest.mark.parametrize(
    "data",
    [b"\0" * (8 << 20), b'"' * (4 << 20), b" " * (4 << 20), b"\n" * (4 << 20)],
    ids=["nulls", "quotes", "blanks", "line ends"],
)
def test_file_of_one_sign_is_refused(tmp_path: Path, data: bytes) -> None:
    assert refused(tmp_path, data) in {"empty", "line_too_long", "free_text", "no_records"}


def test_nulls_behind_a_list_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(LIST + b"\0" * (2 << 20))
    with bounded():
        assert inspect_file(path).rows == 1


@pytest.mark.parametrize("deep", [b"[" * 500_000, b'{"a":' * 200_000], ids=["lists", "objects"])
def test_json_without_an_end_is_refused(tmp_path: Path, deep: bytes) -> None:
    assert refused(tmp_path, deep, "list.json") in {"json_too_deep", "no_records", "line_too_long", "free_text"}


def test_record_of_ever_new_keys_is_refused(tmp_path: Path) -> None:
    data = json.dumps([{f"key{n}": n for n in range(20_000)}]).encode()
    assert refused(tmp_path, data, "list.json") == "too_many_columns"


def test_sheet_of_all_its_columns_is_refused(tmp_path: Path) -> None:
    cells = b"".join(b"<c><v>%d</v></c>" % n for n in range(16_384))
    assert refused(tmp_path, make_workbook(SHEET % (b"<row>" + cells + b"</row>")), "list.xlsx") == "too_many_columns"


def test_sparse_rows_as_wide_as_the_sheet_are_refused(tmp_path: Path) -> None:
    row = b'<row r="%d"><c r="A%d"><v>1</v></c><c r="XFD%d"><v>1</v></c></row>'
    rows = b"".join(row % (n, n, n) for n in range(1, 300))
    assert refused(tmp_path, make_workbook(SHEET % rows), "list.xlsx") in {"too_many_columns", "too_large"}


CELL = '<table:table-cell office:value-type="string"{}><text:p>x</text:p></table:table-cell>'
REPEATED = {
    "columns": "<table:table-row>" + CELL.format(' table:number-columns-repeated="2000000000"') + "</table:table-row>",
    "rows": '<table:table-row table:number-rows-repeated="2000000000">' + CELL.format("") + "</table:table-row>",
    "both": '<table:table-row table:number-rows-repeated="1048576">'
    + CELL.format(' table:number-columns-repeated="16384"')
    + "</table:table-row>",
}


@pytest.mark.parametrize("row", REPEATED.values(), ids=REPEATED)
def test_repeated_cells_are_refused(tmp_path: Path, row: str) -> None:
    assert refused(tmp_path, make_ods(row), "list.ods") in {"bomb", "damaged", "too_large", "too_many_columns"}


def test_smallest_ods_is_read(tmp_path: Path) -> None:
    row = "<table:table-row>" + CELL.format("") + "</table:table-row>"
    path = tmp_path / "list.ods"
    path.write_bytes(make_ods(row * 3))
    assert (inspect_file(path).format, inspect_file(path).is_list) == ("ods", True)


def test_one_line_of_a_million_cells_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, b"x," * 1_000_000 + b"\n" + b"1,2\n" * 9) == "too_many_columns"
