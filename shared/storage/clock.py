"""The ledger's clock: the only one that rules go by. Whoever takes locks reads it after them."""

from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

_NOW: Final = sa.text("SELECT leadmill.clock()")


def read_clock(connection: Connection) -> datetime:
    """Gives the present, in UTC."""
    now: datetime = connection.execute(_NOW).scalar_one()
    return now
