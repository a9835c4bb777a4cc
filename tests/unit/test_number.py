"""What evidence says of a line: who may say dead, and what refutes it."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.number import (
    MEANING_BY_KIND,
    LineStatus,
    LineVerdict,
    Observation,
    add_months,
    are_independent,
    derive_line,
)

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
observations = st.builds(
    Observation,
    st.sampled_from([*MEANING_BY_KIND, "other"]),
    st.integers(0, 90_000).map(lambda hours: MONDAY + timedelta(hours=hours)),
    st.one_of(st.none(), st.integers(1, 4)),
    st.booleans(),
)


def told(kind: str, days: int = 0, person: int | None = 1, *, definite: bool = False) -> Observation:
    return Observation(kind, MONDAY + timedelta(days=days), person, definite)


def status(*evidence: Observation) -> LineStatus:
    return derive_line(evidence).status


def test_nothing_known_is_unverified() -> None:
    assert derive_line([]) == LineVerdict(LineStatus.UNVERIFIED, "no_evidence")


def test_one_rep_alone_only_raises_doubt() -> None:
    assert status(told("disconnected")) is LineStatus.SUSPECT
    assert status(told("disconnected", definite=True)) is LineStatus.SUSPECT


def test_one_rep_on_two_days_is_still_one() -> None:
    assert status(told("disconnected"), told("disconnected", 1)) is LineStatus.SUSPECT


def test_two_reps_on_one_day_are_still_one() -> None:
    assert status(told("disconnected"), told("disconnected", 0, 2)) is LineStatus.SUSPECT


def test_two_independent_hints_declare_dead_for_six_months() -> None:
    verdict = derive_line([told("disconnected"), told("fax", 1, 2)])
    assert verdict == LineVerdict(LineStatus.DEAD, "fax", datetime(2026, 9, 3, 10, tzinfo=UTC))


def test_a_machine_is_another_witness() -> None:
    assert status(told("disconnected"), told("disconnected", 1, None)) is LineStatus.DEAD


def test_a_definite_machine_decides_alone() -> None:
    assert status(told("disconnected", 0, None, definite=True)) is LineStatus.DEAD


def test_two_independent_strangers_leave_no_recheck() -> None:
    verdict = derive_line([told("wrong_party"), told("wrong_party", 1, 2)])
    assert verdict == LineVerdict(LineStatus.WRONG_PARTY, "wrong_party")


def test_a_stranger_does_not_confirm_a_dead_line() -> None:
    assert status(told("wrong_party"), told("disconnected", 1, 2)) is LineStatus.SUSPECT


def test_whoever_answers_refutes_the_verdict() -> None:
    dead = (told("disconnected"), told("disconnected", 1, 2))
    assert status(*dead, told("live", 2)) is LineStatus.LIVE
    assert status(*dead, told("live", 2), told("disconnected", 3, 3)) is LineStatus.SUSPECT


def test_silence_does_not_clear_doubt() -> None:
    assert status(told("disconnected"), told("no_answer", 1)) is LineStatus.SUSPECT
    assert status(told("live"), told("busy", 1)) is LineStatus.BUSY


def test_a_returned_number_starts_unverified() -> None:
    assert status(told("disconnected", 0, None, definite=True), told("returned", 190, None)) is LineStatus.UNVERIFIED


def test_later_hints_leave_a_dead_number_its_recheck() -> None:
    dead = [told("disconnected"), told("disconnected", 1, 2)]
    assert derive_line([*dead, told("disconnected", 5, 3)]) == derive_line(dead)


def test_unknown_kinds_say_nothing() -> None:
    assert status(told("other")) is LineStatus.UNVERIFIED


@given(st.lists(observations, max_size=8))
def test_order_of_arrival_plays_no_part(evidence: list[Observation]) -> None:
    at_once = {seen.observed_at: seen for seen in evidence}
    assert derive_line(at_once.values()) == derive_line(reversed(at_once.values()))


@given(st.lists(observations, max_size=8))
def test_only_the_dead_are_rechecked(evidence: list[Observation]) -> None:
    verdict = derive_line(evidence)
    assert (verdict.recheck_at is not None) == (verdict.status is LineStatus.DEAD)


@given(st.lists(st.builds(told, st.just("disconnected"), st.integers(0, 9), st.just(1), definite=st.booleans())))
def test_one_person_never_declares_dead(evidence: list[Observation]) -> None:
    assert derive_line(evidence).status in (LineStatus.UNVERIFIED, LineStatus.SUSPECT)


@given(observations, observations)
def test_independence_is_mutual_among_persons(one: Observation, other: Observation) -> None:
    assert are_independent(one, other) == are_independent(other, one)


def test_six_months_after_the_last_of_august_is_the_last_of_february() -> None:
    assert add_months(datetime(2025, 8, 31, tzinfo=UTC), 6) == datetime(2026, 2, 28, tzinfo=UTC)
    assert add_months(datetime(2025, 7, 31, tzinfo=UTC), 6) == datetime(2026, 1, 31, tzinfo=UTC)


@given(st.integers(0, 9999), st.integers(0, 40))
def test_months_are_calendar_months(days: int, months: int) -> None:
    at = MONDAY + timedelta(days=days)
    later = add_months(at, months)
    assert (later.year * 12 + later.month) - (at.year * 12 + at.month) == months
    assert later.day <= at.day
