"""Who did not answer is tried again by the same rep in another part of their day."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.builders import add_lead, move_clock
from tests.integration.desk import Desk, Office

WARSAW = ZoneInfo("Europe/Warsaw")


def on_tuesday(office: Office, hour: int) -> None:
    """Moves the clock to the next Tuesday but one, by Warsaw's clock: nobody works the day after a holiday by chance."""
    now = office.value("SELECT clock()").astimezone(WARSAW)
    wanted = (now + timedelta(days=(1 - now.weekday()) % 7 + 7)).replace(hour=hour, minute=0, second=0, microsecond=0)
    move_clock(office.db, seconds=(wanted - now).total_seconds())


@pytest.fixture
def rep(office: Office) -> Desk:
    """A rep of Warsaw, whose pool works from nine to six and may call at any hour."""
    office.db.execute("INSERT INTO team (name, zone) VALUES ('Warsaw', 'Europe/Warsaw')")
    rules = '{"calling_hours": null, "open_cap": null, "daily_norm": null}'
    office.db.execute(f"INSERT INTO policy (pool_id, version, rules) SELECT id, 2, '{rules}' FROM pool")
    add_lead(office.db)
    return office.desk(team=office.value("SELECT id FROM team"))


def due(office: Office) -> Any:
    at: datetime = office.value("SELECT due_at FROM promise WHERE state = 'open'")
    return at.astimezone(WARSAW)


def test_who_was_out_in_the_morning_is_tried_in_the_afternoon(office: Office, rep: Desk) -> None:
    on_tuesday(office, 10)
    rep.say(rep.claim(), "no_answer")
    assert (due(office).isoweekday(), due(office).hour) == (2, 14)


def test_who_was_out_all_tuesday_is_tried_at_noon_on_wednesday(office: Office, rep: Desk) -> None:
    on_tuesday(office, 10)
    rep.say(rep.claim(), "no_answer")
    move_clock(office.db, hours=4, minutes=10)
    rep.say(rep.claim(), "answering_machine")
    assert (due(office).isoweekday(), due(office).hour) == (3, 11)


def test_a_busy_line_is_tried_again_in_half_an_hour(office: Office, rep: Desk) -> None:
    on_tuesday(office, 10)
    rep.say(rep.claim(), "busy")
    assert (due(office).hour, due(office).minute) == (10, 30)


def test_the_next_try_is_lawful(office: Office, rep: Desk) -> None:
    """The law of the called country shuts at noon: the afternoon would be another part of the day, but nobody may call then."""
    rules = '{"calling_hours": "pack", "open_cap": null, "daily_norm": null}'
    office.db.execute(f"INSERT INTO policy (pool_id, version, rules) SELECT id, 3, '{rules}' FROM pool")
    office.db.execute("UPDATE rule_pack SET opens = '09:00', closes = '12:00' WHERE country = 'PL'")
    office.db.execute("DELETE FROM holiday WHERE country = 'PL'")
    on_tuesday(office, 9)
    rep.say(rep.claim(), "no_answer")
    assert (due(office).isoweekday(), due(office).hour) == (3, 11)


def test_it_stays_with_the_same_rep(office: Office, rep: Desk) -> None:
    on_tuesday(office, 10)
    given = rep.claim()
    rep.say(given, "no_answer")
    move_clock(office.db, hours=4, minutes=10)
    assert office.desk().claim() is None
    assert rep.claim()["lead"]["id"] == given["lead"]["id"]


def test_a_lifted_rule_waits_by_the_minutes_alone(office: Office, rep: Desk) -> None:
    admin = office.desk("admin")
    pool = admin.get("/v1/pools")["items"][0]["id"]
    assert admin.ask("PATCH", f"/v1/pools/{pool}", {"policy": {"other_part_of_day": None}}).status_code == 200
    on_tuesday(office, 9)
    rep.say(rep.claim(), "no_answer")
    assert (due(office).isoweekday(), due(office).hour) == (2, 13)
