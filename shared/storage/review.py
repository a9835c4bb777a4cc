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
# Whose parting leaves the two in different leads: not that of a lead which the other is in.
_FIND_JOINING: Final = sa.text("""
    SELECT m.id FROM leadmill.merge AS m
    WHERE m.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM leadmill.merge AS u WHERE u.undoes = m.id)
      AND (m.loser = :lead_a AND :lead_b NOT IN (SELECT leadmill.lead_tree(:lead_a))
           OR m.loser = :lead_b AND :lead_a NOT IN (SELECT leadmill.lead_tree(:lead_b)))
    ORDER BY m.id DESC LIMIT 1
""")
_READY: Final = sa.text("""
    SELECT r.id, r.lead_a, r.lead_b, r.match_id, r.state FROM leadmill.review AS r
    WHERE r.origin = 'pending' AND r.state = 'open'
      AND ((SELECT count(*) FROM leadmill.assignment AS a WHERE a.lead_id IN (r.lead_a, r.lead_b) AND a.state <> 'ended'
              AND greatest(a.expires_at, a.call_until) > leadmill.clock()) < 2
           OR leadmill.giving_way(ARRAY[r.lead_a, r.lead_b]) IS NOT NULL)
    ORDER BY r.id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
""")
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


def find_joining(connection: Connection, lead_a: int, lead_b: int) -> int:
    """Gives the last merge that put two leads, which are one now, together."""
    merge_id: int = connection.execute(_FIND_JOINING, {"lead_a": lead_a, "lead_b": lead_b}).scalar_one()
    return merge_id


def lock_ready(connection: Connection) -> Review | None:
    """Gives a pending pair of which no longer both are in work, and holds it."""
    row = connection.execute(_READY).one_or_none()
    return Review(*row) if row else None


def add_never_same(connection: Connection, lead_a: int, lead_b: int, *, said_by: int | None) -> None:
    """Remembers of all records of two leads that they are not one; no machine joins them again."""
    connection.execute(_NEVER_SAME, {"lead_a": lead_a, "lead_b": lead_b, "said_by": said_by})
