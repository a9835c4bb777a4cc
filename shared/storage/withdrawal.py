"""Statements about taking an upload back, and about who has worked its leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

_WORKED: Final = sa.text("SELECT lead_id, why FROM leadmill.worked_leads(:upload_id) ORDER BY lead_id")
_WITHDRAW: Final = sa.text("SELECT leadmill.withdraw_upload(:upload_id, :reason, :actor)")
_COUNT: Final = sa.text("""
    SELECT count(DISTINCT m.lead_id) FROM leadmill.record AS r JOIN leadmill.membership AS m ON m.record_id = r.id
    JOIN leadmill.lead AS l ON l.id = m.lead_id
    WHERE r.upload_id = :upload_id AND m.closed_by = - CAST(:upload_id AS bigint) AND l.state = 'withdrawn'
""")
_TAKE_TIME: Final = sa.text("SET LOCAL statement_timeout = '10min'")


@dataclass(frozen=True, slots=True)
class WorkedLead:
    """A lead that somebody has touched; `why`: contacted, in_work, promised or fact."""

    lead_id: int
    why: str


def list_worked_leads(connection: Connection, upload_id: int) -> Sequence[WorkedLead]:
    """Gives the leads of an upload that a withdrawal leaves standing."""
    return [WorkedLead(*row) for row in connection.execute(_WORKED, {"upload_id": upload_id})]


def withdraw_leads(connection: Connection, upload_id: int, *, reason: str, actor: int) -> Sequence[int]:
    """Takes the leads of an upload back that nobody has worked; gives those that live on with fewer records.

    The upload is held and moved by the caller; the fields of the leads that live on are the caller's to recompute.
    """
    connection.execute(_TAKE_TIME)
    values = {"upload_id": upload_id, "reason": reason, "actor": actor}
    return list(connection.execute(_WITHDRAW, values).scalar_one())


def count_withdrawn_leads(connection: Connection, upload_id: int) -> int:
    """Gives how many leads an upload's withdrawal took back."""
    count: int = connection.execute(_COUNT, {"upload_id": upload_id}).scalar_one()
    return count


def allow_time(connection: Connection) -> None:
    """Lets the statements of this transaction take minutes: what they do grows with a list."""
    connection.execute(_TAKE_TIME)
