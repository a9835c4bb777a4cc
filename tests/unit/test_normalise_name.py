"""Names of people: order, capitals, titles."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.normalise.name import Person, read_person


@pytest.mark.parametrize(
    ("raw", "given_name", "middle", "family"),
    [
        ("Jan Kowalski", "Jan", None, "Kowalski"),
        ("Kowalski, Jan", "Jan", None, "Kowalski"),
        ("KOWALSKI, JAN MARIA", "Jan", "Maria", "Kowalski"),
        ("Kowalski Jan", "Jan", None, "Kowalski"),
        ("KOWALSKI Jan Maria", "Jan", "Maria", "Kowalski"),
        ("Jan VAN DER BERG", "Jan", None, "van der Berg"),
        ("JAN NOWAK-KOWALSKI", "Jan", None, "Nowak-Kowalski"),
        ("jan kowalski", "Jan", None, "Kowalski"),
        ("Иванов Иван Иванович", "Иван", "Иванович", "Иванов"),
        ("Иван Иванович Иванов", "Иван", "Иванович", "Иванов"),
        ("Petrova Iuliia", "Iuliia", None, "Petrova"),
        ("Smirnov Aleksey", "Aleksey", None, "Smirnov"),
        ("Smirnov Alexei", "Alexei", None, "Smirnov"),
        ("Петров Пётр", "Пётр", None, "Петров"),
        ("Иванов И.И.", "И.И.", None, "Иванов"),
        ("Ivanova Anna Ivanovna", "Anna", "Ivanovna", "Ivanova"),
        ("Ludwig van Beethoven", "Ludwig", None, "van Beethoven"),
        ("John A. Smith", "John", "A.", "Smith"),
        ("Smith J.", "J.", None, "Smith"),
        ("J Smith", "J", None, "Smith"),
        ("PATRICK O'BRIEN", "Patrick", None, "O'Brien"),
        ("RONALD MCDONALD", "Ronald", None, "McDonald"),
        ("Maria", "Maria", None, None),
        ("Nowak", None, None, "Nowak"),
        ("Jan (owner) Kowalski", "Jan", None, "Kowalski"),
        ("Jan kowalski", "Jan", None, "kowalski"),
        ("Kowalski, Jan, Dr", "Jan", None, "Kowalski"),
        ("Kowalski,", None, None, "Kowalski"),
        (", Jan", "Jan", None, None),
        ("Anna MARIA Kowalska", "Anna", "Maria", "Kowalska"),
    ],
)
def test_whole_name_falls_into_parts(raw: str, given_name: str | None, middle: str | None, family: str | None) -> None:
    person = read_person(raw)
    assert (person.given, person.middle, person.family) == (given_name, middle, family)
    assert person.display == " ".join(filter(None, (given_name, middle, family)))


@pytest.mark.parametrize(
    ("raw", "title", "display"),
    [
        ("dr hab. inż. Jan Nowak", "dr hab. inż.", "Jan Nowak"),
        ("Mr. John Smith Jr.", "Mr. Jr.", "John Smith"),
        ("Smith, John, PhD", "PhD", "John Smith"),
        ("Herr Müller", "Herr", "Müller"),
    ],
)
def test_titles_are_taken_off(raw: str, title: str, display: str) -> None:
    assert (read_person(raw).title, read_person(raw).display) == (title, display)


@pytest.mark.parametrize("raw", [None, "", "n/a", "123", "Mr", "---", "x@y.pl", " , "])
def test_nobody_is_an_empty_person(raw: str | None) -> None:
    assert read_person(raw) == Person("", title=read_person(raw).title)


def test_cells_with_parts_win_over_the_whole() -> None:
    assert read_person("Somebody Else", "JAN", "KOWALSKI").display == "Jan Kowalski"
    assert read_person(None, "Jan Maria", "Kowalski") == Person("Jan Maria Kowalski", "Jan", "Kowalski", "Maria")
    assert read_person(None, "Jan", "n/a") == Person("Jan", "Jan")


def test_missing_part_comes_from_the_whole() -> None:
    assert read_person("Jan Maria Kowalski", None, "Nowak") == Person("Jan Maria Nowak", "Jan", "Nowak", "Maria")
    assert read_person("Nowak", "Jan", None) == Person("Jan Nowak", "Jan", "Nowak")
    assert read_person("Jan", None, "Nowak") == Person("Jan Nowak", "Jan", "Nowak")
    assert read_person("Maria", "Jan", None) == Person("Jan", "Jan")


@settings(deadline=None)
@given(
    st.one_of(st.none(), st.text()),
    st.one_of(st.none(), st.text(max_size=20)),
    st.one_of(st.none(), st.text(max_size=20)),
)
def test_any_text_is_read_without_error(raw: str | None, given_name: str | None, family: str | None) -> None:
    person = read_person(raw, given_name, family)
    assert bool(person.display) == bool(person.given or person.family)
