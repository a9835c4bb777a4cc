"""Limits of attempts at an outcome: what has now been called often enough rests; a call past a limit is kept and told."""

from datetime import datetime

from sqlalchemy import Connection

from shared.domain.attempt_limit import Bar, find_bar
from shared.domain.disposition import list_visits
from shared.storage.assignment import Held
from shared.storage.attempt_limit import add_bars, is_limit_reached, list_attempts
from shared.storage.audit import add_audit

REACHED = "attempts_reached"


def keep_limits(connection: Connection, held: Held, number_id: int | None, *, contact_id: int, at: datetime) -> None:
    """Bars the number, lead and site of a call with which a limit is reached; whatever books them follows from it.

    What one rep dials within ten minutes is one visit of a lead and of a site; on a number every call counts.
    """
    limits = held.attempt_limits
    if not limits:
        return
    bars: dict[str, Bar] = {}
    for subject, tries in list_attempts(connection, held, number_id, at=at).items():
        counted = tries if subject == "number" else list_visits(tries)
        if bar := find_bar(counted, limits.get(subject) or {}, at=at):
            bars[subject] = bar
    add_bars(connection, held, number_id, bars, contact_id=contact_id)


def warn_of_limits(connection: Connection, held: Held, number_id: int | None, contact_id: int) -> list[str]:
    """A call past a limit is kept like any other; that it was one is told and audited."""
    if not held.attempt_limits or not is_limit_reached(connection, held, number_id, but=contact_id, at=held.at):
        return []
    detail = {"contact": contact_id, "number": number_id}
    add_audit(
        connection, "called_past_limit", actor=held.person_id, entity="assignment", entity_id=held.id, detail=detail
    )
    return [REACHED]
