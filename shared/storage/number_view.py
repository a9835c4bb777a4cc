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

_FIND: Final = sa.text(f"""
    SELECT n.id, n.country, n.type, n.valid, n.dialable, n.line_status, n.recheck_at, n.suppressed, n.shared, n.callable,
           leadmill.booked_until('number', n.id, leadmill.clock()) AS booked_until,
           ARRAY(SELECT l.id FROM leadmill.lead_number AS ln JOIN leadmill.lead AS l ON l.id = ln.lead_id
                 WHERE ln.number_id = n.id AND {KNOWN_LEADS} ORDER BY l.id) AS leads
    FROM leadmill.number AS n WHERE n.id = :number AND {_KNOWN}
""")


def find_number(connection: Connection, number_id: int, reach: Reach) -> dict[str, Any] | None:
    """Gives a number of a lead within the reach, without its digits."""
    row = connection.execute(_FIND, {"number": number_id, **reach.values}).one_or_none()
    return None if row is None else dict(row._mapping)
