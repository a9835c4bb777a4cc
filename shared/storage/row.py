"""Statements about raw rows and their outcomes: staging by COPY, and reading what became of each row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import psycopg
import sqlalchemy as sa
from sqlalchemy import Connection, exc

from shared.storage.packed_row import HEADER, TRAILER

_COPY: Final = "COPY leadmill.raw_row (upload_id, row_no, line_no, cells, problem) FROM STDIN (FORMAT binary)"

_LAST: Final = sa.text("SELECT coalesce(max(row_no), 0) FROM leadmill.raw_row WHERE upload_id = :upload_id")

# A verdict is for ever, the lead it led to may have been merged since: `present` follows the merges.
_PRESENT: Final = """,
    up AS (
        SELECT DISTINCT lead_id AS first, lead_id AS id FROM page WHERE lead_id IS NOT NULL
        UNION ALL
        SELECT up.first, lead.merged_into FROM up JOIN leadmill.lead ON lead.id = up.id
        WHERE lead.merged_into IS NOT NULL
    ), present AS (SELECT up.first, up.id FROM up JOIN leadmill.lead ON lead.id = up.id WHERE lead.merged_into IS NULL)
    SELECT page.row_no, page.line_no, page.cells, page.problem, page.verdict, page.reason, page.notes, present.id
    FROM page LEFT JOIN present ON present.first = page.lead_id ORDER BY page.row_no
"""

_LIST: Final = sa.text(
    """
    WITH RECURSIVE page AS MATERIALIZED (
        SELECT w.row_no, w.line_no, w.cells, w.problem, o.verdict, o.reason, o.notes, o.lead_id
        FROM leadmill.raw_row AS w LEFT JOIN leadmill.outcome AS o USING (upload_id, row_no)
        WHERE w.upload_id = :upload_id AND w.row_no > :after ORDER BY w.row_no LIMIT :limit
    )"""
    + _PRESENT
)

_LIST_VERDICT: Final = sa.text(
    """
    WITH RECURSIVE page AS MATERIALIZED (
        SELECT w.row_no, w.line_no, w.cells, w.problem, o.verdict, o.reason, o.notes, o.lead_id
        FROM leadmill.outcome AS o JOIN leadmill.raw_row AS w USING (upload_id, row_no)
        WHERE o.upload_id = :upload_id AND o.verdict = :verdict AND o.row_no > :after ORDER BY o.row_no LIMIT :limit
    )"""
    + _PRESENT
)

_REASONS: Final = sa.text("""
    SELECT verdict, reason, count(*) FROM leadmill.outcome WHERE upload_id = :upload_id
    GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
""")


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A row and what became of it; without a verdict it is still on its way. `lead_id` is its present lead."""

    row_no: int
    line_no: int
    cells: Sequence[str]
    problem: str | None
    verdict: str | None
    reason: str | None
    notes: Sequence[str] | None
    lead_id: int | None


def copy_rows(connection: Connection, packed: bytes) -> None:
    """Writes rows of an upload as `pack_rows` made them; each may be written once."""
    raw = connection.connection.driver_connection
    assert isinstance(raw, psycopg.Connection)
    try:
        with raw.cursor() as cursor, cursor.copy(_COPY) as copy:
            copy.write(HEADER + packed + TRAILER)
    except psycopg.Error as error:
        # past SQLAlchemy, so it must be told in its terms
        raise exc.DBAPIError(_COPY, None, error) from error


def find_last_row(connection: Connection, upload_id: int) -> int:
    """Gives the number of the last staged row; 0 when there is none."""
    last: int = connection.execute(_LAST, {"upload_id": upload_id}).scalar_one()
    return last


def list_rows(
    connection: Connection, upload_id: int, *, verdict: str | None, after: int, limit: int
) -> Sequence[JudgedRow]:
    """Gives rows by number, after that one; of one verdict, or of all and none."""
    values: dict[str, object] = {"upload_id": upload_id, "after": after, "limit": limit}
    if verdict is None:
        return [JudgedRow(*row) for row in connection.execute(_LIST, values)]
    return [JudgedRow(*row) for row in connection.execute(_LIST_VERDICT, {**values, "verdict": verdict})]


def count_reasons(connection: Connection, upload_id: int) -> Sequence[tuple[str, str, int]]:
    """Gives (verdict, reason, rows), the most frequent first."""
    return [(row[0], row[1], row[2]) for row in connection.execute(_REASONS, {"upload_id": upload_id})]
