"""Workbooks: sheets, cells as text, streaming; and the command that shows a reading."""

import datetime
import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from services.inspect_command import inspect
from services.intake.reading import workbook
from services.intake.reading.errors import Damaged
from services.intake.reading.inspection import inspect_file
from services.intake.reading.rows import Row, read_rows

HEADER = ["Company", "Phone", "City"]
RECORDS = [
    ["Alfa Ltd", "+44 20 7946 0001", "London"],
    ["Beta Ltd", "+44 20 7946 0002", "Leeds"],
    ["Gamma Ltd", "", "York"],
]


def make_book(path: Path, **sheets: Sequence[Sequence[object]]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return book


def rows_of(path: Path) -> list[Row]:
    return [item for item in read_rows(path, inspect_file(path)) if isinstance(item, Row)]


def test_sheet_is_read_with_its_row_numbers(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    make_book(path, Leads=[["My list"], [], HEADER, *RECORDS])
    found = inspect_file(path)
    assert (found.format, found.sheet, found.header_line, found.rows) == ("xlsx", "Leads", 3, 3)
    assert [(row.line_no, list(row.cells)) for row in rows_of(path)] == [
        (4 + n, record) for n, record in enumerate(RECORDS)
    ]


def test_name_of_the_file_plays_no_part(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    make_book(path, Leads=[HEADER, *RECORDS])
    assert inspect_file(path).format == "xlsx"


def test_page_of_notes_before_the_data_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    make_book(path, About=[["Project", "Map"], ["Made", "today"]], Data=[HEADER, *RECORDS * 10])
    found = inspect_file(path)
    assert (found.sheet, found.rows) == ("Data", 30)
    assert [p.code for p in found.problems] == ["other_sheet"]


def test_hidden_sheet_is_named_and_not_chosen(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    book = make_book(path, Old=[HEADER, *RECORDS], New=[HEADER, *RECORDS])
    book["Old"].sheet_state = "hidden"
    book.save(path)
    found = inspect_file(path)
    assert found.sheet == "New"
    assert [(p.code, "Old" in p.detail) for p in found.problems] == [("hidden_sheet", True)]


@pytest.mark.parametrize(("wanted", "name"), [("B", "B"), ("1", "B"), (None, "A")])
def test_sheet_can_be_chosen(tmp_path: Path, wanted: str | None, name: str) -> None:
    path = tmp_path / "list.xlsx"
    make_book(path, A=[HEADER, *RECORDS], B=[HEADER, *RECORDS])
    assert inspect_file(path, sheet=wanted).sheet == name


def test_missing_sheet_is_refused_with_the_names(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    make_book(path, A=[HEADER, *RECORDS])
    found = inspect_file(path, sheet="Z")
    assert (found.is_list, found.problems[0].code) == (False, "no_sheet")
    assert "A" in found.problems[0].detail


def test_cells_become_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    when = datetime.datetime(2026, 5, 3, 14, 30)  # noqa: DTZ001  (a sheet knows no zone)
    make_book(
        path,
        A=[["Phone", "Since", "Active", "Share"], [447911123456, when, True, 0.25], [447911123457, when, False, 1.5]],
    )
    assert rows_of(path)[0].cells == ("447911123456", "2026-05-03 14:30:00", "TRUE", "0.25")


def test_error_values_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    book = make_book(path, A=[HEADER, *RECORDS])
    book["A"]["C2"] = "#N/A"
    book.save(path)
    assert rows_of(path)[0].cells[2] == "#N/A"


def test_merged_title_is_no_header(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    book = make_book(path, A=[["Leads of May", None, None], HEADER, *RECORDS])
    book["A"].merge_cells("A1:C1")
    book.save(path)
    assert inspect_file(path).header_line == 2


def test_empty_columns_on_the_right_are_none(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    make_book(path, A=[[*HEADER, " "], *([*record, " "] for record in RECORDS)])
    found = inspect_file(path)
    assert (len(found.columns), found.problem_count) == (3, 0)


def test_rows_of_a_sheet_are_never_ragged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "list.xlsx"
    make_book(path, A=[HEADER, *RECORDS, ["Delta Ltd"]])
    monkeypatch.setattr(workbook, "STREAM_BYTES", 0)
    assert rows_of(path)[-1].cells == ("Delta Ltd", "", "")
    assert inspect_file(path).problem_count == 0


def test_large_workbook_is_streamed_to_the_same_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "list.xlsx"
    make_book(path, A=[HEADER, *RECORDS])
    plain = rows_of(path)
    monkeypatch.setattr(workbook, "STREAM_BYTES", 0)
    assert workbook.Workbook(path, "xlsx").is_streamed
    assert rows_of(path) == plain


@pytest.mark.parametrize("kind", ["gzip", "zip"])
def test_packed_workbook_is_read(tmp_path: Path, kind: str) -> None:
    path, packed = tmp_path / "list.xlsx", tmp_path / "packed"
    make_book(path, A=[HEADER, *RECORDS])
    if kind == "gzip":
        packed.write_bytes(gzip.compress(path.read_bytes()))
    else:
        with zipfile.ZipFile(packed, "w") as archive:
            archive.write(path, "folder/list.xlsx")
    assert (inspect_file(packed).format, inspect_file(packed).rows) == ("xlsx", 3)
    assert rows_of(packed) == rows_of(path)


def test_archive_in_an_archive_is_refused(tmp_path: Path) -> None:
    path, packed = tmp_path / "inner.zip", tmp_path / "outer.zip"
    for target, name, data in ((path, "a.csv", b"a,b\n1,2\n"), (packed, "inner.csv", None)):
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr(name, path.read_bytes() if data is None else data)
    assert inspect_file(packed).problems[0].code == "wrong_format"


def test_parts_of_an_office_document_are_no_list(tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert inspect_file(path).problems[0].code == "wrong_format"


class PanicException(BaseException):
    """Named like what Rust raises."""


@pytest.mark.parametrize(
    "error", [PanicException("gave up"), zlib.error("invalid distance"), KeyError("xl/workbook.xml")]
)
def test_what_libraries_raise_becomes_damaged(error: BaseException) -> None:
    with pytest.raises(Damaged, match="again"), workbook.reading("Save it again."):
        raise error


def test_interrupt_is_not_taken_for_damage() -> None:
    with pytest.raises(KeyboardInterrupt), workbook.reading("Save it again."):
        raise KeyboardInterrupt


def test_empty_workbook_is_no_list(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    make_book(path, A=[])
    assert inspect_file(path).problems[0].code == "empty"


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(inspect, arguments)
    return done.exit_code, done.output


def test_command_prints_the_contract(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Company;Phone\nAlfa;+44 20 7946 0001\nBeta;+44 20 7946 0002;x\n")
    code, output = run(str(path), "--json")
    shown = json.loads(output)
    assert code == 0
    assert {
        key: shown[key] for key in ("format", "encoding", "delimiter", "sheet", "header_line", "rows", "problem_count")
    } == {
        "format": "csv",
        "encoding": "utf-8",
        "delimiter": ";",
        "sheet": None,
        "header_line": 1,
        "rows": 2,
        "problem_count": 1,
    }
    assert shown["columns"][1] == {"header": "Phone", "field": "phone", "confidence": 0.98, "by": "header"}
    assert set(shown["problems"][0]) == {"line", "code", "detail"}


def test_command_exits_1_for_no_list(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"%PDF-1.4")
    code, output = run(str(path), "--json")
    assert code == 1
    assert json.loads(output)["problems"][0]["code"] == "wrong_format"


def test_command_shows_it_to_people(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    make_book(path, A=[HEADER, *RECORDS], B=[HEADER, *RECORDS])
    code, output = run(str(path))
    assert code == 0
    assert "Phone" in output
    assert "other_sheet" in output


def test_old_workbook_is_told_by_its_parts(tmp_path: Path) -> None:
    path = tmp_path / "list.xls"
    buffer = io.BytesIO(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "Workbook".encode("utf-16-le") + b"\0" * 900
    )
    path.write_bytes(buffer.getvalue())
    assert inspect_file(path).problems[0].code == "damaged"


@pytest.mark.parametrize("name", ["list.csv", "packed"])
def test_error_values_are_kept_whatever_the_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / "list.xlsx"
    book = make_book(path, A=[HEADER, *RECORDS])
    book["A"]["C2"] = "#N/A"
    book.save(path)
    other = tmp_path / name
    other.write_bytes(path.read_bytes() if name == "list.csv" else gzip.compress(path.read_bytes()))
    assert rows_of(other)[0].cells[2] == "#N/A"


def test_sheet_of_many_empty_cells_is_streamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "list.xlsx"
    make_book(path, A=[HEADER, *RECORDS])
    plain = rows_of(path)
    monkeypatch.setattr(workbook, "MAX_CELLS", 5)
    assert inspect_file(path).reading["is_large"]
    assert rows_of(path) == plain
