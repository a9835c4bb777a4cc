"""Statements that pick records of the base to learn from. Numpy columns out, nothing is written."""

from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.storage.packed import Integers, read_bigints

_COUNT: Final = sa.text("SELECT count(*) FROM leadmill.membership WHERE closed_by IS NULL")
_SAMPLE: Final = """
    COPY (SELECT m.record_id, m.lead_id FROM leadmill.membership AS m
          JOIN leadmill.lead AS l ON l.id = m.lead_id AND l.state = 'active'
          WHERE m.closed_by IS NULL AND abs(hashint8(m.record_id)::bigint) %% %s = 0 ORDER BY m.record_id)
    TO STDOUT (FORMAT binary)
"""


def sample_records(connection: Connection, *, limit: int) -> tuple[Integers, Integers]:
    """Gives about so many records of the base in ascending order, all of a smaller one, and their leads; always the same ones."""
    count = connection.execute(_COUNT).scalar_one()
    records, leads = read_bigints(connection, _SAMPLE, (max(1, -(-count // limit)),), 2)
    return records, leads
