"""Statements that hand out leads: the next one of a person's queue, or a given one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import psycopg
import sqlalchemy as sa
from sqlalchemy import Connection, exc

from shared.storage.engine import driver

_NEXT: Final = "SELECT assignment_id, reason, retry_at, leadmill.clock() FROM leadmill.claim_next(%s)"

CROSSED: Final = (exc.IntegrityError, psycopg.IntegrityError)
"""What a transaction raises when another was first and a constraint told so: try it again from the start."""

_TAKE: Final = sa.text("""
    SELECT assignment_id, refused
    FROM leadmill.take_lead(:lead, :person, :pool, :promise, :given_by, true, :late)
""")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a claim gave: an assignment, or the reason why there is none and in how many seconds to ask again."""

    assignment_id: int | None
    reason: str | None
    retry_after_s: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one given lead: an assignment, or what bars it."""

    assignment_id: int | None
    refused: str | None


def claim_next(connection: Connection, person_id: int) -> Claim:
    """Hands out the best lead that this person may have now; waits for no other lead than a free one."""
    row = driver(connection).execute(_NEXT, (person_id,)).fetchone()
    assert row is not None
    assignment_id, reason, retry_at, at = row
    return Claim(assignment_id, reason, _seconds_between(at, retry_at))


def take_lead(
    connection: Connection,
    *,
    lead_id: int,
    person_id: int,
    pool_id: int,
    promise_id: int | None = None,
    given_by: int | None = None,
    late: bool = False,
) -> Taken:
    """Hands one lead to one person, waiting for its locks; the person's row is locked by the caller.

    `promise_id` is the promise that lets it pass a rest; `late`: a contact was made after the lease ended, so
    no rest bars the rep who made it.
    """
    values = {
        "lead": lead_id,
        "person": person_id,
        "pool": pool_id,
        "promise": promise_id,
        "given_by": given_by,
        "late": late,
    }
    row = connection.execute(_TAKE, values).one()
    return Taken(row.assignment_id, row.refused)


def _seconds_between(at: datetime, until: datetime | None) -> int:
    return 0 if until is None else max(1, int((until - at).total_seconds()) + 1)
