"""Statements that explain the place of a lead in the queue, and the chore that counts what sources are worth."""

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

_MOST: Final = 1000

_READ: Final = sa.text(f"""
    WITH waits AS (
      SELECT l.id, l.rank, l.fields, l.created_at, called.at AS called_at, coalesce(called.at, l.created_at) AS since
      FROM leadmill.lead AS l
      CROSS JOIN LATERAL (SELECT max(c.at) AS at FROM leadmill.contact AS c WHERE c.lead_id = l.id) AS called
      WHERE l.id = :lead)
    SELECT waits.id AS lead_id, waits.rank, waits.since, waits.called_at IS NOT NULL AS tried,
           round((leadmill.queue_rank(waits.rank, waits.since) - extract(epoch FROM waits.since)) / 86400.0, 1)::float AS rank_days,
           round(leadmill.mix_s(waits.id) / 86400.0, 2)::float AS mix_days,
           EXISTS (SELECT 1 FROM leadmill.request AS rq WHERE rq.lead_id = waits.id AND rq.state = 'open') AS asked,
           q.pool_id, q.parked_until,
           CASE WHEN q.parked_until IS NULL AND q.lead_id IS NOT NULL THEN (
             SELECT count(*) FROM (
               SELECT 1 FROM leadmill.queue_entry AS o WHERE o.pool_id = q.pool_id AND o.window_id = q.window_id AND o.parked_until IS NULL
                 AND (o.rank, o.lead_id) < (q.rank, q.lead_id) LIMIT {_MOST}) AS ahead) END AS ahead
    FROM waits LEFT JOIN leadmill.queue_entry AS q ON q.lead_id = waits.id
""")

_SCORES: Final = sa.text("""
    SELECT DISTINCT ON (s.source_id, s.industry) s.source_id, src.name AS source, s.industry, s.tried, s.won, s.rate, s.usual_rate,
           s.weight, s.advance_days, s.within_days,
           CASE WHEN called.at IS NULL THEN leadmill.return_rise(s.within_days) END AS rise_days, s.at
    FROM leadmill.lead AS l
    CROSS JOIN LATERAL (SELECT max(c.at) AS at FROM leadmill.contact AS c WHERE c.lead_id = l.id) AS called
    JOIN leadmill.score AS s ON s.at <= coalesce(called.at, l.created_at)
      AND (s.source_id = leadmill.first_source(l.id)
           OR s.industry = coalesce(l.fields ->> 'industry_code', l.fields ->> 'industry'))
    LEFT JOIN leadmill.source AS src ON src.id = s.source_id
    WHERE l.id = :lead ORDER BY s.source_id, s.industry, s.at DESC
""")

_REFRESH: Final = sa.text("SELECT leadmill.refresh_scores()")


def read_order(connection: Connection, lead_id: int) -> dict[str, Any]:
    """Reads what gives a lead its place: all that it was made of, and how many wait before it (a thousand at most)."""
    row = connection.execute(_READ, {"lead": lead_id}).one()
    scores = [dict(one._mapping) for one in connection.execute(_SCORES, {"lead": lead_id})]
    return {**row._mapping, "scores": scores}


def refresh_scores(connection: Connection) -> int:
    """Counts anew what sources and lines of business are worth; gives how many scores have changed."""
    written: int = connection.execute(_REFRESH).scalar_one()
    return written
