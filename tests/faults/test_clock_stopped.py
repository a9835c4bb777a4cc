"""The clock process stands still for a day, and for a month: no chore runs, and yet nothing is broken and claims go on."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from shared.storage.invariant import find_violations
from tests.builders import add_lead, add_person, add_site, connect, lift_hours, move_clock, one


@pytest.fixture
def db(database_url: str) -> Iterator[Any]:
    with connect(database_url) as connection:
        lift_hours(connection)
        yield connection


@pytest.fixture
def ledger(database_url: str) -> Iterator[sa.Connection]:
    url = sa.make_url(database_url).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(
        url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT", connect_args={"options": "-c search_path=leadmill"}
    )
    with engine.connect() as connection:
        yield connection


def claim(db: Any, person: int) -> int | None:
    assignment = one(db, "SELECT assignment_id FROM claim_next(%s)", person)
    return None if assignment is None else int(assignment)


def rest(db: Any, assignment: int, days: int) -> int:
    """Records a contact of the assignment with its rest, as the dispatcher does, and ends it."""
    lead = one(db, "SELECT lead_id FROM assignment WHERE id = %s", assignment)
    db.execute(
        "INSERT INTO contact (assignment_id, lead_id, site_id, disposition, contact_made, at, rest_until)"
        " SELECT id, lead_id, site_id, 'not_interested', true, clock(), clock() + make_interval(days => %s) FROM assignment WHERE id = %s",
        (days, assignment),
    )
    db.execute("SELECT end_assignment(%s, 'done', clock())", (assignment,))
    return int(lead)


def test_a_day_without_the_clock_breaks_nothing(db: Any, ledger: sa.Connection) -> None:
    site = add_site(db)
    leads = [add_lead(db, site=site), add_lead(db, site=site), *(add_lead(db) for _ in range(8))]
    reps = [add_person(db) for _ in range(5)]
    resting = rest(db, claim(db, reps[0]) or 0, days=30)
    left_lying = [claim(db, rep) for rep in reps]
    move_clock(db, days=1)
    taken = [one(db, "SELECT lead_id FROM assignment WHERE id = %s", claim(db, rep)) for rep in reps]
    assert resting not in taken
    assert len(set(taken)) == len(taken)
    assert set(taken) < set(leads)
    assert all(left_lying)
    assert find_violations(ledger) == []


def test_lapsed_assignment_blocks_nobody(db: Any, ledger: sa.Connection) -> None:
    lead = add_lead(db)
    lapsed = claim(db, add_person(db))
    move_clock(db, days=3)
    again = claim(db, add_person(db))
    assert one(db, "SELECT lead_id FROM assignment WHERE id = %s", again) == lead
    assert one(db, "SELECT state FROM assignment WHERE id = %s", lapsed) == "ended"
    assert find_violations(ledger) == []


def test_rest_ends_without_the_clock(db: Any, ledger: sa.Connection) -> None:
    add_lead(db)
    rep = add_person(db)
    lead = rest(db, claim(db, rep) or 0, days=30)
    move_clock(db, days=29, hours=23)
    assert claim(db, rep) is None
    move_clock(db, hours=2)
    assert one(db, "SELECT lead_id FROM assignment WHERE id = %s", claim(db, rep)) == lead
    assert find_violations(ledger) == []
