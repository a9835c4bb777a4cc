"""Statements of the step from raw rows to records: what is read for it, and the verdict `rejected`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.storage.engine import driver

_ROWS: Final = sa.text("""
    SELECT row_no, cells FROM leadmill.raw_row
    WHERE upload_id = :upload_id AND row_no BETWEEN :first_row AND :last_row ORDER BY row_no
""")
_UPLOAD: Final = sa.text("""
    SELECT u.id AS upload_id, u.source_id, u.purpose, u.mapping, coalesce(u.country, s.default_country) AS default_country
    FROM leadmill.upload AS u JOIN leadmill.source AS s ON s.id = u.source_id WHERE u.id = :id
""")
_COUNTRIES: Final = sa.text("SELECT code, may_store FROM leadmill.country")
_COPY_REJECTED: Final = b"COPY leadmill.outcome (upload_id, row_no, verdict, reason) FROM STDIN"


@dataclass(frozen=True, slots=True)
class CleaningUpload:
    """What cleaning needs to know of an upload."""

    upload_id: int
    source_id: int
    purpose: str
    mapping: Sequence[dict[str, Any]]
    default_country: str | None


def find_cleaning_upload(connection: Connection, upload_id: int) -> CleaningUpload:
    """Gives how the rows of an upload are to be read."""
    return CleaningUpload(*connection.execute(_UPLOAD, {"id": upload_id}).one())


def list_raw_cells(
    connection: Connection, upload_id: int, first_row: int, last_row: int
) -> Sequence[tuple[int, list[str]]]:
    """Gives number and cells of staged rows, both ends included."""
    values = {"upload_id": upload_id, "first_row": first_row, "last_row": last_row}
    return [(row.row_no, row.cells) for row in connection.execute(_ROWS, values)]


def find_storable(connection: Connection) -> dict[str, bool]:
    """Gives for every known country whether this installation may store people of it."""
    return {row.code: row.may_store for row in connection.execute(_COUNTRIES)}


def add_rejected(connection: Connection, upload_id: int, rejected: Sequence[tuple[int, str]]) -> None:
    """Writes the verdict `rejected` for rows, each with its reason."""
    if not rejected:
        return
    with driver(connection).cursor() as cursor, cursor.copy(_COPY_REJECTED) as copy:
        for row_no, reason in rejected:
            copy.write_row((upload_id, row_no, "rejected", reason))
