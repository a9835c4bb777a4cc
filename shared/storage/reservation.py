"""Statements about companies that are kept for one rep or team: a pool of their own, out of everybody else's way."""

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

_LOCK: Final = sa.text("SELECT 1 FROM leadmill.pool WHERE id = :pool FOR NO KEY UPDATE")

_FIND: Final = sa.text("""
    SELECT id FROM leadmill.pool WHERE reserved_from = :origin AND state <> 'ended'
      AND reserved_person_id IS NOT DISTINCT FROM CAST(:person AS bigint)
      AND reserved_team_id IS NOT DISTINCT FROM CAST(:team AS bigint)
""")

_OPEN: Final = sa.text("""
    INSERT INTO leadmill.pool (name, kind, duty, product_id, hidden, reserved_from, reserved_person_id, reserved_team_id)
    SELECT concat(p.name, ' reserved for ', coalesce(rep.name, t.name), ' ', coalesce(rep.id, t.id)), p.kind,
           p.duty, p.product_id, p.hidden,
           p.id, CAST(:person AS bigint), CAST(:team AS bigint)
    FROM leadmill.pool AS p
    LEFT JOIN leadmill.person AS rep ON rep.id = CAST(:person AS bigint)
    LEFT JOIN leadmill.team AS t ON t.id = CAST(:team AS bigint)
    WHERE p.id = :origin RETURNING id
""")

_RULES: Final = sa.text("""
    INSERT INTO leadmill.policy (pool_id, version, rules, made_by, reason)
    SELECT :pool, 1, rules, :by, 'reserved' FROM leadmill.policy WHERE pool_id = :origin ORDER BY version DESC LIMIT 1
""")

_SERVE: Final = sa.text("""
    INSERT INTO leadmill.pool_person (pool_id, person_id)
    SELECT p.id, rep.id FROM leadmill.pool AS p
    JOIN leadmill.person AS rep ON rep.id = p.reserved_person_id OR rep.team_id = p.reserved_team_id
    WHERE p.state <> 'ended' AND rep.role = 'rep' AND rep.state <> 'left'
      AND (CAST(:pool AS bigint) IS NULL OR p.id = :pool) AND (CAST(:person AS bigint) IS NULL OR rep.id = :person)
    ON CONFLICT DO NOTHING
""")

_COMPANY: Final = sa.text("""
    SELECT l.id, l.pool_id, coalesce(p.reserved_from, p.id) AS origin
    FROM leadmill.lead AS mine
    JOIN leadmill.lead AS l ON l.id = mine.id OR l.site_id = mine.site_id
    JOIN leadmill.pool AS p ON p.id = l.pool_id
    WHERE mine.id = :lead AND l.state = 'active' ORDER BY l.id
""")

_OF_PERSON: Final = sa.text("""
    SELECT l.id, p.reserved_from FROM leadmill.pool AS p JOIN leadmill.lead AS l ON l.pool_id = p.id AND l.state = 'active'
    WHERE p.reserved_person_id = :person ORDER BY l.id
""")


@dataclass(frozen=True, slots=True)
class Colleague:
    """A lead of a company: the pool it is in, and the one that it came from when that is a reserved one."""

    lead_id: int
    pool_id: int
    origin_id: int


def list_company(connection: Connection, lead_id: int) -> list[Colleague]:
    """Lists the leads of a lead's company site, itself among them, by id."""
    return [Colleague(*row) for row in connection.execute(_COMPANY, {"lead": lead_id})]


def ensure_reserved_pool(
    connection: Connection, origin_id: int, *, person_id: int | None, team_id: int | None, by: int
) -> int:
    """Gives the pool of what is kept for a rep or team out of a pool, with that pool's rules of now; opens it if there is none."""
    values = {"origin": origin_id, "person": person_id, "team": team_id}
    connection.execute(_LOCK, {"pool": origin_id})
    pool_id: int | None = connection.execute(_FIND, values).scalar_one_or_none()
    if pool_id is None:
        pool_id = int(connection.execute(_OPEN, values).scalar_one())
        connection.execute(_RULES, {"pool": pool_id, "origin": origin_id, "by": by})
    serve_reserved(connection, pool_id=pool_id)
    return pool_id


def serve_reserved(connection: Connection, *, pool_id: int | None = None, person_id: int | None = None) -> None:
    """Lets reserved pools serve whom they are kept for: all of one pool, or one person by all that are theirs."""
    connection.execute(_SERVE, {"pool": pool_id, "person": person_id})


def list_reserved(connection: Connection, person_id: int) -> list[tuple[int, int]]:
    """Lists what is kept for a rep, with the pools that it came from: what to move back when they leave."""
    return [(row.id, row.reserved_from) for row in connection.execute(_OF_PERSON, {"person": person_id})]
