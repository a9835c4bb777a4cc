"""Statements about standing uploads: one a source, ready from the start, that takes single rows by HTTP for ever."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from shared.storage.engine import driver

_FILENAME: Final = "single rows"
_SHA256: Final = hashlib.sha256(b"leadmill: rows that came one by one").digest()
_STATES: Final = ("reading", "cleaning", "matching", "ready")

_LOCK: Final = """
    SELECT u.id, u.rows_read, u.mapping, coalesce(u.country, s.default_country),
           (SELECT jsonb_object_agg(code, may_store) FROM leadmill.country)
    FROM leadmill.upload AS u JOIN leadmill.source AS s ON s.id = u.source_id
    WHERE u.source_id = %(source_id)s AND u.sha256 = %(sha256)s AND u.version = 1 AND u.state = 'ready' FOR NO KEY UPDATE OF u
"""
_ADD: Final = """
    INSERT INTO leadmill.upload (source_id, state, circulation, filename, size_bytes, sha256, ready_at)
    SELECT id, 'received', circulation, %(filename)s, 0, %(sha256)s, leadmill.clock() FROM leadmill.source WHERE id = %(source_id)s
    ON CONFLICT DO NOTHING RETURNING id
"""
_MOVE: Final = "UPDATE leadmill.upload SET state = %s WHERE id = %s"
_ADD_ROW: Final = "INSERT INTO leadmill.raw_row (upload_id, row_no, line_no, cells) VALUES (%s, %s, %s, %s)"
_COUNT: Final = "UPDATE leadmill.upload SET rows_read = %s WHERE id = %s"
_GROW: Final = "UPDATE leadmill.upload SET mapping = %s::jsonb WHERE id = %s"


@dataclass(frozen=True, slots=True)
class StandingUpload:
    """A standing upload, held until the end of the transaction; its columns grow with what rows bring.

    Attributes:
        default_country: of rows that state none.
        may_store: by ISO code of every known country.
    """

    id: int
    rows_read: int
    mapping: Sequence[dict[str, Any]]
    default_country: str | None
    may_store: Mapping[str, bool]


def hold_standing_upload(connection: Connection, source_id: int) -> StandingUpload | None:
    """Gives the standing upload of a source and holds it; the first who asks makes it, in circulation as the source stands.

    None when there is no such source.
    """
    execute, values = driver(connection).execute, {"source_id": source_id, "sha256": _SHA256}
    row = execute(_LOCK, values).fetchone()
    if row is None:
        added = execute(_ADD, {**values, "filename": _FILENAME}).fetchone()
        if added is not None:
            for state in _STATES:
                execute(_MOVE, (state, added[0]))
        row = execute(_LOCK, values).fetchone()
    return StandingUpload(*row) if row else None


def add_standing_row(
    connection: Connection, upload: StandingUpload, cells: Sequence[str], mapping: Sequence[dict[str, Any]]
) -> int:
    """Adds one row, verbatim, to an upload that is held; gives its number. `mapping` has the columns with the new ones."""
    row_no = upload.rows_read + 1
    execute = driver(connection).execute
    execute(_ADD_ROW, (upload.id, row_no, row_no, list(cells)))
    execute(_COUNT, (row_no, upload.id))
    if len(mapping) > len(upload.mapping):
        execute(_GROW, (json.dumps(list(mapping)), upload.id))
    return row_no
