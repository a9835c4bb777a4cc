"""Statements that give a lead back to the rep it was taken from, as it was."""

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.storage.assignment import end_assignment, settle
from shared.storage.claim import take_lead
from shared.storage.clock import read_clock

_LOCK_HOLDERS: Final = sa.text("""
    SELECT 1 FROM leadmill.person
    WHERE id IN (SELECT a.person_id FROM leadmill.action_item AS i JOIN leadmill.assignment AS a ON a.id = i.assignment_id
                 WHERE i.action_id = :action)
    ORDER BY id FOR NO KEY UPDATE
""")

_OLD: Final = sa.text("""
    SELECT a.lead_id, a.site_id, a.person_id, a.pool_id, a.expires_at, a.progressed_at, p.state AS person_state
    FROM leadmill.assignment AS a JOIN leadmill.person AS p ON p.id = a.person_id WHERE a.id = :assignment
""")

_PROMISES: Final = sa.text("""
    UPDATE leadmill.promise SET person_id = :person
    WHERE lead_id IN (SELECT leadmill.lead_tree(:lead)) AND state = 'open'
""")

_WITHDRAW: Final = sa.text("""
    UPDATE leadmill.promise SET state = 'withdrawn', closed_at = leadmill.clock() WHERE id = :promise AND state = 'open'
""")

_POOL: Final = sa.text("UPDATE leadmill.lead SET pool_id = :pool, changed_at = leadmill.clock() WHERE id = :lead")

_CONTINUE: Final = sa.text("""
    UPDATE leadmill.assignment AS a SET continues = :old, progressed_at = :progressed,
           state = CASE WHEN CAST(:progressed AS timestamptz) IS NULL THEN a.state ELSE 'working' END
    WHERE a.id = :assignment RETURNING a.offered_at
""")

_EXTEND: Final = sa.text("""
    SELECT leadmill.extend_hold(id, CAST(:expires AS timestamptz), leadmill.clock()) FROM leadmill.assignment
    WHERE id = :assignment AND expires_at < CAST(:expires AS timestamptz)
""")

_UNBAR: Final = sa.text("""
    UPDATE leadmill.rep_bar SET until = leadmill.clock()
    WHERE lead_id = :lead AND person_id = :person AND reason = 'reclaimed'
""")


@dataclass(frozen=True, slots=True)
class Resumed:
    """The assignment to go on with, and the pool that its lead had left with it, if any."""

    assignment_id: int
    pool_before: int | None


def lock_holders(connection: Connection, action_id: int) -> None:
    """Locks the people from whom an action took leads: the first lock of whatever hands out to them."""
    connection.execute(_LOCK_HOLDERS, {"action": action_id})


def withdraw_promise(connection: Connection, promise_id: int) -> None:
    """Takes back a promise that an action had made, if it is still open."""
    connection.execute(_WITHDRAW, {"promise": promise_id})


def take_given(connection: Connection, assignment_id: int, *, by: int) -> bool:
    """Ends an assignment that was given by mistake, before its rep began; nobody is barred for it. False: it had ended."""
    row = connection.execute(_OLD, {"assignment": assignment_id}).one()
    ended = end_assignment(connection, assignment_id, "reclaimed", at=read_clock(connection), by=by, note="undone")
    connection.execute(_UNBAR, {"lead": row.lead_id, "person": row.person_id})
    return ended


def resume(connection: Connection, old: Resumed, *, by: int) -> bool:
    """Opens a new assignment where one was taken by mistake: same rep, same state, same end. False: it is not free any more.

    The people and leads are locked by the caller. A rest does not stand in its way: for the client nothing happened.
    """
    row = connection.execute(_OLD, {"assignment": old.assignment_id}).one()
    if row.person_state == "left":
        return False
    if old.pool_before is not None:
        connection.execute(_POOL, {"pool": old.pool_before, "lead": row.lead_id})
    taken = take_lead(
        connection, lead_id=row.lead_id, person_id=row.person_id, pool_id=row.pool_id, given_by=by, late=True
    )
    if taken.assignment_id is None:
        return False
    values = {"assignment": taken.assignment_id, "old": old.assignment_id, "progressed": row.progressed_at}
    at = connection.execute(_CONTINUE, values).scalar_one()
    connection.execute(_PROMISES, {"person": row.person_id, "lead": row.lead_id})
    connection.execute(_UNBAR, {"lead": row.lead_id, "person": row.person_id})
    settle(connection, lead_id=row.lead_id, site_id=row.site_id, number_id=None, at=at)
    connection.execute(_EXTEND, {"assignment": taken.assignment_id, "expires": row.expires_at})
    return True
