"""Statements about what supervisors did to many leads at once: kept lead by lead, so that it can be undone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

_ADD: Final = sa.text("""
    INSERT INTO leadmill.action (kind, team_id, reason, made_by) VALUES (:kind, :team, :reason, :made_by) RETURNING id
""")

_ADD_ITEMS: Final = sa.text("""
    INSERT INTO leadmill.action_item (action_id, lead_id, assignment_id, promise_id, pool_before, pool_after)
    VALUES (:action, :lead, :assignment, :promise, :pool_before, :pool_after)
""")

_LIST: Final = sa.text("""
    SELECT a.id, a.kind, a.reason, a.made_by, a.at, a.undone_by, a.undone_at,
           (SELECT count(*) FROM leadmill.action_item AS i WHERE i.action_id = a.id) AS leads
    FROM leadmill.action AS a
    WHERE (CAST(:team AS bigint) IS NULL OR a.team_id = :team) AND (CAST(:own AS bigint) IS NULL OR a.made_by = :own)
      AND a.id < :before ORDER BY a.id DESC LIMIT :limit
""")

_LOCK: Final = sa.text("""
    SELECT a.id, a.kind, a.undone_at, a.at FROM leadmill.action AS a
    WHERE a.id = :action AND (CAST(:team AS bigint) IS NULL OR a.team_id = :team)
      AND (CAST(:own AS bigint) IS NULL OR a.made_by = :own)
    FOR NO KEY UPDATE
""")

_ITEMS: Final = sa.text("""
    SELECT i.lead_id, i.assignment_id, i.promise_id, i.pool_before, i.pool_after, l.state = 'active'
             AND NOT EXISTS (SELECT 1 FROM leadmill.assignment AS a
                             WHERE a.lead_id = i.lead_id AND (a.offered_at > :since OR a.state <> 'ended')
                               AND (:kind <> 'give' OR a.id <> i.assignment_id OR a.state <> 'offered' OR a.call_until > leadmill.clock()))
             AND NOT EXISTS (SELECT 1 FROM leadmill.contact AS c WHERE c.lead_id = i.lead_id AND c.recorded_at > :since)
             AND (i.pool_after IS NULL OR l.pool_id = i.pool_after) AS untouched
    FROM leadmill.action_item AS i JOIN leadmill.lead AS l ON l.id = i.lead_id
    WHERE i.action_id = :action ORDER BY i.lead_id
""")

_UNDONE: Final = sa.text("""
    UPDATE leadmill.action SET undone_at = leadmill.clock(), undone_by = :by WHERE id = :action
""")

_TOP: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Item:
    """A lead of an action; `untouched`: nobody has had it since."""

    lead_id: int
    assignment_id: int | None = None
    promise_id: int | None = None
    pool_before: int | None = None
    pool_after: int | None = None
    untouched: bool = True


@dataclass(frozen=True, slots=True)
class Action:
    """What a supervisor did, and when; whoever reads it holds its row."""

    id: int
    kind: str
    undone_at: datetime | None
    at: datetime


def add_action(
    connection: Connection, kind: str, *, team_id: int | None, reason: str, made_by: int, items: Sequence[Item]
) -> int:
    """Keeps an action with all its leads; gives its id."""
    values = {"kind": kind, "team": team_id, "reason": reason, "made_by": made_by}
    action_id: int = connection.execute(_ADD, values).scalar_one()
    rows = [
        {
            "action": action_id,
            "lead": item.lead_id,
            "assignment": item.assignment_id,
            "promise": item.promise_id,
            "pool_before": item.pool_before,
            "pool_after": item.pool_after,
        }
        for item in items
    ]
    if rows:
        connection.execute(_ADD_ITEMS, rows)
    return action_id


def list_actions(
    connection: Connection, *, team_id: int | None, own_id: int | None, before: int | None, limit: int
) -> list[dict[str, Any]]:
    """Lists actions, the newest first: all, a team's, or one's own."""
    values = {"team": team_id, "own": own_id, "before": before or _TOP, "limit": limit}
    return [dict(row._mapping) for row in connection.execute(_LIST, values)]


def lock_action(connection: Connection, action_id: int, *, team_id: int | None, own_id: int | None) -> Action | None:
    """Holds an action within the reach; None when there is none."""
    row = connection.execute(_LOCK, {"action": action_id, "team": team_id, "own": own_id}).one_or_none()
    return None if row is None else Action(*row)


def list_items(connection: Connection, action: Action) -> list[Item]:
    """Gives the leads of an action, by id, and whether anybody has had them since."""
    return [
        Item(*row) for row in connection.execute(_ITEMS, {"action": action.id, "kind": action.kind, "since": action.at})
    ]


def note_undone(connection: Connection, action_id: int, *, by: int) -> None:
    """Notes that an action was undone."""
    connection.execute(_UNDONE, {"action": action_id, "by": by})
