"""Statements about reviews, merges and what people said: which leads are asked about, joined, or never the same."""

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

_LOCK: Final = sa.text(
    "SELECT id, lead_a, lead_b, match_id, state FROM leadmill.review WHERE id = :id FOR NO KEY UPDATE"
)
_MOVE: Final = sa.text("""
    UPDATE leadmill.review SET state = :after, decided_by = :decided_by, decided_at = leadmill.clock()
    WHERE id = :id AND state = :before
""")
_FIND_MERGE: Final = sa.text("SELECT id, winner, loser, undoes FROM leadmill.merge WHERE id = :id")
_NEVER_SAME: Final = sa.text("""
    INSERT INTO leadmill.never_same (record_a, record_b, said_by)
    SELECT DISTINCT least(a.record_id, b.record_id), greatest(a.record_id, b.record_id), CAST(:said_by AS bigint)
    FROM leadmill.membership AS a CROSS JOIN leadmill.membership AS b
    WHERE a.lead_id = :lead_a AND a.closed_by IS NULL AND b.lead_id = :lead_b AND b.closed_by IS NULL
    ON CONFLICT DO NOTHING
""")


@dataclass(frozen=True, slots=True)
class Review:
    """Two leads in doubt."""

    id: int
    lead_a: int
    lead_b: int
    match_id: int | None
    state: str


@dataclass(frozen=True, slots=True)
class Merge:
    """Two leads joined, or (`undoes`) parted again."""

    id: int
    winner: int
    loser: int
    undoes: int | None


def lock_review(connection: Connection, review_id: int) -> Review | None:
    """Gives a review and holds it."""
    row = connection.execute(_LOCK, {"id": review_id}).one_or_none()
    return Review(*row) if row else None


def move_review(connection: Connection, review: Review, after: str, *, decided_by: int | None) -> bool:
    """Moves a review from the state it was read in; False when it is no longer there."""
    values = {"id": review.id, "before": review.state, "after": after, "decided_by": decided_by}
    return connection.execute(_MOVE, values).rowcount == 1


def find_merge(connection: Connection, merge_id: int) -> Merge | None:
    """Gives a merge."""
    row = connection.execute(_FIND_MERGE, {"id": merge_id}).one_or_none()
    return Merge(*row) if row else None


def add_never_same(connection: Connection, lead_a: int, lead_b: int, *, said_by: int | None) -> None:
    """Remembers of all records of two leads that they are not one; no machine joins them again."""
    connection.execute(_NEVER_SAME, {"lead_a": lead_a, "lead_b": lead_b, "said_by": said_by})
