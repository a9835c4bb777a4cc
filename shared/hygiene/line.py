"""What was observed of a number, and what follows: evidence, the line status derived from all of it, the outage guard.

Shared by whoever observes: reps' outcomes, rechecks, providers' answers, supervisors.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from shared.domain.errors import Superseded, absent
from shared.domain.evidence_kind import KINDS, Meaning, meaning_of
from shared.domain.number import LineStatus, derive_line
from shared.domain.outage import USUAL, WINDOWS, could_leap, leaps, usual_rate
from shared.storage.audit import add_audit
from shared.storage.evidence import (
    Seen,
    add_seen,
    detach_strangers,
    list_standings,
    lock_lines,
    observations_of,
    revoke_numbers,
    set_lines,
)
from shared.storage.line_check import list_brought
from shared.storage.line_hold import (
    add_hold,
    decide_hold,
    find_hold,
    list_held_numbers,
    list_rates,
    list_usual,
    lock_guard,
)

DEAD_KINDS: Final = tuple(sorted(kind for kind in KINDS if meaning_of(kind) is Meaning.DEAD_HINT))

ALIVE_KINDS: Final = tuple(sorted(kind for kind in KINDS if meaning_of(kind) in (Meaning.ANSWERED, Meaning.WORKS)))

_MOMENT: Final = timedelta(minutes=1)
_AWAY: Final = (LineStatus.DEAD, LineStatus.WRONG_PARTY, LineStatus.RETIRED)


def derive_number(connection: Connection, number_id: int) -> LineStatus | None:
    """Derives a number's line status anew from its evidence; the caller has locked the number.

    Returns:
        The status that it moved to; None when it stays as it was, or when the plan denies the number.
    """
    return _derive(connection, [number_id]).get(number_id)


def _derive(connection: Connection, numbers: Sequence[int]) -> dict[int, LineStatus]:
    """Derives the line status of many, which are locked; gives those that moved, with the status that they moved to."""
    told, moved = observations_of(connection, numbers), {}
    for standing in list_standings(connection, numbers):
        verdict = derive_line(told.get(standing.id, []), seed=standing.id)
        if not standing.is_as(verdict):
            moved[standing.id] = verdict
    if moved:
        set_lines(connection, moved)
    return {number_id: verdict.status for number_id, verdict in moved.items()}


def observe_line(
    connection: Connection,
    number_id: int,
    kind: str,
    *,
    at: datetime,
    provider: str | None = None,
    person_id: int | None = None,
    desk: str | None = None,
    detail: str | None = None,
) -> bool:
    """Writes what somebody who holds no assignment observed; False when the provider told the same before."""
    seen = Seen(number_id, kind, at, detail)
    return observe_lines(connection, [seen], provider=provider, person_id=person_id, desk=desk) > 0


def observe_lines(
    connection: Connection,
    seen: Sequence[Seen],
    *,
    provider: str | None = None,
    person_id: int | None = None,
    desk: str | None = None,
) -> int:
    """Writes what one teller observed of many numbers; whoever holds one that is gone loses it.

    A number with a new owner is taken from every lead that has it. Gives how much was new; nothing is written of the
    rest.
    """
    lock_lines(connection, sorted({one.number_id for one in seen}))
    written = add_seen(connection, seen, person_id=person_id, desk=desk, provider=provider)
    newest = dict(sorted(written))
    moved = _derive(connection, sorted(newest))
    _revoke(connection, moved, by=person_id)
    strangers = {number: newest[number] for number, status in moved.items() if status is LineStatus.WRONG_PARTY}
    if strangers:
        detach_strangers(connection, strangers)
    return len(written)


def _revoke(connection: Connection, moved: Mapping[int, LineStatus], *, by: int | None) -> None:
    for away in _AWAY:
        numbers = [number for number, status in moved.items() if status is away]
        if numbers:
            revoke_numbers(connection, numbers, note=away.value, by=by)


def derive_numbers(connection: Connection, numbers: Sequence[int]) -> int:
    """Derives many anew, after what is held changed; gives how many moved."""
    lock_lines(connection, numbers)
    moved = _derive(connection, numbers)
    _revoke(connection, moved, by=None)
    return len(moved)


def guard_lines(connection: Connection, kinds: Collection[str] = tuple(WINDOWS)) -> int:
    """Holds what comes from a rep, desk, list, trunk or hour whose dead rate leaps; gives how many holds were opened.

    A hold reaches back over the window in which the rate leapt: verdicts taken in it are taken back at once.
    """
    now = lock_guard(connection)
    return sum(_guard(connection, kind, now) for kind in kinds)


def _guard(connection: Connection, kind: str, now: datetime) -> int:
    since = now - WINDOWS[kind]
    until = now + _MOMENT  # evidence of this very transaction too
    rates = list_rates(connection, kind, since=since, until=until, dead=DEAD_KINDS)
    doubtful = {subject: rate for subject, rate in rates.items() if could_leap(rate)}
    if not doubtful:
        return 0
    usual = list_usual(connection, kind, doubtful, since=since - USUAL, until=since, dead=DEAD_KINDS)
    leapt = {subject: rate for subject, rate in doubtful.items() if leaps(rate, usual[subject])}
    for subject, rate in leapt.items():
        hold_id = add_hold(connection, kind, subject, since=since, rate=rate, usual_rate=usual_rate(usual[subject]))
        derive_numbers(connection, list_held_numbers(connection, hold_id))
    return len(leapt)


def decide(connection: Connection, hold_id: int, *, confirmed: bool, by: int, reason: str) -> int:
    """Ends a hold: what it held counts from now on, or never; gives how many numbers changed.

    Raises:
        Refused: `not_found`.
        Superseded: `hold_decided` already.
    """
    if find_hold(connection, hold_id) is None:
        raise absent("line_hold")
    if not decide_hold(connection, hold_id, "confirmed" if confirmed else "refuted", by=by, reason=reason):
        raise Superseded("hold_decided", "somebody has decided about these verdicts already")
    moved = derive_numbers(connection, list_held_numbers(connection, hold_id))
    detail = {"confirmed": confirmed, "numbers": moved}
    add_audit(connection, "line_hold_decided", actor=by, entity="line_hold", entity_id=hold_id, detail=detail)
    return moved


def bring_back(connection: Connection, limit: int) -> int:
    """Brings wrong-party numbers back that a new source has brought: they may be somebody's after all."""
    brought = list_brought(connection, limit)
    for number_id, at in brought:
        observe_line(connection, number_id, "brought", at=at + timedelta(microseconds=1), provider="lists")
    return len(brought)
