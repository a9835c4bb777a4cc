"""Statements about people and teams."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

DUTIES: Final = ("hunter", "closer", "farmer")
"""Sales functions: who finds clients, who closes, who keeps them."""

_ADD: Final = sa.text("""
    INSERT INTO leadmill.person (name, role, duty, team_id) VALUES (:name, :role, :duty, :team) RETURNING id
""")

_SERVE: Final = sa.text("""
    INSERT INTO leadmill.pool_person (pool_id, person_id)
    SELECT id, :person FROM leadmill.pool WHERE id = ANY (:pools) AND state <> 'ended'
""")

_FIND: Final = sa.text("""
    SELECT p.id, p.name, p.role, p.duty, p.state, p.team_id, t.name AS team_name,
           ARRAY(SELECT pool_id FROM leadmill.pool_person AS pp WHERE pp.person_id = p.id ORDER BY pool_id) AS pools
    FROM leadmill.person AS p LEFT JOIN leadmill.team AS t ON t.id = p.team_id
    WHERE p.id = :person
""")

_LOCK: Final = sa.text("SELECT 1 FROM leadmill.person WHERE id = :person FOR NO KEY UPDATE")

_CHANGE: Final = sa.text("UPDATE leadmill.person SET duty = :duty WHERE id = :person")

_SET_SHIFT: Final = sa.text("UPDATE leadmill.person SET shift = CAST(:shift AS jsonb) WHERE id = :person")

_FIND_SHIFT: Final = sa.text("""
    SELECT p.shift, coalesce(t.zone, 'UTC') AS zone,
           p.state = 'active' AND leadmill.is_worked(p.shift, coalesce(t.zone, 'UTC'), leadmill.clock()) AS on_shift
    FROM leadmill.person AS p LEFT JOIN leadmill.team AS t ON t.id = p.team_id WHERE p.id = :person
""")

_LEAVE_POOLS: Final = sa.text("DELETE FROM leadmill.pool_person WHERE person_id = :person")

_TEAM_SIZE: Final = sa.text("""
    SELECT count(*) FROM leadmill.person WHERE team_id = :team AND role = 'rep' AND state <> 'left'
""")

_FIND_TEAM: Final = sa.text("SELECT id FROM leadmill.team WHERE name = :name")

_ADD_TEAM: Final = sa.text("""
    INSERT INTO leadmill.team (name) VALUES (:name)
    ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id
""")


@dataclass(frozen=True, slots=True)
class Person:
    """One who works with leadmill, with the pools that serve them."""

    id: int
    name: str
    role: str
    duty: str
    state: str
    team_id: int | None
    team_name: str | None
    pools: Sequence[int]


@dataclass(frozen=True, slots=True)
class Shift:
    """When somebody works (`opens`, `closes`, `weekdays`), by the clock of their team; None: in the hours of their pools."""

    hours: Mapping[str, Any] | None
    zone: str
    on_shift: bool


def add_person(connection: Connection, *, name: str, role: str, duty: str, team_id: int | None) -> int:
    """Adds a person and gives the id."""
    values = {"name": name, "role": role, "duty": duty, "team": team_id}
    person_id: int = connection.execute(_ADD, values).scalar_one()
    return person_id


def add_to_pools(connection: Connection, person_id: int, pool_ids: Sequence[int]) -> int:
    """Lets these pools serve the person; gives how many of them there are."""
    return connection.execute(_SERVE, {"person": person_id, "pools": list(pool_ids)}).rowcount


def change_person(connection: Connection, person_id: int, *, duty: str) -> None:
    """Changes what somebody sells."""
    connection.execute(_CHANGE, {"person": person_id, "duty": duty})


def set_shift(connection: Connection, person_id: int, shift: Mapping[str, Any] | None) -> None:
    """Says when somebody works; None: in the hours of their pools."""
    connection.execute(_SET_SHIFT, {"person": person_id, "shift": None if shift is None else json.dumps(dict(shift))})


def read_shift(connection: Connection, person_id: int) -> Shift:
    """Gives when somebody who exists works, and whether they do now."""
    row = connection.execute(_FIND_SHIFT, {"person": person_id}).one()
    return Shift(row.shift, row.zone, row.on_shift)


def leave_pools(connection: Connection, person_id: int) -> None:
    """Takes somebody out of every pool."""
    connection.execute(_LEAVE_POOLS, {"person": person_id})


def count_reps(connection: Connection, team_id: int) -> int:
    """Counts the reps of a team who have not left."""
    reps: int = connection.execute(_TEAM_SIZE, {"team": team_id}).scalar_one()
    return reps


def find_person(connection: Connection, person_id: int) -> Person | None:
    """Gives a person, whatever their state."""
    row = connection.execute(_FIND, {"person": person_id}).one_or_none()
    return None if row is None else _person(row)


def lock_person(connection: Connection, person_id: int) -> None:
    """Locks the person's row: the first lock of whatever hands out or counts for them."""
    connection.execute(_LOCK, {"person": person_id})


def find_team(connection: Connection, name: str) -> int | None:
    """Gives the team with this name."""
    team_id: int | None = connection.execute(_FIND_TEAM, {"name": name}).scalar_one_or_none()
    return team_id


def ensure_team(connection: Connection, name: str) -> int:
    """Gives the team with this name and makes it if there is none."""
    team_id: int = connection.execute(_ADD_TEAM, {"name": name}).scalar_one()
    return team_id


def _person(row: Any) -> Person:
    return Person(row.id, row.name, row.role, row.duty, row.state, row.team_id, row.team_name, row.pools)
