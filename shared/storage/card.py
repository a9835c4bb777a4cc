"""Statements that read an assignment with its lead as the rep sees it: what is needed to call, and no more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from psycopg.rows import namedtuple_row
from sqlalchemy import Connection

from shared.domain.masking import mask_fields, mask_numbers
from shared.storage.engine import driver

# Apart, since the planner would plan a list of unknown length anew each time: 0.8 ms of a claim.
_READ_ONE: Final = "SELECT * FROM leadmill.card WHERE id = %s"
_READ: Final = sa.text("SELECT * FROM leadmill.card WHERE id = ANY (:ids)")

_QUEUE: Final = sa.text("""
    SELECT id FROM leadmill.assignment
    WHERE person_id = :person AND state <> 'ended' AND greatest(expires_at, call_until) > leadmill.clock()
    ORDER BY expires_at, id
""")


@dataclass(frozen=True, slots=True)
class Card:
    """One assignment with its lead. `numbers` are those that this assignment books: none once it has ended."""

    id: int
    lead_id: int
    person_id: int
    pool_id: int
    fence: int
    state: str
    end_reason: str | None
    offered_at: datetime
    expires_at: datetime
    progressed_at: datetime | None
    ended_at: datetime | None
    promise: Mapping[str, Any] | None
    lead: Mapping[str, Any]


def read_cards(connection: Connection, assignment_ids: Sequence[int]) -> list[Card]:
    """Reads these assignments, in the order asked for."""
    if len(assignment_ids) == 1:
        with driver(connection).cursor(row_factory=namedtuple_row) as cursor:
            return [card_of(row) for row in cursor.execute(_READ_ONE, assignment_ids)]
    rows = {row.id: row for row in connection.execute(_READ, {"ids": list(assignment_ids)})}
    return [card_of(rows[assignment_id]) for assignment_id in assignment_ids]


def list_queue(connection: Connection, person_id: int) -> list[Card]:
    """Reads the open assignments of a person, soonest expiry first."""
    return read_cards(connection, list(connection.execute(_QUEUE, {"person": person_id}).scalars()))


def card_of(row: Any) -> Card:
    """Makes a card of a row of the view `card`."""
    promise = {"kind": row.promise_kind, "due_at": row.due_at, "why": row.why} if row.promise_kind else None
    fields = mask_fields(row.fields, row.hidden) if row.hidden else row.fields
    emails = fields.get("email") or []
    numbers = row.numbers or []
    lead = {
        **fields,
        "email": emails[0] if emails else None,
        "emails": emails,
        "id": row.lead_id,
        "country": row.country,
        "stage": row.stage,
        "rank": row.rank,
        "relation": row.relation,
        "zones": row.zones or [],
        "fields": fields,
        "numbers": mask_numbers(numbers, row.hidden) if row.hidden else numbers,
    }
    return Card(
        row.id,
        row.lead_id,
        row.person_id,
        row.pool_id,
        row.fence,
        row.state,
        row.end_reason,
        row.offered_at,
        row.expires_at,
        row.progressed_at,
        row.ended_at,
        promise,
        lead,
    )
