"""Statements about what reps learn: proposals, the source they enter by, and the numbers they bring."""

from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.storage.assignment import Held

_SOURCE_NAME: Final = "reps"

_ADD_SOURCE: Final = sa.text("""
    INSERT INTO leadmill.source (name, kind, trust, legal_basis, circulation)
    VALUES (:name, 'rep', 5, 'legitimate_interest', 'active') ON CONFLICT (name) DO NOTHING
""")

_FIND_SOURCE: Final = sa.text("SELECT id FROM leadmill.source WHERE name = :name")

_ADD: Final = sa.text("""
    INSERT INTO leadmill.proposal (assignment_id, lead_id, person_id, upload_id, row_no, body)
    VALUES (:assignment, :lead, :person, :upload, :row_no, :body) RETURNING id
""").bindparams(sa.bindparam("body", type_=sa.JSON))


_NUMBERS: Final = sa.text("""
    SELECT n.id, n.e164 FROM leadmill.record_number AS rn JOIN leadmill.number AS n ON n.id = rn.number_id
    WHERE rn.record_id = :record ORDER BY rn.position, n.id
""")

_BIND: Final = sa.text("SELECT leadmill.bind_number(:assignment, :number)")

_LEAD_FIELDS: Final = sa.text("SELECT fields, country FROM leadmill.lead WHERE id = leadmill.top_lead(:lead)")


def ensure_rep_source(connection: Connection) -> int:
    """Gives the source by which reps' knowledge enters; the first who asks makes it."""
    values = {"name": _SOURCE_NAME}
    source_id: int | None = connection.execute(_FIND_SOURCE, values).scalar_one_or_none()
    if source_id is None:
        connection.execute(_ADD_SOURCE, values)
        source_id = int(connection.execute(_FIND_SOURCE, values).scalar_one())
    return source_id


def add_proposal(connection: Connection, held: Held, *, upload_id: int, row_no: int, body: Mapping[str, Any]) -> int:
    """Keeps what a rep proposed, and which row it became."""
    values = {
        "assignment": held.id,
        "lead": held.lead_id,
        "person": held.person_id,
        "upload": upload_id,
        "row_no": row_no,
        "body": dict(body),
    }
    proposal_id: int = connection.execute(_ADD, values).scalar_one()
    return proposal_id


def numbers_of_record(connection: Connection, record_id: int) -> list[tuple[int, str | None]]:
    """Gives the numbers that a record brought: id and E.164."""
    return [(row.id, row.e164) for row in connection.execute(_NUMBERS, {"record": record_id})]


def bind_number(connection: Connection, assignment_id: int, number_id: int) -> str:
    """Lets an assignment dial one number more: `bound`, or what bars it. The lead is locked by the caller."""
    result: str = connection.execute(_BIND, {"assignment": assignment_id, "number": number_id}).scalar_one()
    return result


def read_fields(connection: Connection, lead_id: int) -> tuple[Mapping[str, Any], str | None]:
    """Gives the display values of a lead and its country."""
    row = connection.execute(_LEAD_FIELDS, {"lead": lead_id}).one()
    return row.fields, row.country
