"""The first admin: the person in whose name a fresh ledger is first entered."""

from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

FIRST_ADMIN: Final = "first admin"

_LOCK: Final = sa.text("SELECT pg_advisory_xact_lock(7305261115)")
_FIND: Final = sa.text("""
    SELECT id FROM leadmill.person WHERE role = 'admin' AND name = :name AND state <> 'left' ORDER BY id LIMIT 1
""")
_ADD: Final = sa.text("INSERT INTO leadmill.person (name, role) VALUES (:name, 'admin') RETURNING id")


def ensure_first_admin(connection: Connection) -> int:
    """Gives the first admin, who is added when there is none; of two at the same time the second waits."""
    connection.execute(_LOCK)
    found: int | None = connection.execute(_FIND, {"name": FIRST_ADMIN}).scalar()
    if found is not None:
        return found
    added: int = connection.execute(_ADD, {"name": FIRST_ADMIN}).scalar_one()
    return added
