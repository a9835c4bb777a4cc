"""Long lists whose unusual parts come late or often: nothing of them is lost, and a look at the start says so."""

import json
from itertools import islice
from pathlib import Path

from services.intake.reading.inspection import Inspection, inspect_file
from services.intake.reading.rows import Row, read_rows
from tests.unit.hostile_files import make_xlsx

RECORDS = [{"company": f"Firma {n}", "phone": f"+48 601 {n:06d}", "city": "Łódź"} for n in range(20_000)]


def write(folder: Path, data: bytes) -> Path:
    path = folder / "list"
    path.write_bytes(data)
    return path


def cells_of(path: Path, found: Inspection) -> list[tuple[str, ...]]:
    return [item.cells for item in read_rows(path, found.reading) if isinstance(item, Row)]


def test_long_list_in_an_object_is_read_to_its_end(tmp_path: Path) -> None:
    value = {"total": len(RECORDS), "data": {"page": 1, "items": RECORDS}}
    path = write(tmp_path, json.dumps(value, indent=1).encode())
    found = inspect_file(path)
    assert (found.rows, [column.field for column in found.columns]) == (len(RECORDS), ["company", "phone", "city"])
    assert cells_of(path, found)[-1] == tuple(RECORDS[-1].values())


def test_long_table_keeps_the_header_that_stands_beside_it(tmp_path: Path) -> None:
    rows = [list(record.values()) for record in RECORDS]
    path = write(tmp_path, json.dumps({"columns": [*RECORDS[0]], "data": rows}).encode())
    found = inspect_file(path)
    assert (found.rows, [column.header for column in found.columns]) == (len(RECORDS), [*RECORDS[0]])


def test_line_of_each_record_is_the_files_own(tmp_path: Path) -> None:
    path = write(tmp_path, b'{"meta": 1,\n"rows": [\n' + b",\n".join(json.dumps(r).encode() for r in RECORDS) + b"\n]}")
    rows = (item for item in read_rows(path, inspect_file(path)) if isinstance(item, Row))
    assert [row.line_no for row in islice(rows, 3)] == [3, 4, 5]


def test_more_complaints_than_rows_of_a_sample_hide_no_row(tmp_path: Path) -> None:
    path = write(tmp_path, b"name;phone\n" + b"\xef\xf0\xe8;1\n\xc5\x82\xc4\x85;2\n" * 20_000)
    found = inspect_file(path, sample_only=True)
    assert found.is_list
    assert {len(cells) for cells in cells_of(path, found)} == {2}


def test_late_lines_of_an_old_page_leave_the_others_as_they_are(tmp_path: Path) -> None:
    first, last = "Łódź Bałuty;601100200\n" * 60_000, "Łódź Górna;601100300\n" * 25_000
    path = write(tmp_path, b"city;phone\n" + first.encode() + last.encode("cp1250"))
    found = inspect_file(path, country="PL")
    cells = cells_of(path, found)
    assert (cells[0][0], cells[-1][0], found.rows) == ("Łódź Bałuty", "Łódź Górna", 85_000)


def test_cell_in_the_last_row_of_a_sheet_is_read(tmp_path: Path) -> None:
    head = b"".join(
        b'<c r="%c1" t="inlineStr"><is><t>%s</t></is></c>' % pair for pair in ((65, b"Name"), (66, b"Phone"))
    )
    rows = b'<row r="1">' + head + b'</row><row r="2"><c r="A2"><v>7</v></c><c r="B2"><v>601100200</v></c></row>'
    far = b'<row r="1048576"><c r="A1048576"><v>8</v></c><c r="B1048576"><v>601100300</v></c></row>'
    path = write(tmp_path, make_xlsx(rows + far))
    found = inspect_file(path)
    assert cells_of(path, found) == [("7", "601100200"), ("8", "601100300")]
