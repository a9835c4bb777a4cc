"""Statements about what a rep does with an assignment besides calling: extend, give back, hand on; and being given one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.storage.assignment import Held
from shared.storage.reach import KNOWN_LEADS, Reach

_COUNT_EXTENSION: Final = sa.text("UPDATE leadmill.assignment SET extended = extended + 1 WHERE id = :assignment")

_HAS_CONTACT: Final = sa.text("SELECT EXISTS (SELECT 1 FROM leadmill.contact WHERE assignment_id = :assignment)")

_IS_BOOKED: Final = sa.text("""
    SELECT EXISTS (SELECT 1 FROM leadmill.booking WHERE assignment_id = :assignment AND subject_kind = 'number'
                   AND subject_id = :number AND upper(period) > leadmill.clock())
""")

_HOURS_BAR: Final = sa.text("""
    SELECT CASE WHEN policy.rules -> 'calling_hours' = 'null'::jsonb OR p.kind = 'request' OR leadmill.window_is_open(w, :at) THEN NULL
           ELSE leadmill.window_bar(w.country, w.zones, :at) END
    FROM leadmill.assignment AS a
    JOIN leadmill.lead AS l ON l.id = :lead
    LEFT JOIN leadmill.calling_window AS w ON w.id = l.window_id
    LEFT JOIN leadmill.promise AS p ON p.id = a.promise_id
    CROSS JOIN LATERAL leadmill.policy_of(a.pool_id, :at) AS policy
    WHERE a.id = :assignment
""")

_E164: Final = sa.text("SELECT e164 FROM leadmill.number WHERE id = :number")

_COUNT_REVEAL: Final = sa.text("""
    INSERT INTO leadmill.day_count AS d (subject_kind, subject_id, kind, day, count)
    VALUES ('person', :person, 'reveals', (CAST(:at AS timestamptz) AT TIME ZONE :zone)::date, 1)
    ON CONFLICT (subject_kind, subject_id, kind, day) DO UPDATE SET count = d.count + 1
    RETURNING count, ceil(extract(epoch FROM (day + 1)::timestamp AT TIME ZONE :zone - CAST(:at AS timestamptz)))::integer
""")

_SET_CALL: Final = sa.text("UPDATE leadmill.assignment SET call_until = :until WHERE id = :assignment")

_COUNT_RELEASE: Final = sa.text("""
    INSERT INTO leadmill.day_count AS d (subject_kind, subject_id, kind, day, count)
    VALUES ('person', :person, 'releases', (CAST(:at AS timestamptz) AT TIME ZONE :zone)::date, 1)
    ON CONFLICT (subject_kind, subject_id, kind, day) DO UPDATE SET count = d.count + 1 RETURNING count
""")

_BAR: Final = sa.text("SELECT leadmill.bar_rep(:lead, :person, :days, :reason, :at)")

_HAND_OVER: Final = sa.text("""
    UPDATE leadmill.promise SET person_id = :person, pool_id = :pool
    WHERE lead_id IN (SELECT leadmill.lead_tree(:lead)) AND state = 'open' AND person_id = :giver
""")

_MOVE: Final = sa.text("UPDATE leadmill.lead SET pool_id = :pool, changed_at = :at WHERE id = :lead")

_FIND_LEAD: Final = sa.text(f"""
    SELECT top.id AS top_id, top.pool_id,
           coalesce(policy.rules -> 'calling_hours' = 'null'::jsonb OR leadmill.window_open(w.country, w.zones, leadmill.clock()), false)
             AS hours_open,
           EXISTS (SELECT 1 FROM leadmill.open_pools(:person, leadmill.clock()) AS o WHERE o.pool_id = top.pool_id) AS pool_open
    FROM leadmill.lead AS l
    JOIN leadmill.lead AS top ON top.id = leadmill.top_lead(l.id)
    LEFT JOIN leadmill.calling_window AS w ON w.id = top.window_id
    LEFT JOIN LATERAL leadmill.policy_of(top.pool_id, leadmill.clock()) AS policy ON true
    WHERE l.id = :lead AND {KNOWN_LEADS}
""")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A lead that is to be given to a person."""

    top_id: int
    pool_id: int | None
    hours_open: bool
    pool_open: bool


def count_extension(connection: Connection, assignment_id: int) -> None:
    """Counts one extension more."""
    connection.execute(_COUNT_EXTENSION, {"assignment": assignment_id})


def is_booked(connection: Connection, assignment_id: int, number_id: int) -> bool:
    """Whether the assignment may dial the number now."""
    values = {"assignment": assignment_id, "number": number_id}
    booked: bool = connection.execute(_IS_BOOKED, values).scalar_one()
    return booked


def find_hours_bar(connection: Connection, held: Held) -> str | None:
    """Says why the law does not let the lead be called now; None when it does, or when the client asked to be called."""
    values = {"assignment": held.id, "lead": held.top_id, "at": held.at}
    bar: str | None = connection.execute(_HOURS_BAR, values).scalar_one()
    return bar


def read_e164(connection: Connection, number_id: int) -> str | None:
    """Gives the digits of a number; None once it was erased."""
    e164: str | None = connection.execute(_E164, {"number": number_id}).scalar_one()
    return e164


def count_reveal(connection: Connection, held: Held) -> tuple[int, int]:
    """Counts a number that was shown to the rep today; gives the count and the seconds until the next day. The person's row is locked."""
    values = {"person": held.person_id, "at": held.at, "zone": held.zone}
    row = connection.execute(_COUNT_REVEAL, values).one()
    return row[0], row[1]


def set_call(connection: Connection, assignment_id: int, *, until: datetime) -> None:
    """Opens a call; an outcome ends it."""
    connection.execute(_SET_CALL, {"assignment": assignment_id, "until": until})


def has_contact(connection: Connection, assignment_id: int) -> bool:
    """Whether a contact was recorded under the assignment."""
    found: bool = connection.execute(_HAS_CONTACT, {"assignment": assignment_id}).scalar_one()
    return found


def count_release(connection: Connection, held: Held) -> int:
    """Counts a release of the rep's day and gives the count; the person's row is locked."""
    values = {"person": held.person_id, "at": held.at, "zone": held.zone}
    count: int = connection.execute(_COUNT_RELEASE, values).scalar_one()
    return count


def bar_rep(connection: Connection, held: Held, *, days: int, reason: str) -> None:
    """Keeps the lead from this rep's queue for so many days."""
    values = {"lead": held.top_id, "person": held.person_id, "days": days, "reason": reason, "at": held.at}
    connection.execute(_BAR, values)


def hand_over_promises(connection: Connection, held: Held, *, person_id: int | None, pool_id: int | None) -> None:
    """Gives the rep's open promises of the lead to a person or a pool."""
    values = {"lead": held.top_id, "giver": held.person_id, "person": person_id, "pool": pool_id}
    connection.execute(_HAND_OVER, values)


def move_to_pool(connection: Connection, lead_id: int, pool_id: int, *, at: datetime) -> None:
    """Moves a lead to a pool; its queue entry follows when somebody refreshes it."""
    connection.execute(_MOVE, {"lead": lead_id, "pool": pool_id, "at": at})


def find_wanted(connection: Connection, lead_id: int, person_id: int, reach: Reach) -> Wanted | None:
    """Gives a lead within the reach, as the one it has become, and whether hours and caps of its pool are open."""
    row = connection.execute(_FIND_LEAD, {"lead": lead_id, "person": person_id, **reach.values}).one_or_none()
    if row is None:
        return None
    return Wanted(row.top_id, row.pool_id, row.hours_open, row.pool_open)
