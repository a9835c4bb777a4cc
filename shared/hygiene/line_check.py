"""The use case behind every provider of line checks: numbers that are due go out, what comes back is evidence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection

from shared.domain.line_check import Result
from shared.hygiene.line import guard_lines, observe_line
from shared.storage.line_check import Asked, find_known, record_answer, take_checks

LAPSE: Final = timedelta(days=7)
"""After which a number that was asked about is due again."""

_AT_ONCE: Final = ("trunk", "hour")
"""What the guard looks at with each batch of answers; the clock looks at reps and lists too, whose windows are longer."""


@dataclass(frozen=True, slots=True)
class Received:
    """What became of answers: `written` are new evidence, `known` had been told before, `unknown` are not in the base."""

    written: int
    known: int
    unknown: int


def take_due(connection: Connection, provider: str, limit: int) -> list[Asked]:
    """Takes numbers that are due out for a provider, within the budgets; ask about them after the commit."""
    return take_checks(connection, provider, limit=limit, lapse=LAPSE)


def receive(connection: Connection, provider: str, results: Iterable[Result]) -> Received:
    """Writes answers as evidence, however often and in whatever order they come, and lets the guard look at them.

    An answer without a time counts as of when the provider was asked, so that its repetition is the same; nobody can
    have looked before being asked, nor after now.
    """
    counts = {"written": 0, "known": 0, "unknown": 0}
    for result in sorted(set(results), key=lambda one: (one.e164, str(one.at), one.kind)):
        counts[_receive_one(connection, provider, result)] += 1
    if counts["written"]:
        guard_lines(connection, _AT_ONCE)
    return Received(**counts)


def _receive_one(connection: Connection, provider: str, result: Result) -> str:
    known = find_known(connection, result.e164, provider)
    if known is None:
        return "unknown"
    at = min(result.at or known.asked_at or known.now, known.now)
    at = max(at, known.asked_at) if known.asked_at else at
    is_new = observe_line(connection, known.number_id, result.kind, at=at, provider=provider, detail=result.detail)
    record_answer(connection, known.number_id, provider)
    return "written" if is_new else "known"
