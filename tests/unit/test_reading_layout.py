"""Where the table lies: headers, preambles, footers, several tables, and texts that are none."""

from pathlib import Path

import pytest

from services.intake.reading.inspection import Inspection, inspect_file
from services.intake.reading.rows import Row, read_rows

BODY = "Alfa Ltd,+44 20 7946 0001,London\nBeta Ltd,+44 20 7946 0002,Leeds\nGamma Ltd,+44 20 7946 0003,York\n"


def look(folder: Path, text: str) -> Inspection:
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return inspect_file(path)


def lines_of(folder: Path, text: str) -> list[int]:
    found = look(folder, text)
    return [item.line_no for item in read_rows(folder / "list.csv", found) if isinstance(item, Row)]


def headers_of(found: Inspection) -> list[str | None]:
    return [column.header for column in found.columns]


def test_list_without_header_has_none(tmp_path: Path) -> None:
    found = look(tmp_path, BODY)
    assert (found.header_line, found.rows, headers_of(found)) == (None, 3, [None, None, None])
    assert [column.field for column in found.columns] == ["company", "phone", "city"]


def test_titles_above_the_header_are_left_out(tmp_path: Path) -> None:
    found = look(tmp_path, "Export of customers,,\nmade on 3 May 2026,,\n,,\nCompany,Phone,City\n" + BODY)
    assert (found.header_line, found.rows) == (4, 3)
    assert headers_of(found) == ["Company", "Phone", "City"]


def test_title_as_wide_as_the_table_is_no_header(tmp_path: Path) -> None:
    found = look(tmp_path, "Created as new data,Sample 22\ncm,percent\n4000.00,98.78\n3999.00,98.79\n3998.00,98.78\n")
    assert (found.header_line, headers_of(found)) == (2, ["cm", "percent"])


def test_header_of_two_lines_is_joined(tmp_path: Path) -> None:
    found = look(
        tmp_path,
        "Office,,Home,\nPhone,Zip,Phone,Zip\n0207946001,10115,0207946003,10117\n0207946002,10116,0207946004,10118\n",
    )
    assert headers_of(found) == ["Office Phone", "Office Zip", "Home Phone", "Home Zip"]
    assert (found.header_line, found.rows) == (1, 2)


def test_header_said_again_is_no_record(tmp_path: Path) -> None:
    found = look(tmp_path, "Company,Phone,City\n" + BODY + "Company,Phone,City\nDelta Ltd,+44 20 7946 0004,Bath\n")
    assert found.rows == 4
    assert [(p.line, p.code) for p in found.problems] == [(5, "repeated_header")]


def test_header_said_twice_at_the_top_is_one(tmp_path: Path) -> None:
    found = look(tmp_path, "Company,Phone,City\nCompany,Phone,City\n" + BODY)
    assert (found.rows, headers_of(found)) == (3, ["Company", "Phone", "City"])


def test_table_pasted_twice_counts_once(tmp_path: Path) -> None:
    found = look(tmp_path, ("Company,Phone,City\n" + BODY) * 2)
    assert found.rows == 3
    assert [p.code for p in found.problems] == ["second_table"]


def test_blank_lines_are_no_records(tmp_path: Path) -> None:
    assert lines_of(tmp_path, "Company,Phone,City\n\n" + BODY + "\n  ,,\n\nDelta Ltd,,Bath\n") == [3, 4, 5, 9]


@pytest.mark.parametrize(
    "footer", ["Total,3,", "Итого: 3,,", "Razem,,3", "\nexported by the sales team,,", "\nSource: fair,,"]
)
def test_footer_is_left_out_and_said(tmp_path: Path, footer: str) -> None:
    found = look(tmp_path, "Company,Phone,City\n" + BODY + footer + "\n")
    assert found.rows == 3
    assert [p.code for p in found.problems] == ["footer"]


def test_sparse_last_record_is_no_footer(tmp_path: Path) -> None:
    assert look(tmp_path, "Company,Phone,City\n" + BODY + "Delta Ltd,,\n").rows == 4


def test_second_table_is_said_and_not_read(tmp_path: Path) -> None:
    found = look(tmp_path, "Company,Phone,City\n" + BODY + ",,\nBranches,,\nBranch,Manager,Street\nWest,Ann,Road 1\n")
    assert found.rows == 3
    assert [(p.line, p.code) for p in found.problems] == [(6, "second_table")]


def test_gap_in_the_middle_ends_nothing(tmp_path: Path) -> None:
    assert look(tmp_path, "Company,Phone,City\n" + BODY + ",,\n" + BODY.replace("Ltd", "Inc")).rows == 6


def test_header_alone_is_no_list_but_shown(tmp_path: Path) -> None:
    found = look(tmp_path, "Company,Phone,City\n")
    assert (found.is_list, found.rows, headers_of(found)) == (False, 0, ["Company", "Phone", "City"])
    assert found.problems[0].code == "no_records"


def test_one_record_without_header_is_a_list(tmp_path: Path) -> None:
    found = look(tmp_path, "Alfa Ltd,+44 20 7946 0001,London")
    assert (found.is_list, found.rows, found.header_line) == (True, 1, None)


def test_row_names_stand_behind_the_named_cells(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text('"company","phone"\n"1","Alfa Ltd","0207946001"\n"2","Beta Ltd","0207946002"\n', encoding="utf-8")
    found = inspect_file(path)
    first = next(iter(read_rows(path, found)))
    assert isinstance(first, Row)
    assert first.cells == ("Alfa Ltd", "0207946001", "1")
    assert headers_of(found) == ["company", "phone"]


@pytest.mark.parametrize(
    "items",
    [
        ["phone", "+44 20 7946 0001", "+44 20 7946 0002"],
        ["+44 20 7946 0001", "+44 20 7946 0002", "+44 20 7946 0003"],
        ["a@example.com", "b@example.com"],
        ["value", "01", "002", "00003"],
        ["Company", "Alfa Ltd", "Beta, Gamma and Sons", "Delta"],
        ["Alfa", "Beta", "Gamma"],
    ],
)
def test_list_of_one_column_is_a_list(tmp_path: Path, items: list[str]) -> None:
    found = look(tmp_path, "\n".join(items) + "\n")
    has_header = items[0] in {"phone", "value", "Company"}
    assert (found.is_list, len(found.columns), found.rows) == (True, 1, len(items) - has_header)


FREE_TEXTS = {
    "blocks": "".join(
        f"Firm no {n}\n          Some Company Ltd\n     Long Road {n}, 293 01 Town\n\n" for n in range(30)
    ),
    "letter": "Dear Sir,\n\nthank you for your message of last week. We have looked into it, and\nwe are glad to say that all is well.\n\n"
    "Yours faithfully,\nThe office\n",
    "readme": "# Scraper\n\nThis program reads pages, writes a file, and stops.\n\n## Use\n\n    run it\n\n- fast\n- small, simple\n",
    "code": "import os\n\n\ndef main(a, b):\n    for x in a:\n        print(x, b)\n    return os.path.join(a, b, 'c')\n\n\nmain(1, 2)\n",
    "prose": "It was a bright cold day in the town, and the clocks were striking.\nThe hallway smelt of things, and at one end of it a poster, too large for indoor display, had been tacked to the wall.\n"
    "It was no use trying the lift.\nEven at the best of times it was seldom working, and at present the current was cut off.\n",
}


@pytest.mark.parametrize("name", FREE_TEXTS)
def test_free_text_is_refused(tmp_path: Path, name: str) -> None:
    found = look(tmp_path, FREE_TEXTS[name])
    assert not found.is_list
    assert found.problems[0].code == "free_text"


def test_delimiters_at_line_ends_make_no_column(tmp_path: Path) -> None:
    found = look(tmp_path, "Company,Phone\nAlfa Ltd,+44 20 7946 0001,\nBeta Ltd,+44 20 7946 0002,\n")
    assert (headers_of(found), found.rows, found.problem_count) == (["Company", "Phone"], 2, 0)
