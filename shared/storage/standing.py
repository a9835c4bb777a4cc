"""Statements about standing uploads: one a source, ready from the start, that takes single rows by HTTP for ever."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

_FILENAME: Final = "single rows"
_SHA256: Final = hashlib.sha256(b"leadmill: rows that came one by one").digest()
_STATES: Final = ("reading", "cleaning", "matching", "ready")

_LOCK: Final = sa.text("""
    SELECT id, rows_read, mapping FROM leadmill.upload
    WHERE source_id = :source_id AND sha256 = :sha256 AND version = 1 AND state = 'ready' FOR NO KEY UPDATE
""")
_ADD: Final = sa.text("""
    INSERT INTO leadmill.upload (source_id, state, circulation, filename, size_bytes, sha256, ready_at)
    SELECT id, 'received', circulation, :filename, 0, :sha256, leadmill.clock() FROM leadmill.source WHERE id = :source_id
    ON CONFLICT DO NOTHING RETURNING id
""")
_MOVE: Final = sa.text("UPDATE leadmill.upload SET state = :state WHERE id = :id")
_ADD_ROW: Final = sa.text("""
    INSERT INTO leadmill.raw_row (upload_id, row_no, line_no, cells) VALUES (:upload_id, :row_no, :row_no, :cells)
""")
_GROW: Final = sa.text("""
    UPDATE leadmill.upload SET rows_read = :row_no, mapping = CAST(:mapping AS jsonb) WHERE id = :upload_id
""")


@dataclass(frozen=True, slots=True)
class StandingUpload:
    """A standing upload, held until the end of the transaction; its columns grow with what rows bring."""

    id: int
    rows_read: int
    mapping: Sequence[dict[str, Any]]


def hold_standing_upload(connection: Connection, source_id: int) -> StandingUpload:
    """Gives the standing upload of a source and holds it; the first who asks makes it, in circulation as the source stands."""
    values = {"source_id": source_id, "sha256": _SHA256}
    row = connection.execute(_LOCK, values).one_or_none()
    if row is None:
        added = connection.execute(_ADD, {**values, "filename": _FILENAME}).scalar_one_or_none()
        for state in _STATES if added is not None else ():
            connection.execute(_MOVE, {"id": added, "state": state})
        row = connection.execute(_LOCK, values).one()
    return StandingUpload(*row)


def add_standing_row(
    connection: Connection, upload: StandingUpload, cells: Sequence[str], mapping: Sequence[dict[str, Any]]
) -> int:
    """Adds one row, verbatim, to an upload that is held; gives its number. `mapping` has the columns with the new ones."""
    row_no = upload.rows_read + 1
    connection.execute(_ADD_ROW, {"upload_id": upload.id, "row_no": row_no, "cells": list(cells)})
    connection.execute(_GROW, {"upload_id": upload.id, "row_no": row_no, "mapping": json.dumps(list(mapping))})
    return row_no
