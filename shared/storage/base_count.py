"""Statements about the counts of the base, by which the matcher judges how rare a value is."""

from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import JSONB

_NEWEST: Final = sa.text("SELECT current_database(), coalesce(max(id), 0) FROM leadmill.base_count")
_READ: Final = sa.text("SELECT counts FROM leadmill.base_count WHERE id = :id")
_ADD: Final = sa.text("INSERT INTO leadmill.base_count (counts) VALUES (:counts)").bindparams(
    sa.bindparam("counts", type_=JSONB)
)


def find_newest(connection: Connection) -> tuple[str, int]:
    """Gives the database and the number of the counts that stand, 0 when there are none."""
    row = connection.execute(_NEWEST).one()
    return row[0], row[1]


def read_counts(connection: Connection, number: int) -> Mapping[str, Any]:
    """Gives counts that were kept; they never change."""
    counts: Mapping[str, Any] = connection.execute(_READ, {"id": number}).scalar_one()
    return counts


def add_counts(connection: Connection, counts: Mapping[str, Any]) -> None:
    """Keeps counts that stand from now on."""
    connection.execute(_ADD, {"counts": dict(counts)})
