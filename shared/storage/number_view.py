"""Statements that show numbers to people."""

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.storage.reach import KNOWN_LEADS, Reach

_KNOWN: Final = f"""EXISTS (
    SELECT 1 FROM leadmill.record_number AS rn
    JOIN leadmill.membership AS m ON m.record_id = rn.record_id AND m.closed_by IS NULL
    JOIN leadmill.lead AS l ON l.id = m.lead_id
    WHERE rn.number_id = n.id AND {KNOWN_LEADS})"""

_LONGEST_PREFIX: Final = 9

_FIND: Final = sa.text(f"""
    SELECT n.id, n.country, n.type, n.valid, n.dialable, n.line_status, n.recheck_at, n.suppressed, n.shared, n.callable,
           leadmill.booked_until('number', n.id, leadmill.clock()) AS booked_until,
           ARRAY(SELECT l.id FROM leadmill.lead_number AS ln JOIN leadmill.lead AS l ON l.id = ln.lead_id
                 WHERE ln.number_id = n.id AND {KNOWN_LEADS} ORDER BY l.id) AS leads,
           coalesce(told.zones, c.zones, '{{}}') AS zones,
           coalesce(cardinality(c.zones) > 1
                    AND (n.type <> 'fixed_line' OR cardinality(told.zones) IS DISTINCT FROM 1), false) AS zones_assumed
    FROM leadmill.number AS n
    LEFT JOIN leadmill.country AS c ON c.code = n.country
    LEFT JOIN LATERAL (
        SELECT d.zones FROM leadmill.dial_zone AS d
        WHERE d.country = n.country
          AND d.prefix = ANY (ARRAY(SELECT substr(n.e164, 2, size) FROM generate_series(1, {_LONGEST_PREFIX}) AS size))
        ORDER BY length(d.prefix) DESC LIMIT 1
    ) AS told ON true
    WHERE n.id = :number AND {_KNOWN}
""")


def find_number(connection: Connection, number_id: int, reach: Reach) -> dict[str, Any] | None:
    """Gives a number of a lead within the reach, without its digits.

    `zones`: where it may be, by its area code, else all of its country's. `zones_assumed`: the country has several and the
    number may be in another one, since it is mobile or its area code does not tell.
    """
    row = connection.execute(_FIND, {"number": number_id, **reach.values}).one_or_none()
    return None if row is None else dict(row._mapping)
