"""Statements about the outage guard: what is watched, what is held, what a supervisor decided."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.domain.outage import FEWEST_DEAD, Rate

_LOCK: Final = sa.text("SELECT pg_advisory_xact_lock(7305261116), leadmill.clock()")

_RATES: Final = sa.text("""
    SELECT subject, count(*) FILTER (WHERE kind = ANY (:dead)) AS dead, count(*) AS seen
    FROM leadmill.watched_evidence(:kind, :since, :until) AS w
    WHERE NOT w.is_recheck AND NOT EXISTS (
        SELECT 1 FROM leadmill.line_hold AS h WHERE h.kind = :kind AND h.subject = w.subject AND (h.state = 'open' OR h.until_at > :since))
    GROUP BY subject HAVING count(*) FILTER (WHERE kind = ANY (:dead)) >= :fewest
""")

_USUAL: Final = sa.text("""
    SELECT CASE WHEN :kind = :own THEN w.subject END AS subject, count(*) FILTER (WHERE kind = ANY (:dead)) AS dead, count(*) AS seen
    FROM leadmill.watched_evidence(:kind, :since, :until) AS w WHERE NOT w.is_recheck GROUP BY 1
""")

_OPEN: Final = sa.text("""
    INSERT INTO leadmill.line_hold (kind, subject, from_at, dead, seen, usual_rate)
    VALUES (:kind, :subject, :since, :dead, :seen, :usual) RETURNING id
""")

_NUMBERS: Final = sa.text("""
    SELECT DISTINCT w.number_id FROM leadmill.line_hold AS h
    CROSS JOIN LATERAL leadmill.watched_evidence(h.kind, h.from_at, coalesce(h.until_at, 'infinity')) AS w
    WHERE h.id = :hold AND w.subject = h.subject ORDER BY w.number_id
""")

_COLUMNS: Final = (
    "id, kind, subject, state, from_at, until_at, dead, seen, usual_rate, opened_at, decided_by, decided_at, reason"
)

_FIND: Final = sa.text(f"SELECT {_COLUMNS} FROM leadmill.line_hold WHERE id = :hold")

_LIST: Final = sa.text(f"""
    SELECT {_COLUMNS} FROM leadmill.line_hold
    WHERE id < :before AND (:decided OR state = 'open') ORDER BY id DESC LIMIT :limit
""")

_DECIDE: Final = sa.text("""
    UPDATE leadmill.line_hold
    SET state = :state, until_at = leadmill.clock(), decided_at = leadmill.clock(), decided_by = :by, reason = :reason
    WHERE id = :hold AND state = 'open'
""")

_OWN_USUAL: Final = "trunk"
"""The kind whose subjects are each compared with themselves."""

_TOP: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Hold:
    """Verdicts that wait for a supervisor, since one rep, list, trunk or hour gave too many at once."""

    id: int
    kind: str
    subject: str
    state: str
    from_at: datetime
    until_at: datetime | None
    dead: int
    seen: int
    usual_rate: float
    opened_at: datetime
    decided_by: int | None
    decided_at: datetime | None
    reason: str | None


def lock_guard(connection: Connection) -> datetime:
    """Lets one guard look at a time; gives the time."""
    now: datetime = connection.execute(_LOCK).one()[1]
    return now


def list_rates(
    connection: Connection, kind: str, *, since: datetime, until: datetime, dead: Collection[str]
) -> dict[str, Rate]:
    """Gives by subject how many lines looked dead in a time, where these are enough to be looked at.

    A subject that is held, or whose hold was decided in that time, is left out.
    """
    values = {"kind": kind, "since": since, "until": until, "dead": list(dead), "fewest": FEWEST_DEAD}
    return {row.subject: Rate(row.dead, row.seen) for row in connection.execute(_RATES, values)}


def list_usual(
    connection: Connection,
    kind: str,
    subjects: Collection[str],
    *,
    since: datetime,
    until: datetime,
    dead: Collection[str],
) -> dict[str, Rate]:
    """Gives by subject the rate of a longer time: of this trunk, and for the others of everybody, since one rep alone is few."""
    values = {"kind": kind, "own": _OWN_USUAL, "since": since, "until": until, "dead": list(dead)}
    told = {row.subject: Rate(row.dead, row.seen) for row in connection.execute(_USUAL, values)}
    return {subject: told.get(subject if kind == _OWN_USUAL else None, Rate(0, 0)) for subject in subjects}


def add_hold(connection: Connection, kind: str, subject: str, *, since: datetime, rate: Rate, usual_rate: float) -> int:
    """Holds what a subject has told since a time, and what it tells from now on."""
    values = {
        "kind": kind,
        "subject": subject,
        "since": since,
        "dead": rate.dead,
        "seen": rate.seen,
        "usual": usual_rate,
    }
    hold_id: int = connection.execute(_OPEN, values).scalar_one()
    return hold_id


def list_held_numbers(connection: Connection, hold_id: int) -> list[int]:
    """Gives the numbers that a hold bears on."""
    return list(connection.execute(_NUMBERS, {"hold": hold_id}).scalars())


def find_hold(connection: Connection, hold_id: int) -> Hold | None:
    """Gives one hold."""
    row = connection.execute(_FIND, {"hold": hold_id}).one_or_none()
    return None if row is None else Hold(*row)


def list_holds(connection: Connection, *, decided: bool, before: int | None, limit: int) -> list[Hold]:
    """Lists holds, the newest first; `decided` adds those that are over."""
    rows = connection.execute(_LIST, {"decided": decided, "before": before or _TOP, "limit": limit})
    return [Hold(*row) for row in rows]


def decide_hold(connection: Connection, hold_id: int, state: str, *, by: int, reason: str) -> bool:
    """Ends a hold as `confirmed` or `refuted`; False when it is not open."""
    return connection.execute(_DECIDE, {"hold": hold_id, "state": state, "by": by, "reason": reason}).rowcount > 0
