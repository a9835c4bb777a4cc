"""What an outcome does to the assignment, the rest and the promise."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.disposition import (
    Decision,
    Disposition,
    Effect,
    Situation,
    count_visits,
    decide,
    missing_fields,
    promise_kind,
)

NOBODY_LEFT = Situation(untried=0, callable_left=0, visits=1, visits_maximum=5)
MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
no_answer = Disposition("no_answer", contact_made=False, effect=Effect.ATTEMPT, retry_minutes=240)
bad_number = Disposition("disconnected", contact_made=False, effect=Effect.BAD_NUMBER)


def spoke(effect: Effect, **flags: object) -> Disposition:
    return Disposition("spoke", contact_made=True, effect=effect, rests=True, **flags)  # type: ignore[arg-type]


def test_no_answer_stays_while_a_number_is_untried() -> None:
    assert decide(no_answer, Situation(1, 1, 1, 5)) == Decision(None, None, rests=False, number_rests=False)


def test_no_answer_at_all_numbers_is_tried_again_without_rest() -> None:
    assert decide(no_answer, NOBODY_LEFT) == Decision("unreached", "retry", rests=False, number_rests=False)


def test_the_last_try_begins_the_month() -> None:
    assert decide(no_answer, Situation(0, 1, 5, 5)) == Decision("unreached", None, rests=True, number_rests=False)


def test_without_a_limit_tries_go_on() -> None:
    assert decide(no_answer, Situation(0, 0, 99, None)).promise == "retry"


def test_an_attempt_without_retry_promises_nothing() -> None:
    attempt = Disposition("tried", contact_made=False, effect=Effect.ATTEMPT)
    assert decide(attempt, NOBODY_LEFT) == Decision("unreached", None, rests=False, number_rests=False)


@pytest.mark.parametrize(("left", "end_reason"), [(1, None), (0, "unworkable")])
def test_a_bad_number_ends_what_has_no_other(left: int, end_reason: str | None) -> None:
    assert decide(bad_number, Situation(left, left, 1, 5)) == Decision(end_reason, None, rests=False, number_rests=True)


@pytest.mark.parametrize(
    ("effect", "end_reason", "promise"),
    [(Effect.KEEP, None, None), (Effect.END, "done", None), (Effect.PROMISE, "promised", "callback")],
)
def test_a_contact_rests_whatever_follows(effect: Effect, end_reason: str | None, promise: str | None) -> None:
    assert decide(spoke(effect), NOBODY_LEFT) == Decision(end_reason, promise, rests=True, number_rests=True)


def test_the_date_asked_for_names_the_promise() -> None:
    assert promise_kind(spoke(Effect.PROMISE, required=("defer_until",))) == "deferral"
    assert promise_kind(spoke(Effect.PROMISE, required=("callback_at",))) == "callback"
    assert promise_kind(spoke(Effect.PROMISE, promise_kind="appointment")) == "appointment"


def test_all_missing_fields_are_named_at_once() -> None:
    asked = spoke(Effect.END, required=("value", "currency", "note"))
    assert missing_fields(asked, {"note": "x", "value": None}) == ["value", "currency"]


@given(st.builds(Situation, *[st.integers(0, 9)] * 3, st.one_of(st.none(), st.integers(1, 9))))
def test_a_promise_or_a_rest_never_both_after_an_attempt(situation: Situation) -> None:
    decision = decide(no_answer, situation)
    assert not (decision.rests and decision.promise)
    assert (decision.end_reason is None) == (situation.untried > 0)


def test_two_numbers_within_ten_minutes_are_one_visit() -> None:
    tries = [MORNING + timedelta(minutes=minutes) for minutes in (0, 9, 11, 300)]
    assert count_visits(tries) == 3
    assert count_visits([]) == 0


@given(st.lists(st.integers(0, 5000)))
def test_visits_are_at_most_tries(minutes: list[int]) -> None:
    tries = [MORNING + timedelta(minutes=minute) for minute in minutes]
    assert count_visits(tries) <= len(tries)
    assert count_visits(tries) == count_visits(tries[::-1])
