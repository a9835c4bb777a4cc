"""Statements about pools and the versions of their policies."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

_LIST: Final = sa.text("""
    SELECT p.id, p.name, p.kind, p.duty, p.state, p.hidden, pr.name AS product, own.version,
           coalesce(own.rules, '{}') AS own, resolved.rules
    FROM leadmill.pool AS p
    LEFT JOIN leadmill.product AS pr ON pr.id = p.product_id
    CROSS JOIN LATERAL leadmill.policy_of(p.id, leadmill.clock()) AS resolved
    LEFT JOIN LATERAL (SELECT version, rules FROM leadmill.policy WHERE pool_id = p.id ORDER BY version DESC LIMIT 1)
      AS own ON true
    WHERE (CAST(:pool AS bigint) IS NULL OR p.id = :pool)
      AND (CAST(:person AS bigint) IS NULL OR EXISTS (
        SELECT 1 FROM leadmill.pool_person AS pp WHERE pp.pool_id = p.id AND pp.person_id = :person))
    ORDER BY p.id
""")

_LOCK: Final = sa.text("SELECT 1 FROM leadmill.pool WHERE id = :pool FOR NO KEY UPDATE")

_ADD_POLICY: Final = sa.text("""
    INSERT INTO leadmill.policy (pool_id, version, rules, made_by, reason)
    VALUES (:pool, :version, :rules, :made_by, :reason)
""").bindparams(sa.bindparam("rules", type_=sa.JSON))

_SERVES_OTHERS: Final = sa.text("""
    SELECT EXISTS (SELECT 1 FROM leadmill.pool_person AS pp JOIN leadmill.person AS p ON p.id = pp.person_id
                   WHERE pp.pool_id = :pool AND p.state <> 'left' AND p.team_id IS DISTINCT FROM :team)
""")

_BASE: Final = sa.text("""
    SELECT version, rules FROM leadmill.policy WHERE pool_id IS NULL ORDER BY version DESC LIMIT 1
""")

_LOCK_BASE: Final = sa.text("SELECT 1 FROM leadmill.pool WHERE name = 'default' FOR NO KEY UPDATE")

_EFFECT: Final = sa.text("""
    SELECT waiting, parked, open_now, reps, reps_at_cap, reps_at_norm
    FROM leadmill.policy_effect(:pool, CAST(:rules AS jsonb), leadmill.clock())
""")

_ADD: Final = sa.text("""
    INSERT INTO leadmill.pool (name, kind, duty, product_id) VALUES (:name, :kind, :duty, :product)
    ON CONFLICT (name) DO NOTHING RETURNING id
""")

_PRODUCT: Final = sa.text("""
    INSERT INTO leadmill.product (name) VALUES (:name) ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id
""")

_MOVE: Final = sa.text("UPDATE leadmill.pool SET state = :state WHERE id = :pool AND state <> :state")

_REFRESH: Final = sa.text("""
    SELECT leadmill.refresh_queue(ARRAY(SELECT id FROM leadmill.lead WHERE pool_id = :pool AND state = 'active'))
""")

_HIDE: Final = sa.text("UPDATE leadmill.pool SET hidden = :hidden WHERE id = :pool")

_WAITING: Final = sa.text("SELECT count(*) FROM leadmill.lead WHERE pool_id = :pool AND state = 'active'")

_FIND_BY_NAME: Final = sa.text("SELECT id FROM leadmill.pool WHERE name = :name")


@dataclass(frozen=True, slots=True)
class Pool:
    """A pool with its policy: `own` rules as written, `rules` with what they inherit, None for a lifted one."""

    id: int
    name: str
    kind: str
    duty: str | None
    state: str
    hidden: Sequence[str]
    product: str | None
    version: int | None
    own: Mapping[str, Any]
    rules: Mapping[str, Any]


def list_pools(connection: Connection, *, person_id: int | None = None) -> list[Pool]:
    """Lists the pools: all, or those that serve a person."""
    rows = connection.execute(_LIST, {"pool": None, "person": person_id})
    return [_pool(row) for row in rows]


def find_pool(connection: Connection, pool_id: int) -> Pool | None:
    """Gives a pool."""
    row = connection.execute(_LIST, {"pool": pool_id, "person": None}).one_or_none()
    return None if row is None else _pool(row)


def find_pool_id(connection: Connection, name: str) -> int | None:
    """Gives the pool with this name."""
    pool_id: int | None = connection.execute(_FIND_BY_NAME, {"name": name}).scalar_one_or_none()
    return pool_id


def lock_pool(connection: Connection, pool_id: int) -> None:
    """Locks a pool, so that versions of its policy follow one another."""
    connection.execute(_LOCK, {"pool": pool_id})


def add_policy(
    connection: Connection,
    pool_id: int | None,
    *,
    version: int,
    rules: Mapping[str, Any],
    made_by: int,
    reason: str | None,
) -> None:
    """Writes a new version of a pool's own rules; of those that all inherit when `pool_id` is None."""
    values = {"pool": pool_id, "version": version, "rules": dict(rules), "made_by": made_by, "reason": reason}
    connection.execute(_ADD_POLICY, values)


def find_base(connection: Connection) -> tuple[int, Mapping[str, Any]]:
    """Gives the version and the rules that every pool inherits."""
    row = connection.execute(_BASE).one()
    return row.version, row.rules


def lock_base(connection: Connection) -> None:
    """Makes versions of the inherited rules follow one another."""
    connection.execute(_LOCK_BASE)


def find_effect(connection: Connection, pool_id: int, rules: Mapping[str, Any]) -> dict[str, int]:
    """Counts what these rules would mean for a pool now: leads that wait, reps that could have one."""
    row = connection.execute(_EFFECT, {"pool": pool_id, "rules": json.dumps(dict(rules))}).one()
    return {name: int(value) for name, value in row._mapping.items()}


def add_pool(connection: Connection, *, name: str, kind: str, duty: str | None, product: str | None) -> int | None:
    """Opens a pool and gives its id; None when there is one of this name. A product that is new is added."""
    product_id = None if product is None else connection.execute(_PRODUCT, {"name": product}).scalar_one()
    values = {"name": name, "kind": kind, "duty": duty, "product": product_id}
    pool_id: int | None = connection.execute(_ADD, values).scalar_one_or_none()
    return pool_id


def move_pool(connection: Connection, pool_id: int, state: str) -> bool:
    """Moves a pool to a state; False when it was there already. Queue entries follow when it ends."""
    moved = connection.execute(_MOVE, {"pool": pool_id, "state": state}).rowcount > 0
    if moved and state == "ended":
        connection.execute(_REFRESH, {"pool": pool_id})
    return moved


def hide(connection: Connection, pool_id: int, names: Sequence[str]) -> None:
    """Says what the reps of a pool do not see of a lead."""
    connection.execute(_HIDE, {"pool": pool_id, "hidden": sorted(set(names))})


def count_leads(connection: Connection, pool_id: int) -> int:
    """Counts the leads that are in a pool."""
    leads: int = connection.execute(_WAITING, {"pool": pool_id}).scalar_one()
    return leads


def serves_others(connection: Connection, pool_id: int, team_id: int) -> bool:
    """Whether the pool serves anybody outside the team."""
    others: bool = connection.execute(_SERVES_OTHERS, {"pool": pool_id, "team": team_id}).scalar_one()
    return others


def _pool(row: Any) -> Pool:
    return Pool(
        row.id, row.name, row.kind, row.duty, row.state, row.hidden, row.product, row.version, row.own, row.rules
    )
