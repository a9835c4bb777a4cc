"""What the evidence of a number says of its line: alive, in doubt, dead. Pure; the ledger keeps what comes out.

A number is dead by one definite signal of a machine, or by two independent hints: told on different days by
different persons, or one of them by a machine. A rep is never definite. Whoever answers clears what was
held against the line before.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

QUARANTINE_MONTHS: Final = 6


class LineStatus(StrEnum):
    """The line statuses that evidence decides; `invalid` and `retired` come from elsewhere."""

    UNVERIFIED = "unverified"
    LIVE = "live"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    SUSPECT = "suspect"
    DEAD = "dead"
    WRONG_PARTY = "wrong_party"


class Meaning(StrEnum):
    """What a kind of evidence means for the line."""

    ANSWERED = "answered"
    SILENT = "silent"
    DEAD_HINT = "dead hint"
    STRANGER_HINT = "stranger hint"
    RETURNED = "returned"


MEANING_BY_KIND: Final = {
    "live": Meaning.ANSWERED,
    "machine": Meaning.ANSWERED,
    "no_answer": Meaning.SILENT,
    "busy": Meaning.SILENT,
    "disconnected": Meaning.DEAD_HINT,
    "fax": Meaning.DEAD_HINT,
    "wrong_party": Meaning.STRANGER_HINT,
    "returned": Meaning.RETURNED,
}
"""Kinds of evidence that say something of the line; other kinds do not. `returned`: its quarantine is over."""

_STATUS_BY_HINT: Final = {Meaning.DEAD_HINT: LineStatus.DEAD, Meaning.STRANGER_HINT: LineStatus.WRONG_PARTY}


@dataclass(frozen=True, slots=True)
class Observation:
    """One piece of evidence. `person_id` is None for a machine; only a machine can be `definite`."""

    kind: str
    observed_at: datetime
    person_id: int | None = None
    definite: bool = False

    @property
    def is_definite(self) -> bool:
        """Whether it decides alone."""
        return self.definite and self.person_id is None


@dataclass(frozen=True, slots=True)
class LineVerdict:
    """What all evidence says. `recheck_at` is when a dead number is tried again; None for any other."""

    status: LineStatus
    reason: str
    recheck_at: datetime | None = None


def derive_line(evidence: Iterable[Observation]) -> LineVerdict:
    """Derives the line status from all that was observed, in any order; without evidence it is unverified."""
    verdict = LineVerdict(LineStatus.UNVERIFIED, "no_evidence")
    hints: list[Observation] = []
    for seen in sorted(evidence, key=lambda observation: observation.observed_at):
        meaning = MEANING_BY_KIND.get(seen.kind)
        if meaning in (Meaning.ANSWERED, Meaning.RETURNED):
            hints.clear()
            verdict = LineVerdict(_ANSWERS[meaning], seen.kind)
        elif meaning is Meaning.SILENT and not hints:
            verdict = LineVerdict(LineStatus(seen.kind), seen.kind)
        elif meaning in _STATUS_BY_HINT:
            hints.append(seen)
            verdict = _weigh(hints, verdict)
    return verdict


def are_independent(one: Observation, other: Observation) -> bool:
    """Whether two hints count as two: another day (UTC), and another person or a machine."""
    other_day = one.observed_at.date() != other.observed_at.date()
    return other_day and (one.person_id is None or one.person_id != other.person_id)


def add_months(at: datetime, months: int) -> datetime:
    """Gives the same day and time so many calendar months later, or the last day of that month."""
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    return at.replace(year=year, month=month + 1, day=min(at.day, monthrange(year, month + 1)[1]))


_ANSWERS: Final = {Meaning.ANSWERED: LineStatus.LIVE, Meaning.RETURNED: LineStatus.UNVERIFIED}


def _weigh(hints: Sequence[Observation], before: LineVerdict) -> LineVerdict:
    """Weighs the newest hint with the earlier ones of its meaning; a number once dead stays dead."""
    newest = hints[-1]
    meaning = MEANING_BY_KIND[newest.kind]
    if before.status in _STATUS_BY_HINT.values():
        return before
    alike = [hint for hint in hints[:-1] if MEANING_BY_KIND[hint.kind] is meaning]
    if not newest.is_definite and not any(are_independent(newest, hint) for hint in alike):
        return LineVerdict(LineStatus.SUSPECT, newest.kind)
    status = _STATUS_BY_HINT[meaning]
    recheck_at = add_months(newest.observed_at, QUARANTINE_MONTHS) if status is LineStatus.DEAD else None
    return LineVerdict(status, newest.kind, recheck_at)
