"""The use case of a contact: kept whatever happens; what follows from it depends on who holds the lead now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from services.dispatcher.consequence import Outcome, apply_outcome, check_outcome
from services.dispatcher.limiting import warn_of_limits
from services.dispatcher.norming import warn_of_norms
from shared.auth import Caller
from shared.domain.errors import absent
from shared.storage.assignment import (
    Held,
    cut_hold,
    end_assignment,
    find_assignment,
    lock_assignment,
    read_assignment,
)
from shared.storage.audit import add_audit
from shared.storage.claim import take_lead
from shared.storage.holding import find_hours_bar
from shared.storage.idempotency import Effect
from shared.storage.promise import is_promised_to_others
from shared.storage.reach import Reach


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where the contact meets the lead: `current` is the assignment it works on, None when it came too late for any."""

    current: Held | None
    late: bool
    why: str | None
    refused: str | None = None


def record_contact(
    connection: Connection, who: Caller, reach: Reach, assignment_id: int, body: Mapping[str, Any]
) -> Effect:
    """Keeps a contact and does what its disposition says.

    A contact under a stale fence is kept as late; when somebody was reached and the lead is free, its rep gets
    the lead back under a new fence, else the conflict goes to the audit.

    Raises:
        Refused: `not_found` for the assignment or number; `disposition_unknown`; `fields_missing`, naming all.
    """
    whose = find_assignment(connection, assignment_id, reach)
    if whose is None:
        raise absent("assignment")
    number_id = body.get("number_id")
    held = lock_assignment(connection, assignment_id, whose, actor=who.person_id, number_id=number_id)
    outcome = check_outcome(connection, held, body)
    standing = _meet(connection, held, outcome, int(body["fence"]))
    contact_id = apply_outcome(connection, held, standing.current, outcome, late=standing.late)
    if standing.late and standing.current is None and outcome.disposition.contact_made:
        _tell_conflict(connection, held, contact_id, standing.refused)
    shown = standing.current.id if standing.current is not None else None
    ids = {"contact": contact_id, "late": standing.late, "why": standing.why, "assignment": shown, "lead": held.top_id}
    warnings = [*_warn_of_call(connection, held, contact_id, body), *warn_of_norms(connection, held.person_id)]
    return Effect(201, {**ids, "warnings": warnings})


def take_back(connection: Connection, held: Held) -> tuple[Held | None, str | None]:
    """Gives an ended assignment's rep the lead again under a new fence, or says why it is not free for them."""
    cut_hold(connection, held.id, at=held.at)
    if is_promised_to_others(connection, held.top_id, held.person_id, at=held.at):
        return None, "promised"
    taken = take_lead(connection, lead_id=held.top_id, person_id=held.person_id, pool_id=held.pool_id, late=True)
    if taken.assignment_id is None:
        return None, taken.refused
    return read_assignment(connection, taken.assignment_id), None


def _meet(connection: Connection, held: Held, outcome: Outcome, fence: int) -> _Standing:
    if held.is_open and held.fence == fence:
        return _Standing(held, late=False, why=None)
    if held.is_open:
        return _Standing(None, late=True, why="stale_fence", refused="held")
    if held.is_lapsed:
        end_assignment(connection, held.id, "expired", at=held.at, by=None)
        held = read_assignment(connection, held.id)
    if not outcome.disposition.contact_made:
        return _Standing(None, late=True, why=held.end_reason)
    current, refused = take_back(connection, held)
    return _Standing(current, late=True, why=held.end_reason, refused=refused)


def _warn_of_call(connection: Connection, held: Held, contact_id: int, body: Mapping[str, Any]) -> list[str]:
    if body["kind"] != "call":
        return []
    past_limit = warn_of_limits(connection, held, body.get("number_id"), contact_id)
    return _warn_of_hours(connection, held, contact_id) + past_limit


def _warn_of_hours(connection: Connection, held: Held, contact_id: int) -> list[str]:
    """A call outside of the lawful hours is kept like any other; that it was one is told and audited."""
    bar = find_hours_bar(connection, held)
    if bar is None:
        return []
    detail = {"contact": contact_id, "why": bar}
    add_audit(
        connection, "called_out_of_hours", actor=held.person_id, entity="assignment", entity_id=held.id, detail=detail
    )
    return [bar]


def _tell_conflict(connection: Connection, held: Held, contact_id: int, refused: str | None) -> None:
    detail = {"contact": contact_id, "lead": held.top_id, "why": refused, "rep": held.person_id}
    add_audit(connection, "late_conflict", actor=held.person_id, entity="assignment", entity_id=held.id, detail=detail)
