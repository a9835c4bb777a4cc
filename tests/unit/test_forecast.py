"""When a pool runs dry."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.forecast import dry_day

MONDAY = date(2026, 11, 23)
WORKDAYS = frozenset(range(1, 6))


def dry(ready: int, capacity: int, returning: dict[date, int] | None = None, days: int = 30) -> date | None:
    return dry_day(ready, returning or {}, capacity, weekdays=WORKDAYS, today=MONDAY, days=days)


def test_a_pool_lasts_as_long_as_its_leads() -> None:
    assert dry(250, 100) == MONDAY + timedelta(days=2)


def test_nobody_calls_on_a_sunday() -> None:
    assert dry(500, 100) == MONDAY + timedelta(days=7)


def test_what_comes_back_is_called_too() -> None:
    returning = {MONDAY - timedelta(days=3): 50, MONDAY + timedelta(days=2): 100}
    assert dry(250, 100, returning) == MONDAY + timedelta(days=4)


def test_a_pool_without_reps_never_runs_dry() -> None:
    assert dry(0, 0) is None


@given(st.integers(0, 10_000), st.integers(1, 500), st.integers(0, 10_000))
def test_more_leads_never_run_dry_sooner(ready: int, capacity: int, more: int) -> None:
    last = MONDAY + timedelta(days=99)
    assert (dry(ready + more, capacity) or last) >= (dry(ready, capacity) or last)
