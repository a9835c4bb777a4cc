"""What an outcome does: whether the assignment goes on, what is promised, what rests. Pure.

Outcome codes are data (table `disposition`); nothing here knows a code, only flags.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

VISIT: Final = timedelta(minutes=10)
"""Two numbers of a lead dialled within this time are one visit."""


UNWORKABLE: Final = "unworkable"
"""How an assignment ends whose last number proved bad."""


class Effect(StrEnum):
    """What a disposition does to the assignment."""

    ATTEMPT = "attempt"
    BAD_NUMBER = "bad_number"
    KEEP = "keep"
    END = "end"
    PROMISE = "promise"


@dataclass(frozen=True, slots=True)
class Disposition:
    """One outcome code with its flags, as the ledger has it."""

    code: str
    contact_made: bool
    effect: Effect
    evidence: str | None = None
    rests: bool = False
    product_rest_days: int | None = None
    retry_minutes: int | None = None
    opt_out: bool = False
    required: tuple[str, ...] = ()
    promise_kind: str | None = None
    relation: str | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """What the lead's other numbers and earlier tries say at the time of the contact.

    Attributes:
        untried: other numbers of the assignment that can be called and were not tried today.
        callable_left: other numbers of the assignment that can be called at all.
        visits: fruitless visits within the time of the rule, this one included.
        visits_maximum: after how many the month begins; None for no limit.
    """

    untried: int
    callable_left: int
    visits: int
    visits_maximum: int | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What follows from one contact.

    Attributes:
        end_reason: how the assignment ends; None while it goes on.
        promise: the kind of promise that stands in the place of the rest, if any.
        rests: whether the lead and its site rest.
        number_rests: whether the number dialled rests.
    """

    end_reason: str | None
    promise: str | None
    rests: bool
    number_rests: bool


def decide(disposition: Disposition, situation: Situation) -> Decision:
    """Says what an outcome does in its situation."""
    if disposition.effect is Effect.ATTEMPT:
        return _decide_attempt(disposition, situation)
    if disposition.effect is Effect.BAD_NUMBER:
        end_reason = None if situation.callable_left else UNWORKABLE
        return Decision(end_reason, None, rests=disposition.rests, number_rests=True)
    end_reason, promise = {
        Effect.KEEP: (None, None),
        Effect.END: ("done", None),
        Effect.PROMISE: ("promised", promise_kind(disposition)),
    }[disposition.effect]
    return Decision(end_reason, promise, rests=disposition.rests, number_rests=disposition.contact_made)


def promise_kind(disposition: Disposition) -> str:
    """Gives the kind of promise a disposition makes: its own, else by the date it asks for."""
    if disposition.promise_kind is not None:
        return disposition.promise_kind
    return "deferral" if "defer_until" in disposition.required else "callback"


def missing_fields(disposition: Disposition, given: Mapping[str, object]) -> list[str]:
    """Names every field that the disposition asks for and the contact lacks, in the disposition's order."""
    return [name for name in disposition.required if given.get(name) is None]


def count_visits(tries: Sequence[datetime]) -> int:
    """Counts tries as visits."""
    return len(list_visits(tries))


def list_visits(tries: Sequence[datetime]) -> list[datetime]:
    """Lists when visits began: what follows within ten minutes of a visit's first try belongs to it."""
    visits: list[datetime] = []
    for at in sorted(tries):
        if not visits or at - visits[-1] > VISIT:
            visits.append(at)
    return visits


def _decide_attempt(disposition: Disposition, situation: Situation) -> Decision:
    if situation.untried:
        return Decision(None, None, rests=False, number_rests=False)
    exhausted = situation.visits_maximum is not None and situation.visits >= situation.visits_maximum
    retry = None if exhausted or disposition.retry_minutes is None else "retry"
    return Decision("unreached", retry, rests=exhausted, number_rests=False)
