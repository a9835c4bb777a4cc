"""A new row proves that two known leads are one, while reps may be at work on them."""

from collections.abc import Sequence

import pytest

from shared.hygiene.merging import decide_review, join_pending, merge_two, part
from shared.storage.engine import Ledger
from tests import builders
from tests.integration.line import Line

FIRST = ("", "Anna Nowak", "601 202 303", "", "", "", "PL")
SECOND = ("Druk Polna", "A. Nowak", "602 303 404", "biuro.anny@druk-polna.pl", "ul. Polna 3", "Warszawa", "PL")
BOTH = (SECOND[0], FIRST[1], f"{FIRST[2]}; {SECOND[2]}", *SECOND[3:])


@pytest.fixture
def line(line: Line) -> Line:
    builders.lift_hours(line.db)
    return line


def two_leads(line: Line) -> list[int | None]:
    leads = [line.leads(line.take_list([row]))[0] for row in (FIRST, SECOND)]
    assert len(set(leads)) == 2
    return leads


def hold(line: Line, lead: int | None) -> None:
    """Lets a new rep hold this lead."""
    line.db.execute("UPDATE queue_entry SET rank = 0 WHERE lead_id = %s", (lead,))
    assignment = builders.one(line.db, "SELECT assignment_id FROM claim_next(%s)", builders.add_person(line.db))
    assert builders.one(line.db, "SELECT lead_id FROM assignment WHERE id = %s", assignment) == lead
    line.db.execute("SELECT refresh_queue(ARRAY[%s]::bigint[])", (lead,))


def states(line: Line, leads: Sequence[int | None]) -> list[object]:
    return [builders.one(line.db, "SELECT state FROM lead WHERE id = %s", lead) for lead in leads]


def test_two_free_leads_are_joined(line: Line) -> None:
    leads = two_leads(line)
    upload = line.take_list([BOTH])
    assert states(line, leads) == ["active", "merged"]
    assert line.leads(upload) == leads[:1]
    assert line.violations() == []


def test_a_merge_names_the_pair_that_speaks_for_it(line: Line) -> None:
    two_leads(line)
    line.take_list([BOTH])
    pair = "SELECT m.decision FROM merge JOIN match AS m ON m.id = merge.match_id"
    assert builders.one(line.db, pair) == "merge"


def test_the_held_lead_stays(line: Line) -> None:
    leads = two_leads(line)
    hold(line, leads[1])
    upload = line.take_list([BOTH])
    assert states(line, leads) == ["merged", "active"]
    assert line.leads(upload) == leads[1:]
    assert line.violations() == []


def test_two_held_leads_wait(line: Line) -> None:
    leads = two_leads(line)
    for lead in leads:
        hold(line, lead)
    line.take_list([BOTH])
    assert states(line, leads) == ["active", "active"]
    assert builders.one(line.db, "SELECT count(*) FROM review WHERE origin = 'pending' AND state = 'open'") == 1
    assert line.violations() == []


def wait_together(line: Line, count: int) -> list[int]:
    """Leads that are one client, each held by a rep of its own when that is found out."""
    leads = [builders.add_lead(line.db, upload=builders.add_upload(line.db)) for _ in range(count)]
    for lead in leads:
        hold(line, lead)
    with line.ledger.transaction() as connection:
        for other in leads[1:]:
            assert merge_two(connection, leads[0], other, reason="test", made_by=None) is None
    return leads


def end(line: Line, lead: int, reason: str = "released") -> None:
    line.db.execute(
        "SELECT end_assignment(id, %s, clock()) FROM assignment WHERE lead_id = %s AND state <> 'ended'", (reason, lead)
    )


def join_all(line: Line) -> int:
    ledger = Ledger(line.settings.database_url("clock"), application_name="test", max_connections=1)
    joined = 0
    try:
        while True:
            with ledger.transaction() as connection:
                if not join_pending(connection):
                    return joined
            joined += 1
    finally:
        ledger.dispose()


def pending(line: Line) -> int:
    return int(builders.one(line.db, "SELECT count(*) FROM review WHERE origin = 'pending' AND state = 'open'"))


def speak(line: Line, lead: int, disposition: str = "gatekeeper") -> None:
    line.db.execute(
        "INSERT INTO contact (assignment_id, lead_id, person_id, disposition, contact_made, at)"
        " SELECT id, lead_id, person_id, %s, true, clock() FROM assignment WHERE lead_id = %s AND state <> 'ended'",
        (disposition, lead),
    )


def test_two_held_leads_are_joined_when_one_ends(line: Line) -> None:
    first, second = wait_together(line, 2)
    assert (join_all(line), pending(line)) == (0, 1)
    end(line, first)
    assert (join_all(line), pending(line)) == (1, 0)
    assert states(line, [first, second]) == ["merged", "active"]  # the rep who still works keeps the lead
    assert line.violations() == []


def test_three_held_leads_are_joined_one_after_the_other(line: Line) -> None:
    first, second, third = wait_together(line, 3)
    end(line, first)
    assert join_all(line) == 1
    assert states(line, [first, second, third]) == ["merged", "active", "active"]
    assert pending(line) == 1  # what waited for the first waits for what it has become
    end(line, third)
    assert join_all(line) == 1
    assert states(line, [first, second, third]) == ["merged", "active", "merged"]
    assert line.violations() == []


def test_what_was_joined_late_is_parted_again(line: Line) -> None:
    leads = wait_together(line, 3)
    before = [builders.one(line.db, "SELECT record_id FROM membership WHERE lead_id = %s", lead) for lead in leads]
    for lead in leads[:2]:
        end(line, lead)
        join_all(line)
    (open_lead,) = [lead for lead, state in zip(leads, states(line, leads), strict=True) if state == "active"]
    end(line, open_lead)
    for (merge,) in line.db.execute("SELECT id FROM merge WHERE undoes IS NULL ORDER BY id").fetchall():
        with line.ledger.transaction() as connection:
            part(connection, merge, reason="two", made_by=None)
    after = "SELECT record_id FROM membership WHERE lead_id = %s AND closed_by IS NULL"
    assert [builders.one(line.db, after, lead) for lead in leads] == before
    assert states(line, leads) == ["active"] * 3
    assert line.violations() == []


def test_the_only_rep_who_has_spoken_keeps_the_lead(line: Line) -> None:
    first, second = wait_together(line, 2)
    speak(line, first)
    assert join_all(line) == 1
    assert states(line, [first, second]) == ["active", "merged"]
    ended = "SELECT end_reason FROM assignment WHERE lead_id = %s"
    assert [builders.one(line.db, ended, lead) for lead in (first, second)] == [None, "merged"]
    assert line.violations() == []


def test_a_promise_keeps_the_client_with_its_rep(line: Line) -> None:
    """Who has agreed on a time with the client goes before somebody who was only offered the same client."""
    first, second = wait_together(line, 2)
    end(line, first)
    line.db.execute(
        "INSERT INTO promise (lead_id, kind, person_id, why, due_at, grace_until)"
        " SELECT lead_id, 'callback', person_id, 'asked', clock() + interval '1 day', clock() + interval '2 days'"
        " FROM assignment WHERE lead_id = %s",
        (first,),
    )
    line.db.execute("SELECT set_tail('lead', %s, clock()), refresh_queue(ARRAY[%s]::bigint[])", (first, first))
    assert join_all(line) == 1
    assert builders.one(line.db, "SELECT end_reason FROM assignment WHERE lead_id = %s", second) == "merged"
    assert line.violations() == []


def test_of_two_reps_who_have_spoken_both_go_on(line: Line) -> None:
    leads = wait_together(line, 2)
    for lead in leads:
        speak(line, lead)
    assert (join_all(line), pending(line)) == (0, 1)


def test_leads_that_a_person_parts_wait_no_longer(line: Line) -> None:
    first, second = wait_together(line, 2)
    review = builders.one(line.db, "SELECT id FROM review")
    with line.ledger.transaction() as connection:
        decide_review(connection, review, "distinct", made_by=None)
    end(line, first)
    assert (join_all(line), states(line, [first, second])) == (0, ["active", "active"])
