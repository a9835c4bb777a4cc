"""Statements of the supervisor's board: who holds what, since when, and where two met over one lead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.storage.clock import read_clock
from shared.storage.reach import WITHIN, Reach

_CHOSEN: Final = f"""
    {WITHIN}
    AND (CAST(:rep AS bigint) IS NULL OR a.person_id = :rep)
    AND (CAST(:pool AS bigint) IS NULL OR a.pool_id = :pool)
    AND (CAST(:ids AS bigint[]) IS NULL OR a.id = ANY (:ids))
    AND (CAST(:stale AS interval) IS NULL
         OR coalesce(a.progressed_at, a.offered_at) <= leadmill.clock() - CAST(:stale AS interval))
    AND (CAST(:within AS interval) IS NULL OR a.expires_at <= leadmill.clock() + CAST(:within AS interval))
    AND (coalesce(CAST(:stage AS text), :rank, :country) IS NULL OR EXISTS (
      SELECT 1 FROM leadmill.lead AS about
      WHERE about.id = a.lead_id AND (CAST(:stage AS text) IS NULL OR about.stage = :stage)
        AND (CAST(:rank AS text) IS NULL OR coalesce(about.rank, 'none') = :rank)
        AND (CAST(:country AS text) IS NULL OR about.country = :country)))
"""

_IN_STATE: Final = """
    CASE CAST(:state AS text)
      WHEN 'open' THEN a.state <> 'ended' AND greatest(a.expires_at, a.call_until) > leadmill.clock()
      WHEN 'all' THEN true
      ELSE a.state = :state END
"""

_SHOWN: Final = """
    a.id, a.fence, a.state, a.end_reason, a.lead_id, l.fields ->> 'company' AS company, a.person_id, rep.name AS rep,
    a.pool_id, a.offered_at, a.expires_at, a.progressed_at, a.ended_at,
    extract(epoch FROM coalesce(a.ended_at, leadmill.clock()) - coalesce(a.progressed_at, a.offered_at)) AS stale_s
"""

_LIST: Final = sa.text(f"""
    SELECT {_SHOWN}
    FROM leadmill.assignment AS a JOIN leadmill.person AS rep ON rep.id = a.person_id
    JOIN leadmill.lead AS l ON l.id = a.lead_id
    WHERE {_CHOSEN} AND {_IN_STATE} AND a.id < :before
    ORDER BY a.id DESC LIMIT :limit
""")

_CONFLICTS: Final = sa.text(f"""
    SELECT {_SHOWN}, met.id AS met_id, (met.detail ->> 'contact')::bigint AS contact_id, met.detail ->> 'why' AS why,
           holder.person_id AS holder_id, holder.id AS holder_assignment_id
    FROM leadmill.audit AS met
    JOIN leadmill.assignment AS a ON a.id = met.entity_id
    JOIN leadmill.person AS rep ON rep.id = a.person_id
    JOIN leadmill.lead AS l ON l.id = a.lead_id
    LEFT JOIN leadmill.assignment AS holder ON holder.lead_id = leadmill.top_lead(a.lead_id) AND holder.state <> 'ended'
    WHERE met.action = 'late_conflict' AND met.entity = 'assignment' AND {_CHOSEN} AND met.id < :before
    ORDER BY met.id DESC LIMIT :limit
""")

_CHOOSE: Final = sa.text(f"""
    SELECT a.id, a.lead_id, coalesce(a.call_until > leadmill.clock(), false) AS calling
    FROM leadmill.assignment AS a
    WHERE {_CHOSEN} AND a.state <> 'ended' AND greatest(a.expires_at, a.call_until) > leadmill.clock()
    ORDER BY a.id
""")

_LOCK: Final = sa.text("SELECT leadmill.lock_leads(CAST(:leads AS bigint[]))")

_TOP: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Choice:
    """Which assignments are meant; what is None does not choose. `rank` none: leads without one."""

    reach: Reach
    rep: int | None = None
    pool: int | None = None
    ids: Sequence[int] | None = None
    stale_for: timedelta | None = None
    expires_within: timedelta | None = None
    stage: str | None = None
    rank: str | None = None
    country: str | None = None

    @property
    def values(self) -> dict[str, object]:
        """The parameters of the statements."""
        ids = None if self.ids is None else list(self.ids)
        chosen = {"rep": self.rep, "pool": self.pool, "ids": ids, "stale": self.stale_for}
        about = {"stage": self.stage, "rank": self.rank, "country": self.country}
        return {**self.reach.values, **chosen, **about, "within": self.expires_within}


@dataclass(frozen=True, slots=True)
class Chosen:
    """An open assignment that was chosen; `calling`: its rep is on the phone."""

    id: int
    lead_id: int
    calling: bool


def list_board(
    connection: Connection, choice: Choice, *, state: str, before: int | None, limit: int
) -> list[dict[str, Any]]:
    """Lists assignments, the newest first; `open` leaves out what has lapsed."""
    values = {**choice.values, "state": state, "before": before or _TOP, "limit": limit}
    return [dict(row._mapping) for row in connection.execute(_LIST, values)]


def list_conflicts(connection: Connection, choice: Choice, *, before: int | None, limit: int) -> list[dict[str, Any]]:
    """Lists late contacts whose lead was not free any more, the newest first: the rep's assignment and the holder's."""
    values = {**choice.values, "before": before or _TOP, "limit": limit}
    return [dict(row._mapping) for row in connection.execute(_CONFLICTS, values)]


def choose_open(connection: Connection, choice: Choice) -> list[Chosen]:
    """Gives the open assignments that are meant."""
    return [Chosen(row.id, row.lead_id, row.calling) for row in connection.execute(_CHOOSE, choice.values)]


def lock_leads(connection: Connection, lead_ids: Sequence[int]) -> datetime:
    """Locks leads with their sites and numbers, in the order that everybody uses; gives the time after that."""
    connection.execute(_LOCK, {"leads": list(lead_ids)})
    return read_clock(connection)
