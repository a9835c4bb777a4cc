"""What a value of a fact may be."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.fact import TYPES, is_fact


@pytest.mark.parametrize(
    ("value", "kind", "right"),
    [
        ("12.5", "number", True), ("-3", "number", True), ("twelve", "number", False), ("1e3", "number", False),
        ("2027-03-31", "date", True), ("31.3.2027", "date", False), ("2027-02-30", "date", False),
        ("gas", "choice", True), ("coal", "choice", False), ("true", "bool", True), ("yes", "bool", False),
        ("the owner", "text", True), ("  ", "text", False),
    ],
)  # fmt: skip
def test_a_value_is_one_of_its_type(value: str, kind: str, right: bool) -> None:
    assert is_fact(value, kind, ("gas", "oil")) is right


@given(st.dates())
def test_every_date_is_a_date(day: date) -> None:
    assert is_fact(day.isoformat(), "date")


@given(st.text(), st.sampled_from(TYPES))
def test_any_text_is_judged(value: str, kind: str) -> None:
    assert is_fact(value, kind) in (True, False)
