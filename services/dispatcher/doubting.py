"""The use cases of a rep's doubt: "that is somebody else", "I was called for them before"; and of a lead of one's own."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection

from services.dispatcher.holding import lock_held
from services.dispatcher.outcome import record_contact
from shared.auth import Caller
from shared.domain.errors import Refused, absent
from shared.hygiene.inline import take_row
from shared.storage.assignment import cut_hold, end_assignment, read_assignment, settle
from shared.storage.audit import add_audit, name_actor
from shared.storage.claim import take_lead
from shared.storage.doubt import booked_numbers, find_last_merge, numbers_only_of, open_review
from shared.storage.holding import move_to_pool
from shared.storage.idempotency import Effect
from shared.storage.lead_view import find_lead
from shared.storage.person import find_person, lock_person
from shared.storage.proposal import ensure_rep_source
from shared.storage.reach import Reach

_DUPLICATE: Final = "duplicate"
_KNOWN: Final = frozenset(("merged", "review"))


def part_for_this_call(
    connection: Connection, who: Caller, reach: Reach, assignment_id: int, body: Mapping[str, Any]
) -> Effect:
    """Takes what belongs to somebody else out of this call, and lets a person look at the two.

    The assignment ends when no number is left to dial.

    Raises:
        Refused: `not_found`; `never_joined`, nothing was joined to this lead, so nothing can be parted.
        Superseded: `assignment_lost`.
    """
    held = lock_held(connection, who, reach, assignment_id, body["fence"])
    loser = find_last_merge(connection, held.top_id, body["number_id"])
    if loser is None:
        raise Refused("never_joined", "nothing was joined to this lead: say wrong_number of the number instead")
    review = open_review(connection, held.top_id, loser)
    theirs = numbers_only_of(connection, loser, held.top_id)
    booked = booked_numbers(connection, held.id, at=held.at)
    for number_id in theirs.intersection(booked):
        cut_hold(connection, held.id, at=held.at, number_id=number_id)
    if theirs.issuperset(booked):
        end_assignment(connection, held.id, "released", at=held.at, by=who.person_id, note="not_the_same")
    settle(connection, lead_id=held.top_id, site_id=held.site_id, number_id=None, at=held.at)
    detail = {"review": review, "other": loser}
    add_audit(connection, "not_the_same", actor=who.person_id, entity="assignment", entity_id=held.id, detail=detail)
    return Effect(200, {"assignment": held.id, "review": review})


def call_the_same(
    connection: Connection, who: Caller, reach: Reach, assignment_id: int, body: Mapping[str, Any]
) -> Effect:
    """Rests the lead, since its client was called under another one, and lets a person look at the two.

    Raises:
        Refused: `not_found` for the assignment or a lead that this rep never held; what a contact is refused for.
    """
    other = find_lead(connection, body["lead_id"], reach)
    if other is None:
        raise absent("lead")
    given = {"fence": body["fence"], "number_id": body["number_id"], "disposition": _DUPLICATE, "kind": "call"}
    recorded = record_contact(connection, who, reach, assignment_id, given)
    lead_id = int(str(recorded.ids["lead"]))
    if lead_id == other["top_id"]:
        raise Refused("same_lead", "these are one lead already")
    review = open_review(connection, lead_id, other["top_id"])
    return Effect(200, {"assignment": assignment_id, "review": review})


def add_own_lead(connection: Connection, who: Caller, body: Mapping[str, Any], *, secret: bytes) -> Effect:
    """Takes a lead that a rep found: a new one is theirs at once, of a known one they learn only that.

    Raises:
        Refused: the reason of a row that gives no lead, e.g. `empty_lead`; `no_pool`, none serves the rep.
    """
    lock_person(connection, who.person_id)
    person = find_person(connection, who.person_id)
    if person is None or not person.pools:
        raise Refused("no_pool", "no pool serves you: a lead of yours would have nowhere to be")
    name_actor(connection, who.person_id, reason="own_lead")
    row = take_row(connection, secret=secret, source_id=ensure_rep_source(connection), fields=_cells(body))
    if row.lead_id is None:
        raise Refused(row.reason, "this gives no lead: name a company or person, with a number or an e-mail")
    add_audit(connection, "own_lead", actor=who.person_id, entity="lead", entity_id=row.lead_id)
    if row.verdict != "new":
        known = row.verdict in _KNOWN
        told = {"verdict": "known" if known else "new", "assignment": None, "refused": None if known else row.reason}
        return Effect(201, told)
    lead = find_lead(connection, row.lead_id, Reach())
    pool_id = lead["pool_id"] if lead is not None and lead["pool_id"] in person.pools else person.pools[0]
    taken = take_lead(connection, lead_id=row.lead_id, person_id=who.person_id, pool_id=pool_id)
    if taken.assignment_id is not None:
        held = read_assignment(connection, taken.assignment_id)
        move_to_pool(connection, row.lead_id, pool_id, at=held.at)
        settle(connection, lead_id=held.top_id, site_id=held.site_id, number_id=None, at=held.at)
    return Effect(201, {"verdict": "new", "assignment": taken.assignment_id, "refused": taken.refused})


def _cells(body: Mapping[str, Any]) -> dict[str, list[str]]:
    single = {name: body[name] for name in ("company", "person", "city", "street", "postcode", "country", "website")}
    cells = {name: [value] for name, value in single.items() if value}
    several = {"phone": body["numbers"], "email": body["emails"]}
    return cells | {name: list(values) for name, values in several.items() if values}
