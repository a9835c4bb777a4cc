"""Cleaning, folding and placeholders of any cell."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.normalise.placeholder import is_placeholder_digits
from shared.normalise.text import clean_lines, clean_text, fold, is_placeholder, strip_guard


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  Jan\u00a0 \tKowalski\r\n", "Jan Kowalski"),
        ("Ja\u200bn\ufeff\u00ad", "Jan"),
        ("a\x00b\x07c", "abc"),
        ("Smith &amp; Sons &#8211; &quot;x&quot;", 'Smith & Sons – "x"'),
        ("Smith &amp;amp; Sons", "Smith & Sons"),
        ("AT&T", "AT&T"),
        ("<b>Jan</b><br>Kowalski", "Jan Kowalski"),
        ("1 < 2 > 0", "1 < 2 > 0"),
        ("\ud800x", "x"),
        ("", ""),
    ],
)
def test_text_is_one_clean_line(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


def test_breaks_divide_lines() -> None:
    assert clean_lines("a b ") == ["a b"]
    assert clean_lines(" ") == []
    assert clean_lines("a<br/>b\n\n c <p>d</p><i>e</i>") == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Zażółć GĘŚLĄ jaźń", "zazolc gesla jazn"),
        ("Müller Straße", "muller strasse"),
        ("Živilė Šimkutė", "zivile simkute"),
        ("Пьер Объедков", "per obedkov"),
        ("Αθήνα", "athina"),
        ("Mu\u0308ller", "muller"),
        ("O’Brien", "obrien"),
        ("ＡＢＣ　１", "abc 1"),
        (" a  b ", "a b"),
        ("\U000f0000", ""),
    ],
)
def test_folding_gives_plain_lower_case(text: str, folded: str) -> None:
    assert fold(text) == folded


@settings(deadline=None)
@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert fold(folded) == folded


@settings(deadline=None)
@given(st.text())
def test_cleaning_twice_changes_nothing_but_entities(text: str) -> None:
    clean = clean_text(text)
    assert clean == clean.strip()
    assert "&" in clean or "<" in clean or clean_text(clean) == clean


@pytest.mark.parametrize(
    "text",
    [
        "",
        "N/A",
        "n.a.",
        "-",
        "---",
        "?",
        "Brak",
        "нет данных",
        "nėra",
        "k.A.",
        "NULL",
        "#REF!",
        "0",
        "0.0",
        "'none'",
        "undefined",
    ],
)
def test_placeholder_is_recognised(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text", ["Nan Goldin", "Nullmeier", "10", "A", "no data like more data in the world of the firm", "Нетто"]
)
def test_value_is_no_placeholder(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize(
    ("digits", "expected"),
    [("0000000", True), ("123456", True), ("9876543", True), ("12345", False), ("5551234567", False)],
)
def test_invented_digits_are_recognised(digits: str, *, expected: bool) -> None:
    assert is_placeholder_digits(digits) is expected


@pytest.mark.parametrize(
    ("text", "bare"), [("'0501", "0501"), ('="0501"', "0501"), ('"abc"', "abc"), ("abc'", "abc'"), ("", "")]
)
def test_spreadsheet_guard_is_taken_off(text: str, bare: str) -> None:
    assert strip_guard(text) == bare
