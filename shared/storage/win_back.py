"""Statements about leads that were lost or put off, and may be won back once nothing keeps them any more."""

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.storage.reach import KNOWN_LEADS, Reach

_LIST: Final = sa.text(f"""
    WITH gone AS (
      SELECT DISTINCT ON (l.id) l.id AS lead_id, l.site_id, l.fields ->> 'company' AS company, l.fields ->> 'person' AS person,
             l.country, l.stage, l.relation, l.pool_id, c.at AS lost_at, c.disposition, c.lost_reason, c.competitor, c.value,
             c.currency, c.defer_until, c.person_id AS rep_id
      FROM leadmill.contact AS c JOIN leadmill.lead AS l ON l.id = leadmill.top_lead(c.lead_id)
      WHERE (c.lost_reason IS NOT NULL OR c.defer_until IS NOT NULL) AND l.state = 'active' AND l.restricted_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM leadmill.contact AS s WHERE s.supersedes = c.id) AND {KNOWN_LEADS}
      ORDER BY l.id, c.at DESC, c.id DESC),
    kept AS (
      SELECT gone.*, greatest(gone.defer_until, leadmill.rest_of('lead', gone.lead_id), (
               SELECT max(r.until) FROM leadmill.product_rest AS r JOIN leadmill.pool AS p ON p.id = gone.pool_id
               WHERE r.lead_id IN (SELECT leadmill.lead_tree(gone.lead_id)) AND r.product_id IS NOT DISTINCT FROM p.product_id
                 AND NOT EXISTS (SELECT 1 FROM leadmill.contact AS s WHERE s.supersedes = r.contact_id)), gone.lost_at) AS free_from
      FROM gone
      WHERE NOT EXISTS (SELECT 1 FROM leadmill.contact AS later
                        WHERE later.lead_id IN (SELECT leadmill.lead_tree(gone.lead_id)) AND later.contact_made AND later.at > gone.lost_at)
        AND NOT EXISTS (SELECT 1 FROM leadmill.assignment AS a WHERE a.lead_id = gone.lead_id AND a.state <> 'ended')
        AND NOT EXISTS (SELECT 1 FROM leadmill.promise AS p
                        WHERE p.lead_id IN (SELECT leadmill.lead_tree(gone.lead_id)) AND p.state = 'open')
        AND NOT leadmill.is_suppressed(gone.lead_id, leadmill.clock()))
    SELECT kept.* FROM kept
    WHERE kept.free_from <= leadmill.clock() + CAST(:ahead AS interval)
      AND (CAST(:reason AS text) IS NULL OR kept.lost_reason = :reason) AND (CAST(:rep AS bigint) IS NULL OR kept.rep_id = :rep)
    ORDER BY kept.value DESC NULLS LAST, kept.free_from, kept.lead_id LIMIT :limit
""")


def list_win_back(
    connection: Connection, reach: Reach, *, within_days: int, reason: str | None, rep: int | None, limit: int
) -> list[dict[str, Any]]:
    """Lists who was lost, or put off until a day, and has nobody now: the most valuable first, free within so many days."""
    values = {**reach.values, "ahead": f"{within_days} days", "reason": reason, "rep": rep, "limit": limit}
    return [dict(row._mapping) for row in connection.execute(_LIST, values)]
