"""Statements about research: leads that came without a phone, who looks for one, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

_PASSED: Final = 100
"""So many that others are taking at this moment are passed over."""

_COLUMNS: Final = """r.id, r.lead_id, r.upload_id, u.source_id, s.name AS source, r.reason, r.state, r.person_id, r.taken_until,
    r.created_at, r.ended_at, l.country, l.fields"""
_FROM: Final = """FROM leadmill.research AS r JOIN leadmill.lead AS l ON l.id = r.lead_id
    JOIN leadmill.upload AS u ON u.id = r.upload_id JOIN leadmill.source AS s ON s.id = u.source_id"""
_FREE_LAPSED: Final = sa.text("""
    UPDATE leadmill.research SET state = 'open', person_id = NULL, taken_until = NULL
    WHERE id IN (SELECT id FROM leadmill.research WHERE state = 'taken' AND taken_until <= leadmill.clock()
                 ORDER BY taken_until LIMIT 1000 FOR UPDATE SKIP LOCKED)
""")
# List by list, each by an index: what is held or paused is never looked at. The state is asked of the row that is locked too: somebody may
# just have taken it, and only what is asked of that very row is asked again once its lock is there.
_NEXT: Final = sa.text("""
    SELECT r.id, leadmill.research_end(r.lead_id, leadmill.clock())
    FROM leadmill.upload AS u JOIN leadmill.source AS s ON s.id = u.source_id AND s.circulation = 'active'
    CROSS JOIN LATERAL (SELECT id FROM leadmill.research WHERE upload_id = u.id AND state = 'open'
                        ORDER BY id LIMIT CAST(:limit AS integer) + :passed) AS next
    JOIN leadmill.research AS r ON r.id = next.id AND r.state = 'open'
    WHERE u.circulation = 'active' AND u.state = 'ready' AND (CAST(:source AS bigint) IS NULL OR s.id = :source)
    ORDER BY u.id, r.id LIMIT :limit FOR NO KEY UPDATE OF r SKIP LOCKED
""")
_IS_ACTIVE: Final = sa.text("SELECT EXISTS (SELECT 1 FROM leadmill.person WHERE id = :person AND state = 'active')")
_HOLD_PERSON: Final = sa.text("SELECT pg_advisory_xact_lock(1730526112, CAST(:person % 2147483647 AS integer))")
_TAKE: Final = sa.text("""
    UPDATE leadmill.research
    SET state = 'taken', person_id = :person, taken_until = leadmill.clock() + CAST(:days AS integer) * interval '1 day'
    WHERE id = ANY (CAST(:ids AS bigint[]))
""")
_COUNT_TAKEN: Final = sa.text("""
    SELECT count(*) FROM leadmill.research WHERE person_id = :person AND state = 'taken' AND taken_until > leadmill.clock()
""")
_END: Final = sa.text("""
    UPDATE leadmill.research
    SET state = :state, ended_at = leadmill.clock(), taken_until = NULL, person_id = coalesce(:person, person_id) WHERE id = :id
""").bindparams(sa.bindparam("person", type_=sa.BigInteger))
_GIVE_BACK: Final = sa.text("""
    UPDATE leadmill.research SET state = 'open', person_id = NULL, taken_until = NULL WHERE id = :id
""")
_LOCK: Final = sa.text(f"SELECT {_COLUMNS} {_FROM} WHERE r.id = :id FOR NO KEY UPDATE OF r")
_READ: Final = sa.text(f"SELECT {_COLUMNS} {_FROM} WHERE r.id = ANY (CAST(:ids AS bigint[])) ORDER BY r.id")
_LIST: Final = sa.text(f"""
    SELECT {_COLUMNS} {_FROM}
    WHERE r.id < :before AND (CAST(:person AS bigint) IS NULL OR r.person_id = :person)
      AND (CAST(:state AS text) IS NULL OR r.state = :state)
      AND (CAST(:source AS bigint) IS NULL OR u.source_id = :source) AND (CAST(:upload AS bigint) IS NULL OR r.upload_id = :upload)
    ORDER BY r.id DESC LIMIT :limit
""")
_STILL: Final = sa.text("SELECT leadmill.research_end(:lead, leadmill.clock())")
_COUNT: Final = sa.text("""
    SELECT u.source_id, s.name AS source, r.reason, r.state, count(*) AS leads
    FROM leadmill.research AS r JOIN leadmill.upload AS u ON u.id = r.upload_id JOIN leadmill.source AS s ON s.id = u.source_id
    WHERE (CAST(:source AS bigint) IS NULL OR u.source_id = :source) AND (CAST(:upload AS bigint) IS NULL OR r.upload_id = :upload)
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 3, 4
""")


@dataclass(frozen=True, slots=True)
class Research:
    """The research for one lead; `fields` are what is known of the lead."""

    id: int
    lead_id: int
    upload_id: int
    source_id: int
    source: str
    reason: str
    state: str
    person_id: int | None
    taken_until: datetime | None
    created_at: datetime
    ended_at: datetime | None
    country: str | None
    fields: Mapping[str, Any]


def is_active(connection: Connection, person_id: int) -> bool:
    """Whether somebody works here and may be given leads."""
    active: bool = connection.execute(_IS_ACTIVE, {"person": person_id}).scalar_one()
    return active


def hold_researcher(connection: Connection, person_id: int) -> None:
    """Lets nobody else count or take for this person until the end of the transaction."""
    connection.execute(_HOLD_PERSON, {"person": person_id})


def take_next(connection: Connection, person_id: int, *, count: int, days: int, source: int | None) -> list[int]:
    """Gives a person, whom the caller holds, so many leads to research, of lists that are in circulation.

    What has ended by itself meanwhile is moved there on the way.
    """
    connection.execute(_FREE_LAPSED)
    taken: list[int] = []
    while len(taken) < count:
        values = {"limit": count - len(taken), "passed": _PASSED, "source": source}
        met = connection.execute(_NEXT, values).all()
        if not met:
            break
        for research_id, end in met:
            if end is not None:
                end_research(connection, research_id, end, person_id=None)
        wanted = [research_id for research_id, end in met if end is None]
        connection.execute(_TAKE, {"ids": wanted, "person": person_id, "days": days})
        taken += wanted
    return taken


def count_taken(connection: Connection, person_id: int) -> int:
    """Gives how many a person has now."""
    taken: int = connection.execute(_COUNT_TAKEN, {"person": person_id}).scalar_one()
    return taken


def lock_research(connection: Connection, research_id: int) -> Research | None:
    """Gives one and holds it."""
    row = connection.execute(_LOCK, {"id": research_id}).one_or_none()
    return Research(*row) if row else None


def read_researches(connection: Connection, ids: Sequence[int]) -> list[Research]:
    """Gives these."""
    return [Research(*row) for row in connection.execute(_READ, {"ids": list(ids)})]


def list_researches(
    connection: Connection,
    *,
    before: int,
    limit: int,
    person: int | None,
    state: str | None,
    source: int | None,
    upload: int | None,
) -> list[Research]:
    """Gives the newest below that number; of one person: what it has or ended."""
    values = {"before": before, "limit": limit, "person": person, "state": state, "source": source, "upload": upload}
    return [Research(*row) for row in connection.execute(_LIST, values)]


def find_end(connection: Connection, lead_id: int) -> str | None:
    """Says how the research for a lead has ended by itself: `found`, `void`, or None while there is something to find."""
    end: str | None = connection.execute(_STILL, {"lead": lead_id}).scalar_one()
    return end


def end_research(connection: Connection, research_id: int, state: str, *, person_id: int | None) -> None:
    """Ends one that is held; `person_id` is who did, None to leave it with whom it was."""
    connection.execute(_END, {"id": research_id, "state": state, "person": person_id})


def give_back(connection: Connection, research_id: int) -> None:
    """Lets one that is held go to the next."""
    connection.execute(_GIVE_BACK, {"id": research_id})


def count_research(
    connection: Connection, *, source: int | None = None, upload: int | None = None
) -> list[dict[str, Any]]:
    """Gives the leads by source, reason and state."""
    return [dict(row._mapping) for row in connection.execute(_COUNT, {"source": source, "upload": upload})]
