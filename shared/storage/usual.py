"""Statements about how good the lists of a source usually are, and about holding one that is not."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

_LISTS: Final = 20

_USUAL: Final = sa.text("""
    SELECT CAST((SELECT bad_share_limit FROM leadmill.source WHERE id = :source_id) AS double precision),
           coalesce(sum((counts ->> 'rejected')::bigint + (counts ->> 'quarantined')::bigint), 0)::bigint,
           coalesce(sum(rows_read), 0)::bigint
    FROM (SELECT counts, rows_read FROM leadmill.upload
          WHERE source_id = :source_id AND id <> :upload_id AND state = 'ready' AND NOT dry_run AND purpose IN ('new', 'base')
            AND counts IS NOT NULL ORDER BY id DESC LIMIT :lists) AS lately
""")
_WARN: Final = sa.text("UPDATE leadmill.upload SET warnings = warnings || CAST(:warning AS jsonb) WHERE id = :id")


@dataclass(frozen=True, slots=True)
class Usual:
    """What the latest lists of a source were like, and its limit if somebody set one."""

    limit: float | None
    bad: int
    rows: int


def find_usual(connection: Connection, *, source_id: int, but: int) -> Usual:
    """Gives what is usual of a source; one upload is left out."""
    values = {"source_id": source_id, "upload_id": but, "lists": _LISTS}
    return Usual(*connection.execute(_USUAL, values).one())


def add_warning(connection: Connection, upload_id: int, warning: Mapping[str, Any]) -> None:
    """Adds a warning to those of an upload."""
    connection.execute(_WARN, {"id": upload_id, "warning": json.dumps([dict(warning)])})
