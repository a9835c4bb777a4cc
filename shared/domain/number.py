"""What the evidence of a number says of its line: alive, in doubt, dead, retired. Pure; the ledger keeps what comes out.

A number is dead by one definite signal of a machine, or by two independent hints: told on different days by different
persons, or one of them by a machine. A rep is never definite. A dead number stays away for six months, three times,
then for twelve; who finds it dead after that retires it. Whoever answers clears what was held against the line.

Nothing here asks what time it is: hints age beside newer evidence, so the same evidence gives the same verdict for ever.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from shared.domain.evidence_kind import KINDS, Meaning

STAYS_MONTHS: Final = (6, 6, 6, 12)
"""How long each stay in quarantine in a row lasts; a number found dead after the last one is retired."""

AGAIN: Final = timedelta(days=7)
"""When a recheck that could not tell is tried again."""

SPREAD_DAYS: Final = 14
"""Rechecks are spread over so many days, so that a bad list does not come due in one."""

_ENOUGH: Final = 1.0
_MIX, _MIX_BY_STAY = 7919, 2


class LineStatus(StrEnum):
    """The line statuses that evidence decides; `invalid` comes from the numbering plan."""

    UNVERIFIED = "unverified"
    LIVE = "live"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    SUSPECT = "suspect"
    DEAD = "dead"
    WRONG_PARTY = "wrong_party"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Observation:
    """One piece of evidence.

    Attributes:
        person_id: who told it, None for a machine.
        held: an outage guard holds it: it raises doubt and decides nothing.
        until: of `extended` only: the new recheck.
    """

    kind: str
    observed_at: datetime
    person_id: int | None = None
    held: bool = False
    until: datetime | None = None

    @property
    def is_definite(self) -> bool:
        """Whether it decides alone."""
        return self.person_id is None and not self.held and KINDS[self.kind].weight >= _ENOUGH


@dataclass(frozen=True, slots=True)
class LineVerdict:
    """What all evidence says.

    Attributes:
        recheck_at: when a dead number is tried again; None for any other.
        stay: which stay in quarantine in a row this is; 0 for a number that is in none.
    """

    status: LineStatus
    reason: str
    recheck_at: datetime | None = None
    stay: int = 0


@dataclass(slots=True)
class _Case:
    """What was weighed so far."""

    seed: int
    verdict: LineVerdict = field(default_factory=lambda: LineVerdict(LineStatus.UNVERIFIED, "no_evidence"))
    hints: dict[Meaning, list[Observation]] = field(
        default_factory=lambda: {Meaning.DEAD_HINT: [], Meaning.STRANGER_HINT: []}
    )

    def is_due(self, at: datetime) -> bool:
        """Whether what was seen then is the recheck of a dead number."""
        return self.verdict.recheck_at is not None and at >= self.verdict.recheck_at


def derive_line(evidence: Iterable[Observation], *, seed: int = 0) -> LineVerdict:
    """Derives the line status from all that was observed, in any order; without evidence it is unverified.

    Args:
        evidence: may hold kinds that say nothing of the line, and the same observation more than once.
        seed: the number's id, which spreads its rechecks.
    """
    case = _Case(seed)
    for seen in sorted({seen for seen in evidence if seen.kind in KINDS}, key=_order):
        _WEIGH[KINDS[seen.kind].meaning](case, seen)
    return case.verdict


def are_independent(one: Observation, other: Observation) -> bool:
    """Whether two hints count as two: another day (UTC), and another person or a machine."""
    other_day = one.observed_at.date() != other.observed_at.date()
    return other_day and (one.person_id is None or one.person_id != other.person_id)


def weight_at(hint: Observation, at: datetime) -> float:
    """What a hint is still worth beside one that was seen later."""
    kind = KINDS[hint.kind]
    age_days = (at - hint.observed_at) / timedelta(days=1)
    return float(kind.weight * 0.5 ** (age_days / kind.half_life_days))


def add_months(at: datetime, months: int) -> datetime:
    """Gives the same day and time so many calendar months later, or the last day of that month."""
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    return at.replace(year=year, month=month + 1, day=min(at.day, monthrange(year, month + 1)[1]))


def recheck_after(at: datetime, *, stay: int, seed: int) -> datetime:
    """Gives when a stay that begins then ends: whole calendar months, and the number's own few days more."""
    spread = seed * (_MIX + _MIX_BY_STAY * stay) % SPREAD_DAYS
    return add_months(at, STAYS_MONTHS[stay - 1]) + timedelta(days=spread)


def _order(seen: Observation) -> tuple[datetime, int, str, int, bool, str]:
    """By time; at one instant what speaks against the line comes first. The order of arrival plays no part."""
    speaks_for = KINDS[seen.kind].meaning not in (Meaning.DEAD_HINT, Meaning.STRANGER_HINT)
    return seen.observed_at, speaks_for, seen.kind, seen.person_id or 0, seen.held, str(seen.until)


def _weigh_answer(case: _Case, seen: Observation) -> None:
    if case.verdict.status is LineStatus.WRONG_PARTY and seen.kind != "live":
        return
    case.hints[Meaning.DEAD_HINT].clear()
    if seen.kind == "live":
        case.hints[Meaning.STRANGER_HINT].clear()
    case.verdict = LineVerdict(LineStatus.LIVE, seen.kind)


def _weigh_silence(case: _Case, seen: Observation) -> None:
    if case.verdict.status is LineStatus.DEAD:
        _postpone(case, seen)
    elif not any(case.hints.values()) and case.verdict.status not in _AWAY:
        case.verdict = LineVerdict(LineStatus(seen.kind), seen.kind)


def _weigh_dead(case: _Case, seen: Observation) -> None:
    verdict = case.verdict
    if verdict.status is LineStatus.DEAD and case.is_due(seen.observed_at):
        _prolong(case, seen)
    elif verdict.status not in _AWAY:
        _weigh_hint(case, seen, LineStatus.DEAD)


def _weigh_stranger(case: _Case, seen: Observation) -> None:
    """After its time a dead number is presumed to have a new owner: one word that it has settles it."""
    if case.verdict.status is LineStatus.DEAD and case.is_due(seen.observed_at):
        case.verdict = LineVerdict(LineStatus.WRONG_PARTY, seen.kind)
    elif case.verdict.status not in _AWAY:
        _weigh_hint(case, seen, LineStatus.WRONG_PARTY)


def _weigh_hint(case: _Case, seen: Observation, status: LineStatus) -> None:
    earlier = case.hints[KINDS[seen.kind].meaning]
    decides = seen.is_definite or (not seen.held and any(_suffice(seen, hint) for hint in earlier))
    earlier.append(seen)
    if not decides:
        case.verdict = LineVerdict(LineStatus.SUSPECT, "held" if seen.held else seen.kind)
    elif status is LineStatus.DEAD:
        recheck_at = recheck_after(seen.observed_at, stay=1, seed=case.seed)
        case.verdict = LineVerdict(status, seen.kind, recheck_at, stay=1)
    else:
        case.verdict = LineVerdict(status, seen.kind)


def _suffice(newest: Observation, hint: Observation) -> bool:
    """Whether two hints together decide: independent, and heavy enough for the time between them."""
    together = KINDS[newest.kind].weight + weight_at(hint, newest.observed_at)
    return not hint.held and are_independent(newest, hint) and together >= _ENOUGH


def _prolong(case: _Case, seen: Observation) -> None:
    """Found dead at its recheck: another stay, until none is left; what a guard holds only puts the recheck off."""
    if seen.held:
        _postpone(case, seen)
        return
    stay = case.verdict.stay + 1
    if stay > len(STAYS_MONTHS):
        case.verdict = LineVerdict(LineStatus.RETIRED, seen.kind)
    else:
        recheck_at = recheck_after(seen.observed_at, stay=stay, seed=case.seed)
        case.verdict = replace(case.verdict, reason=seen.kind, recheck_at=recheck_at, stay=stay)


def _postpone(case: _Case, seen: Observation) -> None:
    if case.is_due(seen.observed_at):
        case.verdict = replace(case.verdict, recheck_at=seen.observed_at + AGAIN)


def _weigh_works(case: _Case, seen: Observation) -> None:
    """The line works, whoever owns it: what was dead or in doubt comes back unverified, what was better known stays so."""
    case.hints[Meaning.DEAD_HINT].clear()
    is_stranger = bool(case.hints[Meaning.STRANGER_HINT]) and case.verdict.status is LineStatus.SUSPECT
    if case.verdict.status in (LineStatus.DEAD, LineStatus.RETIRED, LineStatus.SUSPECT) and not is_stranger:
        case.verdict = LineVerdict(LineStatus.UNVERIFIED, seen.kind)


def _return(case: _Case, seen: Observation) -> None:
    for hints in case.hints.values():
        hints.clear()
    case.verdict = LineVerdict(LineStatus.UNVERIFIED, seen.kind)


def _ignore(case: _Case, seen: Observation) -> None:
    """Whoever may not be called may well have a line that lives."""


def _extend(case: _Case, seen: Observation) -> None:
    if case.verdict.status is LineStatus.DEAD and seen.until is not None:
        case.verdict = replace(case.verdict, recheck_at=seen.until)


_AWAY: Final = (LineStatus.DEAD, LineStatus.WRONG_PARTY, LineStatus.RETIRED)

_WEIGH: Final[Mapping[Meaning, Callable[[_Case, Observation], None]]] = {
    Meaning.ANSWERED: _weigh_answer,
    Meaning.SILENT: _weigh_silence,
    Meaning.WORKS: _weigh_works,
    Meaning.DEAD_HINT: _weigh_dead,
    Meaning.STRANGER_HINT: _weigh_stranger,
    Meaning.INCONCLUSIVE: _postpone,
    Meaning.RETURNED: _return,
    Meaning.EXTENDED: _extend,
    Meaning.BARRED: _ignore,
}
