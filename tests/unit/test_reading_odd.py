"""Lists written in unusual ways: rare and wide delimiters, quoted lines, figures as headers, remarks, drawn lines."""

import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from services.intake.reading.inspection import Inspection, inspect_file
from services.intake.reading.rows import Row, read_rows

HEADER = ["Company", "Contact person", "Phone", "E-mail", "City"]
BODY = [
    ["Alfa Ltd", "Ann Lee", "020 7946 0001", "ann@alfa.example", "London"],
    ["Beta Ltd", "Bob Ray", "020 7946 0002", "bob@beta.example", "Leeds"],
    ["Gamma Ltd", "Cy Fox", "020 7946 0003", "cy@gamma.example", "York"],
    ["Delta Ltd", "Di Poe", "020 7946 0004", "di@delta.example", "Bath"],
]
FIELDS = ["company", "person", "phone", "email", "city"]


def look(folder: Path, text: str) -> Inspection:
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return inspect_file(path)


def write(sign: str) -> str:
    return "".join(sign.join(row) + "\n" for row in [HEADER, *BODY])


def fields_of(found: Inspection) -> list[str | None]:
    return [column.field for column in found.columns]


def headers_of(found: Inspection) -> list[str | None]:
    return [column.header for column in found.columns]


@pytest.mark.parametrize("sign", ["||", "::", "~~", "|;|", "•", "†"])
def test_odd_delimiter_is_found(tmp_path: Path, sign: str) -> None:
    found = look(tmp_path, write(sign))
    assert (found.delimiter, found.rows, fields_of(found)) == (sign, 4, FIELDS)


def test_empty_cells_are_no_wide_delimiter(tmp_path: Path) -> None:
    found = look(tmp_path, "Company||Phone|City\nAlfa||020 7946 0001|York\nBeta||020 7946 0002|Bath\n")
    assert (found.delimiter, len(found.columns)) == ("|", 4)


def test_one_blank_cuts_under_known_words(tmp_path: Path) -> None:
    found = look(tmp_path, "id name phone\n1 Anna 601234567\n2 Piotr 601234568\n3 Ewa 601234569\n")
    assert (found.delimiter, headers_of(found), found.rows) == (" ", ["id", "name", "phone"], 3)


def test_lines_in_quotes_are_cut(tmp_path: Path) -> None:
    lines = [",".join(f'""{cell}""' for cell in row) for row in [HEADER, *BODY]]
    found = look(tmp_path, "".join(f'"{line}"\n' for line in lines))
    assert (found.delimiter, found.rows, fields_of(found), found.problem_count) == (",", 4, FIELDS, 0)


def test_one_line_in_quotes_is_cut_and_said(tmp_path: Path) -> None:
    found = look(tmp_path, f'"{",".join(HEADER)}"\n' + "".join(",".join(row) + "\n" for row in BODY))
    assert (headers_of(found), found.rows) == (HEADER, 4)
    assert [(p.line, p.code) for p in found.problems] == [(1, "wrapped_line")]


def test_quoted_addresses_stay_one_column(tmp_path: Path) -> None:
    found = look(tmp_path, 'Address\n"5 High Street, Leeds"\n"7 Park Lane, York"\n"9 Mill Road, Bath"\n')
    assert (len(found.columns), found.rows) == (1, 3)


def test_remarks_on_top_say_nothing_of_the_cut(tmp_path: Path) -> None:
    remarks = "".join(f"# remark {number}, with commas, in it\n" for number in range(12))
    found = look(tmp_path, remarks + write(";"))
    assert (found.delimiter, found.header_line, headers_of(found), found.rows) == (";", 13, HEADER, 4)


@pytest.mark.parametrize("labels", ["2019;2020;2021", "1990;1995;2000", "Jan-19;Feb-19;Mar-19"])
def test_years_and_months_can_be_a_header(tmp_path: Path, labels: str) -> None:
    found = look(tmp_path, f"Region;{labels}\nNorth;1,5;2,5;3,5\nSouth;4;5;6\nEast;7;8;9\n")
    assert (found.header_line, headers_of(found), found.rows) == (1, ["Region", *labels.split(";")], 3)


def test_years_above_years_are_a_record(tmp_path: Path) -> None:
    found = look(tmp_path, "Alfa Ltd,2019,2020\nBeta Ltd,2017,2018\nGamma Ltd,2011,2012\n")
    assert (found.header_line, found.rows) == (None, 3)


def test_counted_columns_under_the_header_are_no_record(tmp_path: Path) -> None:
    text = "Company;Phone;City\n1;2;3\n" + "".join(";".join((row[0], row[2], row[4])) + "\n" for row in BODY)
    found = look(tmp_path, text)
    assert (headers_of(found), found.rows) == (["Company", "Phone", "City"], 4)


def test_figures_under_letters_are_a_record(tmp_path: Path) -> None:
    assert look(tmp_path, "a,b,c\n1,2,3\n4,5,6\n").rows == 2


def test_header_of_its_own_style_needs_no_known_word(tmp_path: Path) -> None:
    found = look(tmp_path, "foo_one,foo_two\nAlpha Romeo,Tango\nBravo Sierra,Uniform\nCharlie Kilo,Victor\n")
    assert (found.header_line, found.rows) == (1, 3)


def test_small_second_table_is_not_mixed_in(tmp_path: Path) -> None:
    found = look(tmp_path, write(",") + "\n\nProduct,Price,Qty\nNut,1.20,5\nBolt,2.30,6\n")
    assert found.rows == 4
    assert "second_table" in [p.code for p in found.problems]


def test_drawn_lines_are_no_records(tmp_path: Path) -> None:
    found = look(
        tmp_path, "Company|Phone|City\n-------+-------+------\nAlfa|020 7946 0001|York\nBeta|020 7946 0002|Bath\n"
    )
    assert (found.rows, found.problem_count) == (2, 0)


@pytest.mark.parametrize(
    "footer", ["(4 rows)", "Anzahl Datensätze: 4", "Printed on 12.05.2024", "Итого: 4", "Liczba wierszy;4"]
)
def test_count_below_the_table_is_no_record(tmp_path: Path, footer: str) -> None:
    found = look(tmp_path, write(";") + footer + "\n")
    assert (found.rows, "footer" in [p.code for p in found.problems]) == (4, True)


@pytest.mark.parametrize("phone", ["020 7946 0009", "442079460009"])
def test_company_named_like_a_total_is_a_record(tmp_path: Path, phone: str) -> None:
    assert look(tmp_path, write(";") + f"Total Fitness;;{phone};;\n").rows == 5


def test_end_of_file_sign_is_no_record(tmp_path: Path) -> None:
    assert look(tmp_path, write(";") + "\x1a").rows == 4


def test_log_is_no_list(tmp_path: Path) -> None:
    lines = [f"2024-01-01 10:00:0{n} INFO worker {n} has started and waits\n" for n in range(6)]
    assert not look(tmp_path, "".join(lines)).is_list


def test_text_about_the_list_is_not_the_list(tmp_path: Path) -> None:
    path = tmp_path / "lists.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "This list was made for you. " * 99)
        archive.writestr("leads.csv", write(","))
    assert inspect_file(path).rows == 4


def test_counted_numbers_with_a_plus_are_phones(tmp_path: Path) -> None:
    assert fields_of(look(tmp_path, "".join(f"+4860123456{n}\n" for n in range(6)))) == ["phone"]


RECORDS = [dict(zip(HEADER, row, strict=True)) for row in BODY]
SHAPES = {
    "lists under a list of names": [HEADER, *BODY],
    "columns and data": {"columns": HEADER, "index": [0, 1, 2, 3], "data": BODY},
    "headers inside the rows": {"total": 4, "rows": [HEADER, *BODY]},
    "a list a column": {name: [row[place] for row in BODY] for place, name in enumerate(HEADER)},
    "an object a column": {name: {str(n): row[p] for n, row in enumerate(BODY)} for p, name in enumerate(HEADER)},
    "a key nobody foresaw": {"meta": {"page": 1}, "kontakte": RECORDS},
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_table_is_found_in_any_shape_of_json(tmp_path: Path, shape: object) -> None:
    found = look(tmp_path, json.dumps(shape))
    assert (found.rows, headers_of(found), fields_of(found)) == (4, HEADER, FIELDS)
    cells = [item.cells for item in read_rows(tmp_path / "list.csv", found) if isinstance(item, Row)]
    assert cells == [tuple(row) for row in BODY]


def test_company_with_several_people_is_one_record(tmp_path: Path) -> None:
    text = json.dumps({"company": "Alfa", "phone": "020 7946 0001", "city": "York", "people": [{"name": "A"}] * 2})
    assert look(tmp_path, text).rows == 1


def test_printed_table_is_cut_by_its_blanks(tmp_path: Path) -> None:
    found = look(tmp_path, "".join("".join(cell.ljust(24) for cell in row).rstrip() + "\n" for row in [HEADER, *BODY]))
    assert (found.rows, fields_of(found)) == (4, FIELDS)


@pytest.mark.parametrize("between", [" - ", " – ", ": "])
def test_number_behind_a_name_is_a_column(tmp_path: Path, between: str) -> None:
    found = look(tmp_path, "".join(f"{row[1]}{between}{row[2]}\n" for row in BODY))
    assert (found.delimiter, fields_of(found)[1:], found.rows) == (between, ["phone"], 4)


def test_blanks_in_texts_cut_nothing(tmp_path: Path) -> None:
    assert len(look(tmp_path, "Alfa  Ltd\nBeta  Inc\nGamma  LLC\n").columns) == 1


@pytest.mark.parametrize(
    "text",
    [
        "name: Ann Lee\nphone: 020 7946 0001\n\nname: Bob Ray\nphone: 020 7946 0002\n",
        "- name: Ann\n  phone: '020'\n- name: Bob\n  phone: '021'\n",
        "-- PostgreSQL dump\nINSERT INTO lead (name, phone) VALUES ('Ann', '020');\n" * 3,
    ],
)
def test_records_of_programs_are_no_list(tmp_path: Path, text: str) -> None:
    assert not look(tmp_path, text).is_list


def test_byte_order_marks_inside_are_left_out(tmp_path: Path) -> None:
    found = look(tmp_path, "\ufeff\ufeff" + write(";") + "\ufeff" + write(";").replace("Ltd", "Inc"))
    assert (headers_of(found), found.rows) == (HEADER, 8)


def test_footnotes_below_two_columns_are_no_records(tmp_path: Path) -> None:
    assert look(tmp_path, "Area,Value\nLeeds,10\nYork,20\nBath,30\n\n1 Provisional\n2 Revised\n").rows == 3


def test_second_table_of_a_sheet_is_not_mixed_in(tmp_path: Path) -> None:
    sheet = openpyxl.Workbook()
    for row in [HEADER, *BODY, [], ["Product", "Price", "Quantity"], ["Nut", 1.5, 3], ["Bolt", 2.5, 4]]:
        sheet.active.append(row)
    sheet.save(tmp_path / "list.xlsx")
    assert inspect_file(tmp_path / "list.xlsx").rows == 4


def test_salutations_are_no_jobs(tmp_path: Path) -> None:
    rows = "Mr;Ann;Lee\nMrs;Bob;Ray\nDr;Cy;Fox\n"
    assert fields_of(look(tmp_path, "Title;First name;Surname\n" + rows)) == [None, "given_name", "family_name"]


def test_bare_word_means_what_stands_below(tmp_path: Path) -> None:
    lines = "".join(f"{row[0]};{row[2]}\n" for row in BODY)
    assert fields_of(look(tmp_path, "Company;Number\n" + lines)) == ["company", "phone"]


def test_page_is_the_common_one_where_all_say_the_same(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("name,city\nJosé,Málaga\nZoë,Köln\nBjörn,Malmö\n".encode("cp1252"))
    assert inspect_file(path).encoding == "cp1252"
