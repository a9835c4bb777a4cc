"""Who is away, who is back, who leaves: timers stop, deputies keep promises, nothing is hoarded."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.builders import add_lead, move_clock
from tests.integration.desk import Desk, Office


def later(**ahead: float) -> str:
    return (datetime.now(UTC) + timedelta(**ahead)).isoformat()


@pytest.fixture
def team(office: Office) -> tuple[Desk, Desk, Desk]:
    """A supervisor, a rep and a mate."""
    own = office.team()
    return office.desk("supervisor", team=own), office.desk(team=own), office.desk(team=own)


def away(boss: Desk, rep: Desk, *, status: int = 201, **body: object) -> Any:
    return boss.post(f"/v1/people/{rep.id}/absence", body, status=status)


def test_two_days_away_stop_the_timers(office: Office, team: tuple[Desk, Desk, Desk]) -> None:
    boss, rep, mate = team
    add_lead(office.db)
    given = rep.claim()
    assert away(boss, rep, until=later(days=2))["state"] == "absent"
    assert rep.ask("POST", "/v1/queue/next", {}).json["reason"] == "not_on_duty"
    move_clock(office.db, days=1, hours=23)
    assert mate.claim() is None
    assert boss.post(f"/v1/people/{rep.id}/return", {})["state"] == "active"
    assert rep.say(given, "interested")["late"] is False


def test_a_deputy_keeps_what_falls_due_and_the_rest_comes_back(office: Office, team: tuple[Desk, Desk, Desk]) -> None:
    boss, rep, mate = team
    for _ in range(2):
        add_lead(office.db)
    first, second = rep.claim(), rep.claim()
    rep.say(first, "callback", callback_at=later(days=1))
    rep.say(second, "callback", callback_at=later(days=2))
    away(boss, rep, until=later(days=3), deputy_id=mate.id)
    move_clock(office.db, days=1, minutes=1)
    kept = mate.claim()
    assert (kept["lead"]["id"], kept["promise"]["kind"]) == (first["lead"]["id"], "callback")
    mate.say(kept, "not_interested")
    boss.post(f"/v1/people/{rep.id}/return", {})
    move_clock(office.db, days=1)
    assert mate.claim() is None
    assert rep.claim()["lead"]["id"] == second["lead"]["id"]


def test_a_long_absence_hands_on_what_was_worked(office: Office, team: tuple[Desk, Desk, Desk]) -> None:
    boss, rep, mate = team
    for _ in range(2):
        add_lead(office.db)
    worked, fresh = rep.claim(), rep.claim()
    rep.say(worked, "interested")
    away(boss, rep, until=later(days=14), deputy_id=mate.id)
    assert rep.get("/v1/queue")["items"] == []
    taken = [mate.claim()["lead"]["id"] for _ in range(2)]
    assert taken == [worked["lead"]["id"], fresh["lead"]["id"]]


def test_the_clock_brings_people_back(office: Office, team: tuple[Desk, Desk, Desk]) -> None:
    boss, rep, _ = team
    away(boss, rep, until=later(days=1))
    move_clock(office.db, days=1, minutes=1)
    assert office.value("SELECT end_absences(10)") == 1
    assert boss.get("/v1/people")["items"][1]["state"] == "active"


def test_a_leavers_access_ends_first_and_leads_are_spread(office: Office, team: tuple[Desk, Desk, Desk]) -> None:
    boss, rep, mate = team
    for _ in range(12):
        add_lead(office.db)
    given = [rep.claim() for _ in range(12)]
    for one in given[:11]:
        rep.say(one, "interested")
    left = boss.post(f"/v1/people/{rep.id}/leave", {"successor_id": mate.id, "reason": "resigned"})
    assert (left["passed"], left["returned"]) == (11, 1)
    assert rep.ask("GET", "/v1/queue").status_code == 401
    assert len({mate.claim()["lead"]["id"] for _ in range(11)}) == 11
    assert mate.claim() is None
    move_clock(office.db, days=1, minutes=1)
    assert mate.claim() is not None


def test_nobody_ends_the_own_access_or_that_of_others_reps(office: Office, team: tuple[Desk, Desk, Desk]) -> None:
    boss, rep, _ = team
    stranger = office.desk(team=office.team())
    assert boss.post(f"/v1/people/{boss.id}/leave", {"reason": "x"}, status=403)["code"] == "forbidden"
    boss.post(f"/v1/people/{stranger.id}/leave", {"reason": "x"}, status=404)
    away(stranger, rep, status=404, until=later(days=1))
    away(boss, rep, status=404, until=later(days=1), deputy_id=stranger.id)


def test_a_team_above_seven_is_warned_of(office: Office) -> None:
    boss = office.desk("supervisor", team=office.team())
    told = [boss.post("/v1/people", {"name": f"rep {n}", "role": "rep"}, status=201)["warnings"] for n in range(8)]
    assert told == [[]] * 7 + [["team_above_seven"]]


def test_a_rep_is_served_by_other_pools_from_now_on(office: Office, team: tuple[Desk, Desk, Desk]) -> None:
    boss, rep, _ = team
    add_lead(office.db)
    changed = boss.ask("PATCH", f"/v1/people/{rep.id}", {"duty": "closer", "pools": []}).json
    assert (changed["duty"], changed["pools"]) == ("closer", [])
    assert rep.ask("POST", "/v1/queue/next", {}).json["reason"] == "no_pool"
