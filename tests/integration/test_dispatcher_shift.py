"""Shifts: time limits run while their rep works, and a request goes to who knows the client only then."""

from typing import Any

import pytest

from tests.builders import add_lead, add_upload, move_clock
from tests.integration.desk import Desk, Office
from tests.integration.test_dispatcher_retry import on_tuesday

EARLY = {"opens": "06:00", "closes": "14:00", "weekdays": [1, 2, 3, 4, 5]}


@pytest.fixture
def team(office: Office) -> tuple[Desk, Desk]:
    """A supervisor of Warsaw and a rep of the early shift; no pool has working hours of its own. It is Tuesday, ten o'clock."""
    office.db.execute("INSERT INTO team (name, zone) VALUES ('Warsaw', 'Europe/Warsaw')")
    own = office.value("SELECT id FROM team")
    boss, rep = office.desk("supervisor", team=own), office.desk(team=own)
    on_tuesday(office, 10)
    add_lead(office.db)
    put(boss, rep, EARLY)
    return boss, rep


def put(boss: Desk, rep: Desk, hours: object, *, status: int = 200) -> Any:
    answer = boss.ask("PUT", f"/v1/people/{rep.id}/shift", {"hours": hours})
    assert answer.status_code == status, answer.text
    return answer.json


def local(office: Office, statement: str) -> Any:
    return office.value(f"SELECT to_char(({statement}) AT TIME ZONE 'Europe/Warsaw', 'Dy HH24:MI')")


def test_a_shift_is_shown_with_whether_it_is_worked_now(office: Office, team: tuple[Desk, Desk]) -> None:
    boss, rep = team
    assert rep.get(f"/v1/people/{rep.id}/shift") == {"hours": EARLY, "zone": "Europe/Warsaw", "on_shift": True}
    move_clock(office.db, hours=4, minutes=1)
    assert rep.get(f"/v1/people/{rep.id}/shift")["on_shift"] is False
    assert put(boss, rep, None)["on_shift"] is True


def test_work_is_due_after_five_of_the_reps_own_days(office: Office, team: tuple[Desk, Desk]) -> None:
    _, rep = team
    rep.say(rep.claim(), "interested")
    assert local(office, "SELECT expires_at FROM assignment") == "Tue 10:00"
    assert office.value("SELECT expires_at - clock() > interval '6 days' FROM assignment")


def test_a_retry_waits_for_the_next_shift(office: Office, team: tuple[Desk, Desk]) -> None:
    _, rep = team
    move_clock(office.db, hours=3)
    rep.say(rep.claim(), "no_answer")
    assert local(office, "SELECT due_at FROM promise") == "Wed 09:00"


@pytest.mark.parametrize(("later", "to_rep"), [(0, True), (5, False)])
def test_a_request_goes_to_the_last_rep_only_on_their_shift(
    office: Office, team: tuple[Desk, Desk], later: int, to_rep: bool
) -> None:
    _, rep = team
    rep.say(rep.claim(), "hung_up")
    move_clock(office.db, hours=later)
    office.db.execute("SELECT add_request(%s, %s, 1)", (office.value("SELECT id FROM lead"), add_upload(office.db)))
    assert (office.value("SELECT person_id FROM promise WHERE kind = 'request'") == rep.person) is to_rep


def test_nobody_changes_the_own_shift(office: Office, team: tuple[Desk, Desk]) -> None:
    _, rep = team
    put(rep, rep, None, status=403)
    put(office.desk("supervisor", team=office.team()), rep, None, status=404)
