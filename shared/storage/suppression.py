"""Statements about whom never to contact: keyed hashes by scope, never values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.storage.engine import driver

_ADD: Final = sa.text("""
    SELECT leadmill.add_suppressions(:scope, CAST(:hashes AS bytea[]), :reason, :source, :channel, 'any', 'any',
                                     CAST(:expires AS timestamptz), :by, CAST(:contact AS bigint),
                                     CAST(:upload AS bigint))
""")

_NAMES: Final = sa.text("SELECT scope, key_hash FROM leadmill.names_of(:lead)")

_COLUMNS: Final = """id, scope, channel, purpose, brand, reason, source, made_by, contact_id, created_at, expires_at,
    lifted_at, lift_reason"""

_LIST: Final = sa.text(f"""
    SELECT {_COLUMNS} FROM leadmill.suppression WHERE id < :before ORDER BY id DESC LIMIT :limit
""")

_LAST: Final = sa.text("SELECT coalesce(max(id), 0) FROM leadmill.suppression")

_FIND: Final = sa.text(f"SELECT {_COLUMNS} FROM leadmill.suppression WHERE id = :suppression")

_SINCE: Final = sa.text("SELECT id FROM leadmill.suppression WHERE id > :last AND made_by = :by ORDER BY id")

_NUMBERS: Final = sa.text("""
    SELECT n.key_hash FROM leadmill.lead_number AS ln JOIN leadmill.number AS n ON n.id = ln.number_id
    WHERE ln.lead_id = :lead
""")

_REVOKE: Final = "SELECT leadmill.revoke_suppressed(%s::bigint[])"

_LIFT: Final = sa.text("SELECT leadmill.lift_suppression(:suppression, :reason, :by)")

_OF_CONTACT: Final = sa.text("SELECT id FROM leadmill.suppression WHERE contact_id = :contact AND lifted_at IS NULL")


@dataclass(frozen=True, slots=True)
class Suppression:
    """One entry; whom it means cannot be read from it."""

    id: int
    scope: str
    channel: str
    purpose: str
    brand: str
    reason: str
    source: str
    made_by: int | None
    contact_id: int | None
    created_at: datetime
    expires_at: datetime | None
    lifted_at: datetime | None
    lift_reason: str | None


def add_suppressions(
    connection: Connection,
    scope: str,
    hashes: Sequence[bytes],
    *,
    reason: str,
    source: str,
    by: int | None,
    channel: str = "any",
    expires_at: datetime | None = None,
    contact_id: int | None = None,
) -> list[int]:
    """Suppresses all of these and takes them out of the queue and of reps' hands at once.

    Returns:
        The assignments that ended.
    """
    values = {
        "scope": scope,
        "hashes": list(hashes),
        "reason": reason,
        "source": source,
        "channel": channel,
        "expires": expires_at,
        "by": by,
        "contact": contact_id,
        "upload": None,
    }
    ended: list[int] = connection.execute(_ADD, values).scalar_one()
    return ended


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list says of all its entries."""

    upload_id: int
    by: int | None
    reason: str
    source: str
    channel: str
    expires_at: datetime | None


def add_listed(connection: Connection, scope: str, hashes: Sequence[bytes], listing: Listing) -> list[int]:
    """As `add_suppressions`, for entries of a list."""
    values = {name: getattr(listing, name) for name in ("reason", "source", "channel", "by")}
    more = {"expires": listing.expires_at, "contact": None, "upload": listing.upload_id}
    ended: list[int] = connection.execute(_ADD, {"scope": scope, "hashes": list(hashes), **values, **more}).scalar_one()
    return ended


def hashes_of(connection: Connection, lead_id: int) -> dict[str, list[bytes]]:
    """Gives the keyed hashes that name a lead and nobody else, by scope (6_opt_out.sql)."""
    found: dict[str, list[bytes]] = {}
    for scope, key_hash in connection.execute(_NAMES, {"lead": lead_id}):
        found.setdefault(scope, []).append(bytes(key_hash))
    return found


def list_suppressions(connection: Connection, *, before: int | None, limit: int) -> list[Suppression]:
    """Lists entries, the newest first."""
    rows = connection.execute(_LIST, {"before": before or last_suppression(connection) + 1, "limit": limit})
    return [_suppression(row) for row in rows]


def find_suppression(connection: Connection, suppression_id: int) -> Suppression | None:
    """Gives one entry."""
    row = connection.execute(_FIND, {"suppression": suppression_id}).one_or_none()
    return None if row is None else _suppression(row)


def since(connection: Connection, last: int, *, by: int) -> list[int]:
    """Gives what a person has written after an entry."""
    return list(connection.execute(_SINCE, {"last": last, "by": by}).scalars())


def number_hashes_of(connection: Connection, lead_id: int) -> list[bytes]:
    """Gives the keyed hashes of a lead's numbers."""
    return [bytes(key_hash) for key_hash in connection.execute(_NUMBERS, {"lead": lead_id}).scalars()]


def last_suppression(connection: Connection) -> int:
    """Gives the id of the newest entry, 0 without any."""
    last: int = connection.execute(_LAST).scalar_one()
    return last


def revoke_suppressed(connection: Connection, leads: Sequence[int]) -> None:
    """Ends what is open on those of these leads that a new record made suppressed."""
    if leads:
        driver(connection).execute(_REVOKE, (list(leads),))


def lift_suppression(connection: Connection, suppression_id: int, *, reason: str, by: int) -> bool:
    """Lifts one entry; False when it is absent or lifted already."""
    lifted: bool = connection.execute(_LIFT, {"suppression": suppression_id, "reason": reason, "by": by}).scalar_one()
    return lifted


def suppressions_of(connection: Connection, contact_id: int) -> list[int]:
    """Gives the entries that a contact made and that stand."""
    return list(connection.execute(_OF_CONTACT, {"contact": contact_id}).scalars())


def _suppression(row: Any) -> Suppression:
    return Suppression(**row._mapping)
