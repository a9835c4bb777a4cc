"""Two years of numbers on a moved clock: every history legal, no dead number handed out, none forgotten, budgets kept."""

import pytest

from shared.storage.engine import Ledger
from tests.integration.desk import Office
from tests.integration.two_years import DAYS, World

_OUT_OF_ORDER = """
    SELECT count(*) FROM (
        SELECT cycle, opened_at, lag(cycle) OVER w AS before, lag(closed_at) OVER w AS closed, lag(closed_reason) OVER w AS why
        FROM quarantine WINDOW w AS (PARTITION BY number_id ORDER BY id)) AS stay
    WHERE coalesce(opened_at < closed, false)
       OR cycle <> 1 AND cycle IS DISTINCT FROM before + 1
       OR cycle = 1 AND why IN ('unallocated', 'disconnected')
"""

_HELD_IN_QUARANTINE = """
    SELECT count(*) FROM booking AS b JOIN quarantine AS q ON q.number_id = b.subject_id
    WHERE b.subject_kind = 'number' AND b.kind = 'assignment'
      AND lower(b.period) > q.opened_at AND lower(b.period) < coalesce(q.closed_at, 'infinity')
"""

_ODD_CHECKS = """
    SELECT count(*) FROM line_check AS c WHERE NOT EXISTS (
        SELECT 1 FROM quarantine AS q WHERE q.number_id = c.number_id AND c.asked_at BETWEEN q.opened_at AND coalesce(q.closed_at, 'infinity'))
"""

_BUSIEST_DAY = (
    "SELECT max(n) FROM (SELECT count(*) AS n FROM line_check GROUP BY date_trunc('day', asked_at, 'UTC')) AS days"
)


def live_two_years(office: Office, *, numbers: int, step_days: int, calls: int, dialled: int, budget: int) -> World:
    office.db.execute(
        "INSERT INTO line_rule (rules, reason) SELECT rules || jsonb_build_object('provider', 'lists', 'daily_budget', %s::int), 'test' FROM line_rule",
        (budget,),
    )
    world = World(office, numbers=numbers, seed=2026, step_days=step_days)
    ledger = Ledger(office.database_url, application_name="leadmill-test", max_connections=2)
    while world.day < DAYS:
        world.pass_days(ledger, calls=calls, dialled=dialled)
    ledger.dispose()
    return world


def check_histories(world: World, *, budget: int) -> None:
    office = world.office
    assert world.handed_out_dead == []
    assert office.value(_HELD_IN_QUARANTINE) == 0
    assert office.value(_OUT_OF_ORDER) == 0
    assert office.value(_ODD_CHECKS) == 0
    assert 0 < office.value(_BUSIEST_DAY) <= budget
    assert world.count("recheck_at < clock() - interval '30 days'") == 0
    assert world.count("line_status = 'dead' AND recheck_at IS NULL") == 0
    assert world.outage_ended_with >= 1
    assert world.count("closed_reason = 'active'", "quarantine") > 0
    assert world.count("cycle >= 3", "quarantine") > 0
    # the office's fixture verifies every invariant at the end, the line status of each number among them


@pytest.mark.slow
def test_two_years_of_a_small_base(office: Office) -> None:
    world = live_two_years(office, numbers=160, step_days=10, calls=2, dialled=25, budget=6)
    check_histories(world, budget=6)


@pytest.mark.long
@pytest.mark.parametrize(
    ("numbers", "step_days", "calls", "dialled", "budget"),
    [(8_000, 5, 15, 150, 60), (50_000, 10, 40, 900, 300)],
    ids=["8k", "50k"],
)
def test_two_years_of_a_large_base(
    office: Office, numbers: int, step_days: int, calls: int, dialled: int, budget: int
) -> None:
    world = live_two_years(office, numbers=numbers, step_days=step_days, calls=calls, dialled=dialled, budget=budget)
    check_histories(world, budget=budget)
