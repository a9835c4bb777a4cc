"""When a line that nobody answers rests."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.silence import is_silent_for_long

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
instants = st.lists(st.integers(0, 600).map(lambda hours: MONDAY + timedelta(hours=hours)), max_size=12)


def tries(*hours: int) -> list[datetime]:
    return [MONDAY + timedelta(hours=hour) for hour in hours]


def test_the_fifth_silence_within_two_weeks_is_one_too_many() -> None:
    assert is_silent_for_long(tries(0, 25, 50, 75, 100), most=5, working_days=10)
    assert not is_silent_for_long(tries(0, 25, 50, 75), most=5, working_days=10)
    assert not is_silent_for_long(tries(0, 25, 50, 75, 400), most=5, working_days=10)


def test_the_same_hour_every_day_proves_nothing() -> None:
    assert not is_silent_for_long(tries(0, 24, 48, 72, 96), most=5, working_days=10)


def test_without_a_rule_nothing_rests() -> None:
    assert not is_silent_for_long(tries(*range(50)), most=None, working_days=10)


@given(instants, st.integers(1, 6), st.integers(1, 15))
def test_fewer_tries_rest_no_sooner(silent: list[datetime], most: int, days: int) -> None:
    if not is_silent_for_long(silent, most=most, working_days=days):
        assert not is_silent_for_long(silent, most=most + 1, working_days=days)
