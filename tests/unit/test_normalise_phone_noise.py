"""Phone cells with words, hours, prices, ids and signs beside the number: what is no number never becomes one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.normalise.phone import read_phones
from shared.normalise.phone_noise import drop_bare_hours, drop_hours, drop_ids, plain_signs


def numbers(raw: str, country: str | None = None) -> list[str]:
    """The valid numbers of a cell, an extension behind an x."""
    reading = read_phones(raw, country=country)
    return [n.e164 + (f"x{n.extension}" if n.extension else "") for n in reading.numbers if n.valid]


@pytest.mark.parametrize(
    ("raw", "country", "e164"),
    [
        ("501 234 567 (8:00-16:00)", "PL", "+48501234567"),
        ("22 123 45 67 8:00-16:00", "PL", "+48221234567"),
        ("pn-pt 8:00-16:00 22 123 45 67", "PL", "+48221234567"),
        ("501234567 8-16", "PL", "+48501234567"),
        ("501 234 567, pon.-pt. 9-17", "PL", "+48501234567"),
        ("+7 926 123-45-67 (9-18)", "RU", "+79261234567"),
        ("пн-пт 9-18 8 495 123 45 67", "RU", "+74951234567"),
        ("030/1234567 9-12 Uhr", "DE", "+49301234567"),
        ("030 1234567 9:00–17:00 Uhr", "DE", "+49301234567"),
        ("01254 123456 (9am-5pm)", "GB", "+441254123456"),
        ("020 7946 0018 9.30am-5pm", "GB", "+442079460018"),
        ("24/7 212-736-5000", "US", "+12127365000"),
        ("Call 212-736-5000 24 hours", "US", "+12127365000"),
        ("с 10-00 до 19-00 8 (495) 123-45-67", "RU", "+74951234567"),
        ("8 (495) 123-45-67 10-00 19-00", "RU", "+74951234567"),
        ("01604 123456 (9 to 5)", "GB", "+441604123456"),
        ("212-736-5000 Mon - Fri 8:30 AM - 5:00 PM", "US", "+12127365000"),
    ],
)
def test_hours_are_no_digits_of_the_number(raw: str, country: str, e164: str) -> None:
    assert numbers(raw, country) == [e164]


@pytest.mark.parametrize(
    ("raw", "country", "expected"),
    [
        ("REGON 123456785", "PL", []),
        ("NIP 526-000-12-46 tel 501234567", "PL", ["+48501234567"]),
        ("501234567 NIP 5260001246", "PL", ["+48501234567"]),
        ("ИНН 7707083893 тел 89261234567", "RU", ["+79261234567"]),
        ("Įmonės kodas 302345678", "LT", []),
        ("HRB 12345, Tel. 030 1234567", "DE", ["+49301234567"]),
        ("VAT No GB 123 4567 89", "GB", []),
        ("030 1234567 (0,14 €/Min.)", "DE", ["+49301234567"]),
        ("01805-123456 (0,14 €/Min.)", "DE", ["+491805123456"]),
        ("030 1234567 privat", "DE", ["+49301234567"]),
        ("030 1234567 ab 8h", "DE", ["+49301234567"]),
        ("22 654-32-10 (-11)", "PL", ["+48226543210"]),
        ("8 (495) 000-00-00", "RU", []),
        ("Suite 200 212-736-5000", "US", ["+12127365000"]),
        ("501234567 2 linie", "PL", ["+48501234567"]),
        ("501234567, 0", "PL", ["+48501234567"]),
        ("501234567 lub 112", "PL", ["+48501234567"]),
        ("22 123 45 67 (68, 69)", "PL", ["+48221234567"]),
        ("22 123 45 67-69", "PL", ["+48221234567"]),
        ("22 123 45 67÷69", "PL", ["+48221234567"]),
        ("501 234 567,00", "PL", ["+48501234567"]),
        ("501 xxx xxx", "PL", []),
        ("01234567890123456", "GB", []),
    ],
)
def test_other_digits_of_a_cell_are_left_out(raw: str, country: str, expected: list[str]) -> None:
    assert numbers(raw, country) == expected


@pytest.mark.parametrize(
    ("raw", "country", "e164"),
    [
        ("０２０－７９４６－００１８", "GB", "+442079460018"),
        ("（０２０）７９４６\u3000００１８", "GB", "+442079460018"),
        ("+48%2022%20123%2045%2067", "PL", "+48221234567"),
        ("☎ 22 123 45 67", "PL", "+48221234567"),
        ("📱501234567", "PL", "+48501234567"),
        ("⁺48 22 123 45 67", "PL", "+48221234567"),
        ("{22} 123 45 67", "PL", "+48221234567"),
        ("<501234567>", "PL", "+48501234567"),
        ("501 234 567?", "PL", "+48501234567"),
        ("+7 926 12З 45 67", "RU", "+79261234567"),
        ("+7 926 123 45 б7", "RU", "+79261234567"),
        ("+480501234567", "PL", "+48501234567"),
        ("0048 0 22 1234567", "PL", "+48221234567"),
        ("+48 0048 501234567", "PL", "+48501234567"),
        ("049 30 1234567", "DE", "+49301234567"),
    ],
)
def test_signs_and_zeros_too_many_are_seen_through(raw: str, country: str, e164: str) -> None:
    assert numbers(raw, country) == [e164]


@pytest.mark.parametrize(
    ("raw", "country", "expected"),
    [
        ('["501234567","502345678"]', "PL", ["+48501234567", "+48502345678"]),
        ("1) 601234567 2) 602345678", "PL", ["+48601234567", "+48602345678"]),
        ("Tel 1: 601 234 567, Tel 2: 602 345 678", "PL", ["+48601234567", "+48602345678"]),
        ("601234567 a po 17 602345678", "PL", ["+48601234567", "+48602345678"]),
        ("Tel.: (8 5) 212 3456 mob.: 8 612 34567", "LT", ["+37052123456", "+37061234567"]),
        ("01604 123456 Fax 123457", "GB", ["+441604123456", "+441604123457"]),
        ("(495)123-45-67/68", "RU", ["+74951234567", "+74951234568"]),
        ("06221/123456 + 123457", "DE", ["+496221123456", "+496221123457"]),
        ("C: 212-736-5000 W: 646-736-5001", "US", ["+12127365000", "+16467365001"]),
        ("д. 84951234567 м. 89261234567", "RU", ["+74951234567", "+79261234567"]),
        ("22 123 45 67 nr wew. 5", "PL", ["+48221234567x5"]),
        ("22 123 45 67 wew. 12 lub 13", "PL", ["+48221234567x12"]),
        ("+7(495)123-45-67, доб. 12-34", "RU", ["+74951234567x12"]),
        ("8 (495) 123-45-67 добавочный номер 123", "RU", ["+74951234567x123"]),
        ("8 (495) 123-45-67 д.123", "RU", ["+74951234567x123"]),
        ("8 495 123 45 67 доп. 12", "RU", ["+74951234567x12"]),
        ("8 926 123 45 67 доп. 8 903 123 45 67", "RU", ["+79261234567", "+79031234567"]),
        ("8 (495) 123-45-67*123", "RU", ["+74951234567x123"]),
        ("020 7946 0018 ex. 12", "GB", ["+442079460018x12"]),
        ("1-800-FLOWERS ext 5", "US", ["+18003569377x5"]),
    ],
)
def test_neighbours_and_extensions_are_told_apart(raw: str, country: str, expected: list[str]) -> None:
    assert numbers(raw, country) == expected


@given(st.text(max_size=60))
def test_dropping_never_adds_digits(text: str) -> None:
    plain = plain_signs(text)
    for drop in (drop_ids, drop_hours, drop_bare_hours):
        assert sum(map(str.isdigit, drop(plain))) <= sum(map(str.isdigit, plain))


@given(st.from_regex(r"[+(]?[2-9][0-9]{2}[-. ][2-9][0-9]{2}[-. ][0-9]{4}", fullmatch=True))
def test_plain_numbers_lose_nothing(text: str) -> None:
    assert drop_ids(plain_signs(text)) == text
