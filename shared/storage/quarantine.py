"""Statements that show stays in quarantine to people, and what comes due when."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection

_LIST: Final = sa.text("""
    SELECT q.id, q.number_id, n.country, n.line_status, q.cycle, q.reason, q.opened_at, q.recheck_at, q.closed_at,
           q.closed_reason, EXISTS (SELECT 1 FROM leadmill.line_check AS c WHERE c.number_id = n.id AND c.state = 'out') AS asked,
           ARRAY(SELECT lead_id FROM leadmill.lead_number WHERE number_id = n.id ORDER BY lead_id) AS leads
    FROM leadmill.quarantine AS q JOIN leadmill.number AS n ON n.id = q.number_id
    WHERE q.id < :before AND (:closed OR q.closed_at IS NULL)
      AND (CAST(:country AS text) IS NULL OR n.country = :country)
      AND (CAST(:reason AS text) IS NULL OR q.reason = :reason)
      AND (CAST(:due_before AS timestamptz) IS NULL OR q.recheck_at < :due_before)
      AND (CAST(:upload AS bigint) IS NULL OR EXISTS (
            SELECT 1 FROM leadmill.record_number AS rn JOIN leadmill.record AS r ON r.id = rn.record_id
            WHERE rn.number_id = n.id AND r.upload_id = :upload))
      AND (CAST(:key_hash AS bytea) IS NULL OR n.key_hash = :key_hash)
    ORDER BY q.id DESC LIMIT :limit
""")

_CALENDAR: Final = sa.text("""
    SELECT date_trunc('week', recheck_at, 'UTC')::date AS week, count(*) AS due,
           count(*) FILTER (WHERE recheck_at <= leadmill.clock()) AS overdue, count(*) FILTER (WHERE cycle > 1) AS again
    FROM leadmill.quarantine WHERE closed_at IS NULL AND recheck_at < leadmill.clock() + make_interval(weeks => :weeks)
    GROUP BY 1 ORDER BY 1
""")

_TOP: Final = 2**63 - 1
_NO_FILTER: Final = dict.fromkeys(("country", "reason", "due_before", "upload", "key_hash"))


class Week(NamedTuple):
    """How many numbers come due in a week (its Monday), and how many of them for a second time or more."""

    week: date
    due: int
    overdue: int
    again: int


def list_quarantine(
    connection: Connection, *, filters: Mapping[str, Any], closed: bool, before: int | None, limit: int
) -> list[dict[str, Any]]:
    """Lists stays in quarantine, the newest first; `closed` adds those that are over.

    `filters` may name country, reason, due_before, upload and key_hash; what is absent or None filters nothing.
    """
    values = {**_NO_FILTER, **filters, "closed": closed, "before": before or _TOP, "limit": limit}
    return [dict(row._mapping) for row in connection.execute(_LIST, values)]


def list_weeks(connection: Connection, weeks: int) -> list[Week]:
    """Lists what comes due within so many weeks, what is overdue first."""
    return [Week(*row) for row in connection.execute(_CALENDAR, {"weeks": weeks})]
