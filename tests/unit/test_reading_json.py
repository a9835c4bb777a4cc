"""JSON arrays, objects and lines as lists."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.reading.inspection import Inspection, inspect_file
from services.intake.reading.jsonlist import JsonReader, flatten
from services.intake.reading.problem import Problem
from services.intake.reading.rows import Row, read_rows

PEOPLE: list[dict[str, Any]] = [
    {"name": "Alfa", "phone": "+44 20 7946 0001"},
    {"name": "Beta", "city": "Łódź"},
    {"phone": None, "name": "Gamma"},
]


def write(folder: Path, text: str) -> Path:
    path = folder / "list.json"
    path.write_text(text, encoding="utf-8")
    return path


def look(folder: Path, value: Any) -> Inspection:
    return inspect_file(write(folder, value if isinstance(value, str) else json.dumps(value)))


def rows_of(folder: Path, found: Inspection) -> list[Row]:
    return [item for item in read_rows(folder / "list.json", found) if isinstance(item, Row)]


def test_array_gives_a_column_for_every_key(tmp_path: Path) -> None:
    found = look(tmp_path, PEOPLE)
    assert (found.format, found.rows) == ("json", 3)
    assert [column.header for column in found.columns] == ["name", "phone", "city"]
    assert [row.cells for row in rows_of(tmp_path, found)] == [
        ("Alfa", "+44 20 7946 0001", ""),
        ("Beta", "", "Łódź"),
        ("Gamma", "", ""),
    ]


def test_lines_keep_their_numbers(tmp_path: Path) -> None:
    found = look(tmp_path, "\n".join(map(json.dumps, PEOPLE)) + "\n\n")
    assert found.format == "jsonl"
    assert [row.line_no for row in rows_of(tmp_path, found)] == [1, 2, 3]


def test_printed_array_keeps_its_line_numbers(tmp_path: Path) -> None:
    found = look(tmp_path, json.dumps(PEOPLE, indent=2))
    assert [row.line_no for row in rows_of(tmp_path, found)] == [2, 6, 10]


def test_broken_line_is_said_and_the_rest_read(tmp_path: Path) -> None:
    lines = [json.dumps(value) for value in PEOPLE]
    lines[1] = '{"name": "Be'
    path = write(tmp_path, "\n".join(lines))
    found = inspect_file(path)
    assert found.rows == 2
    assert [(p.line, p.code) for p in found.problems] == [(2, "broken_json")]


def test_array_broken_off_gives_what_is_whole(tmp_path: Path) -> None:
    found = look(tmp_path, json.dumps(PEOPLE)[:-12])
    assert found.rows == 2
    assert [p.code for p in found.problems] == ["broken_json"]


@pytest.mark.parametrize(
    "value",
    [
        {"data": PEOPLE, "total": 3},
        {"status": "ok", "results": PEOPLE, "facets": [{"a": 1}]},
        {"people_found": PEOPLE},
        {"response": {"docs": PEOPLE, "start": 0}},
    ],
)
def test_list_inside_an_object_is_found(tmp_path: Path, value: Any) -> None:
    assert look(tmp_path, value).rows == 3


def test_objects_by_key_are_records(tmp_path: Path) -> None:
    found = look(tmp_path, {str(n): {"name": f"Firm {n}", "city": "Rome"} for n in range(5)})
    assert found.rows == 5
    assert found.columns[0].header == "key"


def test_lone_object_is_one_record(tmp_path: Path) -> None:
    assert look(tmp_path, {**PEOPLE[0], "reviews": [{"a": 1}], "photos": [{"b": 2}], "types": ["x"]}).rows == 1


def test_plain_values_are_one_column(tmp_path: Path) -> None:
    found = look(tmp_path, ["+44 20 7946 0001", "+44 20 7946 0002", "+44 20 7946 0003"])
    assert (found.rows, len(found.columns)) == (3, 1)


def test_nested_values_are_flattened_by_the_rule() -> None:
    flat = flatten({"a": {"b": 1, "c": {}}, "d": ["x", None, 2], "e": [{"f": n} for n in range(5)], "g": [[1, 2]]})
    assert flat == {
        "a.b": "1",
        "a.c": "{}",
        "d": "x; ; 2",
        "e.1.f": "0",
        "e.2.f": "1",
        "e.3.f": "2",
        "e.more": '[{"f": 3}, {"f": 4}]',
        "g.1": "[1, 2]",
    }


def test_numbers_keep_their_text(tmp_path: Path) -> None:
    found = look(tmp_path, '[{"phone": 223000000000.0, "zip": 0.10, "big": 12345678901234567890}]')
    assert rows_of(tmp_path, found)[0].cells == ("223000000000.0", "0.10", "12345678901234567890")


def test_key_unseen_by_the_sample_is_kept(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "\n".join([json.dumps({"name": f"Firm {n}"}) for n in range(6000)] + ['{"name": "Last", "late": "x"}']),
    )
    found = inspect_file(path, sample_only=True)
    items = list(read_rows(path, found))
    assert isinstance(items[-2], Problem)
    assert isinstance(items[-1], Row)
    assert items[-1].cells == ("Last", '{"late": "x"}')


def test_long_array_is_streamed_whole(tmp_path: Path) -> None:
    values = [{"name": f"Firm {n}", "note": "x" * 200, "tags": ["a", "b"]} for n in range(5000)]
    found = look(tmp_path, values)
    assert found.rows == 5000
    assert rows_of(tmp_path, found)[4321].cells[0] == "Firm 4321"


def test_empty_array_is_no_list(tmp_path: Path) -> None:
    found = look(tmp_path, [])
    assert (found.is_list, found.problems[0].code) == (False, "no_records")


scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(
    st.lists(st.dictionaries(st.text(max_size=4), values, max_size=4), max_size=6), st.integers(1, 40), st.booleans()
)
def test_any_cut_of_the_text_gives_the_same_values(records: list[Any], size: int, is_printed: bool) -> None:
    text = json.dumps(records, indent=1 if is_printed else None)
    pieces = iter([text[at : at + size] for at in range(0, len(text), size)])
    read = [item[1] for item in JsonReader(pieces).read() if not isinstance(item, Problem)]
    assert [flatten(value) for value in read] == [
        flatten(json.loads(json.dumps(value), parse_int=str)) for value in records
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
def test_a_long_list_on_one_line_is_read_like_any_other(tmp_path: Path, encoding: str) -> None:
    people = [{"name": f"Żółw {n}", "phone": f"+48 {600_000_000 + n}", "note": "ąę" * 20} for n in range(60_000)]
    path = tmp_path / "list.json"
    path.write_bytes(json.dumps(people, ensure_ascii=False).encode(encoding))
    found = inspect_file(path)
    rows = rows_of(tmp_path, found)
    assert (found.format, found.rows, {row.line_no for row in rows}) == ("json", 60_000, {1})
    assert [row.cells[0] for row in rows] == [person["name"] for person in people]
