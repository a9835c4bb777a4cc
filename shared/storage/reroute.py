"""Statements about the rules by which leads enter pools, and about free leads that go through them again."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

_LIST: Final = sa.text("""
    SELECT pool_id, condition FROM leadmill.pool_rule WHERE valid_until IS NULL ORDER BY position
""")

_LOCK: Final = sa.text("SELECT 1 FROM leadmill.pool WHERE name = 'default' FOR NO KEY UPDATE")

_CLOSE: Final = sa.text("UPDATE leadmill.pool_rule SET valid_until = leadmill.clock() WHERE valid_until IS NULL")

_ADD: Final = sa.text("""
    INSERT INTO leadmill.pool_rule (pool_id, position, condition) VALUES (:pool, :position, :condition)
""").bindparams(sa.bindparam("condition", type_=sa.JSON))

_WANTED: Final = sa.text("""
    SELECT lead_id, pool_before, pool_after
    FROM leadmill.wanted_pools(CAST(:pools AS bigint[]), leadmill.clock()) ORDER BY lead_id
""")

_MOVE: Final = sa.text("""
    SELECT unnest(leadmill.move_pools(CAST(:leads AS bigint[]), CAST(:pools AS bigint[])))
""")


def list_rules(connection: Connection) -> list[dict[str, Any]]:
    """Lists the rules that hold now, in their order: the first that fits decides."""
    return [dict(row._mapping) for row in connection.execute(_LIST)]


def write_rules(connection: Connection, rules: Sequence[Mapping[str, Any]]) -> None:
    """Puts these rules in the place of those that held; the old ones stay with their dates."""
    connection.execute(_LOCK)
    connection.execute(_CLOSE)
    for position, rule in enumerate(rules, 1):
        values = {"pool": rule["pool_id"], "position": position, "condition": dict(rule["condition"])}
        connection.execute(_ADD, values)


def list_moves(connection: Connection, pool_id: int | None) -> list[tuple[int, int, int]]:
    """Gives the free leads that the rules would send elsewhere: lead, its pool, the other pool."""
    pools = None if pool_id is None else [pool_id]
    return [(row.lead_id, row.pool_before, row.pool_after) for row in connection.execute(_WANTED, {"pools": pools})]


def move_leads(connection: Connection, moves: Sequence[tuple[int, int]]) -> set[int]:
    """Moves leads, each to the pool beside it, that are still free; gives those that moved."""
    values = {"leads": [lead for lead, _ in moves], "pools": [pool for _, pool in moves]}
    return set(connection.execute(_MOVE, values).scalars())
