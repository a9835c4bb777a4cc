"""`verify` is green on a worked base and finds each broken promise."""

from typing import Any

import pytest
import sqlalchemy as sa

from services.verify_command import check_ledger
from shared.storage.invariant import find_violations, list_invariants
from tests.builders import Connection, add_lead, add_number, add_person, add_site, one


def violated(url: str) -> set[str]:
    engine = sa.create_engine(
        sa.make_url(url).set(drivername="postgresql+psycopg"),
        connect_args={"options": "-c search_path=leadmill"},
        poolclass=sa.NullPool,
    )
    with engine.connect() as connection:
        return {violation.invariant for violation in find_violations(connection)}


@pytest.fixture
def db(db: Connection) -> Connection:
    """The connection to a base at work."""
    site, shared = add_site(db), add_number(db)
    for _ in range(2):
        add_lead(db, site=site, numbers=[shared, add_number(db)])
    add_lead(db)
    db.execute("SELECT claim_next(%s)", (add_person(db),))
    return db


def test_a_worked_base_is_clean(db: Any, database_url: str) -> None:
    assert violated(database_url) == set()


def test_tables_that_were_just_filled_are_looked_at_before_they_are_checked(db: Any, database_url: str) -> None:
    assert check_ledger(database_url) == []
    assert one(db, "SELECT reltuples FROM pg_class WHERE oid = 'booking'::regclass") == one(
        db, "SELECT count(*) FROM booking"
    )


def test_names_are_distinct() -> None:
    names = [invariant.name for invariant in list_invariants()]
    assert len(names) == len(set(names)) > 25


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        ("ALTER TABLE booking DROP CONSTRAINT booking_one_holder; INSERT INTO booking (subject_kind, subject_id, kind, period)"
         " SELECT subject_kind, subject_id, 'rest', period FROM booking", {"bookings_overlap", "exclusion_constraint_missing"}),
        ("DELETE FROM booking WHERE subject_kind = 'lead'", {"open_assignment_without_hold", "queue_differs"}),
        ("UPDATE number SET suppressed = true", {"suppressed_in_work", "suppressed_flag_without_reason", "queue_differs"}),
        ("ALTER TABLE assignment DISABLE TRIGGER USER; INSERT INTO assignment"
         " (lead_id, person_id, pool_id, policy_id, fence, offered_at, expires_at, state, ended_at, end_reason)"
         " SELECT lead_id, person_id, pool_id, policy_id, fence + 1, offered_at, expires_at, 'ended', clock(), 'released'"
         " FROM assignment", {"fence_behind"}),
        ("DELETE FROM outcome", {"rows_without_verdict"}),
        ("DELETE FROM lead_number", {"lead_numbers_differ", "queue_differs"}),
        ("DELETE FROM day_count", {"claims_miscounted"}),
        ("UPDATE queue_entry SET rank = 1", {"queue_differs"}),
        ("DELETE FROM event WHERE to_state = 'matching'", {"event_chain_broken"}),
        (
            "INSERT INTO vendor_claim (upload_id, grounds, row_count) SELECT min(id), '{invalid}', 1 FROM upload",
            {"vendor_claim_lines_differ"},
        ),
        ("GRANT UPDATE ON contact TO leadmill_dispatcher", {"ledger_not_insert_only"}),
        ("ALTER FUNCTION refresh_queue(bigint[]) RESET search_path", {"crossing_without_search_path"}),
        ("UPDATE number SET line_status = 'dead'", {"dead_number_in_circulation", "line_status_differs", "queue_differs"}),
        ("INSERT INTO contact (lead_id, site_id, disposition, contact_made, at, rest_until) SELECT id, site_id, 'interested', true, clock(), clock() + interval '60 days' FROM lead",
         {"rest_not_booked"}),
        ("UPDATE membership SET closed_by = 1", {"merged_lead_with_records", "lead_numbers_differ", "queue_differs"}),
    ],
)  # fmt: skip
def test_damage_is_found(db: Any, database_url: str, damage: str, found: set[str]) -> None:
    db.execute(damage)
    assert found <= violated(database_url)
