"""The statement that says what a list is made of, as shares of its rows: what a vendor's sample is judged by."""

from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

_SHARES: Final = sa.text("""
    SELECT coalesce(round(avg((verdict = 'new')::int), 3), 0) AS new,
           coalesce(round(avg((reason = 'known')::int), 3), 0) AS owned,
           coalesce(round(avg((reason = 'duplicate')::int), 3), 0) AS duplicate,
           coalesce(round(avg((verdict = 'review')::int), 3), 0) AS doubtful,
           coalesce(round(avg((verdict = 'suppressed')::int), 3), 0) AS suppressed,
           coalesce(round(avg((reason = 'dead')::int), 3), 0) AS dead,
           coalesce(round(avg((verdict = 'quarantined' AND reason <> 'dead')::int), 3), 0) AS unreachable,
           coalesce(round(avg((verdict = 'rejected')::int), 3), 0) AS rejected
    FROM leadmill.outcome WHERE upload_id = :upload_id
""")


def find_shares(connection: Connection, upload_id: int) -> dict[str, float]:
    """Gives the shares of an upload's rows, from 0 to 1; they add up to 1 but for rounding."""
    row = connection.execute(_SHARES, {"upload_id": upload_id}).one()
    return {name: float(share) for name, share in row._mapping.items()}
