"""The wrong key: a correction supersedes, and all that followed follows anew."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.builders import add_lead, move_clock
from tests.integration.desk import Desk, Office


def correct(desk: Desk, contact: Any, disposition: str, *, status: int = 201, **fields: object) -> Any:
    return desk.post(f"/v1/contacts/{contact['id']}/correct", {"disposition": disposition, **fields}, status=status)


def test_the_lead_returns_to_the_rep(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    given = rep.claim()
    wrong = rep.say(given, "not_interested")
    answer = correct(rep, wrong, "interested")
    assert answer["assignment"]["state"] == "working"
    assert answer["assignment"]["fence"] > given["fence"]
    assert rep.get(f"/v1/leads/{given['lead']['id']}/history")["contacts"][-1]["superseded_by"] == answer["id"]


def test_no_rest_stands_that_only_the_wrong_key_made(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    wrong = rep.say(rep.claim(), "not_interested")
    answer = correct(rep, wrong, "no_answer")
    assert (answer["assignment"]["end_reason"], answer["lead"]["rest_until"]) == ("unreached", None)
    move_clock(office.db, days=10)
    assert rep.claim() is not None


def test_a_promise_takes_the_place_of_a_refusal(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    wrong = rep.say(rep.claim(), "not_interested")
    when = (datetime.now(UTC) + timedelta(days=3)).isoformat()
    assert correct(rep, wrong, "callback", callback_at=when)["assignment"]["end_reason"] == "promised"
    move_clock(office.db, days=3, minutes=1)
    assert rep.claim()["promise"]["kind"] == "callback"


def test_the_number_is_judged_without_the_wrong_word(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    wrong = rep.say(rep.claim(), "disconnected")
    correct(rep, wrong, "interested")
    assert office.value("SELECT line_status FROM number") == "live"


def test_a_detached_number_comes_back(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    wrong = rep.say(rep.claim(), "wrong_number")
    assert office.value("SELECT count(*) FROM lead_number") == 0
    correct(rep, wrong, "interested")
    assert office.value("SELECT count(*) FROM lead_number") == 1


def test_a_rep_has_fifteen_minutes_a_supervisor_has_longer(office: Office) -> None:
    add_lead(office.db)
    team = office.team()
    rep, boss = office.desk(team=team), office.desk("supervisor", team=team)
    wrong = rep.say(rep.claim(), "not_interested")
    move_clock(office.db, minutes=16)
    assert correct(rep, wrong, "interested", status=422)["code"] == "correction_late"
    assert correct(boss, wrong, "interested")["assignment"]["person_id"] == rep.id


def test_a_contact_is_corrected_once(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    wrong = rep.say(rep.claim(), "not_interested")
    correct(rep, wrong, "interested")
    assert correct(rep, wrong, "hung_up", status=409)["code"] == "contact_superseded"


def test_nobody_elses_contact_can_be_corrected(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    wrong = rep.say(rep.claim(), "not_interested")
    assert correct(office.desk(), wrong, "interested", status=404)["code"] == "not_found"


def test_only_a_supervisor_takes_back_do_not_call(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    wrong = rep.say(rep.claim(), "do_not_call")
    assert correct(rep, wrong, "interested", status=422)["code"] == "needs_supervisor"
    assert correct(office.desk("admin"), wrong, "interested")["assignment"]["state"] == "working"
    assert not office.value("SELECT suppressed FROM number")


def test_a_sale_by_mistake_makes_no_customer(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    wrong = rep.say(rep.claim(), "sale", stage="won")
    lead = correct(rep, wrong, "interested")["lead"]
    assert (lead["relation"], lead["stage"]) == ("prospect", "qualification")


def test_an_open_assignment_is_ended_by_the_right_key(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    given = rep.claim()
    answer = correct(rep, rep.say(given, "interested"), "not_interested")
    assert (answer["assignment"]["id"], answer["assignment"]["state"]) == (given["id"], "ended")
