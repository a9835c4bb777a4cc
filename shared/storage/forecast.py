"""Statements about what pools have to give: by day for a forecast, and for one rep when there is nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

_STOCK: Final = sa.text("SELECT day, leads FROM leadmill.pool_stock(:pool, :days, leadmill.clock())")

_CAPACITY: Final = sa.text("""
    SELECT reps, calls_a_day, weekdays, leadmill.clock() AS at FROM leadmill.pool_capacity(:pool, leadmill.clock())
""")

_WHY: Final = sa.text("SELECT why.* FROM leadmill.why_empty(:person, leadmill.clock()) AS why")

_STANDING: Final = sa.text("""
    SELECT p.state, (SELECT count(*) FROM leadmill.promise AS pr WHERE pr.person_id = p.id AND pr.state = 'open') AS promises,
           (SELECT min(pr.due_at) FROM leadmill.promise AS pr WHERE pr.person_id = p.id AND pr.state = 'open') AS next_due_at
    FROM leadmill.person AS p WHERE p.id = :person
""")


@dataclass(frozen=True, slots=True)
class Stock:
    """What a pool has: leads that wait, leads that come back by day, reps on duty and the calls expected of them."""

    at: datetime
    ready: int
    returning: Mapping[date, int]
    reps: int
    calls_a_day: int
    weekdays: frozenset[int]


def read_stock(connection: Connection, pool_id: int, *, days: int) -> Stock:
    """Reads what a pool has to give within so many days."""
    by_day = {row.day: row.leads for row in connection.execute(_STOCK, {"pool": pool_id, "days": days})}
    row = connection.execute(_CAPACITY, {"pool": pool_id}).one()
    ready = by_day.pop(None, 0)
    return Stock(row.at, ready, by_day, row.reps, row.calls_a_day, frozenset(row.weekdays))


def read_why(connection: Connection, person_id: int) -> tuple[Mapping[str, Any], list[dict[str, Any]]]:
    """Reads how a person stands, and of every pool that serves them what it has and what keeps them from it."""
    standing = connection.execute(_STANDING, {"person": person_id}).one()
    pools = [dict(row._mapping) for row in connection.execute(_WHY, {"person": person_id})]
    return dict(standing._mapping), pools
