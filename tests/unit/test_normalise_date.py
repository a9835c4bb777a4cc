"""Dates as six countries write them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.normalise.date import read_date


@pytest.mark.parametrize(
    "raw",
    ["1990-05-03", "1990-05-03T10:00:00Z", "03.05.1990", "3/5/1990", "3.5.90", "19900503", "3 мая 1990 г.", "3 maja 1990 r.", "May 3, 1990", "1990 m. gegužės 3 d.", "3. Mai 1990", "32996", "32996.0", "'1990-05-03", "1990 May 3"],
)  # fmt: skip
def test_one_day_is_read_in_many_forms(raw: str) -> None:
    assert read_date(raw) == date(1990, 5, 3)


def test_month_stands_first_in_the_us() -> None:
    assert read_date("5/3/1990", country="US") == date(1990, 5, 3)
    assert read_date("25/3/1990", country="US") == date(1990, 3, 25)
    assert read_date("3/25/1990", country="DE") == date(1990, 3, 25)


def test_two_digits_of_a_year_fall_around_now() -> None:
    assert read_date("1.2.05") == date(2005, 2, 1)
    assert read_date("1.2.75") == date(1975, 2, 1)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "n/a",
        "31.02.1990",
        "1990",
        "12",
        "99999",
        "may",
        "3 may jun 1990",
        "May 3",
        "3 May 123",
        "x" * 80,
        "0000-00-00",
        "48501234567 Jan 1990",
    ],
)
def test_no_date_is_none(raw: str) -> None:
    assert read_date(raw) is None


@settings(deadline=None)
@given(st.one_of(st.text(), st.text(alphabet="0123456789-./ mayT")), st.sampled_from([None, "US"]))
def test_any_text_is_read_without_error(raw: str, country: str | None) -> None:
    assert read_date(raw, country=country) is None or isinstance(read_date(raw, country=country), date)
