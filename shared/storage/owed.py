"""Statements that list what is owed to clients: promises, and requests that came in."""

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.storage.reach import Reach

_WHOSE: Final = """(
    (CAST(:own AS bigint) IS NULL OR p.person_id = :own)
    AND (CAST(:team AS bigint) IS NULL OR EXISTS (
      SELECT 1 FROM leadmill.person AS mate WHERE mate.team_id = :team AND mate.id IN (p.person_id, p.giver_id, p.lent_by))
      OR EXISTS (SELECT 1 FROM leadmill.pool_person AS pp JOIN leadmill.person AS mate ON mate.id = pp.person_id
                 WHERE pp.pool_id = p.pool_id AND mate.team_id = :team)))
"""

_PROMISES: Final = sa.text(f"""
    SELECT p.id, p.lead_id, p.kind, p.why, p.person_id, p.pool_id, p.giver_id, p.lent_by, p.escalated, p.due_at,
           p.grace_until, l.fields ->> 'company' AS company, coalesce(p.person_id, p.giver_id) AS rep_id
    FROM leadmill.promise AS p JOIN leadmill.lead AS l ON l.id = p.lead_id
    WHERE p.state = 'open' AND {_WHOSE}
      AND CASE CAST(:state AS text) WHEN 'open' THEN true WHEN 'due' THEN p.due_at <= leadmill.clock()
          ELSE p.escalated > 0 OR p.grace_until <= leadmill.clock() END
    ORDER BY p.due_at, p.id LIMIT :limit
""")

_REQUESTS: Final = sa.text(f"""
    SELECT r.id, r.lead_id, r.state, r.asked_at, r.answer_by, r.answered_at, r.escalated_at, p.person_id, p.pool_id,
           l.fields ->> 'company' AS company,
           extract(epoch FROM coalesce(r.answered_at, leadmill.clock()) - r.asked_at) AS waited_s
    FROM leadmill.request AS r JOIN leadmill.lead AS l ON l.id = r.lead_id
    LEFT JOIN LATERAL (SELECT * FROM leadmill.promise WHERE request_id = r.id ORDER BY id DESC LIMIT 1) AS p ON true
    WHERE CASE CAST(:state AS text) WHEN 'open' THEN r.state = 'open' WHEN 'all' THEN true
          ELSE r.state = 'open' AND r.answer_by <= leadmill.clock() END
      AND (CAST(:team AS bigint) IS NULL OR p.id IS NULL OR {_WHOSE})
    ORDER BY r.answer_by, r.id LIMIT :limit
""")


def list_promises(connection: Connection, reach: Reach, *, state: str, limit: int) -> list[dict[str, Any]]:
    """Lists open promises, the soonest due first: all, those that are `due`, or those `missed` by whom they were given to."""
    values = {**reach.values, "state": state, "limit": limit}
    return [dict(row._mapping) for row in connection.execute(_PROMISES, values)]


def list_requests(connection: Connection, reach: Reach, *, state: str, limit: int) -> list[dict[str, Any]]:
    """Lists requests by when they are to be answered: `open`, those that are `late`, or all."""
    values = {**reach.values, "state": state, "limit": limit}
    return [dict(row._mapping) for row in connection.execute(_REQUESTS, values)]
