"""The use case of the wrong key: a contact that supersedes another; everything that followed from that one follows anew."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection

from services.dispatcher.consequence import Outcome, apply_outcome, check_outcome
from services.dispatcher.outcome import take_back
from shared.auth import Caller, Role
from shared.domain.errors import Refused, Superseded, absent
from shared.hygiene.line import derive_number
from shared.storage.assignment import Held, find_assignment, lock_assignment, settle, settle_contact
from shared.storage.audit import add_audit, name_actor
from shared.storage.contact import Recorded, find_contact, set_lead, stage_by_contacts, unmake_customer
from shared.storage.disposition import find_disposition
from shared.storage.evidence import find_line, undo_detachments
from shared.storage.idempotency import Effect
from shared.storage.promise import withdraw_promises
from shared.storage.reach import Reach
from shared.storage.suppression import lift_suppression, suppressions_of

_REP_S: Final = 15 * 60
_BY_OUTCOME: Final = frozenset(("done", "promised", "unreached", "unworkable"))


def correct_contact(
    connection: Connection, who: Caller, reach: Reach, contact_id: int, body: Mapping[str, Any]
) -> Effect:
    """Supersedes a contact: the rep within fifteen minutes, the supervisor later; the lead returns if it is free.

    Raises:
        Refused: `not_found`; `correction_late` or `needs_supervisor`; what a contact is refused for.
        Superseded: `contact_superseded`, it was corrected already: correct the newer one.
    """
    old = find_contact(connection, contact_id, reach)
    whose = None if old is None else find_assignment(connection, old.assignment_id, reach)
    if old is None or whose is None:
        raise absent("contact")
    _check_may_correct(who, old)
    name_actor(connection, who.person_id, reason="correction")
    body = {"number_id": old.number_id, **body}
    held = lock_assignment(connection, old.assignment_id, whose, actor=who.person_id, number_id=body["number_id"])
    outcome = check_outcome(connection, held, body)
    _undo(connection, who, old, outcome, held)
    current = _current(connection, held)
    new_id = apply_outcome(connection, held, current, outcome, late=False, supersedes=old.id, at=old.at)
    _redo(connection, old, outcome, held)
    detail = {"contact": new_id, "supersedes": old.id}
    add_audit(connection, "contact_corrected", actor=who.person_id, entity="contact", entity_id=new_id, detail=detail)
    shown = None if current is None else current.id
    ids = {"contact": new_id, "late": False, "why": None, "assignment": shown, "lead": held.top_id}
    return Effect(201, ids)


def _check_may_correct(who: Caller, old: Recorded) -> None:
    if old.superseded:
        raise Superseded("contact_superseded", "this contact was corrected already: correct the newer one")
    if who.role is Role.REP and old.age_s > _REP_S:
        raise Refused("correction_late", "after fifteen minutes a supervisor corrects")


def _undo(connection: Connection, who: Caller, old: Recorded, outcome: Outcome, held: Held) -> None:
    """Takes back what the old contact promised, detached and suppressed."""
    withdraw_promises(connection, old.id, at=held.at)
    undo_detachments(connection, old.id)
    standing = [] if outcome.disposition.opt_out else suppressions_of(connection, old.id)
    if standing and who.role is Role.REP:
        raise Refused("needs_supervisor", "somebody asked not to be called: only a supervisor can take that back")
    for suppression_id in standing:
        lift_suppression(connection, suppression_id, reason="corrected", by=who.person_id)


def _current(connection: Connection, held: Held) -> Held | None:
    """The assignment the corrected outcome works on: the same, or a new one when an outcome had ended it."""
    if held.is_open:
        return held
    if held.end_reason not in _BY_OUTCOME:
        return None
    return take_back(connection, held)[0]


def _redo(connection: Connection, old: Recorded, outcome: Outcome, held: Held) -> None:
    """Derives anew what the old contact said of the number and the lead, now that it counts no more."""
    if old.given["stage"] and not outcome.given.get("stage"):
        set_lead(connection, held, stage=stage_by_contacts(connection, held.top_id), relation=None)
    before = find_disposition(connection, old.disposition)
    if before is not None and before.relation and not outcome.disposition.relation:
        unmake_customer(connection, held)
    if old.number_id is not None:
        number = find_line(connection, old.number_id, assignment_id=held.id, lead_id=held.top_id)
        assert number is not None
        derive_number(connection, number.id)
    settle(connection, lead_id=held.top_id, site_id=held.site_id, number_id=old.number_id, at=held.at)
    settle_contact(connection, old.id, at=held.at)
