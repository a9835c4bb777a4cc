"""Statements about whom a row names: the keyed hashes of its record, and the leads that each of them hits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

Key = tuple[str, bytes]
"""Scope and keyed hash."""

_KEYS: Final = sa.text("""
    SELECT rn.record_id, 'number' AS scope, n.key_hash
    FROM leadmill.record_number AS rn JOIN leadmill.number AS n ON n.id = rn.number_id WHERE rn.record_id = ANY (CAST(:records AS bigint[]))
    UNION SELECT record_id, scope, key_hash FROM leadmill.record_hash WHERE record_id = ANY (CAST(:records AS bigint[]))
    ORDER BY 1, 2, 3
""")

# A number of records of three or more companies is shared: it names none of them.
_SHARED: Final = sa.text("""
    SELECT n.key_hash
    FROM leadmill.record_number AS own JOIN leadmill.number AS n ON n.id = own.number_id
    JOIN leadmill.record_number AS other ON other.number_id = own.number_id
    JOIN leadmill.record AS r ON r.id = other.record_id
    WHERE own.record_id = ANY (CAST(:records AS bigint[]))
    GROUP BY n.key_hash HAVING count(DISTINCT r.site_key) >= 3
""")

_HITS: Final = sa.text("""
    WITH named AS MATERIALIZED (
      SELECT DISTINCT scope, key_hash FROM unnest(CAST(:scopes AS text[]), CAST(:hashes AS bytea[])) AS k (scope, key_hash)),
    hit AS MATERIALIZED (
      SELECT k.scope, k.key_hash, ln.lead_id
      FROM named AS k JOIN leadmill.number AS n ON n.key_hash = k.key_hash JOIN leadmill.lead_number AS ln ON ln.number_id = n.id
      WHERE k.scope = 'number'
      UNION SELECT k.scope, k.key_hash, m.lead_id
      FROM named AS k JOIN leadmill.record_hash AS h ON (h.scope, h.key_hash) = (k.scope, k.key_hash)
      JOIN leadmill.membership AS m ON m.record_id = h.record_id AND m.closed_by IS NULL)
    SELECT hit.scope, hit.key_hash, min(hit.lead_id), count(*),
           count(*) FILTER (WHERE EXISTS (SELECT 1 FROM leadmill.assignment AS a WHERE a.lead_id = hit.lead_id AND a.state <> 'ended'))
    FROM hit JOIN leadmill.lead AS l ON l.id = hit.lead_id AND l.state = 'active'
    GROUP BY hit.scope, hit.key_hash
""")
_LEAD_KEYS: Final = sa.text("""
    SELECT m.lead_id, h.scope, h.key_hash FROM leadmill.membership AS m JOIN leadmill.record_hash AS h USING (record_id)
    WHERE m.closed_by IS NULL AND m.lead_id = ANY (CAST(:leads AS bigint[])) AND h.scope = ANY (:scopes)
    UNION SELECT ln.lead_id, 'number', n.key_hash FROM leadmill.lead_number AS ln JOIN leadmill.number AS n ON n.id = ln.number_id
    WHERE ln.lead_id = ANY (CAST(:leads AS bigint[])) AND NOT n.shared AND 'number' = ANY (:scopes)
    ORDER BY 1, 2, 3
""")
_COUNT_ACTIVE: Final = sa.text("SELECT count(*) FROM leadmill.lead WHERE state = 'active'")
_STANDING: Final = sa.text("""
    SELECT DISTINCT k.key_hash FROM unnest(CAST(:hashes AS bytea[])) AS k (key_hash)
    JOIN leadmill.suppression AS s USING (key_hash)
    WHERE s.scope = :scope AND s.lifted_at IS NULL AND s.channel = 'any'
      AND (s.expires_at IS NULL OR s.expires_at >= CAST(:expires AS timestamptz))
""")


@dataclass(frozen=True, slots=True)
class Hit:
    """Whom a key hits: one of the leads, how many they are, and how many of them somebody works on."""

    lead_id: int
    leads: int
    in_work: int


def list_keys(connection: Connection, records: Sequence[int]) -> dict[int, list[Key]]:
    """Gives by record all keys under which a suppression can name it."""
    found: dict[int, list[Key]] = {}
    for record, scope, key_hash in connection.execute(_KEYS, {"records": list(records)}):
        found.setdefault(record, []).append((scope, bytes(key_hash)))
    return found


def list_shared_numbers(connection: Connection, records: Sequence[int]) -> set[bytes]:
    """Gives the keyed hashes of those of their numbers that three or more companies share."""
    return {bytes(key_hash) for key_hash in connection.execute(_SHARED, {"records": list(records)}).scalars()}


def list_lead_keys(connection: Connection, leads: Sequence[int], scopes: Sequence[str]) -> dict[int, list[Key]]:
    """Gives by lead its keys of these scopes; a shared number names nobody."""
    found: dict[int, list[Key]] = {}
    for lead, scope, key_hash in connection.execute(_LEAD_KEYS, {"leads": list(leads), "scopes": list(scopes)}):
        found.setdefault(lead, []).append((scope, bytes(key_hash)))
    return found


def find_hits(connection: Connection, keys: Sequence[Key]) -> dict[Key, Hit]:
    """Gives whom each key hits now; keys that hit nobody are left out."""
    values = {"scopes": [scope for scope, _ in keys], "hashes": [key_hash for _, key_hash in keys]}
    rows = connection.execute(_HITS, values)
    return {(scope, bytes(key_hash)): Hit(*rest) for scope, key_hash, *rest in rows}


def list_standing(connection: Connection, scope: str, hashes: Sequence[bytes], expires: object) -> set[bytes]:
    """Gives the hashes that are suppressed in every channel at least until then; None: for ever."""
    values = {"scope": scope, "hashes": list(hashes), "expires": expires or "infinity"}
    return {bytes(key_hash) for key_hash in connection.execute(_STANDING, values).scalars()}


def count_active(connection: Connection) -> int:
    """Counts the leads of the base."""
    count: int = connection.execute(_COUNT_ACTIVE).scalar_one()
    return count
