"""Encodings: what a person names is taken as meant, and a list says the same in whatever encoding it comes."""

from pathlib import Path

import pytest

from services.intake.reading.inspection import inspect_file
from services.intake.reading.rows import Row, read_rows

HEADER = "Firma;Osoba;Telefon;E-mail;Ulica;Miasto"
POLISH = (
    "Zakład Wędliniarski Żółć Sp. z o.o.;Łucja Święcicka;601 200 300;biuro@zolc.pl;ul. Długa 7;Kraków",
    "Przedsiębiorstwo Źródło S.A.;Józef Ćwik;602 200 301;;ul. Świętokrzyska 5;Łódź",
    "Piekarnia Pączek;Małgorzata Dąbrowska;22 555 00 11;paczek@piekarnia.pl;pl. Kościuszki 1;Gdańsk",
)
RUSSIAN = (
    "ООО Ромашка;Иван Щукин;8 495 123-45-67;info@romashka.ru;ул. Ленина, 5;Москва",
    "Аптека Здоровье;Ольга Ёлкина;+7 383 222-33-44;;пр. Победы, 7;Новосибирск",
    "ИП Чайкин;Юрий Чайкин;8 913 000-11-22;chaykin@mail.ru;ул. Мира, 12;Красноярск",
)
LITHUANIAN = (
    "Žemės ūkio bendrovė Ąžuolas;Jūratė Šimkienė;8 612 34567;info@azuolas.lt;Žemaitės g. 5;Šiauliai",
    "UAB Ūkininkų turgus;Vytautas Čepas;+370 5 212 3456;;Vilties g. 7;Kėdainiai",
    "MB Įlanka;Eglė Žukaitė;8 698 76543;egle@ilanka.lt;Ežero g. 1;Telšiai",
)
GERMAN = (
    "Müller & Söhne GmbH;Jörg Weiß;030 123456;info@mueller.de;Große Straße 5;Köln",
    "Bäckerei Übelacker;Änne Groß;089 998877;;Königsplatz 2;München",
    "Gärtnerei Grün;Günter Böhm;0221 554433;g.boehm@gruen.de;Mühlenweg 9;Düsseldorf",
)

LISTS = [
    (POLISH, "PL", "cp1250 iso8859-2 cp852"),
    (RUSSIAN, "RU", "cp1251 koi8-r cp866 iso8859-5"),
    (LITHUANIAN, "LT", "cp1257 iso8859-13"),
    (GERMAN, "DE", "cp1252 iso8859-15"),
]
CASES = [
    (lines, country, encoding)
    for lines, country, encodings in LISTS
    for encoding in f"{encodings} utf-8-sig utf-16 utf-16-le utf-16-be utf-32".split()
]


def write(folder: Path, lines: tuple[str, ...], encoding: str) -> Path:
    path = folder / f"{encoding}.csv"
    path.write_bytes("\r\n".join([HEADER, *lines * 10, ""]).encode(encoding))
    return path


def understand(path: Path, country: str, encoding: str | None = None) -> tuple[object, ...]:
    """All that a list's leads are made from: the meaning of its columns, and the rows."""
    found = inspect_file(path, country=country, encoding=encoding)
    assert found.is_list, found.problems
    return [column.field for column in found.columns], [row for row in read_rows(path, found) if isinstance(row, Row)]


@pytest.mark.parametrize(("lines", "country", "encoding"), CASES)
def test_list_says_the_same_in_every_encoding(
    tmp_path: Path, lines: tuple[str, ...], country: str, encoding: str
) -> None:
    parent = understand(write(tmp_path, lines, "utf-8"), country)
    assert understand(write(tmp_path, lines, encoding), country) == parent


@pytest.mark.parametrize("named", ["utf-16", "utf-16-le", "utf_16_be", "utf-32"])
@pytest.mark.parametrize("bom", [True, False])
def test_wide_encoding_can_be_named(tmp_path: Path, named: str, *, bom: bool) -> None:
    written = named if bom or named[-2:] in ("le", "be") else f"{named}-be"
    path = write(tmp_path, LITHUANIAN, written)
    assert understand(path, "LT", named) == understand(write(tmp_path, LITHUANIAN, "utf-8"), "LT")


@pytest.mark.parametrize("named", ["utf-8", "utf-8-sig"])
def test_bom_is_no_part_of_the_header(tmp_path: Path, named: str) -> None:
    found = inspect_file(write(tmp_path, POLISH, "utf-8-sig"), encoding=named)
    assert found.columns[0].header == "Firma"


def test_other_text_named_as_wide_never_raises(tmp_path: Path) -> None:
    found = inspect_file(write(tmp_path, POLISH, "utf-8"), encoding="utf-16")
    assert (found.is_list, found.problems[0].code) == (False, "other_encoding")


@pytest.mark.parametrize("name", ["hex", "punycode", "idna", "undefined", "unicode_escape", "klingon", "a\0b"])
def test_what_is_no_encoding_of_files_is_refused(tmp_path: Path, name: str) -> None:
    found = inspect_file(write(tmp_path, POLISH, "cp1250"), encoding=name)
    assert (found.is_list, found.problems[0].code) == (False, "unknown_encoding")
