"""What must be true of a simulated quarter, asked of the ledger's history in statements of its own: none of the queue's functions is used."""

from datetime import timedelta
from typing import Any, Final

from tests.builders import Connection, one

_MISSED: Final = """
    WITH now AS MATERIALIZED (SELECT clock() AS at),
    open AS MATERIALIZED (SELECT array_agg(w.id) AS windows FROM now CROSS JOIN calling_window AS w WHERE window_open(w.country, w.zones, now.at)),
    free AS (
      SELECT l.id, l.site_id, p.product_id FROM lead AS l
      JOIN pool AS p ON p.id = l.pool_id
      WHERE p.id = ANY (ARRAY(SELECT pool_id FROM pool_person WHERE person_id = %(rep)s)) AND l.window_id = ANY ((SELECT windows FROM open)::bigint[])
        AND l.state = 'active' AND l.restricted_at IS NULL AND (l.relation = 'prospect' OR p.duty <> 'hunter')
        AND (l.relation, l.rank) IS DISTINCT FROM ('customer', 'E')
    ),
    booked AS MATERIALIZED (SELECT b.subject_kind, b.subject_id FROM booking AS b WHERE upper(b.period) > (SELECT at FROM now))
    SELECT array_agg(f.id) FROM free AS f
    WHERE NOT EXISTS (SELECT 1 FROM booked AS b WHERE b.subject_kind = 'lead' AND b.subject_id = f.id)
      AND NOT EXISTS (SELECT 1 FROM booked AS b WHERE b.subject_kind = 'site' AND b.subject_id = f.site_id)
      AND NOT EXISTS (SELECT 1 FROM product_rest AS pr WHERE pr.lead_id = f.id AND pr.until > (SELECT at FROM now) AND pr.product_id IS NOT DISTINCT FROM f.product_id)
      AND NOT EXISTS (SELECT 1 FROM rep_bar AS r WHERE r.lead_id = f.id AND r.person_id = %(rep)s AND r.until > (SELECT at FROM now))
      AND EXISTS (SELECT 1 FROM lead_number AS ln JOIN number AS n ON n.id = ln.number_id AND n.callable WHERE ln.lead_id = f.id
                  AND NOT EXISTS (SELECT 1 FROM booked AS b WHERE b.subject_kind = 'number' AND b.subject_id = n.id))
"""

_HELD: Final = """
    SELECT a.id, a.site_id, a.lead_id, a.person_id, a.promise_id,
           tstzrange(a.offered_at, greatest(a.offered_at, coalesce(a.ended_at, greatest(a.expires_at, a.call_until)))) AS period FROM assignment AS a
"""

_TWO_HOLDERS: Final = f"""
    WITH held AS MATERIALIZED ({_HELD})
    SELECT count(*) FROM held AS a JOIN held AS b ON b.site_id = a.site_id AND b.id > a.id AND b.period && a.period
"""

_CALLED_INTO_ANOTHERS: Final = f"""
    WITH held AS MATERIALIZED ({_HELD})
    SELECT count(*) FROM contact AS c JOIN held AS a ON a.site_id = c.site_id AND a.person_id <> c.person_id AND a.period @> c.at WHERE NOT c.late
"""

_DIALLED_ANOTHERS_LINE: Final = """
    SELECT count(*) FROM contact AS c JOIN booking AS b ON b.subject_kind = 'number' AND b.subject_id = c.number_id AND b.period @> c.at AND b.kind = 'assignment'
    JOIN assignment AS a ON a.id = b.assignment_id WHERE a.person_id <> c.person_id AND NOT c.late
"""

_REST_BROKEN: Final = """
    SELECT count(*) FROM assignment AS a
    JOIN contact AS c ON c.site_id = a.site_id AND c.contact_made AND c.assignment_id <> a.id AND c.at < a.offered_at AND a.offered_at < c.at + interval '30 days'
    WHERE a.promise_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM contact AS back WHERE back.person_id = a.person_id AND back.late AND back.lead_id = a.lead_id
                      AND back.recorded_at BETWEEN a.offered_at AND a.offered_at + interval '1 minute')
"""

PROMISES: Final = """
    SELECT kind, count(*) AS due, count(*) FILTER (WHERE state IN ('kept', 'withdrawn')) AS kept,
           count(*) FILTER (WHERE state NOT IN ('kept', 'withdrawn') AND escalated > 0) AS escalated,
           count(*) FILTER (WHERE state = 'lapsed' AND escalated < 2) AS lost
    FROM promise WHERE due_at <= clock() GROUP BY kind ORDER BY kind
"""

_STARVED: Final = """
    SELECT count(*) FROM queue_entry AS q JOIN lead AS l ON l.id = q.lead_id
    WHERE q.parked_until IS NULL AND l.created_at < clock() - %(patience)s
      AND NOT EXISTS (SELECT 1 FROM assignment AS a WHERE a.site_id = l.site_id)
      AND NOT EXISTS (SELECT 1 FROM lead_number AS ln JOIN number AS n ON n.id = ln.number_id WHERE ln.lead_id = l.id AND n.shared)  -- that one may have waited
      AND EXISTS (SELECT 1 FROM assignment AS a JOIN lead AS g ON g.id = a.lead_id
                  WHERE a.pool_id = q.pool_id AND g.window_id = q.window_id AND a.promise_id IS NULL AND a.offered_at > clock() - interval '7 days'
                    AND (%(any_rank)s OR coalesce(g.rank, 'C') >= coalesce(l.rank, 'C'))
                    AND EXISTS (SELECT 1 FROM contact AS c WHERE c.lead_id = g.id AND c.at BETWEEN l.created_at + %(patience)s AND a.offered_at - interval '1 hour')
                    AND NOT EXISTS (SELECT 1 FROM contact AS back WHERE back.late AND (back.lead_id, back.person_id) = (a.lead_id, a.person_id)
                                    AND back.recorded_at BETWEEN a.offered_at AND a.offered_at + interval '1 minute'))  -- taken back, not out of the queue
"""

_MIX: Final = """
    WITH cold AS (SELECT a.pool_id, a.person_id, coalesce(l.rank, '-') AS rank, date_trunc('week', a.offered_at) AS week
                  FROM assignment AS a JOIN lead AS l ON l.id = a.lead_id WHERE a.promise_id IS NULL),
    usual AS (SELECT pool_id, week, rank, count(*) / sum(count(*)) OVER (PARTITION BY pool_id, week) AS share FROM cold GROUP BY 1, 2, 3),
    worked AS (SELECT pool_id, person_id, week, count(*) AS n FROM cold GROUP BY 1, 2, 3),
    fair AS (SELECT w.pool_id, w.person_id, u.rank, sum(w.n * u.share) AS n FROM worked AS w JOIN usual AS u USING (pool_id, week) GROUP BY 1, 2, 3),
    every AS (SELECT pool_id, person_id, sum(n) AS n FROM worked GROUP BY 1, 2 HAVING sum(n) >= %(least)s)
    SELECT coalesce(max(abs(f.n - (SELECT count(*) FROM cold AS c WHERE (c.pool_id, c.person_id, c.rank) = (f.pool_id, f.person_id, f.rank))) / e.n), 0)::float
    FROM fair AS f JOIN every AS e USING (pool_id, person_id)
"""


def list_missed(db: Connection, rep: int) -> list[int]:
    """Gives leads that a rep could be given now by the base itself, without the queue."""
    row = db.execute(_MISSED, {"rep": rep}).fetchone()
    return list(row[0] or ()) if row else []


def count_clashes(db: Connection) -> dict[str, int]:
    """Counts clients in two hands, calls into another's work, and rests that were broken without a promise."""
    asked = {
        "two holders": _TWO_HOLDERS,
        "called while another held": _CALLED_INTO_ANOTHERS,
        "line of another": _DIALLED_ANOTHERS_LINE,
        "rest broken": _REST_BROKEN,
    }
    return {name: int(one(db, statement)) for name, statement in asked.items()}


def read_promises(db: Connection) -> list[dict[str, Any]]:
    """Says by kind what became of promises that were due."""
    cursor = db.execute(PROMISES)
    names = [column.name for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def count_starved(db: Connection, patience: timedelta, *, any_rank: bool) -> int:
    """Counts companies that nobody was ever given though free, while somebody of their pool was given again who had been called that much later.

    `any_rank`: of whatever rank; else of no better one.
    """
    row = db.execute(_STARVED, {"patience": patience, "any_rank": any_rank}).fetchone()
    assert row is not None
    return int(row[0])


def find_unevenness(db: Connection, least: int) -> float:
    """Gives by how much a rank's share of a rep's cold leads differs at most from the pool's in the weeks that they worked."""
    row = db.execute(_MIX, {"least": least}).fetchone()
    assert row is not None
    return float(row[0])
