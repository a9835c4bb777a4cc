"""Statements about one assignment: find it for somebody, lock it with its lead, move it on, end it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.domain.attempt_limit import Limits, join_strictest
from shared.domain.policy import Rules, parse_rules
from shared.storage.reach import WITHIN, Reach

_FIND: Final = sa.text(
    f"SELECT a.lead_id, a.person_id FROM leadmill.assignment AS a WHERE a.id = :assignment AND {WITHIN}"
)

_LOCK: Final = sa.text("""
    SELECT leadmill.lock_work(:person, :lead, :number), set_config('leadmill.actor', :actor, true)
""")

_READ: Final = sa.text("""
    SELECT leadmill.clock() AS at, a.id, a.lead_id, top.id AS top_id, top.site_id,
           a.site_id IS NOT DISTINCT FROM top.site_id AS books_site, a.person_id, a.pool_id,
           p.product_id, a.promise_id, a.state, a.end_reason, a.fence, a.offered_at, a.expires_at, a.call_until,
           CASE WHEN rep.shift IS NULL THEN policy.rules ELSE policy.rules || jsonb_build_object('working_hours', rep.shift) END AS rules,
           (SELECT r.attempts FROM leadmill.rule_pack AS r
            WHERE r.country = top.country AND r.valid_from <= (leadmill.clock() AT TIME ZONE 'UTC')::date
            ORDER BY r.valid_from DESC LIMIT 1) AS lawful_attempts,
           leadmill.zone_of(a.person_id) AS zone, rep.duty
    FROM leadmill.assignment AS a
    JOIN leadmill.lead AS top ON top.id = leadmill.top_lead(a.lead_id)
    JOIN leadmill.pool AS p ON p.id = a.pool_id
    JOIN leadmill.person AS rep ON rep.id = a.person_id
    CROSS JOIN LATERAL leadmill.policy_of(a.pool_id, leadmill.clock()) AS policy
    WHERE a.id = :assignment
""")

_END: Final = sa.text("SELECT leadmill.end_assignment(:assignment, :reason, :at, :by, :note)")

_PROGRESS: Final = sa.text("""
    UPDATE leadmill.assignment SET state = 'working', progressed_at = :at, call_until = NULL
    WHERE id = :assignment AND state <> 'ended'
""")

_EXTEND: Final = sa.text("SELECT leadmill.extend_hold(:assignment, :expires, :at)")

_ADD_WORKING_DAYS: Final = sa.text("SELECT leadmill.add_working_days(:at, :days, CAST(:hours AS jsonb), :zone)")

_CUT: Final = sa.text("SELECT leadmill.cut_hold(:assignment, :at, CAST(:number AS bigint))")

_SETTLE_CONTACT: Final = sa.text("""
    SELECT leadmill.settle(coalesce(p.lead_id, c.lead_id), c.site_id, NULL, :at)
    FROM leadmill.contact AS c LEFT JOIN leadmill.promise AS p ON p.contact_id = c.id WHERE c.id = :contact
""")

_SETTLE: Final = sa.text("SELECT leadmill.settle(:lead, :site, :number, :at)")


@dataclass(frozen=True, slots=True)
class Held:
    """An assignment read under its locks, with what is needed to judge it; `at` is the one time of the transaction.

    Attributes:
        lead_id: the lead it was given for.
        top_id: what that lead has become through merges; `site_id` is that one's.
        books_site: whether it holds that site too; not where the person is the client.
        policy: the rules of its pool now; the working hours are the rep's own shift, where they have one.
        lawful_attempts: how often the law of the called country lets one be called, as the rule `attempt_limits`; None: it does not say.
        zone: the time zone of the rep's team.
    """

    at: datetime
    id: int
    lead_id: int
    top_id: int
    site_id: int | None
    books_site: bool
    person_id: int
    pool_id: int
    product_id: int | None
    promise_id: int | None
    state: str
    end_reason: str | None
    fence: int
    offered_at: datetime
    expires_at: datetime
    call_until: datetime | None
    policy: Mapping[str, Any]
    lawful_attempts: Mapping[str, Any] | None
    zone: str
    duty: str

    @property
    def rules(self) -> Rules:
        """The rules of its pool now."""
        return parse_rules(self.policy)

    @property
    def attempt_limits(self) -> Mapping[str, Limits]:
        """How often its number, lead and site may be called: the strictest of the policy and the law; empty: as often as one likes."""
        return join_strictest(self.policy.get("attempt_limits"), self.lawful_attempts)

    @property
    def hours(self) -> str:
        """The working hours as JSON text, `null` when every hour counts: what the functions of time take."""
        return json.dumps(self.policy["working_hours"])

    @property
    def is_lapsed(self) -> bool:
        """Whether its time ran out without anybody having ended it yet."""
        return self.state != "ended" and max(self.expires_at, self.call_until or self.expires_at) <= self.at

    @property
    def is_open(self) -> bool:
        """Whether it still holds its lead."""
        return self.state != "ended" and not self.is_lapsed


@dataclass(frozen=True, slots=True)
class Whose:
    """Which lead an assignment is about, and whose it is; neither ever changes."""

    lead_id: int
    person_id: int


def find_assignment(connection: Connection, assignment_id: int, reach: Reach) -> Whose | None:
    """Says whose an assignment is, if it lies within the reach; locks nothing."""
    row = connection.execute(_FIND, {"assignment": assignment_id, **reach.values}).one_or_none()
    return None if row is None else Whose(row.lead_id, row.person_id)


def lock_assignment(
    connection: Connection, assignment_id: int, whose: Whose, *, actor: int, number_id: int | None = None
) -> Held:
    """Locks the person, the lead and its numbers, then reads the assignment and the clock.

    `actor` is whom the events of this transaction name.
    """
    values = {"person": whose.person_id, "lead": whose.lead_id, "number": number_id, "actor": str(actor)}
    connection.execute(_LOCK, values)
    return read_assignment(connection, assignment_id)


def read_assignment(connection: Connection, assignment_id: int) -> Held:
    """Reads an assignment whose locks are held already."""
    row = connection.execute(_READ, {"assignment": assignment_id}).one()
    return _held(row)


def end_assignment(
    connection: Connection, assignment_id: int, reason: str, *, at: datetime, by: int | None, note: str | None = None
) -> bool:
    """Ends it by the one way there is; False when it had ended already. Holds and queue entries follow."""
    values = {"assignment": assignment_id, "reason": reason, "at": at, "by": by, "note": note}
    ended: bool = connection.execute(_END, values).scalar_one()
    return ended


def note_progress(connection: Connection, assignment_id: int, *, at: datetime) -> None:
    """Moves it to `working`, or notes that its rep went on working."""
    connection.execute(_PROGRESS, {"assignment": assignment_id, "at": at})


def extend_assignment(connection: Connection, assignment_id: int, *, expires: datetime, at: datetime) -> None:
    """Moves its end, and that of its holds."""
    connection.execute(_EXTEND, {"assignment": assignment_id, "expires": expires, "at": at})


def add_working_days(connection: Connection, held: Held, days: int) -> datetime:
    """Gives when so many working days of the rep are over, from now."""
    values = {"at": held.at, "days": days, "hours": held.hours, "zone": held.zone}
    until: datetime = connection.execute(_ADD_WORKING_DAYS, values).scalar_one()
    return until


def cut_hold(connection: Connection, assignment_id: int, *, at: datetime, number_id: int | None = None) -> None:
    """Frees what the assignment books, or one number of it."""
    connection.execute(_CUT, {"assignment": assignment_id, "at": at, "number": number_id})


def settle_contact(connection: Connection, contact_id: int, *, at: datetime) -> None:
    """Brings up to date what a contact touched where it was written; its lead may have been joined or parted since."""
    connection.execute(_SETTLE_CONTACT, {"contact": contact_id, "at": at})


def settle(connection: Connection, *, lead_id: int, site_id: int | None, number_id: int | None, at: datetime) -> None:
    """Brings tails and queue entries in line with the contacts and promises of these subjects."""
    connection.execute(_SETTLE, {"lead": lead_id, "site": site_id, "number": number_id, "at": at})


def _held(row: Any) -> Held:
    given = {name: value for name, value in row._mapping.items() if name != "rules"}
    return Held(policy=row.rules, **given)
