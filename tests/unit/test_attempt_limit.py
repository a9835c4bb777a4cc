"""How often one may be called: any 24 hours, any seven days, ever."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.attempt_limit import PERIODS, Bar, Limits, find_bar, join_strictest

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
hours_ago = st.lists(st.integers(0, 24 * 30), max_size=12)
limits = st.dictionaries(st.sampled_from(list(PERIODS)), st.none() | st.integers(1, 6))


def tries(*ago: int) -> list[datetime]:
    return [AT - timedelta(hours=hours) for hours in ago]


def test_of_policy_and_law_the_lower_counts() -> None:
    policy: dict[str, Limits] = {"number": {"day": 3, "week": None}, "lead": {"life": 9}}
    law: dict[str, Limits] = {"number": {"day": 2, "week": 4}}
    assert join_strictest(policy, None, law) == {"number": {"day": 2, "week": 4}, "lead": {"life": 9}}
    assert join_strictest(None, {"site": {"day": None}}) == {}


def test_below_the_limit_nothing_is_barred() -> None:
    assert find_bar(tries(0, 1), {"day": 3, "week": None}, at=AT) is None


def test_the_last_allowed_try_bars_until_the_first_is_a_day_old() -> None:
    assert find_bar(tries(0, 5, 7), {"day": 3}, at=AT) == Bar(AT + timedelta(hours=17), "day")


def test_the_strictest_limit_wins() -> None:
    found = find_bar(tries(0, 5), {"day": 1, "week": 2}, at=AT)
    assert found == Bar(AT + timedelta(hours=7 * 24 - 5), "week")


def test_a_limit_for_life_outlasts_all() -> None:
    found = find_bar(tries(0), {"life": 1, "week": 1}, at=AT)
    assert found is not None
    assert (found.period, found.until.year) == ("life", 2126)


@given(hours_ago, limits)
def test_after_the_bar_no_period_has_had_its_most(ago: list[int], most: dict[str, int | None]) -> None:
    made = tries(*ago)
    bar = find_bar(made, most, at=AT)
    free_at = AT if bar is None else bar.until
    for period, limit in most.items():
        within = [at for at in made if at > free_at - PERIODS[period]]
        assert limit is None or len(within) < limit


@given(hours_ago, limits)
def test_nothing_is_barred_longer_than_a_limit_asks(ago: list[int], most: dict[str, int | None]) -> None:
    made = tries(*ago)
    bar = find_bar(made, most, at=AT)
    if bar is not None:
        limit = most[bar.period]
        assert limit is not None
        just_before = bar.until - timedelta(seconds=1)
        assert len([at for at in made if at > just_before - PERIODS[bar.period]]) >= limit
