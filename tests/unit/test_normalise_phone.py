"""Phone cells as people type them, and the reasons when there is no number in them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phonenumbers import SUPPORTED_REGIONS

from shared.normalise.phone import PhoneNumber, is_callable, read_phones


def numbers(raw: str, country: str | None = None, area_code: str | None = None) -> list[str]:
    """The valid numbers of a cell, an extension behind an x."""
    reading = read_phones(raw, country=country, area_code=area_code)
    return [n.e164 + (f"x{n.extension}" if n.extension else "") for n in reading.numbers if n.valid]


def reason(raw: str, country: str | None = None) -> str | None:
    return read_phones(raw, country=country).reason


@pytest.mark.parametrize(
    ("raw", "country", "e164"),
    [
        ("+48 22 555 01 23", "PL", "+48225550123"),
        ("0048 22 555 01 23", "PL", "+48225550123"),
        ("0048 22 555 01 23", "US", "+48225550123"),
        ("48225550123", "PL", "+48225550123"),
        ("225550123", "PL", "+48225550123"),
        ("0-22 555 01 23", "PL", "+48225550123"),
        ("+48 (0) 22 555 01 23", "PL", "+48225550123"),
        ("+48 48 22 555 01 23", "PL", "+48225550123"),
        ("044 20 7946 0018", "GB", "+442079460018"),
        ("+044 20 7946 0018", "GB", "+442079460018"),
        ("+8 (495) 123-45-67", "RU", "+74951234567"),
        ("+84 95 123 45 67", "RU", "+84951234567"),
        ("+8 495 123 45 67", "PL", "+84951234567"),
        ("+225550123", "PL", "+48225550123"),
        ("'+48225550123", "PL", "+48225550123"),
        ('="48225550123"', "PL", "+48225550123"),
        ("48225550123.0", "PL", "+48225550123"),
        ("4.8225550123E+10", "PL", "+48225550123"),
        ("\u200b+48\u00a022\u202f555\u00a001\u00a023\ufeff", "PL", "+48225550123"),
        ("＋４８ ２２ ５５５ ０１ ２３", "PL", "+48225550123"),
        ("+48 5O1 234 567", "PL", "+48501234567"),
        ("+48 50l 234 567", "PL", "+48501234567"),
        ("tel. kom.: 501 234 567", "PL", "+48501234567"),
        ("8 (495) 123-45-67", "RU", "+74951234567"),
        ("8-800-555-01-23", "RU", "+78005550123"),
        ("моб. +7 926 123-45-67", "RU", "+79261234567"),
        ("(8-5) 212 34 56", "LT", "+37052123456"),
        ("8 612 34567", "LT", "+37061234567"),
        ("+370 (8 5) 212 3456", "LT", "+37052123456"),
        ("+49 (0)30 123456", "DE", "+4930123456"),
        ("0171/1234567", "DE", "+491711234567"),
        ("4915233612432", "DE", "+4915233612432"),
        ("+44 (0)20 7946 0018", "GB", "+442079460018"),
        ("1-800-FLOWERS", "US", "+18003569377"),
        ("0900 332 600A5", "NZ", "+649003326005"),
        ("(309)\n662-4202", "US", "+13096624202"),
        ("<a href='tel:+48501234567'>call</a>", "PL", "+48501234567"),
        ("https://wa.me/48501234567?text=hi", "PL", "+48501234567"),
        ("tel:+48501234567", None, "+48501234567"),
        ("jan@example.org 501 234 567", "PL", "+48501234567"),
        ("tel:03-331-6005;phone-context=+64", None, "+6433316005"),
        ("380441234567", "PL", "+380441234567"),
        ("48225550123", None, "+48225550123"),
        ("0048225550123", None, "+48225550123"),
        ("020 7946 0018", "uk", "+442079460018"),
        ("sekretariat: 22 555 01 23 (Jan)", "PL", "+48225550123"),
    ],
)  # fmt: skip
def test_one_number_is_read_in_many_forms(raw: str, country: str | None, e164: str) -> None:
    assert numbers(raw, country) == [e164]


@pytest.mark.parametrize(
    ("raw", "country", "expected"),
    [
        ("22 555 01 23, 22 555 01 24", "PL", ["+48225550123", "+48225550124"]),
        ("22 555 01 23; 501 234 567", "PL", ["+48225550123", "+48501234567"]),
        ("22 555 01 23 lub 501 234 567", "PL", ["+48225550123", "+48501234567"]),
        ("501 234 567 502 345 678", "PL", ["+48501234567", "+48502345678"]),
        ("501234567502345678", "PL", ["+48501234567", "+48502345678"]),
        ("+48225550123+48225550124", "PL", ["+48225550123", "+48225550124"]),
        ("600 100 200/600 100 201", "PL", ["+48600100200", "+48600100201"]),
        ("(022) 555-01-23/24", "PL", ["+48225550123", "+48225550124"]),
        ("22 555 01 23, 765 43 21", "PL", ["+48225550123", "+48227654321"]),
        ("(22) 555 01 23 765 43 21", "PL", ["+48225550123", "+48227654321"]),
        ("8 (495) 123-45-67, 123-45-68", "RU", ["+74951234567", "+74951234568"]),
        ("84951234567 84951234568", "RU", ["+74951234567", "+74951234568"]),
        ("030/1234567, 7654321", "DE", ["+49301234567", "+49307654321"]),
        ("030 1234567 / 030 7654321", "DE", ["+49301234567", "+49307654321"]),
        ("Tel.: 030-1234567 Fax: 030-1234568", "DE", ["+49301234567", "+49301234568"]),
        ("Tel.: 030-1234567 Fax: 7654321", "DE", ["+49301234567", "+49307654321"]),
        ("020 7946 0018 or 7946 0019", "GB", ["+442079460018", "+442079460019"]),
        ("+44 20 7946 0018 / 0019", "GB", ["+442079460018", "+442079460019"]),
        ("04 91 00 00 01 - 06 12 34 56 78", "FR", ["+33491000001", "+33612345678"]),
        ("77327770904244111", "US", ["+17732777090", "+17734244111"]),
        ("77352211561150", "US", ["+17735221156"]),
        ("773522115612345", "US", []),
        ("+48501234567502345678", "PL", ["+48501234567", "+48502345678"]),
        ("501234567502345678503456789", "PL", ["+48501234567", "+48502345678", "+48503456789"]),
        ("15012345671502345678", "PL", []),
        ("891234567890123456789", "DE", []),
        ("501 234 567; 501234567", "PL", ["+48501234567"]),
        ("<b>501 234 567</b><br/>502 345 678", "PL", ["+48501234567", "+48502345678"]),
        ("22 555 01 23 - 9", "PL", ["+48225550123"]),
        ("22 555 01 23 (24)", "PL", ["+48225550123"]),
        ("22 555 01 23 do 15:00", "PL", ["+48225550123"]),
        ("03012345670307654321", "DE", ["+49301234567", "+49307654321"]),
        ("22, 555, 01, 23", "PL", ["+48225550123"]),
        ("501 234 567, 12345", "PL", ["+48501234567"]),
    ],
)  # fmt: skip
def test_several_numbers_in_a_cell_are_told_apart(raw: str, country: str, expected: list[str]) -> None:
    assert numbers(raw, country) == expected


@pytest.mark.parametrize(
    ("raw", "country", "expected"),
    [
        ("22 555 01 23 ext. 12", "PL", ["+48225550123x12"]),
        ("22 555 01 23 x12", "PL", ["+48225550123x12"]),
        ("22 555 01 23 #12", "PL", ["+48225550123x12"]),
        ("22 555 01 23 wew. 12", "PL", ["+48225550123x12"]),
        ("225550123wew12", "PL", ["+48225550123x12"]),
        ("(495) 123-45-67, доб. 1225", "RU", ["+74951234567x1225"]),
        ("(495) 123-45-67 (доб. 12, 13)", "RU", ["+74951234567x12"]),
        ("030 1234567 Durchwahl 12", "DE", ["+49301234567x12"]),
        ("+370 5 212 3456 vid. 5", "LT", ["+37052123456x5"]),
        ("+48225550123;1234", "PL", ["+48225550123x1234"]),
        ("+7 495 123-45-67 доб. 12; 8 903 123-45-67", "RU", ["+74951234567x12", "+79031234567"]),
    ],
)  # fmt: skip
def test_extension_is_kept_apart(raw: str, country: str, expected: list[str]) -> None:
    assert numbers(raw, country) == expected


@pytest.mark.parametrize(
    ("raw", "country", "code"),
    [
        ("", "PL", "empty"),
        (" \u00a0\t", "PL", "empty"),
        ("\u200b", "PL", "empty"),
        ("N/A", "PL", "placeholder"),
        ("brak", "PL", "placeholder"),
        ("+", "US", "placeholder"),
        ("0000000000", "US", "placeholder"),
        ("9999999999", "RU", "placeholder"),
        ("123456789", "PL", "placeholder"),
        ("1234567890", None, "placeholder"),
        ("ask the secretary", "PL", "not_a_number"),
        ("4.85012E+11", "PL", "digits_lost"),
        ("223000000000", "PL", "digits_lost"),
        ("+48 500 000 000", "PL", "digits_lost"),
        ("2023-05-12", "PL", "date"),
        ("12.05.2020 10:30", "PL", "date"),
        ("52.2296756", "PL", "coordinates"),
        ("-87.6298", "US", "coordinates"),
        ("41.8781, -87.6298", "US", "coordinates"),
        ("112", "PL", "emergency"),
        ("911", "US", "emergency"),
        ("11880", "DE", "short_code"),
        ("1", "PL", "too_short"),
        ("555 012 345", "RU", "too_short"),
        ("2 79 46 001", "TR", "impossible_length"),
        ("22 555 01 23 44 5", "US", "too_long"),
        ("225550123", None, "no_country"),
        ("+48 2255501234567", None, "too_long"),
        ("5550123", "US", "no_area_code"),
        ("891234567890123456789", "DE", "too_long"),
        ("5566778", "DE", "no_area_code"),
        ("+48 12 345", "PL", "too_short"),
        ("10 123 45 67", "PL", "not_in_plan"),
        ("0203 110555", "DE", "not_in_plan"),
        ("+44 (0) 1218 860257", "GB", "not_in_plan"),
        ("5012345678", "LT", "too_long"),
        ("+675 3126 452 - 4", "PG", "not_in_plan"),
        ("<br>", "PL", "not_a_number"),
    ],
)  # fmt: skip
def test_cell_without_number_has_a_reason(raw: str, country: str | None, code: str) -> None:
    assert (numbers(raw, country), reason(raw, country)) == ([], code)


def test_number_that_the_plan_denies_is_kept_invalid() -> None:
    reading = read_phones("+44 1218 860257", country="GB")
    assert reading.numbers == (PhoneNumber("+441218860257", False, "unknown", None, "GB", "not_in_plan"),)
    assert reading.reason == "not_in_plan"


def test_local_number_is_kept_but_never_valid() -> None:
    (number,) = read_phones("555-0123", country="US").numbers
    assert (number.valid, number.note, number.e164) == (False, "no_area_code", "+15550123")


def test_area_code_of_the_context_completes_a_local_number() -> None:
    assert numbers("555 01 23", "PL", "22") == ["+48225550123"]
    assert numbers("5566778", "DE", "0203") == ["+492035566778"]


@pytest.mark.parametrize("area_code", ["22", "", "xy", "00"])
def test_area_code_leaves_whole_numbers_alone(area_code: str) -> None:
    assert numbers("501 234 567 (dom)", "PL", area_code) == ["+48501234567"]
    assert numbers("0171 1234567", "DE", area_code) == ["+491711234567"]


def test_number_of_another_country_is_kept_and_noted() -> None:
    (number,) = read_phones("+49 30 123456", country="PL").numbers
    assert (number.e164, number.country, number.note) == ("+4930123456", "DE", "other_country")


def test_unknown_country_reads_like_none() -> None:
    assert numbers("+48 22 555 01 23", "XX") == ["+48225550123"]
    assert reason("225550123", "XX") == "no_country"


def test_number_of_no_country_has_none() -> None:
    (number,) = read_phones("+870773111632").numbers
    assert (number.country, number.valid) == (None, True)


@pytest.mark.parametrize(
    ("raw", "country", "callable_"),
    [("501 234 567", "PL", True), ("0700 123 456", "PL", False), ("+44 1218 860257", "GB", False), ("8 800 555 01 23", "RU", True)],
)  # fmt: skip
def test_only_ordinary_numbers_are_callable(raw: str, country: str, *, callable_: bool) -> None:
    (number,) = read_phones(raw, country=country).numbers
    assert is_callable(number) is callable_


def test_premium_number_is_noted() -> None:
    (number,) = read_phones("0700 123 456", country="PL").numbers
    assert (number.type, number.note) == ("premium_rate", "premium_rate")


PHONISH = st.text(alphabet="0123456789+-()/., ;x#\u00a0oOтелwew.\n", max_size=60)


@settings(max_examples=400, deadline=None)
@given(
    raw=st.one_of(st.text(max_size=80), PHONISH),
    country=st.one_of(st.none(), st.sampled_from(sorted(SUPPORTED_REGIONS))),
)
def test_any_text_is_read_without_error(raw: str, country: str | None) -> None:
    reading = read_phones(raw, country=country, area_code="22")
    assert (reading.reason is None) == any(number.valid for number in reading.numbers)
    assert all(
        number.e164[0] == "+" and number.e164[1:].isascii() and number.e164[1:].isdigit() for number in reading.numbers
    )
    assert len({(number.e164) for number in reading.numbers}) == len(reading.numbers)


@settings(max_examples=200, deadline=None)
@given(raw=PHONISH, country=st.sampled_from(["US", "GB", "PL", "RU", "LT", "DE", "FR", "AT"]))
def test_a_valid_number_reads_as_itself(raw: str, country: str) -> None:
    for number in read_phones(raw, country=country).numbers:
        again = read_phones(number.e164, country=country)
        if number.valid:
            assert [n.e164 for n in again.numbers] == [number.e164]
