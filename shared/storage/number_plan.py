"""Statements that judge numbers anew after the numbering plan changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

_LIST: Final = sa.text("""
    SELECT id, e164, country, type, valid, dialable FROM leadmill.number
    WHERE id > :after AND e164 IS NOT NULL AND plan_version <> :plan_version ORDER BY id LIMIT :limit
""")

_LOCK: Final = sa.text("SELECT leadmill.lock_lines(ARRAY[CAST(:number AS bigint)])")

_SET: Final = sa.text("""
    UPDATE leadmill.number SET country = :country, type = :type, valid = :valid, dialable = :dialable,
        plan_version = :plan_version, line_status = CASE WHEN :valid THEN 'unverified' ELSE 'invalid' END, recheck_at = NULL
    WHERE id = :number
""")

_CLOSE: Final = sa.text("""
    UPDATE leadmill.quarantine SET closed_at = leadmill.clock(), closed_reason = 'renormalised'
    WHERE number_id = :number AND closed_at IS NULL
""")

_KEEP: Final = sa.text("""
    UPDATE leadmill.number SET country = :country, type = :type, dialable = :dialable, plan_version = :plan_version
    WHERE id = :number
""")

_SAME: Final = sa.text("""
    UPDATE leadmill.number SET plan_version = :plan_version WHERE id = ANY (CAST(:numbers AS bigint[]))
""")

_REFRESH: Final = sa.text("""
    SELECT leadmill.refresh_queue(ARRAY(SELECT lead_id FROM leadmill.lead_number WHERE number_id = :number))
""")


@dataclass(frozen=True, slots=True)
class Judged:
    """A number as a numbering plan judges it."""

    id: int
    e164: str
    country: str | None
    type: str
    valid: bool
    dialable: bool


def list_older(connection: Connection, plan_version: str, *, after: int, limit: int) -> list[Judged]:
    """Lists numbers that another version of the plan judged, by id."""
    rows = connection.execute(_LIST, {"plan_version": plan_version, "after": after, "limit": limit})
    return [Judged(*row) for row in rows]


def keep_judgement(connection: Connection, numbers: Sequence[int], plan_version: str) -> None:
    """Writes that the present plan says the same of these numbers."""
    connection.execute(_SAME, {"numbers": list(numbers), "plan_version": plan_version})


def change_judgement(connection: Connection, judged: Judged, *, was_valid: bool, plan_version: str) -> None:
    """Writes what the present plan says; one that it denies or takes in anew starts its line status over.

    The caller derives the status of a number that became valid, and revokes one that may no longer be called.
    """
    values = {
        "number": judged.id,
        "country": judged.country,
        "type": judged.type,
        "valid": judged.valid,
        "dialable": judged.dialable,
        "plan_version": plan_version,
    }
    connection.execute(_LOCK, {"number": judged.id})
    if judged.valid == was_valid:
        connection.execute(_KEEP, values)
    else:
        connection.execute(_CLOSE, {"number": judged.id})
        connection.execute(_SET, values)
    connection.execute(_REFRESH, {"number": judged.id})
