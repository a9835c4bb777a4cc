"""Statements about who calls in: the leads of a number, counted by day so that nobody reads the base through it."""

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

_COUNT: Final = sa.text("""
    INSERT INTO leadmill.day_count AS d (subject_kind, subject_id, kind, day, count)
    VALUES ('person', :person, 'lookups', (leadmill.clock() AT TIME ZONE leadmill.zone_of(:person))::date, 1)
    ON CONFLICT (subject_kind, subject_id, kind, day) DO UPDATE SET count = d.count + 1
    RETURNING count, ceil(extract(epoch FROM (day + 1)::timestamp AT TIME ZONE leadmill.zone_of(:person) - leadmill.clock()))::integer
""")

_FIND: Final = sa.text("""
    SELECT n.id AS number_id, l.id, l.fields ->> 'company' AS company, l.fields ->> 'person' AS person, l.country,
           l.relation, l.stage, holder.id AS holder_id, holder.name AS holder, held.id AS assignment_id,
           last.person_id AS last_rep_id, rep.name AS last_rep, last.at AS last_contact_at,
           (SELECT min(p.due_at) FROM leadmill.promise AS p
            WHERE p.lead_id IN (SELECT leadmill.lead_tree(l.id)) AND p.state = 'open') AS promised_at
    FROM leadmill.number AS n
    JOIN leadmill.lead_number AS ln ON ln.number_id = n.id
    JOIN leadmill.lead AS l ON l.id = ln.lead_id AND l.state = 'active'
    LEFT JOIN leadmill.assignment AS held
      ON (held.lead_id = l.id OR held.site_id = l.site_id) AND held.state <> 'ended' AND held.expires_at > leadmill.clock()
    LEFT JOIN leadmill.person AS holder ON holder.id = held.person_id
    LEFT JOIN LATERAL (
      SELECT c.person_id, c.at FROM leadmill.contact AS c
      WHERE c.lead_id IN (SELECT leadmill.lead_tree(l.id)) AND c.person_id IS NOT NULL ORDER BY c.at DESC LIMIT 1) AS last ON true
    LEFT JOIN leadmill.person AS rep ON rep.id = last.person_id
    WHERE n.e164 = ANY (:numbers)
    ORDER BY held.id IS NULL, last.at DESC NULLS LAST, l.id LIMIT 20
""")


def count_lookup(connection: Connection, person_id: int) -> tuple[int, int]:
    """Counts a look-up of the person's day, and gives the seconds until the next; the person's row is locked by the caller."""
    row = connection.execute(_COUNT, {"person": person_id}).one()
    return row[0], row[1]


def find_callers(connection: Connection, numbers: list[str]) -> list[dict[str, Any]]:
    """Gives the leads that have one of these numbers: those held now first, then those last spoken with."""
    return [dict(row._mapping) for row in connection.execute(_FIND, {"numbers": numbers})]
