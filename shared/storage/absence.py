"""Statements about who is away, who is back and who leaves."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

_START: Final = sa.text("SELECT leadmill.start_absence(:person, :until, :deputy, :reason, :by)")

_END: Final = sa.text("SELECT leadmill.end_absence(:person)")

_LEAVE: Final = sa.text("SELECT passed, returned, promises FROM leadmill.leave_company(:person, :successor, :by)")

_LIST: Final = sa.text("""
    SELECT p.id, p.name, p.role, p.duty, p.state, t.name AS team_name, away.until_at AS away_until, away.deputy_id,
           ARRAY(SELECT pool_id FROM leadmill.pool_person AS pp WHERE pp.person_id = p.id ORDER BY pool_id) AS pools
    FROM leadmill.person AS p LEFT JOIN leadmill.team AS t ON t.id = p.team_id
    LEFT JOIN leadmill.absence AS away ON away.person_id = p.id AND away.ended_at IS NULL
    WHERE (CAST(:own AS bigint) IS NULL OR p.id = :own) AND (CAST(:team AS bigint) IS NULL OR p.team_id = :team)
      AND (:left OR p.state <> 'left') AND p.id > :after
    ORDER BY p.id LIMIT :limit
""")


@dataclass(frozen=True, slots=True)
class Left:
    """What became of what a leaver had: leads passed on, leads back in the queue, promises others keep."""

    passed: int
    returned: int
    promises: int


def start_absence(
    connection: Connection, person_id: int, *, until: datetime, deputy_id: int | None, reason: str, by: int
) -> None:
    """Notes that somebody is away until then; their timers stop, or what they worked goes on to others."""
    values = {"person": person_id, "until": until, "deputy": deputy_id, "reason": reason, "by": by}
    connection.execute(_START, values)


def end_absence(connection: Connection, person_id: int) -> bool:
    """Notes that somebody is back; False when they were not away."""
    was_away: bool = connection.execute(_END, {"person": person_id}).scalar_one()
    return was_away


def leave(connection: Connection, person_id: int, *, successor_id: int | None, by: int) -> Left:
    """Ends somebody's access, then passes on what they had."""
    row = connection.execute(_LEAVE, {"person": person_id, "successor": successor_id, "by": by}).one()
    return Left(row.passed, row.returned, row.promises)


def list_people(
    connection: Connection, *, own_id: int | None, team_id: int | None, left: bool, after: int, limit: int
) -> list[dict[str, Any]]:
    """Lists people by id: all, a team's, or oneself; `left` adds those who left."""
    values = {"own": own_id, "team": team_id, "left": left, "after": after, "limit": limit}
    return [dict(row._mapping) for row in connection.execute(_LIST, values)]
