"""The use cases of a supervisor: give a lead to a rep, take leads back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection

from shared.auth import Caller
from shared.domain.errors import Refused, Superseded, absent
from shared.storage.action import Item, add_action
from shared.storage.assignment import end_assignment
from shared.storage.audit import add_audit, name_actor
from shared.storage.board import Choice, Chosen, choose_open, lock_leads
from shared.storage.claim import take_lead
from shared.storage.holding import find_wanted
from shared.storage.idempotency import Effect
from shared.storage.person import Person, find_person, lock_person
from shared.storage.pool import find_pool_id
from shared.storage.promise import find_open_promise
from shared.storage.reach import Reach

_FOR_EVER: Final = frozenset(("not_active", "country_not_enabled", "suppressed"))
"""What no waiting cures, as `take_lead` says it; anything else is 409."""


@dataclass(frozen=True, slots=True)
class Taking:
    """What a reclaim takes, and what it leaves because a rep is on the phone; the action that it was, unless a dry run."""

    taken: list[Chosen]
    left: list[Chosen]
    action_id: int | None = None


def give_lead(connection: Connection, who: Caller, reach: Reach, body: Mapping[str, Any]) -> Effect:
    """Gives a lead to a rep, past order and caps, never past suppression, law, another holder or a rest; an action, to be undone.

    Raises:
        Refused: `not_found` for the lead or person; what bars the lead for good; `closed_hours`.
        Superseded: what bars it now, e.g. `lead_held`, `lead_resting`.
    """
    person = _find_rep(connection, reach, body["person_id"])
    lock_person(connection, person.id)
    wanted = find_wanted(connection, body["lead_id"], person.id, reach)
    if wanted is None:
        raise absent("lead")
    if not wanted.hours_open:
        raise Refused("closed_hours", "the lead may not be called now: give it within its calling hours")
    name_actor(connection, who.person_id, reason=body["reason"])
    pool_id = wanted.pool_id or find_pool_id(connection, "default")
    assert pool_id is not None
    taken = take_lead(
        connection,
        lead_id=wanted.top_id,
        person_id=person.id,
        pool_id=pool_id,
        promise_id=find_open_promise(connection, wanted.top_id),
        given_by=who.person_id,
    )
    if taken.assignment_id is None:
        raise _barred(taken.refused or "busy")
    item = Item(wanted.top_id, taken.assignment_id)
    action_id = add_action(
        connection, "give", team_id=who.team_id, reason=body["reason"], made_by=who.person_id, items=[item]
    )
    detail = {"lead": wanted.top_id, "person": person.id, "action": action_id}
    add_audit(
        connection, "lead_given", actor=who.person_id, entity="assignment", entity_id=taken.assignment_id, detail=detail
    )
    warnings = [] if wanted.pool_open else ["cap_reached"]
    return Effect(201, {"assignment": taken.assignment_id, "action": action_id, "warnings": warnings})


def reclaim(
    connection: Connection, who: Caller, choice: Choice, *, reason: str, dry_run: bool, even_so: bool
) -> Taking:
    """Takes open assignments back, each looked at again under its lead's locks; one entry in the audit for all.

    With `even_so` those too whose rep is on the phone; with `dry_run` nothing, it only says which.
    """
    found = choose_open(connection, choice)
    if dry_run:
        return split(found, even_so=even_so)
    name_actor(connection, who.person_id, reason=reason)
    at = lock_leads(connection, [one.lead_id for one in found])
    again = replace(choice, ids=[one.id for one in found])
    taking = split(choose_open(connection, again), even_so=even_so)
    for one in taking.taken:
        end_assignment(connection, one.id, "reclaimed", at=at, by=who.person_id, note=reason)
    items = [Item(one.lead_id, one.id) for one in taking.taken]
    action_id = add_action(
        connection, "reclaim", team_id=who.team_id, reason=reason, made_by=who.person_id, items=items
    )
    detail = {
        "assignments": [one.id for one in taking.taken],
        "left": [one.id for one in taking.left],
        "reason": reason,
    }
    add_audit(connection, "reclaimed", actor=who.person_id, entity="action", entity_id=action_id, detail=detail)
    return Taking(taking.taken, taking.left, action_id)


def split(found: list[Chosen], *, even_so: bool) -> Taking:
    """Parts what may be taken from what stays because its rep is on the phone."""
    taken = [one for one in found if even_so or not one.calling]
    return Taking(taken, [one for one in found if one.calling and not even_so])


def _find_rep(connection: Connection, reach: Reach, person_id: int) -> Person:
    person = find_person(connection, person_id)
    outside = reach.team_id is not None and (person is None or person.team_id != reach.team_id)
    alone = reach.person_id is not None and person_id != reach.person_id
    if person is None or outside or alone or person.role == "marketing":
        raise absent("person")
    if person.state != "active":
        raise Refused("person_not_active", "this person is away or has left: choose another")
    return person


def _barred(refused: str) -> Refused | Superseded:
    if refused in _FOR_EVER:
        return Refused(f"lead_{refused}", f"this lead cannot be given: {refused.replace('_', ' ')}")
    return Superseded(f"lead_{refused}", f"this lead cannot be given now: {refused.replace('_', ' ')}; see its gates")
