"""The use case of recheck calls: with nobody to sell lookups, reps ring numbers in quarantine that are due."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection

from shared.auth import Caller
from shared.domain.errors import Refused, Superseded, absent
from shared.hygiene.line import observe_line
from shared.storage.audit import add_audit, name_actor
from shared.storage.clock import read_clock
from shared.storage.line_check import (
    Asked,
    find_open_check,
    find_own_check,
    find_rules,
    forget_stranger,
    lock_ringing,
    record_answers,
    take_checks,
)

PROVIDER: Final = "reps"
ANSWERS: Final = {"alive": "active", "dead": "disconnected", "somebody_else": "wrong_party", "no_answer": "no_answer"}
"""What a rep may say -> kind of evidence. A rep who rings is no machine: `dead` only confirms what is dead already."""

_LAPSE: Final = timedelta(minutes=30)
_NORM: Final = 100
"""Calls a day where no norm is set."""


@dataclass(frozen=True, slots=True)
class Next:
    """The number to ring, or why there is none."""

    check: Asked | None
    reason: str | None = None


def take_next(connection: Connection, who: Caller) -> Next:
    """Gives a rep the recheck call they have not answered yet, else the next one that is due.

    Reasons for none: `not_in_pool`, no pool of kind recheck serves them; `other_provider`, checks are bought;
    `enough_today`; `none_due`, or none that may be rung at this hour.
    """
    ringing = lock_ringing(connection, who.person_id, default_norm=_NORM)
    if ringing is None:
        return Next(None, "not_in_pool")
    if mine := find_open_check(connection, who.person_id):
        return Next(mine)
    if find_rules(connection)["provider"] != PROVIDER:
        return Next(None, "other_provider")
    if ringing.rung >= ringing.most:
        return Next(None, "enough_today")
    if not ringing.any_due:
        return Next(None, "none_due")
    taken = take_checks(connection, PROVIDER, limit=1, lapse=_LAPSE, person_id=who.person_id, pool_id=ringing.pool_id)
    return Next(taken[0]) if taken else Next(None, "none_due")


def answer_check(
    connection: Connection, who: Caller, check_id: int, *, answer: str, private: bool, desk: str | None
) -> int:
    """Writes what came of a recheck call; gives the number. A private stranger's number is suppressed and forgotten.

    Raises:
        Refused: `not_found`; `not_a_stranger`, only somebody else can be a private stranger.
        Superseded: `check_answered` already.
    """
    if private and answer != "somebody_else":
        raise Refused("not_a_stranger", "only somebody else can be a private person of no concern to us")
    mine = find_own_check(connection, check_id, who.person_id)
    if mine is None:
        raise absent("line_check")
    name_actor(connection, who.person_id, reason="recheck")
    if not record_answers(connection, [mine.number_id], PROVIDER):
        raise Superseded("check_answered", "this recheck was answered already")
    number_id: int = mine.number_id
    now = read_clock(connection)
    observe_line(connection, number_id, ANSWERS[answer], at=now, person_id=who.person_id, desk=desk, provider=PROVIDER)
    detail = {"number": number_id, "answer": answer}
    add_audit(connection, "recheck", actor=who.person_id, entity="line_check", entity_id=check_id, detail=detail)
    if private:
        forget_stranger(connection, number_id, by=who.person_id)
    return number_id
