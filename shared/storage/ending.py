"""Statements about how hand-outs ended: what was worked, given back, let lapse, or never touched."""

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.storage.reach import Reach

_COUNT: Final = sa.text("""
    SELECT p.id AS person_id, p.name, coalesce(l.rank, 'unranked') AS segment, count(*) AS ended,
           count(*) FILTER (WHERE a.end_reason = 'released') AS released,
           count(*) FILTER (WHERE a.end_reason = 'expired') AS lapsed,
           count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM leadmill.contact AS c WHERE c.assignment_id = a.id)) AS untouched
    FROM leadmill.person AS p
    JOIN leadmill.assignment AS a ON a.person_id = p.id AND a.state = 'ended'
      AND a.offered_at > leadmill.clock() - make_interval(days => :days)
    JOIN leadmill.lead AS l ON l.id = a.lead_id
    WHERE p.role = 'rep' AND p.state <> 'left'
      AND (CAST(:own AS bigint) IS NULL OR p.id = :own) AND (CAST(:team AS bigint) IS NULL OR p.team_id = :team)
    GROUP BY 1, 2, 3 ORDER BY p.name, p.id, segment
""")


def count_endings(connection: Connection, reach: Reach, *, days: int) -> list[dict[str, Any]]:
    """Counts by rep and rank how the hand-outs of so many days ended; one may be untouched and lapsed at once."""
    return [dict(row._mapping) for row in connection.execute(_COUNT, {"days": days, **reach.values})]
