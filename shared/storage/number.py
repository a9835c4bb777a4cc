"""Statements about numbers as lists bring them: each exists once, whoever comes first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

_FIND: Final = sa.text("SELECT key_hash, id FROM leadmill.number WHERE key_hash = ANY (:hashes)")

# In one order, so that two batches that bring the same numbers wait for each other and never in a circle.
_ADD: Final = sa.text("""
    INSERT INTO leadmill.number (e164, key_hash, country, type, valid, dialable, plan_version, line_status, suppressed)
    SELECT n.e164, n.key_hash, n.country, n.type, n.valid, n.dialable, :plan_version,
           CASE WHEN n.valid THEN 'unverified' ELSE 'invalid' END,
           EXISTS (SELECT 1 FROM leadmill.suppression AS s WHERE s.scope = 'number' AND s.key_hash = n.key_hash
                   AND s.lifted_at IS NULL AND (s.expires_at IS NULL OR s.expires_at > leadmill.clock()))
    FROM unnest(CAST(:e164 AS text[]), CAST(:hashes AS bytea[]), CAST(:countries AS text[]), CAST(:types AS text[]),
                CAST(:valid AS boolean[]), CAST(:dialable AS boolean[]))
      AS n (e164, key_hash, country, type, valid, dialable)
    ORDER BY n.e164 ON CONFLICT DO NOTHING RETURNING key_hash, id
""")


@dataclass(frozen=True, slots=True)
class NewNumber:
    """A number as the plan judges it; `key_hash` is what it is found by, also after an erasure."""

    e164: str
    key_hash: bytes
    country: str | None
    type: str
    valid: bool
    dialable: bool


def add_numbers(connection: Connection, numbers: Iterable[NewNumber], *, plan_version: str) -> dict[bytes, int]:
    """Gives the id of each number by its hash; those that are not known yet are added, suppressed where that is said.

    Waits for others who add the same numbers: call it as late in the transaction as can be.
    """
    wanted = {number.key_hash: number for number in numbers}
    if not wanted:
        return {}
    found = _find(connection, wanted)
    missing = [number for key_hash, number in wanted.items() if key_hash not in found]
    if missing:
        added = connection.execute(_ADD, _values(missing, plan_version))
        found |= {bytes(key_hash): number_id for key_hash, number_id in added}
    if len(found) < len(wanted):
        found |= _find(connection, wanted.keys() - found.keys())
    return found


def add_unknown(connection: Connection, numbers: Sequence[NewNumber], *, plan_version: str) -> None:
    """Adds those of these numbers that are not known yet, without reading anything: for a pipeline. Waits as `add_numbers`."""
    connection.execute(_ADD, _values(numbers, plan_version))


def _values(numbers: Sequence[NewNumber], plan_version: str) -> dict[str, object]:
    return {
        "plan_version": plan_version,
        "e164": [number.e164 for number in numbers],
        "hashes": [number.key_hash for number in numbers],
        "countries": [number.country for number in numbers],
        "types": [number.type for number in numbers],
        "valid": [number.valid for number in numbers],
        "dialable": [number.dialable for number in numbers],
    }


def _find(connection: Connection, hashes: Iterable[bytes]) -> dict[bytes, int]:
    rows = connection.execute(_FIND, {"hashes": list(hashes)})
    return {bytes(key_hash): number_id for key_hash, number_id in rows}
