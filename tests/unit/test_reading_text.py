"""Delimited texts as they come: delimiters, quotes, encodings, line ends."""

import csv
import gzip
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.intake.reading.decoding import Block, read_lines
from services.intake.reading.dialect import Dialect
from services.intake.reading.encoding import Encoding
from services.intake.reading.inspection import inspect_file
from services.intake.reading.problem import Problem
from services.intake.reading.records import read_records
from services.intake.reading.rows import Row, read_rows

HEADER = ["Company", "Phone", "City"]
RECORDS = [
    ["Alfa sp. z o.o.", "+48 22 555 01 01", "Łódź"],
    ["Beta SA", "+48 22 555 01 02", "Gdańsk"],
    ["Gamma", "", "Kraków"],
]


def write(folder: Path, data: str | bytes, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def join(delimiter: str = ",", line_end: str = "\n") -> str:
    return line_end.join(delimiter.join(cells) for cells in [HEADER, *RECORDS]) + line_end


def cells_of(path: Path, **options: str) -> list[list[str]]:
    found = inspect_file(path, **options)  # type: ignore[arg-type]
    return [list(item.cells) for item in read_rows(path, found) if isinstance(item, Row)]


def problems_of(path: Path) -> list[Problem]:
    return [item for item in read_rows(path, inspect_file(path)) if isinstance(item, Problem)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "¬", "^", "~"])
def test_any_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    path = write(tmp_path, join(delimiter))
    assert inspect_file(path).delimiter == delimiter
    assert cells_of(path) == RECORDS


def test_tabs_make_it_tsv_whatever_its_name(tmp_path: Path) -> None:
    assert inspect_file(write(tmp_path, join("\t"))).format == "tsv"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_line_end_is_read(tmp_path: Path, line_end: str) -> None:
    path = write(tmp_path, join(";", line_end))
    assert cells_of(path) == RECORDS
    assert inspect_file(path).header_line == 1


@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-32-le", b"\xff\xfe\x00\x00"),
    ],
)
def test_unicode_is_read_with_and_without_bom(tmp_path: Path, encoding: str, bom: bytes) -> None:
    path = write(tmp_path, bom + join(";").encode(encoding))
    assert inspect_file(path).columns[0].header == "Company"
    assert cells_of(path) == RECORDS


POLISH = (
    "Przedsiębiorstwo Usługowe Źródło;Łódź;ul. Świętokrzyska 5, środek\nZakład Wędliniarski Żółć;Kraków;ul. Długa 7\n"
)
RUSSIAN = (
    "Общество с ограниченной ответственностью Ромашка;Москва;ул. Ленина, 5\nАптека Здоровье;Казань;пр. Победы, 7\n"
)
LITHUANIAN = (
    "Žemės ūkio bendrovė Ąžuolas;Šiauliai;Žemaitės g. 5, įėjimas iš kiemo\nŪkininkų turgus;Kėdainiai;Vilties 7\n"
)


@pytest.mark.parametrize(
    ("text", "encoding", "country"),
    [
        (POLISH, "cp1250", "PL"),
        (POLISH, "iso8859-2", "PL"),
        (RUSSIAN, "cp1251", None),
        (RUSSIAN, "koi8-r", None),
        (RUSSIAN, "cp866", None),
        (LITHUANIAN, "cp1257", "LT"),
        (LITHUANIAN, "iso8859-13", "LT"),
    ],
)
def test_code_page_is_found_from_its_lines(tmp_path: Path, text: str, encoding: str, country: str | None) -> None:
    data = ("name;city;street\n" + "Plain;Town;Road 1\n" * 3000 + text * 20).encode(encoding)
    rows = cells_of(write(tmp_path, data), **({"country": country} if country else {}))
    assert rows[-1] == text.splitlines()[1].split(";")
    assert rows[-2] == text.splitlines()[0].split(";")


def test_wrong_guess_can_be_overridden(tmp_path: Path) -> None:
    path = write(tmp_path, RUSSIAN.encode("cp1251"))
    found = inspect_file(path, encoding="latin-1")
    assert found.encoding == "iso8859-1"


def test_unknown_encoding_is_refused_with_advice(tmp_path: Path) -> None:
    found = inspect_file(write(tmp_path, join()), encoding="klingon")
    assert not found.is_list
    assert found.problems[0].code == "unknown_encoding"


def test_line_of_other_encoding_is_decoded_and_marked(tmp_path: Path) -> None:
    lines = (
        join(";").encode() + "Zażółć gęślą;+48 22 555 01 03;Wrocław\n".encode("cp1250") + "Żubr;;Białystok\n".encode()
    )
    path = write(tmp_path, lines)
    found = inspect_file(path, country="PL")
    assert [cells[0] for cells in cells_of(path, country="PL")][-2:] == ["Zażółć gęślą", "Żubr"]
    assert [(p.line, p.code) for p in found.problems] == [(5, "mixed_encoding")]


def test_cut_character_leaves_line_in_utf8(tmp_path: Path) -> None:
    path = write(tmp_path, join(";").encode() + "Łąka i pole żółte".encode()[:-3] + b"\xc5;;Warszawa\n")
    found = inspect_file(path)
    assert cells_of(path)[-1][0].startswith("Łąka i pole ż")
    assert {problem.code for problem in found.problems} <= {"undecodable", "mixed_encoding"}
    assert found.encoding == "utf-8"


def test_nul_bytes_are_left_out_and_said(tmp_path: Path) -> None:
    path = write(tmp_path, join().replace("Beta SA", "Be\0ta SA").encode())
    assert cells_of(path) == RECORDS
    assert [problem.code for problem in problems_of(path)] == ["nul_bytes"]


def test_separator_line_names_the_delimiter(tmp_path: Path) -> None:
    path = write(tmp_path, "sep=|\n" + join("|"))
    found = inspect_file(path)
    assert (found.delimiter, found.header_line, found.rows) == ("|", 2, 3)


def test_separator_line_behind_a_bom(tmp_path: Path) -> None:
    found = inspect_file(write(tmp_path, b"\xef\xbb\xbfsep=;\r\n" + join(";", "\r\n").encode()))
    assert (found.delimiter, found.header_line, found.rows) == (";", 2, 3)


def test_quoted_line_breaks_stay_in_their_cell(tmp_path: Path) -> None:
    path = write(tmp_path, 'a,b,c\n1,"two\nlines, ""quoted""",3\n4,5,6\n')
    rows = [item for item in read_rows(path, inspect_file(path)) if isinstance(item, Row)]
    assert [row.line_no for row in rows] == [2, 4]
    assert rows[0].cells == ("1", 'two\nlines, "quoted"', "3")


def test_blank_behind_delimiter_belongs_to_it_before_quotes(tmp_path: Path) -> None:
    path = write(tmp_path, 'id, name, city\n1, "Alfa, Beta", "Paris"\n2, "Gamma", "Rome"\n')
    assert inspect_file(path).delimiter == ", "
    assert cells_of(path)[0] == ["1", "Alfa, Beta", "Paris"]


def test_backslash_escapes_quotes(tmp_path: Path) -> None:
    path = write(tmp_path, 'id,name,size\n1,"Mike, 24\\" wide",5\n2,"Plain, name",6\n3,"Other, name",7\n')
    assert cells_of(path)[0] == ["1", 'Mike, 24" wide', "5"]


def test_single_quotes_enclose_cells(tmp_path: Path) -> None:
    path = write(tmp_path, "id,name,city\n1,'Alfa, Beta','Rome'\n2,'Gamma','Paris'\n3,'Delta','Oslo'\n")
    assert cells_of(path)[0] == ["1", "Alfa, Beta", "Rome"]


def many(count: int, broken: str = "") -> str:
    lines = [f'{n},"Firm {n}, Ltd",+44 20 7946 0{n:03}' for n in range(1, count + 1)]
    if broken:
        lines[count // 2] = broken
    return "id,company,phone\n" + "\n".join(lines) + "\n"


def test_unclosed_quote_swallows_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, many(50, '26,"Broken,+44 20 7946 0026'))
    rows = [item for item in read_rows(path, inspect_file(path)) if isinstance(item, Row)]
    assert [row.line_no for row in rows] == list(range(2, 52))
    assert rows[25].cells == ("26", '"Broken', "+44 20 7946 0026")
    assert [(p.line, p.code) for p in problems_of(path)] == [(27, "unclosed_quote")]


def test_quote_left_open_at_the_end_swallows_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, many(20) + '21,"Open,+44 20 7946 0021\n22,Next,+44 20 7946 0022\n')
    assert [cells[0] for cells in cells_of(path)] == [str(n) for n in range(1, 23)]


def test_open_quote_over_many_blocks_swallows_nothing(tmp_path: Path) -> None:
    plain = "".join(f"{n},Firm {n} with a rather long name,+44 20 7946 0000\n" for n in range(20_000))
    path = write(tmp_path, 'id,company,phone\n0,"open,1\n' + plain)
    found = inspect_file(path)
    assert found.rows == 20_001
    assert [(p.line, p.code) for p in found.problems] == [(2, "unclosed_quote")]


def test_quote_inside_a_cell_keeps_the_cut(tmp_path: Path) -> None:
    path = write(tmp_path, many(30, '16,""Broken, Ltd",+44 20 7946 0016'))
    found = inspect_file(path)
    assert found.rows == 30


def test_record_across_blocks_is_whole(tmp_path: Path) -> None:
    cell = "a line of text\n" * 30
    text = "id,note,city\n" + "".join(f'{n},"{cell}",Rome\n' for n in range(2000))
    path = write(tmp_path, text)
    rows = cells_of(path)
    assert len(rows) == 2000
    assert all(row[1] == cell for row in rows)


def test_ragged_rows_are_kept_and_said(tmp_path: Path) -> None:
    path = write(tmp_path, join() + "Delta,+48 22 555 01 04\nEpsilon,+48 22 555 01 05,Radom,extra\n")
    assert cells_of(path)[3:] == [["Delta", "+48 22 555 01 04"], ["Epsilon", "+48 22 555 01 05", "Radom", "extra"]]
    assert [(p.line, p.code) for p in problems_of(path)] == [(5, "short_row"), (6, "long_row")]


@pytest.mark.parametrize("kind", ["gzip", "zip"])
def test_packed_list_is_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "list.packed"
    if kind == "gzip":
        path.write_bytes(gzip.compress(join(";").encode()))
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("__MACOSX/._list.csv", "junk")
            archive.writestr("export/list.csv", join(";"))
    assert cells_of(path) == RECORDS


def test_sample_says_the_same_without_the_count(tmp_path: Path) -> None:
    path = write(tmp_path, many(500))
    whole, sample = inspect_file(path), inspect_file(path, sample_only=True)
    assert sample.rows is None
    assert (sample.columns, sample.reading, sample.is_list) == (whole.columns, whole.reading, whole.is_list)


words = st.text(st.characters(categories=("L", "N", "P", "Zs"), exclude_characters="\x1f"), max_size=12)
tables = st.integers(2, 6).flatmap(
    lambda width: st.lists(
        st.lists(words, min_size=width, max_size=width).filter(lambda row: row[0].strip() != ""),
        min_size=2,
        max_size=12,
    )
)


@settings(deadline=None)
@given(tables, st.sampled_from(",;\t|"))
def test_any_table_is_read_back_as_written(table: list[list[str]], delimiter: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(table)
    dialect = Dialect(delimiter)
    blocks = [Block(1, list(io.StringIO(text.getvalue(), newline="\n")))]
    read = [record for batch in read_records(blocks, dialect, len(table[0])) for record in batch.records]
    assert read == table


@settings(deadline=None)
@given(tables, st.integers(1, 30))
def test_any_cut_into_blocks_gives_the_same_records(table: list[list[str]], size: int) -> None:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([[*row, "two\nlines"] for row in table])
    lines = list(io.StringIO(text.getvalue(), newline="\n"))
    blocks = [Block(at + 1, lines[at : at + size]) for at in range(0, len(lines), size)]
    batches = list(read_records(blocks, Dialect(","), len(table[0]) + 1))
    assert [record[:-1] for batch in batches for record in batch.records] == table
    assert [line for batch in batches for line in batch.lines] == list(range(1, 2 * len(table), 2))


@given(st.text(max_size=200))
def test_any_text_is_cut_into_whole_lines(text: str) -> None:
    data = text.encode()
    blocks = list(read_lines(io.BytesIO(data), Encoding("utf-8"), "\n"))
    assert "".join(line for block in blocks for line in block.lines) == text.replace("\0", "")
    assert [block.first_line for block in blocks][:1] in ([], [1])
