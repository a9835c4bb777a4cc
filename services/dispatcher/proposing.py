"""The use case of a proposal: what a rep learned takes the whole line as a row of its own, and answers at once."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection

from services.dispatcher.holding import lock_held
from shared.auth import Caller
from shared.domain.errors import absent
from shared.hygiene.inline import take_row
from shared.storage.assignment import find_assignment
from shared.storage.audit import add_audit
from shared.storage.idempotency import Effect
from shared.storage.person import lock_person
from shared.storage.proposal import add_proposal, bind_number, ensure_rep_source, numbers_of_record, read_fields
from shared.storage.reach import Reach

_ADDRESS: Final = ("street", "city", "region", "postcode")


def propose(
    connection: Connection, who: Caller, reach: Reach, assignment_id: int, body: Mapping[str, Any], *, secret: bytes
) -> Effect:
    """Takes what a rep learned through the line; numbers that are free may be dialled in this assignment.

    Raises:
        Refused: `not_found`.
        Superseded: `assignment_lost`; nothing is kept, send it under the assignment that stands.
    """
    whose = find_assignment(connection, assignment_id, reach)
    if whose is None:
        raise absent("assignment")
    lock_person(connection, whose.person_id)
    fields = _fields(connection, whose.lead_id, body)
    # the row first: matching locks leads of its own, in an order that an assignment's locks would cross
    row = take_row(connection, secret=secret, source_id=ensure_rep_source(connection), fields=fields)
    held = lock_held(connection, who, reach, assignment_id, body["fence"])
    kept = {name: value for name, value in body.items() if name != "fence" and value is not None}
    proposal_id = add_proposal(connection, held, upload_id=row.upload_id, row_no=row.row_no, body=kept)
    brought = [] if row.record_id is None else numbers_of_record(connection, row.record_id)
    results = {str(number_id): bind_number(connection, held.id, number_id) for number_id, _ in brought}
    detail = {"proposal": proposal_id, "numbers": results}
    add_audit(connection, "proposed", actor=who.person_id, entity="assignment", entity_id=held.id, detail=detail)
    ids = {
        "proposal": proposal_id,
        "assignment": held.id,
        "verdict": row.verdict,
        "reason": row.reason,
        "numbers": results,
    }
    return Effect(201, ids)


def _fields(connection: Connection, lead_id: int, body: Mapping[str, Any]) -> dict[str, list[str]]:
    """The row: what the rep said, at the company, place and country of the lead unless told otherwise."""
    known, country = read_fields(connection, lead_id)
    address = body["address"] or {}
    single = {
        "company": body["company"] or known.get("company"),
        "person": body["person"],
        "country": address.get("country") or country,
        **{name: address.get(name) or (None if address else known.get(name)) for name in _ADDRESS},
    }
    fields = {name: [str(value)] for name, value in single.items() if value}
    several = {"phone": body["numbers"], "email": body["emails"]}
    return fields | {name: list(values) for name, values in several.items() if values}
