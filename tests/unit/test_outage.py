"""When a dead rate leaps."""

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.outage import FEWEST_DEAD, Rate, could_leap, leaps, usual_rate

counts = st.integers(0, 10_000)
rates = st.tuples(counts, counts).map(lambda both: Rate(min(both), max(both)))


def test_a_bad_headset_is_noticed() -> None:
    assert leaps(Rate(40, 45), Rate(30, 600))


def test_a_bad_day_of_a_bad_list_is_not() -> None:
    assert not leaps(Rate(40, 100), Rate(200, 600))
    assert not leaps(Rate(13, 120), Rate(20, 600))


@given(rates, rates)
def test_a_few_are_never_a_leap(now: Rate, before: Rate) -> None:
    assert not leaps(Rate(min(now.dead, FEWEST_DEAD - 1), now.seen), before)


@given(rates)
def test_what_leaps_beside_nothing_could_leap(now: Rate) -> None:
    assert could_leap(now) or not leaps(now, Rate(0, 10_000))


def test_a_dozen_in_eighty_could_leap() -> None:
    assert [could_leap(Rate(12, 80)), could_leap(Rate(12, 81)), could_leap(Rate(11, 11))] == [True, False, False]


@given(rates)
def test_the_usual_is_never_a_leap(before: Rate) -> None:
    dead = int(usual_rate(before) * 1000)
    assert not leaps(Rate(dead, 1000), before)


@given(rates, rates, st.integers(1, 100))
def test_more_dead_of_as_many_is_no_calmer(now: Rate, before: Rate, more: int) -> None:
    if leaps(now, before):
        assert leaps(Rate(now.dead + more, now.seen + more), before)
