"""Statements about what a list was worth: its rows by ground and age, what the first calls found, and its evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

_COUNT: Final = sa.text("""
    SELECT o.verdict, o.reason,
           CASE WHEN o.verdict = 'merged' AND o.reason <> 'duplicate'
                THEN width_bucket(extract(epoch FROM r.created_at - l.created_at) / 86400, CAST(:days AS float8[])) END AS age,
           count(*)
    FROM leadmill.outcome AS o
    LEFT JOIN leadmill.record AS r ON r.id = o.record_id
    LEFT JOIN leadmill.lead AS l ON l.id = o.lead_id
    WHERE o.upload_id = :upload_id GROUP BY 1, 2, 3
""")

# A row is reachable by the numbers that it brought itself.
_REACHABLE: Final = sa.text("""
    SELECT count(DISTINCT o.lead_id)
    FROM leadmill.outcome AS o JOIN leadmill.record_number AS rn USING (record_id) JOIN leadmill.number AS n ON n.id = rn.number_id
    WHERE o.upload_id = :upload_id AND o.verdict IN ('new', 'review') AND n.callable AND rn.kind <> 'fax'
""")

_FIRST_CALLS: Final = sa.text("""
    WITH first AS (
        SELECT DISTINCT ON (o.row_no) o.row_no, c.at, c.disposition, d.effect, d.evidence
        FROM leadmill.outcome AS o
        JOIN leadmill.record AS r ON r.id = o.record_id
        JOIN leadmill.record_number AS rn ON rn.record_id = r.id
        JOIN leadmill.contact AS c ON c.number_id = rn.number_id AND c.at >= r.created_at
        JOIN leadmill.disposition AS d ON d.code = c.disposition
        WHERE o.upload_id = :upload_id AND o.verdict IN ('new', 'review')
          AND NOT EXISTS (SELECT 1 FROM leadmill.contact AS s WHERE s.supersedes = c.id)
        ORDER BY o.row_no, c.at, c.id)
    SELECT row_no, at, disposition, effect = 'bad_number' AS is_bad, evidence IS NOT DISTINCT FROM 'wrong_party' AS is_wrong_party
    FROM first ORDER BY row_no
""")

_LINES: Final = sa.text("""
    SELECT w.row_no, w.line_no, w.cells, o.verdict, o.reason, l.created_at, r.created_at - l.created_at
    FROM leadmill.outcome AS o JOIN leadmill.raw_row AS w USING (upload_id, row_no)
    LEFT JOIN leadmill.record AS r ON r.id = o.record_id
    LEFT JOIN leadmill.lead AS l ON l.id = o.lead_id AND o.verdict = 'merged' AND o.reason <> 'duplicate'
    WHERE o.upload_id = :upload_id AND o.row_no > :after
      AND (:all OR o.verdict <> 'suppressed' AND (o.verdict <> 'merged' OR o.reason = 'duplicate'))
      AND (o.verdict NOT IN ('new', 'review') OR o.row_no = ANY (CAST(:bad AS bigint[])))
    ORDER BY o.row_no LIMIT :limit
""")


@dataclass(frozen=True, slots=True)
class Worth:
    """So many rows had one verdict for one reason; `age` is the place among the ages asked for, of what was known."""

    verdict: str
    reason: str
    age: int | None
    rows: int


@dataclass(frozen=True, slots=True)
class FirstCall:
    """What the first call to a row's numbers found; `is_bad`: nobody whom the row means can be reached there."""

    row_no: int
    at: datetime
    disposition: str
    is_bad: bool
    is_wrong_party: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A row that counts against its list, verbatim; what was known before also says since when and for how long."""

    row_no: int
    line_no: int
    cells: Sequence[str]
    verdict: str
    reason: str
    known_since: datetime | None
    known_for: timedelta | None


def count_worth(connection: Connection, upload_id: int, ages: Sequence[timedelta]) -> Sequence[Worth]:
    """Gives the rows of an upload by verdict, reason and age; `ages` are the ends of all ages but the last."""
    days = [age / timedelta(days=1) for age in ages]
    return [Worth(*row) for row in connection.execute(_COUNT, {"upload_id": upload_id, "days": days})]


def count_reachable(connection: Connection, upload_id: int) -> int:
    """Gives how many of the leads that a list brought can be called now by a number of the list."""
    reachable: int = connection.execute(_REACHABLE, {"upload_id": upload_id}).scalar_one()
    return reachable


def list_first_calls(connection: Connection, upload_id: int) -> Sequence[FirstCall]:
    """Gives, for each row whose lead the list brought and that was called, what the first call found."""
    return [FirstCall(*row) for row in connection.execute(_FIRST_CALLS, {"upload_id": upload_id})]


def list_lines(
    connection: Connection, upload_id: int, *, bad: Sequence[int], after: int, limit: int, with_secret: bool
) -> Sequence[Line]:
    """Gives the rows that count against a list, and those of these numbers, in order, behind that number.

    `with_secret`: also those that the base knew or bars.
    """
    values = {"upload_id": upload_id, "bad": list(bad), "after": after, "limit": limit, "all": with_secret}
    return [Line(*row) for row in connection.execute(_LINES, values)]
