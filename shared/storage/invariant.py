"""Every invariant as a statement that finds what breaks it; run by `leadmill verify` and every fault test.

The statements stand in `invariants/*.sql`, each after a line `-- name: …`; each gives the ids of what is wrong, so none is right.
What pure rules of Python derive is recomputed by them: LINE_STATUS.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

import sqlalchemy as sa

from shared.storage.evidence import list_misjudged

_SHOWN = 20

_UNKNOWN = """
    SELECT string_agg(oid::regclass::text, ', ') FROM pg_class
    WHERE relnamespace = 'leadmill'::regnamespace AND relkind = 'r'
      AND reltuples < 0 AND pg_relation_size(oid) > 0 AND NOT pg_is_in_recovery()
"""

LINE_STATUS = "line_status_differs"
"""The line status of a number, its recheck and its stay in quarantine are what its evidence says (shared/domain/number.py)."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken invariant: its name, how many things break it, and some of their ids."""

    invariant: str
    count: int
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Invariant:
    """A named statement that gives the ids of what breaks it."""

    name: str
    statement: str


def list_invariants() -> tuple[Invariant, ...]:
    """Gives all of them in the order of their files."""
    folder = resources.files("shared.storage").joinpath("invariants")
    files = sorted((path for path in folder.iterdir() if path.name.endswith(".sql")), key=lambda path: path.name)
    return tuple(invariant for path in files for invariant in _parse(path.read_text(encoding="utf-8")))


def learn_tables(connection: sa.Connection) -> None:
    """Lets the planner look at tables that were filled just now; as the owner.

    Unknown, they make the statements two to three times as dear.
    """
    if unknown := connection.exec_driver_sql(_UNKNOWN).scalar_one():
        connection.exec_driver_sql(f"ANALYZE (SKIP_LOCKED) {unknown}")


def find_violations(connection: sa.Connection) -> list[Violation]:
    """Checks all in the snapshot of the connection's transaction; read-only."""
    broken = [found for invariant in list_invariants() if (found := _check(connection, invariant))]
    if misjudged := list_misjudged(connection):
        broken.append(Violation(LINE_STATUS, len(misjudged), tuple(misjudged[:_SHOWN])))
    return broken


def _parse(text: str) -> Iterator[Invariant]:
    for part in text.split("-- name: ")[1:]:
        name, _, rest = part.partition("\n")
        lines = [line for line in rest.splitlines() if not line.startswith("--")]
        yield Invariant(name.strip(), "\n".join(lines).strip())


def _check(connection: sa.Connection, invariant: Invariant) -> Violation | None:
    rows = connection.exec_driver_sql(
        f"SELECT id, count(*) OVER () FROM ({invariant.statement}) AS odd LIMIT {_SHOWN}"
    ).all()
    if not rows:
        return None
    return Violation(invariant.name, int(rows[0][1]), tuple(int(row[0]) for row in rows))
