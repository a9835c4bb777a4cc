"""Statements about sources: who or what lists come from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.domain.errors import Superseded

_COLUMNS: Final = """id, name, kind, default_country, default_language, cost_per_record, currency, legal_basis,
        trust, weight, circulation, ends_on, return_window_days, bad_share_limit, created_at"""

_ADD: Final = sa.text("""
    INSERT INTO leadmill.source (name, kind, default_country, default_language, cost_per_record, currency, legal_basis,
                                 trust, circulation, return_window_days, bad_share_limit, created_by)
    VALUES (:name, :kind, :default_country, :default_language, :cost_per_record, :currency, :legal_basis,
            :trust, :circulation, :return_window_days, :bad_share_limit, :created_by)
    ON CONFLICT (name) DO NOTHING RETURNING id
""")

_FIND: Final = sa.text(f"SELECT {_COLUMNS} FROM leadmill.source WHERE id = :id")
_LOCK: Final = sa.text(f"SELECT {_COLUMNS} FROM leadmill.source WHERE id = :id FOR NO KEY UPDATE")
_LIST: Final = sa.text(f"""
    SELECT {_COLUMNS} FROM leadmill.source
    WHERE id > :after AND (CAST(:name AS text) IS NULL OR name = :name) ORDER BY id LIMIT :limit
""")

CHANGEABLE: Final = (
    "legal_basis",
    "default_country",
    "default_language",
    "cost_per_record",
    "currency",
    "return_window_days",
    "bad_share_limit",
    "weight",
    "ends_on",
)
_UPDATES: Final = {name: sa.text(f"UPDATE leadmill.source SET {name} = :value WHERE id = :id") for name in CHANGEABLE}

_MOVE: Final = sa.text("""
    UPDATE leadmill.source SET circulation = :after WHERE id = :id AND circulation = :before
""")

# The uploads first: whoever applies one of them holds its row, so neither misses the other's change.
_LOCK_UPLOADS: Final = sa.text("SELECT id FROM leadmill.upload WHERE source_id = :id ORDER BY id FOR NO KEY UPDATE")

_LEADS: Final = """ARRAY(
        SELECT DISTINCT m.lead_id FROM leadmill.record AS r JOIN leadmill.upload AS u ON u.id = r.upload_id
        JOIN leadmill.membership AS m ON m.record_id = r.id AND m.closed_by IS NULL
        WHERE u.source_id = :id)"""
_JOIN_QUEUE: Final = sa.text(f"SELECT leadmill.refresh_queue({_LEADS})")
_LEAVE_QUEUE: Final = sa.text(f"SELECT leadmill.leave_queue({_LEADS})")

_CALLABLE: Final = sa.text("SELECT code FROM leadmill.country WHERE may_call ORDER BY code")
_COUNTRY: Final = sa.text("SELECT may_store, may_call FROM leadmill.country WHERE code = :code")


@dataclass(frozen=True, slots=True)
class NewSource:
    """What a person says of a source, and what follows from its kind."""

    name: str
    kind: str
    legal_basis: str
    trust: int
    circulation: str
    default_country: str | None = None
    default_language: str | None = None
    cost_per_record: Decimal | None = None
    currency: str | None = None
    return_window_days: int | None = None
    bad_share_limit: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A source as it stands."""

    id: int
    name: str
    kind: str
    default_country: str | None
    default_language: str | None
    cost_per_record: Decimal | None
    currency: str | None
    legal_basis: str
    trust: int
    weight: int
    circulation: str
    ends_on: date | None
    return_window_days: int | None
    bad_share_limit: Decimal | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Country:
    """What this installation may do with a country."""

    may_store: bool
    may_call: bool


def add_source(connection: Connection, new: NewSource, *, created_by: int) -> int:
    """Adds a source; gives its id.

    Raises:
        Superseded: `name_taken`; another source has this name.
    """
    values = {field: getattr(new, field) for field in NewSource.__dataclass_fields__}
    added: int | None = connection.execute(_ADD, {**values, "created_by": created_by}).scalar_one_or_none()
    if added is None:
        raise Superseded("name_taken", "a source of this name exists already; use it, or choose another name")
    return added


def find_source(connection: Connection, source_id: int) -> Source | None:
    """Gives a source."""
    row = connection.execute(_FIND, {"id": source_id}).one_or_none()
    return Source(*row) if row else None


def lock_source(connection: Connection, source_id: int) -> Source | None:
    """Gives a source and holds it: its uploads are added and its circulation changed by one after the other."""
    row = connection.execute(_LOCK, {"id": source_id}).one_or_none()
    return Source(*row) if row else None


def list_sources(connection: Connection, *, after: int, limit: int, name: str | None = None) -> Sequence[Source]:
    """Gives sources by id, after that one."""
    rows = connection.execute(_LIST, {"after": after, "limit": limit, "name": name})
    return [Source(*row) for row in rows]


def update_source(connection: Connection, source_id: int, changes: Mapping[str, object]) -> None:
    """Changes what is said of a source; only names of CHANGEABLE are taken. Leads and uploads that are in stay as they are."""
    for name, value in changes.items():
        connection.execute(_UPDATES[name], {"id": source_id, "value": value})


def move_source(connection: Connection, source_id: int, *, before: str, after: str) -> bool:
    """Moves the circulation of a source and tells the queue; False when it does not stand at `before`.

    Raises:
        IntegrityError: the table of moves has no such move.
    """
    connection.execute(_LOCK_UPLOADS, {"id": source_id})
    moved = connection.execute(_MOVE, {"id": source_id, "before": before, "after": after}).rowcount == 1
    if moved:
        connection.execute(_JOIN_QUEUE if after == "active" else _LEAVE_QUEUE, {"id": source_id})
    return moved


def find_country(connection: Connection, code: str) -> Country | None:
    """Gives what may be done with a country; None for a code that is none of ISO's."""
    row = connection.execute(_COUNTRY, {"code": code}).one_or_none()
    return Country(*row) if row else None


def list_callable_countries(connection: Connection) -> list[str]:
    """Gives the codes of the countries that are switched on."""
    return list(connection.execute(_CALLABLE).scalars())
