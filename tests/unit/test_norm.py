"""Norms and plans: how far a rep is in a day, week or month."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.norm import CLAIM, PERIODS, Norm, join_norms, judge, list_norms, list_plans

WEDNESDAY = date(2026, 4, 15)
OFFICE = (1, 2, 3, 4, 5)


def norm(per: str = "day", minimum: int | None = None, maximum: int | None = None) -> Norm:
    return Norm(
        "call", per, None if minimum is None else Decimal(minimum), None if maximum is None else Decimal(maximum)
    )


def test_the_daily_norm_is_one_of_leads_handed_out() -> None:
    read = list_norms({"daily_norm": {"minimum": 70, "maximum": 100, "hard": False}, "norms": None})
    assert read == [Norm(CLAIM, "day", Decimal(70), Decimal(100))]


def test_lifted_norms_are_none() -> None:
    assert list_norms({"daily_norm": None}) == list_plans({"plans": None}) == []


def test_a_plan_asks_for_a_result() -> None:
    given = {"plans": [{"result": "value", "per": "month", "target": 5000, "currency": "PLN"}]}
    assert list_plans(given) == [Norm("value", "month", Decimal(5000), None, "PLN")]


def test_of_two_pools_the_one_that_asks_more_counts() -> None:
    joined = join_norms([norm("week", 10, 50), norm("day", 3), norm("week", 20, 60), norm("week")])
    assert joined == [norm("day", 3), norm("week", 20, 50)]


@pytest.mark.parametrize(
    ("fact", "state"),
    [(0, "behind"), (29, "behind"), (30, "on_course"), (50, "reached"), (60, "reached"), (61, "exceeded")],
)
def test_by_wednesday_three_fifths_of_the_week_are_asked_for(fact: int, state: str) -> None:
    standing = judge(norm("week", 50, 60), Decimal(fact), today=WEDNESDAY, weekdays=OFFICE)
    assert (standing.expected, standing.state) == (Decimal(30), state)


def test_a_month_counts_its_working_days() -> None:
    """April 2026 has 22 of them; eleven are over by the 15th."""
    standing = judge(norm("month", 220), Decimal(110), today=WEDNESDAY, weekdays=OFFICE)
    assert (standing.expected, standing.state) == (Decimal(110), "on_course")


def test_a_day_off_asks_for_the_whole_day() -> None:
    assert judge(norm("day", 8), Decimal(0), today=date(2026, 4, 18), weekdays=OFFICE).expected == Decimal(8)


def test_a_norm_without_minimum_is_reached_until_it_is_exceeded() -> None:
    assert judge(norm("day", None, 2), Decimal(2), today=WEDNESDAY, weekdays=OFFICE).state == "reached"
    assert judge(norm("day", None, 2), Decimal(3), today=WEDNESDAY, weekdays=OFFICE).state == "exceeded"


@given(st.dates(), st.sampled_from(PERIODS), st.sets(st.integers(1, 7), min_size=1), st.integers(0, 500))
def test_never_more_is_expected_than_asked(today: date, per: str, weekdays: set[int], minimum: int) -> None:
    standing = judge(norm(per, minimum), Decimal(minimum), today=today, weekdays=sorted(weekdays))
    assert standing.expected is not None
    assert 0 <= standing.expected <= minimum
    assert standing.state == "reached"


def test_a_norm_is_called_by_what_it_counts_and_how_long() -> None:
    told = norm("week", 10)
    assert told.name == f"{told.kind}:week"
