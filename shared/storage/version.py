"""Statements that compare an upload with the version it replaces."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

_CHANGES: Final = sa.text("""
    SELECT b.verdict, b.reason, a.verdict, a.reason, count(*),
           count(*) FILTER (WHERE numbers.before IS DISTINCT FROM numbers.after),
           (array_agg(row_no ORDER BY row_no))[1:5]
    FROM (SELECT * FROM leadmill.outcome WHERE upload_id = :before) AS b
    FULL JOIN (SELECT * FROM leadmill.outcome WHERE upload_id = :after) AS a USING (row_no)
    CROSS JOIN LATERAL (SELECT
      (SELECT array_agg(number_id ORDER BY number_id) FROM leadmill.record_number WHERE record_id = b.record_id) AS before,
      (SELECT array_agg(number_id ORDER BY number_id) FROM leadmill.record_number WHERE record_id = a.record_id) AS after) AS numbers
    GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC, 1, 2, 3, 4
""")
_MISREAD: Final = sa.text("""
    SELECT DISTINCT c.number_id, c.lead_id, c.number_rest_until
    FROM leadmill.record AS r JOIN leadmill.record_number AS rn ON rn.record_id = r.id
    JOIN leadmill.contact AS c ON c.number_id = rn.number_id AND c.disposition = 'misread'
    WHERE r.upload_id = :before ORDER BY 1, 2
""")


@dataclass(frozen=True, slots=True)
class Change:
    """Rows that became something else, or stayed; None for a row that one of the versions does not have.

    `renumbered`: how many of them have other numbers now; `examples`: the first rows.
    """

    verdict_before: str | None
    reason_before: str | None
    verdict_after: str | None
    reason_after: str | None
    rows: int
    renumbered: int
    examples: Sequence[int]


@dataclass(frozen=True, slots=True)
class Misread:
    """A number that was called because a list was misread, with the lead it was called for."""

    number_id: int
    lead_id: int
    rest_until: object


def list_changes(connection: Connection, before: int, after: int) -> list[Change]:
    """Gives what became of the rows of one version in the next, the most frequent change first."""
    return [Change(*row) for row in connection.execute(_CHANGES, {"before": before, "after": after})]


def list_misread(connection: Connection, before: int) -> list[Misread]:
    """Gives the numbers of a version that were called and that its next one did not give."""
    return [Misread(*row) for row in connection.execute(_MISREAD, {"before": before})]
