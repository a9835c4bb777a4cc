"""Attempts per number, lead and company by day, week and life: at the claim, at the reveal and at the outcome; the strictest wins."""

from typing import Any

import pytest

from tests.builders import add_lead, add_number, add_site, move_clock
from tests.integration.desk import Desk, Office


def limit(office: Office, **limits: object) -> None:
    """Limits attempts in every pool that has no rule of its own, and lets the month after five tries be."""
    body = {"policy": {"attempt_limits": limits, "attempts": None}}
    answer = office.desk("admin").ask("PUT", "/v1/policies", body)
    assert answer.status_code == 200, answer.text


@pytest.fixture
def rep(office: Office) -> Desk:
    return office.desk()


def attempts_gate(office: Office, held: Any) -> Any:
    told = office.desk("admin").get(f"/v1/leads/{held['lead']['id']}/gates")
    return next(gate["reason"] for gate in told["gates"] if gate["gate"] == "attempts")


def due_in_hours(office: Office) -> Any:
    statement = "SELECT round(extract(epoch FROM min(due_at) - clock()) / 3600)::int FROM promise WHERE state = 'open'"
    return office.value(statement)


def dial(rep: Desk, held: Any, number: int = 0) -> Any:
    body = {"fence": held["fence"], "number_id": held["lead"]["numbers"][number]["id"]}
    return rep.ask("POST", f"/v1/assignments/{held['id']}/calls", body)


def test_the_next_try_waits_until_the_first_is_a_day_old(office: Office, rep: Desk) -> None:
    add_lead(office.db)
    limit(office, lead={"day": 2})
    held = rep.claim()
    rep.say(held, "no_answer")
    assert (due_in_hours(office), attempts_gate(office, held)) == (4, None)
    move_clock(office.db, hours=5)
    rep.say(rep.claim(), "no_answer")
    assert (due_in_hours(office), attempts_gate(office, held)) == (19, "attempts_reached")


def test_a_limit_for_life_ends_all_tries(office: Office, rep: Desk) -> None:
    add_lead(office.db)
    limit(office, lead={"life": 1})
    held = rep.claim()
    rep.say(held, "no_answer")
    move_clock(office.db, days=400)
    assert (due_in_hours(office), rep.claim(), attempts_gate(office, held)) == (None, None, "attempts_reached")


def test_nobody_gets_a_company_that_was_called_enough_this_week(office: Office, rep: Desk) -> None:
    site = add_site(office.db)
    add_lead(office.db, site=site), add_lead(office.db, site=site)
    limit(office, site={"week": 1})
    rep.say(rep.claim(), "hung_up")
    office.db.execute("UPDATE policy SET rules = rules || '{\"rest_days\": 0}' WHERE pool_id IS NULL")
    assert office.desk().claim() is None
    move_clock(office.db, days=6, hours=23)
    assert office.desk().claim() is None


def test_a_number_called_enough_leaves_the_lead_its_other_one(office: Office, rep: Desk) -> None:
    shared = add_number(office.db)
    add_lead(office.db, numbers=[shared, add_number(office.db)])
    limit(office, number={"day": 1})
    held = rep.claim()
    rep.say(held, "no_answer")
    assert dial(rep, held).json["code"] == "attempts_reached"
    assert dial(rep, held, 1).status_code == 200


def test_a_number_of_two_leads_is_counted_once_for_both(office: Office, rep: Desk) -> None:
    shared = add_number(office.db)
    first, second = add_lead(office.db, numbers=[shared]), add_lead(office.db, numbers=[shared])
    limit(office, number={"day": 1})
    rep.say(rep.claim(), "hung_up")
    statement = "SELECT parked_for FROM queue_entry WHERE lead_id = ANY (%s) ORDER BY lead_id"
    assert [row[0] for row in office.db.execute(statement, ([first, second],))][1] == "numbers"


def test_two_numbers_in_ten_minutes_are_one_try_of_the_company(office: Office, rep: Desk) -> None:
    add_lead(office.db, numbers=[add_number(office.db), add_number(office.db)])
    limit(office, lead={"day": 2}, number={"week": 5})
    held = rep.claim()
    rep.say(held, "no_answer")
    rep.say(held, "no_answer", number=1)
    assert attempts_gate(office, held) is None


def test_a_call_past_the_limit_is_kept_and_told(office: Office, rep: Desk) -> None:
    add_lead(office.db, numbers=[add_number(office.db), add_number(office.db)])
    limit(office, number={"day": 1})
    held = rep.claim()
    assert rep.say(held, "no_answer")["warnings"] == []
    assert rep.say(held, "no_answer")["warnings"] == ["attempts_reached"]
    assert office.value("SELECT count(*) FROM audit WHERE action = 'called_past_limit'") == 1


def test_what_the_client_agreed_to_is_past_every_limit(office: Office, rep: Desk) -> None:
    add_lead(office.db)
    limit(office, number={"day": 1}, lead={"day": 1})
    held = rep.claim()
    rep.say(held, "callback", callback_at=office.value("SELECT (clock() + interval '1 hour')::text").replace(" ", "T"))
    move_clock(office.db, minutes=61)
    again = rep.claim()
    assert (again["lead"]["id"], dial(rep, again).status_code) == (held["lead"]["id"], 200)


def test_a_corrected_contact_counts_no_more(office: Office, rep: Desk) -> None:
    add_lead(office.db)
    limit(office, lead={"day": 1})
    held = rep.claim()
    contact = rep.say(held, "not_interested")["id"]
    assert attempts_gate(office, held) == "attempts_reached"
    body = {"disposition": "interested", "kind": "message"}
    assert rep.ask("POST", f"/v1/contacts/{contact}/correct", body).status_code == 201
    assert attempts_gate(office, held) is None


def test_the_strictest_limit_wins_and_stands_when_the_rule_is_loosened(office: Office, rep: Desk) -> None:
    add_lead(office.db)
    limit(office, lead={"day": 2, "week": 1})
    held = rep.claim()
    rep.say(held, "no_answer")
    limit(office, lead={"day": 2})
    assert due_in_hours(office) == 24 * 7
    assert attempts_gate(office, held) == "attempts_reached"


def test_the_law_of_the_country_is_stricter_than_the_policy(office: Office, rep: Desk) -> None:
    add_lead(office.db)
    limit(office, number={"day": 3})
    hours = [{"weekdays": [1, 2, 3, 4, 5, 6, 7], "opens": "00:00", "closes": "23:59"}]
    law = {
        "hours": hours,
        "holidays": [],
        "source": "a decree",
        "valid_from": "2026-01-02",
        "valid_until": "2099-01-01",
    }
    pack = office.desk("admin").post("/v1/countries/PL/packs", {**law, "attempts": {"number": {"day": 1}}}, status=201)
    assert pack["attempts"]["number"] == {"day": 1, "week": None, "life": None}
    held = rep.claim()
    rep.say(held, "no_answer")
    assert due_in_hours(office) == 24


def test_a_limit_must_be_a_number_of_calls(office: Office) -> None:
    body = {"policy": {"attempt_limits": {"lead": {"day": 0}}}}
    assert office.desk("admin").ask("PUT", "/v1/policies", body).status_code == 422
