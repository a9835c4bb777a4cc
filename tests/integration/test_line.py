"""From evidence to quarantine and back, on the ledger: what providers, reps and supervisors say of a line."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import event

from services.cleaner.linecheck.job import turn
from shared.domain.line_check import Result
from shared.hygiene.line import bring_back, decide, guard_lines
from shared.hygiene.line_check import receive, take_due
from shared.storage.engine import Ledger
from shared.storage.line_check import Asked
from tests.builders import (
    add_lead,
    add_number,
    add_person,
    add_source,
    add_upload,
    move_clock,
    observe,
    one,
)

pytestmark = pytest.mark.usefixtures("sound")


class Oracle:
    """A provider that knows, by number."""

    name = "oracle"
    at_once = 1_000

    def __init__(self, kinds: dict[str, str], *, default: str = "unallocated") -> None:
        self.kinds, self.default = kinds, default
        self.asked: list[str] = []

    def send(self, asked: Any) -> Iterator[Result]:
        for number in asked:
            self.asked.append(number.e164)
            yield Result(number.e164, self.kinds.get(number.e164, self.default))

    def collect(self) -> Iterator[list[Result]]:
        return iter(())


def e164(db: Any, number: int) -> str:
    return str(one(db, "SELECT e164 FROM number WHERE id = %s", number))


def line_status(db: Any, number: int) -> str:
    return str(one(db, "SELECT line_status FROM number WHERE id = %s", number))


def take(ledger: Ledger, provider: str = "oracle", limit: int = 1_000) -> list[Asked]:
    with ledger.transaction() as connection:
        return take_due(connection, provider, limit)


def tell(ledger: Ledger, *results: Result, provider: str = "oracle") -> Any:
    with ledger.transaction() as connection:
        return receive(connection, provider, results)


def add_dead(db: Any, database_url: str, count: int = 1) -> list[int]:
    numbers = [add_number(db) for _ in range(count)]
    for number in numbers:
        observe(database_url, number, "unallocated", provider=f"probe {number}")
    return numbers


def test_a_dead_number_leaves_the_rep_who_holds_it(db: Any, ledger: Ledger, database_url: str) -> None:
    numbers = [add_number(db), add_number(db)]
    add_lead(db, numbers=numbers), add_lead(db)
    person = add_person(db)
    db.execute("SELECT claim_next(%s), claim_next(%s)", (person, person))
    observe(database_url, numbers[0], "unallocated", provider="oracle")
    assert one(db, "SELECT count(*) FROM assignment WHERE state <> 'ended'") == 2
    observe(database_url, numbers[1], "unallocated", provider="oracle")
    assert one(db, "SELECT end_reason FROM assignment WHERE state = 'ended'") == "revoked"
    assert one(db, "SELECT count(*) FROM queue_entry") == 1


def test_a_reassigned_number_leaves_every_lead(db: Any, ledger: Ledger, database_url: str) -> None:
    number = add_number(db)
    add_lead(db, numbers=[number, add_number(db)]), add_lead(db, numbers=[number])
    observe(database_url, number, "reassigned", provider="oracle")
    assert one(db, "SELECT count(*) FROM detachment WHERE number_id = %s", number) == 2
    assert one(db, "SELECT count(*) FROM queue_entry") == 1


def test_what_is_due_is_asked_once_and_comes_back_alive(db: Any, ledger: Ledger, database_url: str) -> None:
    (number,) = add_dead(db, database_url)
    lead = add_lead(db, numbers=[number])
    assert turn(ledger, Oracle({})) == 0
    move_clock(db, days=220)
    oracle = Oracle({e164(db, number): "active"})
    assert (turn(ledger, oracle), turn(ledger, oracle)) == (1, 0)
    assert line_status(db, number) == "unverified"
    assert one(db, "SELECT count(*) FROM queue_entry WHERE lead_id = %s", lead) == 1
    assert one(db, "SELECT state FROM line_check") == "answered"


def test_still_dead_begins_another_stay(db: Any, ledger: Ledger, database_url: str) -> None:
    (number,) = add_dead(db, database_url)
    for stay in (2, 3, 4):
        move_clock(db, days=220)
        turn(ledger, Oracle({}))
        assert one(db, "SELECT cycle FROM quarantine WHERE closed_at IS NULL") == stay
    move_clock(db, days=400)
    turn(ledger, Oracle({}))
    assert line_status(db, number) == "retired"
    assert one(db, "SELECT array_agg(cycle ORDER BY id) FROM quarantine WHERE closed_at IS NOT NULL") == [1, 2, 3, 4]


def test_any_order_any_number_of_times_ends_the_same(db: Any, ledger: Ledger, database_url: str) -> None:
    numbers = add_dead(db, database_url, 12)
    move_clock(db, days=220)
    asked = take(ledger)
    at = asked[0].asked_at
    kinds = ("active", "unallocated", "inconclusive", "disconnected")
    results = [
        Result(one.e164, kinds[(n + step) % 4], at + timedelta(hours=step))
        for n, one in enumerate(asked)
        for step in range(3)
    ]
    move_clock(db, days=1)
    ends = []
    for seed in range(3):
        shuffled = [*results, *results[:9]]
        Random(seed).shuffle(shuffled)
        db.execute("DELETE FROM evidence WHERE provider = 'oracle'")
        with ledger.transaction() as connection:
            for part in [[result] for result in shuffled] if seed else [shuffled]:
                receive(connection, "oracle", part)
        ends.append(
            db.execute(
                "SELECT id, line_status, recheck_at FROM number WHERE id = ANY (%s) ORDER BY id", (numbers,)
            ).fetchall()
        )
    assert ends[0] == ends[1] == ends[2]
    assert {row[1] for row in ends[0]} == {"dead", "unverified"}
    assert tell(ledger, *results) == tell(ledger, *results)


def test_many_answers_take_as_few_statements_as_one(db: Any, ledger: Ledger) -> None:
    few, many = ([e164(db, add_number(db)) for _ in range(count)] for count in (1, 30))
    counts = []
    for numbers in (few, many):
        with ledger.transaction() as connection:
            said: list[str] = []
            event.listen(connection, "before_cursor_execute", lambda *told, said=said: said.append(told[2]))
            receive(connection, "dialer", [Result(number, "no_answer") for number in numbers])
            counts.append(len(said))
    assert counts[0] == counts[1]


def test_a_late_answer_counts_and_a_strange_one_does_not(db: Any, ledger: Ledger, database_url: str) -> None:
    (number,) = add_dead(db, database_url)
    move_clock(db, days=220)
    take(ledger)
    move_clock(db, days=30)
    db.execute("SELECT lapse_checks(10)")
    told = tell(ledger, Result(e164(db, number), "active"), Result("+48999999999", "active"))
    assert (told.written, told.unknown) == (1, 1)
    assert one(db, "SELECT state FROM line_check") == "answered"
    assert line_status(db, number) == "unverified"


def test_a_day_takes_no_more_than_its_budget(db: Any, ledger: Ledger, database_url: str) -> None:
    add_dead(db, database_url, 5)
    db.execute("INSERT INTO line_rule (rules, reason) SELECT rules || '{\"daily_budget\": 3}', 'test' FROM line_rule")
    move_clock(db, days=220)
    assert (len(take(ledger)), len(take(ledger))) == (3, 0)
    move_clock(db, days=1)
    assert len(take(ledger)) == 2


def test_a_month_costs_no_more_than_its_budget_and_the_cheapest_go_first(
    db: Any, ledger: Ledger, database_url: str
) -> None:
    numbers = add_dead(db, database_url, 4)
    db.execute("UPDATE number SET type = 'fixed_line' WHERE id = ANY (%s)", (numbers[2:],))
    rules = '{"monthly_budget": 0.25, "prices": {"fixed_line": 0.05, "default": 0.1}}'
    db.execute("INSERT INTO line_rule (rules, reason) SELECT rules || %s, 'test' FROM line_rule", (rules,))
    move_clock(db, days=200)
    asked = [one.number_id for one in take(ledger)]
    assert (len(asked), {*asked[:2]}) == (3, {*numbers[2:]})
    assert take(ledger) == []
    tell(ledger, *(Result(e164(db, number), "active") for number in asked))
    move_clock(db, days=31)
    assert {one.number_id for one in take(ledger, "http")} == {*numbers} - {*asked}


def test_suppressed_numbers_are_never_asked_about(db: Any, ledger: Ledger, database_url: str) -> None:
    add_dead(db, database_url)
    db.execute("SELECT add_suppressions('number', ARRAY(SELECT key_hash FROM number), 'asked', 'test')")
    move_clock(db, days=220)
    assert take(ledger) == []


def test_a_suppression_is_seen_of_its_numbers_and_says_nothing_of_the_line(db: Any, database_url: str) -> None:
    number = add_number(db)
    observe(database_url, number, "live")
    for _ in range(2):
        db.execute("SELECT add_suppressions('number', ARRAY(SELECT key_hash FROM number), 'asked', 'test')")
    assert [kind for (kind,) in db.execute("SELECT kind FROM evidence ORDER BY id")] == ["live", "suppressed"]
    observe(database_url, number, "busy", provider="dialer")
    assert one(db, "SELECT line_status FROM number") == "busy"


def test_a_bad_headset_declares_nobody_dead(db: Any, ledger: Ledger, database_url: str) -> None:
    numbers, doubtful = [add_number(db) for _ in range(20)], add_number(db)
    broken, other = add_person(db), add_person(db)
    for number in numbers:
        observe(database_url, number, "disconnected", person=other)
    move_clock(db, days=2)
    for number in (*numbers[:15], doubtful):
        observe(database_url, number, "disconnected", person=broken)
    assert line_status(db, numbers[0]) == "dead"
    with ledger.transaction() as connection:
        assert guard_lines(connection) >= 1
        assert guard_lines(connection) == 0
    assert line_status(db, numbers[0]) == "suspect"
    observe(database_url, numbers[16], "disconnected", person=broken)
    assert line_status(db, numbers[16]) == "suspect"
    assert one(db, "SELECT count(*) FROM event WHERE entity = 'line hold' AND to_state = 'open'") >= 1


@pytest.mark.parametrize(("confirmed", "status"), [(True, "dead"), (False, "suspect")])
def test_a_supervisor_decides_what_was_held(
    db: Any, ledger: Ledger, database_url: str, confirmed: bool, status: str
) -> None:
    numbers = add_dead(db, database_url, 20)
    boss = add_person(db, role="supervisor")
    outage = [Result(e164(db, number), "unallocated") for number in numbers]
    db.execute("TRUNCATE evidence")
    db.execute("UPDATE number SET line_status = 'unverified', recheck_at = NULL")
    db.execute("TRUNCATE quarantine")
    tell(ledger, *outage)
    assert {line_status(db, number) for number in numbers} == {"suspect"}
    holds = [row[0] for row in db.execute("SELECT id FROM line_hold WHERE state = 'open'").fetchall()]
    assert holds
    with ledger.transaction() as connection:
        for hold in holds:
            decide(connection, hold, confirmed=confirmed, by=boss, reason="looked")
    assert {line_status(db, number) for number in numbers} == {status}


def test_a_new_source_brings_a_wrong_number_back(db: Any, ledger: Ledger, database_url: str) -> None:
    source, number = add_source(db), add_number(db)
    add_lead(db, upload=add_upload(db, source), numbers=[number])
    observe(database_url, number, "reassigned", provider="oracle")
    move_clock(db, days=1)
    add_lead(db, upload=add_upload(db, source), numbers=[number])
    with ledger.transaction() as connection:
        assert bring_back(connection, 10) == 0
    add_lead(db, numbers=[number])
    with ledger.transaction() as connection:
        assert (bring_back(connection, 10), bring_back(connection, 10)) == (1, 0)
    assert line_status(db, number) == "unverified"
