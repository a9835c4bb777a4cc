"""Statements that tell what the base has under keyed hashes: numbers, addresses, and who is not to be contacted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

# The leads of a shared number say nothing about who else comes with it.
_NUMBERS: Final = sa.text("""
    SELECT n.key_hash, n.suppressed, n.callable, n.line_status IN ('dead', 'wrong_party', 'retired') AS is_dead,
           CASE WHEN n.shared THEN ARRAY[]::text[] ELSE ARRAY(
             SELECT coalesce(l.fields ->> 'person', '') FROM leadmill.lead_number AS ln JOIN leadmill.lead AS l ON l.id = ln.lead_id
             WHERE ln.number_id = n.id AND l.state = 'active' LIMIT 10) END AS persons
    FROM leadmill.number AS n WHERE n.key_hash = ANY (CAST(:hashes AS bytea[]))
""")
_EMAILS: Final = sa.text("""
    SELECT h.key_hash, coalesce(l.fields ->> 'person', '')
    FROM leadmill.record_hash AS h
    JOIN leadmill.membership AS m ON m.record_id = h.record_id AND m.closed_by IS NULL
    JOIN leadmill.lead AS l ON l.id = m.lead_id AND l.state = 'active'
    WHERE h.key_hash = ANY (CAST(:hashes AS bytea[])) AND h.scope = 'email'
""")
_SUPPRESSED: Final = sa.text("""
    SELECT DISTINCT scope, key_hash FROM leadmill.suppression
    WHERE key_hash = ANY (CAST(:hashes AS bytea[])) AND lifted_at IS NULL
      AND (expires_at IS NULL OR expires_at > leadmill.clock())
""")

_HAS_SUPPRESSED: Final = sa.text("""
    SELECT EXISTS (SELECT 1 FROM leadmill.suppression WHERE scope = :scope AND lifted_at IS NULL)
""")


@dataclass(frozen=True, slots=True)
class KnownNumber:
    """A number of the base; `persons`: of each active lead with it the person's name, empty for none."""

    suppressed: bool
    callable: bool
    is_dead: bool
    persons: Sequence[str]


def find_numbers(connection: Connection, hashes: Collection[bytes]) -> dict[bytes, KnownNumber]:
    """Gives those of the numbers that the base has, by keyed hash."""
    rows = connection.execute(_NUMBERS, {"hashes": list(hashes)})
    return {bytes(row[0]): KnownNumber(*row[1:]) for row in rows}


def find_emails(connection: Connection, hashes: Collection[bytes]) -> dict[bytes, list[str]]:
    """Gives those of the addresses that active leads have, by keyed hash: the persons of these leads, empty for none."""
    found: dict[bytes, list[str]] = {}
    for key_hash, person in connection.execute(_EMAILS, {"hashes": list(hashes)}):
        found.setdefault(bytes(key_hash), []).append(person)
    return found


def find_suppressed(connection: Connection, hashes: Collection[bytes]) -> set[tuple[str, bytes]]:
    """Gives those that are not to be contacted at present, with their scope."""
    return {(row[0], bytes(row[1])) for row in connection.execute(_SUPPRESSED, {"hashes": list(hashes)})}


def has_suppressed(connection: Connection, scope: str) -> bool:
    """Whether anything of this scope has been suppressed and not lifted."""
    found: bool = connection.execute(_HAS_SUPPRESSED, {"scope": scope}).scalar_one()
    return found
