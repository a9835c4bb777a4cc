"""Statements that show reviews and merges to people, with the two records and how alike they are, field by field."""

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

_PAIR: Final = """
    x.score, x.levels, x.model_version, ra.fields AS fields_a, rb.fields AS fields_b
"""

_PAIR_FROM: Final = """
    LEFT JOIN leadmill.record AS ra ON ra.id = x.record_a
    LEFT JOIN leadmill.record AS rb ON rb.id = x.record_b
"""

# Records of a pair stand in the order of their ids, which need not be that of the leads.
_SIDES: Final = """
    CROSS JOIN LATERAL (
      SELECT EXISTS (SELECT 1 FROM leadmill.membership AS m WHERE m.record_id = ra.id AND m.opened_by IS NULL
                       AND m.lead_id IN (SELECT leadmill.lead_tree(r.lead_a))) AS a_in_a,
             EXISTS (SELECT 1 FROM leadmill.membership AS m WHERE m.record_id = rb.id AND m.opened_by IS NULL
                       AND m.lead_id IN (SELECT leadmill.lead_tree(r.lead_a))) AS b_in_a,
             EXISTS (SELECT 1 FROM leadmill.membership AS m WHERE m.record_id = ra.id AND m.opened_by IS NULL
                       AND m.lead_id IN (SELECT leadmill.lead_tree(r.lead_b))) AS a_in_b,
             EXISTS (SELECT 1 FROM leadmill.membership AS m WHERE m.record_id = rb.id AND m.opened_by IS NULL
                       AND m.lead_id IN (SELECT leadmill.lead_tree(r.lead_b))) AS b_in_b) AS at
    CROSS JOIN LATERAL (SELECT at.b_in_a AND NOT at.a_in_a OR at.a_in_b AND NOT at.b_in_b AS swapped) AS side
"""
_SIDED: Final = """
    x.score, x.levels, x.model_version, side.swapped, CASE WHEN side.swapped THEN rb.fields ELSE ra.fields END AS fields_a,
    CASE WHEN side.swapped THEN ra.fields ELSE rb.fields END AS fields_b
"""

_REVIEWS: Final = sa.text(f"""
    SELECT r.id, r.lead_a, r.lead_b, r.origin, r.state, r.decided_by, r.decided_at, r.created_at, {_SIDED}
    FROM leadmill.review AS r LEFT JOIN leadmill.match AS x ON x.id = r.match_id {_PAIR_FROM} {_SIDES}
    WHERE r.id < :before AND r.state = :state
    ORDER BY r.id DESC LIMIT :limit
""")

_REVIEW: Final = sa.text(f"""
    SELECT r.id, r.lead_a, r.lead_b, r.origin, r.state, r.decided_by, r.decided_at, r.created_at, r.match_id, {_SIDED},
           a.fields AS golden_a, b.fields AS golden_b
    FROM leadmill.review AS r JOIN leadmill.lead AS a ON a.id = r.lead_a JOIN leadmill.lead AS b ON b.id = r.lead_b
    LEFT JOIN leadmill.match AS x ON x.id = r.match_id {_PAIR_FROM} {_SIDES}
    WHERE r.id = :review
""")

_MERGES: Final = sa.text(f"""
    SELECT m.id, m.winner, m.loser, m.undoes, m.reason, m.made_by, m.at, {_PAIR}
    FROM leadmill.merge AS m LEFT JOIN leadmill.match AS x ON x.id = m.match_id {_PAIR_FROM}
    WHERE m.id < :before ORDER BY m.id DESC LIMIT :limit
""")

_JOINED: Final = sa.text(f"""
    SELECT x.id, a.lead_id, x.record_a, x.record_b, {_PAIR}
    FROM leadmill.match AS x
    JOIN leadmill.membership AS a ON a.record_id = x.record_a AND a.closed_by IS NULL
    JOIN leadmill.membership AS b ON b.record_id = x.record_b AND b.closed_by IS NULL AND b.lead_id = a.lead_id
    {_PAIR_FROM}
    WHERE x.decision = 'merge' AND x.id < :before ORDER BY x.id DESC LIMIT :limit
""")

_TOP: Final = 2**63 - 1


def list_reviews(connection: Connection, *, state: str, before: int | None, limit: int) -> list[dict[str, Any]]:
    """Lists pairs of leads in doubt, the newest first."""
    return _rows(connection, _REVIEWS, state=state, before=before or _TOP, limit=limit)


def read_review(connection: Connection, review_id: int) -> dict[str, Any]:
    """Reads a review that exists."""
    return _rows(connection, _REVIEW, review=review_id)[0]


def find_review(connection: Connection, review_id: int) -> dict[str, Any] | None:
    """Gives a review with both leads as they are now."""
    found = _rows(connection, _REVIEW, review=review_id)
    return found[0] if found else None


def list_merges(connection: Connection, *, before: int | None, limit: int) -> list[dict[str, Any]]:
    """Lists leads that were joined or parted, the newest first."""
    return _rows(connection, _MERGES, before=before or _TOP, limit=limit)


def list_matches(connection: Connection, *, before: int | None, limit: int) -> list[dict[str, Any]]:
    """Lists pairs of records that the matcher put into one lead, the newest first."""
    return _rows(connection, _JOINED, before=before or _TOP, limit=limit)


def _rows(connection: Connection, statement: Any, **values: object) -> list[dict[str, Any]]:
    return [dict(row._mapping) for row in connection.execute(statement, values)]
