"""The use case behind every provider of line checks: numbers that are due go out, what comes back is evidence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection

from shared.domain.line_check import Result
from shared.hygiene.line import guard_lines, observe_lines
from shared.storage.evidence import Seen
from shared.storage.line_check import Asked, Known, list_known, record_answers, take_checks

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
    told = sorted(set(results), key=lambda one: (one.e164, str(one.at), one.kind))
    known = list_known(connection, {one.e164 for one in told}, provider)
    seen = [_as_seen(one, known[one.e164]) for one in told if one.e164 in known]
    written = observe_lines(connection, seen, provider=provider)
    record_answers(connection, {one.number_id for one in seen}, provider)
    if written:
        guard_lines(connection, _AT_ONCE)
    return Received(written, len(seen) - written, len(told) - len(seen))


def _as_seen(result: Result, known: Known) -> Seen:
    at = min(result.at or known.asked_at or known.now, known.now)
    at = max(at, known.asked_at) if known.asked_at else at
    return Seen(known.number_id, result.kind, at, result.detail)
