"""What evidence says of a line: who may say dead, and what refutes it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.evidence_kind import KINDS, Meaning, meaning_of
from shared.domain.number import (
    SPREAD_DAYS,
    STAYS_MONTHS,
    LineStatus,
    LineVerdict,
    Observation,
    add_months,
    are_independent,
    derive_line,
    recheck_after,
    weight_at,
)

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
observations = st.builds(
    Observation,
    st.sampled_from([*KINDS, "other"]),
    st.integers(0, 90_000).map(lambda hours: MONDAY + timedelta(hours=hours)),
    st.one_of(st.none(), st.integers(1, 4)),
    st.booleans(),
    st.one_of(st.none(), st.integers(0, 2_000).map(lambda days: MONDAY + timedelta(days=days))),
)
histories = st.lists(observations, max_size=8)
DEAD_KINDS = [kind for kind in KINDS if meaning_of(kind) is Meaning.DEAD_HINT]


def told(kind: str, days: float = 0, person: int | None = 1, *, held: bool = False) -> Observation:
    return Observation(kind, MONDAY + timedelta(days=days), person, held)


def seen(kind: str, days: float = 0, *, held: bool = False) -> Observation:
    return told(kind, days, None, held=held)


def stay_after(*days: float) -> LineVerdict:
    """The verdict of a number that a machine found dead on these days."""
    return derive_line(seen("unallocated", day) for day in days)


def status(*evidence: Observation) -> LineStatus:
    return derive_line(evidence).status


def test_nothing_known_is_unverified() -> None:
    assert derive_line([]) == LineVerdict(LineStatus.UNVERIFIED, "no_evidence")


def test_one_rep_alone_only_raises_doubt() -> None:
    assert status(told("disconnected")) is LineStatus.SUSPECT
    assert status(told("unallocated")) is LineStatus.SUSPECT


def test_one_rep_on_two_days_is_still_one() -> None:
    assert status(told("disconnected"), told("disconnected", 1)) is LineStatus.SUSPECT


def test_two_reps_on_one_day_are_still_one() -> None:
    assert status(told("disconnected"), told("disconnected", 0, 2)) is LineStatus.SUSPECT


def test_two_independent_hints_declare_dead_for_six_months() -> None:
    verdict = derive_line([told("disconnected"), told("fax", 1, 2)])
    assert verdict == LineVerdict(LineStatus.DEAD, "fax", datetime(2026, 9, 3, 10, tzinfo=UTC), stay=1)


def test_a_machine_is_another_witness() -> None:
    assert status(told("disconnected"), told("disconnected", 1, None)) is LineStatus.DEAD


def test_a_definite_machine_decides_alone() -> None:
    assert status(seen("unallocated")) is LineStatus.DEAD
    assert status(seen("reassigned")) is LineStatus.WRONG_PARTY


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
    assert status(seen("unallocated"), told("returned", 190)) is LineStatus.UNVERIFIED


def test_later_hints_leave_a_dead_number_its_recheck() -> None:
    dead = [told("disconnected"), told("disconnected", 1, 2)]
    assert derive_line([*dead, told("disconnected", 5, 3)]) == derive_line(dead)


def test_unknown_kinds_say_nothing() -> None:
    assert status(told("other")) is LineStatus.UNVERIFIED


def test_an_old_hint_weighs_too_little() -> None:
    assert status(told("disconnected"), told("disconnected", 50, 2)) is LineStatus.DEAD
    assert status(told("disconnected"), told("disconnected", 60, 2)) is LineStatus.SUSPECT


def test_passing_faults_never_declare_dead() -> None:
    assert status(seen("out_of_order"), seen("out_of_order", 1), seen("out_of_order", 2)) is LineStatus.SUSPECT


def test_what_a_guard_holds_raises_doubt_only() -> None:
    assert status(seen("unallocated", held=True)) is LineStatus.SUSPECT
    assert status(told("disconnected", held=True), told("disconnected", 1, 2)) is LineStatus.SUSPECT


def test_dead_thrice_waits_six_months_then_twelve_then_is_retired() -> None:
    assert STAYS_MONTHS == (6, 6, 6, 12)
    assert stay_after(0, 200, 400) == LineVerdict(LineStatus.DEAD, "unallocated", at(400, months=6), stay=3)
    assert stay_after(0, 200, 400, 600) == LineVerdict(LineStatus.DEAD, "unallocated", at(600, months=12), stay=4)
    assert stay_after(0, 200, 400, 600, 1000) == LineVerdict(LineStatus.RETIRED, "unallocated")


def at(days: int, *, months: int) -> datetime:
    return add_months(MONDAY + timedelta(days=days), months)


def test_a_recheck_that_cannot_tell_is_tried_in_a_week() -> None:
    for kind in ("inconclusive", "no_answer", "busy"):
        assert derive_line([seen("unallocated"), seen(kind, 200)]).recheck_at == MONDAY + timedelta(days=207)
    assert derive_line([seen("unallocated"), seen("unallocated", 200, held=True)]).stay == 1
    assert derive_line([seen("unallocated"), seen("inconclusive", 20)]) == stay_after(0)


def test_a_line_that_works_again_comes_back_unverified() -> None:
    assert status(seen("unallocated"), seen("active", 200)) is LineStatus.UNVERIFIED
    assert status(told("disconnected"), seen("active", 1), told("disconnected", 2, 2)) is LineStatus.SUSPECT


def test_a_working_line_tells_nothing_of_who_owns_it() -> None:
    assert status(told("live"), seen("active", 1)) is LineStatus.LIVE
    assert status(told("wrong_party"), seen("active", 1)) is LineStatus.SUSPECT
    assert status(seen("reassigned"), seen("machine", 1)) is LineStatus.WRONG_PARTY
    assert status(told("wrong_party"), seen("machine", 1), told("wrong_party", 2, 2)) is LineStatus.WRONG_PARTY


def test_somebody_else_at_a_recheck_settles_whose_it_is() -> None:
    assert status(seen("unallocated"), told("wrong_party", 200)) is LineStatus.WRONG_PARTY
    assert status(seen("unallocated"), told("wrong_party", 20)) is LineStatus.DEAD


def test_silence_leaves_a_wrong_party_alone() -> None:
    assert status(seen("reassigned"), told("no_answer", 1)) is LineStatus.WRONG_PARTY
    assert status(seen("reassigned"), seen("brought", 1)) is LineStatus.UNVERIFIED


def test_a_supervisor_puts_a_recheck_off() -> None:
    later = MONDAY + timedelta(days=999)
    extended = Observation("extended", MONDAY + timedelta(days=3), 9, until=later)
    assert derive_line([seen("unallocated"), extended]).recheck_at == later
    assert derive_line([told("disconnected"), extended]).status is LineStatus.SUSPECT


@given(histories, st.integers(0, 9_999))
def test_order_of_arrival_and_repetition_play_no_part(evidence: list[Observation], order: int) -> None:
    again = [*evidence, *evidence[:2]]
    Random(order).shuffle(again)
    assert derive_line(evidence, seed=5) == derive_line(again, seed=5)


@given(histories)
def test_only_the_dead_are_rechecked(evidence: list[Observation]) -> None:
    verdict = derive_line(evidence)
    assert (verdict.recheck_at is not None) == (verdict.stay > 0) == (verdict.status is LineStatus.DEAD)


@given(st.lists(st.builds(told, st.sampled_from(DEAD_KINDS), st.integers(0, 9), st.just(1))))
def test_one_person_never_declares_dead(evidence: list[Observation]) -> None:
    assert derive_line(evidence).status in (LineStatus.UNVERIFIED, LineStatus.SUSPECT)


@given(histories)
def test_what_is_held_never_declares_dead(evidence: list[Observation]) -> None:
    hints = [replace(one, held=True) for one in evidence]
    assert derive_line(hints).status not in (LineStatus.DEAD, LineStatus.RETIRED, LineStatus.WRONG_PARTY)


@given(histories, st.integers(1, 10**9))
def test_a_live_answer_always_brings_back(evidence: list[Observation], seed: int) -> None:
    newest = max((one.observed_at for one in evidence), default=MONDAY)
    assert (
        derive_line([*evidence, Observation("live", newest + timedelta(hours=1), 1)], seed=seed).status
        is LineStatus.LIVE
    )


@given(st.sampled_from(DEAD_KINDS), st.integers(0, 900), st.integers(0, 900))
def test_hints_lose_weight_with_time(kind: str, days: int, more: int) -> None:
    hint = told(kind)
    assert weight_at(hint, MONDAY + timedelta(days=days + more)) <= weight_at(hint, MONDAY + timedelta(days=days))
    assert weight_at(hint, MONDAY + timedelta(days=KINDS[kind].half_life_days)) == KINDS[kind].weight / 2


@given(st.integers(1, 10**12), st.integers(1, 4))
def test_rechecks_are_spread_over_days(seed: int, stay: int) -> None:
    least = add_months(MONDAY, STAYS_MONTHS[stay - 1])
    assert least <= recheck_after(MONDAY, stay=stay, seed=seed) < least + timedelta(days=SPREAD_DAYS)
    days = {recheck_after(MONDAY, stay=stay, seed=seed + n) for n in range(SPREAD_DAYS)}
    assert len(days) == SPREAD_DAYS


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
