"""Chores: rows that say what the clock does and when next; and the statements of those chores that need no more than one."""

from collections.abc import Iterable

import sqlalchemy as sa

_ADD = sa.text(
    "INSERT INTO chore (name, every_s, next_run_at) VALUES (:name, :every_s, clock())"
    " ON CONFLICT (name) DO UPDATE SET every_s = excluded.every_s WHERE chore.every_s <> excluded.every_s"
)
_DUE = sa.text("SELECT name FROM chore WHERE next_run_at <= clock() AND name = ANY (:names) ORDER BY next_run_at, name")
_NEXT_S = sa.text("SELECT extract(epoch FROM min(next_run_at) - clock()) FROM chore WHERE name = ANY (:names)")
_RAN = sa.text(
    "UPDATE chore SET last_run_at = clock(), next_run_at = clock() + make_interval(secs => every_s), last_done = :done,"
    " failure = CAST(:failure AS text), failures = CASE WHEN CAST(:failure AS text) IS NULL THEN 0 ELSE failures + 1 END WHERE name = :name"
)
_ELECT = sa.text("SELECT pg_try_advisory_lock(7305261114)")
_WAITING = sa.text(
    "SELECT DISTINCT kind FROM batch WHERE state IN ('waiting', 'leased')"
    " AND (state = 'waiting' AND coalesce(not_before <= clock(), true) OR leased_until <= clock())"
)
_PRUNE = sa.text("DELETE FROM idempotency WHERE expires_at <= clock()")
_FORGET = sa.text("SELECT unnest(forget_files(clock() - make_interval(days => :days)))")
_ERASE_ROWS = sa.text("SELECT erase_rows(clock() - make_interval(days => :days))")

SWEEPS = (
    "expire_lapsed",
    "wake_due",
    "lapse_promises",
    "escalate_requests",
    "end_absences",
    "foresee_windows",
    "foresee_floors",
    "lapse_checks",
    "lift_expired",
    "ask_again",
    "seal_audit",
)
"""Functions of the database that do up to so many and say how many they did."""


def add_chores(connection: sa.Connection, every_s: Iterable[tuple[str, int]]) -> None:
    """Makes sure that each has its row; a new one is due at once."""
    for name, seconds in every_s:
        connection.execute(_ADD, {"name": name, "every_s": seconds})


def list_due(connection: sa.Connection, names: Iterable[str]) -> list[str]:
    """Gives those that are due, the longest overdue first."""
    return list(connection.execute(_DUE, {"names": list(names)}).scalars())


def find_next_s(connection: sa.Connection, names: Iterable[str]) -> float:
    """Gives the seconds until the next one is due; below zero when it is overdue."""
    return float(connection.execute(_NEXT_S, {"names": list(names)}).scalar() or 0.0)


def record_run(connection: sa.Connection, name: str, *, done: int | None, failure: str | None) -> None:
    """Writes how a run ended and when the next one is due."""
    connection.execute(_RAN, {"name": name, "done": done, "failure": failure})


def is_elected(connection: sa.Connection) -> bool:
    """Tries to become the one clock for as long as this connection lives."""
    return bool(connection.execute(_ELECT).scalar())


def sweep(connection: sa.Connection, name: str, limit: int) -> int:
    """Runs one of SWEEPS; gives how many things it did."""
    assert name in SWEEPS
    return int(connection.execute(sa.text(f"SELECT {name}(:limit)"), {"limit": limit}).scalar_one())


def end_sources(connection: sa.Connection) -> int:
    """Ends sources whose last day has come; gives how many."""
    return int(connection.execute(sa.text("SELECT end_sources()")).scalar_one())


def list_waiting_kinds(connection: sa.Connection) -> list[str]:
    """Gives the kinds of batches that wait for a worker or whose lease ran out."""
    return list(connection.execute(_WAITING).scalars())


def prune_idempotency(connection: sa.Connection) -> int:
    """Removes keys older than their day; gives how many."""
    return connection.execute(_PRUNE).rowcount


def forget_files(connection: sa.Connection, days: int) -> list[str]:
    """Forgets kept files older than that (role eraser); gives their keys, for the caller to delete."""
    return [str(key) for key in connection.execute(_FORGET, {"days": days}).scalars()]


def erase_rows(connection: sa.Connection, days: int) -> int:
    """Blanks raw cells older than that (role eraser); gives how many rows."""
    return int(connection.execute(_ERASE_ROWS, {"days": days}).scalar_one())
