"""Statements about promises: what a client agreed to stands in the place of the rest."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.storage.assignment import Held

_ADD: Final = sa.text("""
    INSERT INTO leadmill.promise (lead_id, kind, person_id, pool_id, contact_id, why, giver_id, pool_before, due_at, grace_until)
    VALUES (:lead, :kind, :person, :pool, :contact, :why, :giver, :pool_before, :due,
            coalesce(CAST(:until AS timestamptz), leadmill.add_working_minutes(:due, :grace, CAST(:hours AS jsonb), :zone)))
    RETURNING id
""")

_ADD_MINUTES: Final = sa.text("SELECT leadmill.add_working_minutes(:at, :minutes, CAST(:hours AS jsonb), :zone)")

_CLOSE: Final = sa.text("""
    WITH answered AS (
      UPDATE leadmill.request SET state = 'answered', answered_at = :at
      WHERE :answered AND lead_id IN (SELECT leadmill.lead_tree(:lead)) AND state = 'open')
    UPDATE leadmill.promise SET state = CASE WHEN due_at <= :at THEN 'kept' ELSE 'withdrawn' END, closed_at = :at
    WHERE lead_id IN (SELECT leadmill.lead_tree(:lead)) AND state = 'open' AND (due_at <= :at OR :all)
""")

_ZONE: Final = sa.text("""
    SELECT w.zones[1] FROM leadmill.lead AS l JOIN leadmill.calling_window AS w ON w.id = l.window_id WHERE l.id = :lead
""")

_LAWFUL: Final = sa.text("""
    SELECT times.at
    FROM leadmill.lead AS l JOIN leadmill.calling_window AS w ON w.id = l.window_id
    CROSS JOIN unnest(CAST(:times AS timestamptz[])) WITH ORDINALITY AS times (at, place)
    WHERE l.id = :lead AND (CAST(:rules AS jsonb) -> 'calling_hours' = 'null'::jsonb OR leadmill.window_open(w.country, w.zones, times.at))
    ORDER BY times.place LIMIT 1
""")

_WITHDRAW: Final = sa.text("""
    UPDATE leadmill.promise SET state = 'withdrawn', closed_at = :at WHERE contact_id = :contact AND state = 'open'
""")

_OTHERS: Final = sa.text("""
    SELECT EXISTS (SELECT 1 FROM leadmill.promise
                   WHERE lead_id IN (SELECT leadmill.lead_tree(:lead)) AND state = 'open' AND grace_until > :at
                     AND person_id IS DISTINCT FROM :person)
""")

_OPEN: Final = sa.text("""
    SELECT id FROM leadmill.promise
    WHERE lead_id IN (SELECT leadmill.lead_tree(:lead)) AND state = 'open' AND grace_until > leadmill.clock()
    ORDER BY due_at, id LIMIT 1
""")


@dataclass(frozen=True, slots=True)
class Handover:
    """Until when it may be accepted; who hands it on, from which pool, and gets it back when nobody accepts."""

    until: datetime | None = None
    giver_id: int | None = None
    pool_before: int | None = None


def add_promise(
    connection: Connection,
    held: Held,
    *,
    kind: str,
    due: datetime,
    why: str,
    contact_id: int | None,
    person_id: int | None,
    pool_id: int | None = None,
    handover: Handover | None = None,
) -> int:
    """Writes a promise; it is kept free for its person, or pool, until its grace is over.

    `why` is a code, never a client's words. The grace ends with the handover, else the policy's working minutes
    after it was due.
    """
    handed = handover or Handover()
    values = {
        "lead": held.top_id,
        "kind": kind,
        "person": person_id,
        "pool": pool_id,
        "contact": contact_id,
        "why": why,
        "due": due,
        "grace": held.rules.callback_grace_minutes,
        "hours": held.hours,
        "zone": held.zone,
        "until": handed.until,
        "giver": handed.giver_id,
        "pool_before": handed.pool_before,
    }
    promise_id: int = connection.execute(_ADD, values).scalar_one()
    return promise_id


def add_working_minutes(
    connection: Connection, held: Held, minutes: int, *, from_at: datetime | None = None
) -> datetime:
    """Gives when so many working minutes of the rep are over, from now or from then."""
    values = {"at": from_at or held.at, "minutes": minutes, "hours": held.hours, "zone": held.zone}
    due: datetime = connection.execute(_ADD_MINUTES, values).scalar_one()
    return due


def find_zone(connection: Connection, lead_id: int) -> str | None:
    """Gives the zone by whose clock a lead lives, the first of those it may be in; None while nobody may call it."""
    zone: str | None = connection.execute(_ZONE, {"lead": lead_id}).scalar_one_or_none()
    return zone


def find_lawful(connection: Connection, held: Held, times: Sequence[datetime]) -> datetime | None:
    """Gives the first of these times at which the law lets the lead be called; None when none does."""
    values = {"lead": held.top_id, "times": list(times), "rules": json.dumps(dict(held.policy))}
    lawful: datetime | None = connection.execute(_LAWFUL, values).scalar_one_or_none()
    return lawful


def close_promises(connection: Connection, lead_id: int, *, at: datetime, every: bool, answered: bool) -> None:
    """Closes what was due as kept; with `every`, takes back what was not due yet, since something else was agreed.

    `answered`: somebody was reached, so open requests are answered too.
    """
    connection.execute(_CLOSE, {"lead": lead_id, "at": at, "all": every, "answered": answered})


def withdraw_promises(connection: Connection, contact_id: int, *, at: datetime) -> None:
    """Takes back what a contact promised: it was corrected."""
    connection.execute(_WITHDRAW, {"contact": contact_id, "at": at})


def is_promised_to_others(connection: Connection, lead_id: int, person_id: int, *, at: datetime) -> bool:
    """Whether somebody else, or a pool, has an open promise of the lead."""
    promised: bool = connection.execute(_OTHERS, {"lead": lead_id, "person": person_id, "at": at}).scalar_one()
    return promised


def find_open_promise(connection: Connection, lead_id: int) -> int | None:
    """Gives the open promise of a lead that is due first."""
    promise_id: int | None = connection.execute(_OPEN, {"lead": lead_id}).scalar_one_or_none()
    return promise_id
