"""Stories of the claim against the real ledger: what is handed out to whom, and what bars it."""

from typing import Any

import psycopg
import pytest

from tests.builders import add_lead, add_number, add_person, add_site, move_clock, one


def claim(db: "psycopg.Connection[Any]", person: int) -> tuple[Any, ...]:
    row = db.execute("SELECT assignment_id, reason, retry_at FROM claim_next(%s)", (person,)).fetchone()
    assert row is not None
    return tuple(row)


def lead_of(db: "psycopg.Connection[Any]", assignment: int) -> Any:
    return one(db, "SELECT lead_id FROM assignment WHERE id = %s", assignment)


def test_a_fresh_lead_is_handed_out(db: Any) -> None:
    lead, rep = add_lead(db), add_person(db)
    assert lead_of(db, claim(db, rep)[0]) == lead


def test_second_rep_gets_another_lead(db: Any) -> None:
    first, second = add_lead(db), add_lead(db)
    assert [lead_of(db, claim(db, add_person(db))[0]) for _ in range(2)] == [first, second]


def test_one_rep_holds_the_whole_site(db: Any) -> None:
    site = add_site(db)
    add_lead(db, site=site), add_lead(db, site=site)
    claim(db, add_person(db))
    assert claim(db, add_person(db))[:2] == (None, "queue_empty")


def test_shared_number_is_left_out(db: Any) -> None:
    shared = add_number(db)
    add_lead(db, numbers=[shared])
    both = add_lead(db, numbers=[shared, add_number(db)])
    claim(db, add_person(db))
    second = claim(db, add_person(db))[0]
    assert lead_of(db, second) == both
    assert one(db, "SELECT count(*) FROM booking WHERE assignment_id = %s AND subject_kind = 'number'", second) == 1


def test_lapsed_lead_waits_fifteen_minutes_then_goes_on(db: Any) -> None:
    lead = add_lead(db)
    first = claim(db, add_person(db))[0]
    move_clock(db, days=7)
    second = claim(db, add_person(db))[0]
    assert lead_of(db, second) == lead
    assert one(db, "SELECT end_reason FROM assignment WHERE id = %s", first) == "expired"


def test_rest_bars_everybody_until_it_ends(db: Any) -> None:
    lead, rep = add_lead(db), add_person(db)
    mine = claim(db, rep)[0]
    db.execute(
        "INSERT INTO contact (assignment_id, lead_id, disposition, contact_made, at, rest_until)"
        " VALUES (%s, %s, 'interested', true, clock(), clock() + interval '30 days')", (mine, lead),
    )  # fmt: skip
    db.execute("SELECT end_assignment(%s, 'done', clock())", (mine,))
    assert claim(db, rep)[0] is None
    move_clock(db, days=29)
    assert claim(db, rep)[0] is None
    move_clock(db, days=2)
    assert lead_of(db, claim(db, rep)[0]) == lead


def test_a_promise_passes_the_rest_for_its_rep_only(db: Any) -> None:
    lead, rep, other = add_lead(db), add_person(db), add_person(db)
    mine = claim(db, rep)[0]
    db.execute(
        "INSERT INTO contact (assignment_id, lead_id, disposition, contact_made, at, rest_until)"
        " VALUES (%s, %s, 'callback', true, clock(), clock() + interval '30 days')", (mine, lead),
    )  # fmt: skip
    db.execute(
        "INSERT INTO promise (lead_id, kind, person_id, why, due_at, grace_until)"
        " VALUES (%s, 'callback', %s, 'asked', clock() + interval '2 days', clock() + interval '3 days')", (lead, rep),
    )  # fmt: skip
    db.execute("SELECT end_assignment(%s, 'promised', clock())", (mine,))
    move_clock(db, days=2, hours=1)
    assert claim(db, other)[0] is None
    kept = claim(db, rep)[0]
    assert lead_of(db, kept) == lead
    db.execute("SELECT end_assignment(%s, 'done', clock())", (kept,))
    assert (
        one(
            db,
            "SELECT count(*) FROM booking WHERE kind <> 'assignment' AND upper(period) > clock() + interval '20 days'",
        )
        == 1
    )


def test_suppression_revokes_what_is_open(db: Any) -> None:
    number = add_number(db)
    add_lead(db, numbers=[number])
    mine = claim(db, add_person(db))[0]
    db.execute(
        "SELECT add_suppressions('number', ARRAY(SELECT key_hash FROM number WHERE id = %s), 'asked', 'test')",
        (number,),
    )
    assert one(db, "SELECT end_reason FROM assignment WHERE id = %s", mine) == "revoked"
    assert claim(db, add_person(db))[:2] == (None, "queue_empty")


def test_merge_takes_the_union_and_unmerge_is_exact(db: Any) -> None:
    a, b = add_lead(db), add_lead(db)
    assert one(db, "SELECT merge_leads(%s, %s, NULL, 'test', NULL)", a, b) == "merged"
    assert one(db, "SELECT count(*) FROM lead_number WHERE lead_id = %s", a) == 2
    merge = one(db, "SELECT id FROM merge")
    assert one(db, "SELECT unmerge(%s, 'test', NULL)", merge) == "parted"
    assert [one(db, "SELECT count(*) FROM lead_number WHERE lead_id = %s", lead) for lead in (a, b)] == [1, 1]
    assert one(db, "SELECT count(*) FROM queue_entry WHERE parked_until IS NULL") == 2


def test_a_rest_that_a_merge_brings_bars_the_whole_site(db: Any) -> None:
    """And nobody there any more when the lead that had it proves to be another's."""
    site = add_site(db)
    one_of_them, colleague, called = add_lead(db, site=site), add_lead(db, site=site), add_lead(db)
    db.execute(
        "INSERT INTO contact (lead_id, site_id, disposition, contact_made, at, rest_until)"
        " SELECT id, site_id, 'hung_up', true, clock(), clock() + interval '30 days' FROM lead WHERE id = %s",
        (called,),
    )
    db.execute("SELECT settle(%s, site_id, NULL, clock()) FROM lead WHERE id = %s", (called, called))
    waits = "SELECT parked_until IS NULL FROM queue_entry WHERE lead_id = %s"
    assert [one(db, waits, lead) for lead in (one_of_them, colleague, called)] == [True, True, False]
    assert one(db, "SELECT merge_leads(%s, %s, NULL, 'test', NULL)", one_of_them, called) == "merged"
    assert [one(db, waits, lead) for lead in (one_of_them, colleague)] == [False, False]
    assert one(db, "SELECT unmerge(id, 'test', NULL) FROM merge") == "parted"
    assert [one(db, waits, lead) for lead in (one_of_them, colleague, called)] == [True, True, False]


def test_a_rest_goes_with_the_lead_that_is_parted_below_a_later_merge(db: Any) -> None:
    top, between, called = (add_lead(db, site=add_site(db)) for _ in range(3))
    db.execute(
        "INSERT INTO contact (lead_id, disposition, contact_made, at, rest_until)"
        " VALUES (%s, 'hung_up', true, clock(), clock() + interval '30 days')",
        (called,),
    )
    for winner, loser in ((between, called), (top, between)):
        assert one(db, "SELECT merge_leads(%s, %s, NULL, 'test', NULL)", winner, loser) == "merged"
    assert one(db, "SELECT unmerge(min(id), 'test', NULL) FROM merge") == "parted"
    resting = db.execute(
        "SELECT subject_kind, subject_id FROM booking WHERE upper(period) > clock() ORDER BY 1"
    ).fetchall()
    site = one(db, "SELECT site_id FROM lead WHERE id = %s", called)
    assert resting == [("lead", called), ("site", site)]


def test_erasure_leaves_counts_only(db: Any) -> None:
    lead = add_lead(db)
    assert one(db, "SELECT erase_person(%s, NULL, 'asked') -> 'records'", lead) == 1
    assert one(db, "SELECT count(*) FROM number WHERE e164 IS NOT NULL") == 0
    assert one(db, "SELECT fields FROM lead WHERE id = %s", lead) == {}


def test_queue_is_what_a_recomputation_gives(db: Any) -> None:
    site = add_site(db)
    for _ in range(3):
        add_lead(db, site=site)
    add_lead(db)
    claim(db, add_person(db))
    odd = one(
        db,
        "SELECT count(*) FROM (SELECT * FROM queue_entry EXCEPT SELECT * FROM wanted_entries(ARRAY(SELECT id FROM lead), clock())) AS odd",
    )
    assert odd == 0


def test_no_other_move_is_possible(db: Any) -> None:
    add_lead(db)
    mine = claim(db, add_person(db))[0]
    db.execute("SELECT end_assignment(%s, 'done', clock())", (mine,))
    with pytest.raises(psycopg.errors.CheckViolation):
        db.execute("UPDATE assignment SET state = 'working', ended_at = NULL, end_reason = NULL WHERE id = %s", (mine,))
