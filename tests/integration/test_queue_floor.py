"""Where a queue begins is known in advance: what was handed out costs nothing more, and nothing is passed over for it."""

import re
from typing import Any

import psycopg

from tests.benchmarks.side_by_side import add_waiting_leads
from tests.builders import add_lead, add_number, add_person, lift_hours, move_clock, one

_HAND_OUT = """
    UPDATE queue_entry SET parked_until = clock() + interval '1 day', parked_for = 'lead'
    WHERE lead_id IN (SELECT lead_id FROM queue_entry WHERE parked_until IS NULL ORDER BY rank, lead_id LIMIT 5000)
"""


def claim(db: Any, person: int) -> Any:
    assignment = one(db, "SELECT assignment_id FROM claim_next(%s)", person)
    return one(db, "SELECT lead_id FROM assignment WHERE id = %s", assignment)


def pages_of_a_claim(db: Any) -> int:
    """How many pages the server looked at for one claim."""
    person = add_person(db)
    for way in ("seqscan", "bitmapscan", "hashjoin", "mergejoin"):
        db.execute(f"SET enable_{way} = off")
    lines = [row[0] for row in db.execute(f"EXPLAIN (ANALYZE, BUFFERS) SELECT claim_next({person})")]
    found = re.search(r"shared hit=(\d+)", "\n".join(lines))
    assert found is not None
    return int(found[1])


def test_what_was_handed_out_behind_an_old_snapshot_costs_a_claim_nothing(db: Any) -> None:
    add_waiting_leads(db, 6_000)
    for _ in range(3):
        before = pages_of_a_claim(db)
    with psycopg.connect(db.info.dsn, password=db.info.password) as looking:
        looking.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        looking.execute("SELECT count(*) FROM leadmill.queue_entry")
        db.execute(_HAND_OUT)
        grown = pages_of_a_claim(db)
        assert one(db, "SELECT foresee_floors(100)") == 1
        for _ in range(3):
            after = pages_of_a_claim(db)
    assert grown > before + 50
    assert after < before + 50


def test_what_comes_before_the_floor_is_found_when_nothing_is_behind(db: Any) -> None:
    first, second = add_lead(db), add_lead(db)
    db.execute(
        "UPDATE queue_entry SET parked_until = clock() + interval '1 hour', parked_for = 'lead' WHERE lead_id = %s",
        (first,),
    )
    assert one(db, "SELECT foresee_floors(100)") == 1
    db.execute("SELECT refresh_queue(ARRAY[%s]::bigint[])", (first,))
    assert [claim(db, add_person(db)) for _ in range(2)] == [second, first]


def test_a_floor_holds_for_some_seconds_only(db: Any) -> None:
    first, second = add_lead(db), add_lead(db)
    db.execute(
        "UPDATE queue_entry SET parked_until = clock() + interval '1 hour', parked_for = 'lead' WHERE lead_id = %s",
        (first,),
    )
    assert one(db, "SELECT foresee_floors(100)") == 1
    db.execute("SELECT refresh_queue(ARRAY[%s]::bigint[])", (first,))
    move_clock(db, minutes=1)
    assert [claim(db, add_person(db)) for _ in range(2)] == [first, second]


def test_who_pulls_while_the_clock_stands_still_wakes_the_leads_of_their_own_pools(db: Any) -> None:
    db.execute("INSERT INTO pool (name) VALUES ('mine')")
    lift_hours(db, "mine")
    add_waiting_leads(db, 300)
    db.execute("UPDATE queue_entry SET parked_until = clock() + interval '1 minute', parked_for = 'lead'")
    mine = add_lead(db, numbers=[add_number(db, "+48511222333")])
    db.execute("UPDATE lead SET pool_id = (SELECT id FROM pool WHERE name = 'mine') WHERE id = %s", (mine,))
    db.execute("SELECT refresh_queue(ARRAY[%s]::bigint[])", (mine,))
    db.execute(
        "UPDATE queue_entry SET parked_until = clock() + interval '2 minutes', parked_for = 'lead' WHERE lead_id = %s",
        (mine,),
    )
    move_clock(db, minutes=3)
    assert claim(db, add_person(db, pool="mine")) == mine
