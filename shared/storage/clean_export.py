"""Statements that tell a whole private ledger as tables: rows with their present leads, leads, pairs. Streamed, nothing is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

_ROWS_A_TURN: Final = 5_000

_ROWS: Final = sa.text("""
    SELECT o.upload_id, o.row_no, w.line_no, o.verdict, coalesce(m.lead_id, o.lead_id), o.reason
    FROM leadmill.outcome AS o
    JOIN leadmill.raw_row AS w USING (upload_id, row_no)
    LEFT JOIN leadmill.membership AS m ON m.record_id = o.record_id AND m.closed_by IS NULL
    ORDER BY o.upload_id, o.row_no
""")
_REJECTED: Final = sa.text("""
    SELECT o.upload_id, o.row_no, w.line_no, o.reason, w.cells
    FROM leadmill.outcome AS o JOIN leadmill.raw_row AS w USING (upload_id, row_no)
    WHERE o.verdict = 'rejected' ORDER BY o.upload_id, o.row_no
""")
_LEADS: Final = sa.text("""
    SELECT l.id, l.fields, n.e164 FROM leadmill.lead AS l
    LEFT JOIN (SELECT ln.lead_id, array_agg(number.e164 ORDER BY ln.position, number.id) AS e164
               FROM leadmill.lead_number AS ln JOIN leadmill.number ON number.id = ln.number_id GROUP BY ln.lead_id) AS n
      ON n.lead_id = l.id
    WHERE l.state = 'active' ORDER BY l.id
""")
_FIELDS: Final = sa.text("""
    SELECT DISTINCT jsonb_object_keys(fields) FROM leadmill.lead WHERE state = 'active' ORDER BY 1
""")
_PAIRS: Final = sa.text("""
    SELECT a.upload_id, a.row_no, b.upload_id, b.row_no, m.score, m.decision
    FROM leadmill.match AS m
    JOIN leadmill.record AS a ON a.id = m.record_a JOIN leadmill.record AS b ON b.id = m.record_b ORDER BY m.id
""")


@dataclass(frozen=True, slots=True)
class LeadRow:
    """A lead with its numbers in E.164."""

    lead_id: int
    fields: dict[str, Any]
    numbers: Sequence[str]


def read_judged(connection: Connection) -> Iterator[tuple[int, int, int, str, int | None, str]]:
    """Yields upload, row, line, verdict, present lead and reason of every row."""
    for row in _stream(connection, _ROWS):
        yield row[0], row[1], row[2], row[3], row[4], row[5]


def read_rejected(connection: Connection) -> Iterator[tuple[int, int, int, str, list[str]]]:
    """Yields upload, row, line, reason and cells of every rejected row."""
    for row in _stream(connection, _REJECTED):
        yield row[0], row[1], row[2], row[3], row[4]


def list_fields(connection: Connection) -> list[str]:
    """Gives every field that some lead has."""
    return list(connection.execute(_FIELDS).scalars())


def read_leads(connection: Connection) -> Iterator[LeadRow]:
    """Yields every active lead."""
    for row in _stream(connection, _LEADS):
        yield LeadRow(row[0], row[1], row[2] or ())


def read_pairs(connection: Connection) -> Iterator[tuple[int, int, int, int, float, str]]:
    """Yields upload and row of both sides, score in bits and decision of every pair that was joined or is in doubt."""
    for row in _stream(connection, _PAIRS):
        yield row[0], row[1], row[2], row[3], row[4], row[5]


def _stream(connection: Connection, statement: sa.TextClause) -> Iterator[Any]:
    with connection.execution_options(yield_per=_ROWS_A_TURN).execute(statement) as rows:
        yield from rows
