"""A request comes in: to the holder, else the last rep on shift, else to the front of the pool; in time, or the supervisor sees it."""

from typing import Any

from tests.builders import add_lead, add_upload, move_clock
from tests.integration.desk import Office


def ask_for(office: Office, lead: int) -> Any:
    return office.value("SELECT add_request(%s, %s, 1)", lead, add_upload(office.db))


def test_a_request_ends_the_rest_for_the_last_rep(office: Office) -> None:
    lead = add_lead(office.db)
    rep, other = office.desk(), office.desk()
    rep.say(rep.claim(), "hung_up")
    ask_for(office, lead)
    assert other.claim() is None
    answered = rep.claim()
    assert answered["promise"]["kind"] == "request"
    rep.say(answered, "not_interested")
    assert office.value("SELECT state FROM request") == "answered"


def test_a_resting_lead_whose_rep_left_is_answered_by_the_pool(office: Office) -> None:
    lead = add_lead(office.db)
    team = office.team()
    rep, boss = office.desk(team=team), office.desk("supervisor", team=team)
    rep.say(rep.claim(), "hung_up")
    boss.post(f"/v1/people/{rep.id}/leave", {"reason": "resigned"})
    ask_for(office, lead)
    assert office.desk().claim()["promise"]["kind"] == "request"


def test_whoever_asks_stands_before_those_who_wait(office: Office) -> None:
    add_lead(office.db)
    asking = add_lead(office.db)
    ask_for(office, asking)
    given = office.desk().claim()
    assert office.value("SELECT lead_id FROM assignment") == asking
    assert given is not None


def test_a_request_nobody_answers_in_time_is_anybodys_and_the_supervisor_sees_it(office: Office) -> None:
    lead = add_lead(office.db)
    team = office.team()
    rep, boss, mate = office.desk(team=team), office.desk("supervisor", team=team), office.desk(team=team)
    rep.say(rep.claim(), "hung_up")
    ask_for(office, lead)
    move_clock(office.db, minutes=16)
    assert office.value("SELECT escalate_requests(10)") == 1
    (late,) = boss.get("/v1/requests?state=late")["items"]
    assert (late["state"], late["waited_s"] >= 16 * 60) == ("open", True)
    mate.say(mate.claim(), "not_interested")
    assert boss.get("/v1/requests?state=late")["items"] == []


def test_a_request_is_not_late_over_the_weekend(office: Office) -> None:
    """Fifteen minutes of work, not of the clock."""
    lead = add_lead(office.db)
    hours = (
        '{"working_hours": {"opens": "09:00", "closes": "17:00", "weekdays": [1, 2, 3, 4, 5]}, "calling_hours": null}'
    )
    office.db.execute("INSERT INTO policy (pool_id, version, rules) SELECT id, 2, %s FROM pool", (hours,))
    office.db.execute("UPDATE clock_offset SET shift = '2026-11-27 16:50+00'::timestamptz - clock_timestamp()")
    ask_for(office, lead)
    assert office.value("SELECT date_trunc('minute', answer_by) = '2026-11-30 09:05+00' FROM request")


def test_a_request_nobody_ever_answers_lapses(office: Office) -> None:
    ask_for(office, add_lead(office.db))
    move_clock(office.db, hours=1)
    assert office.value("SELECT escalate_requests(10)") == 1
    move_clock(office.db, days=8)
    assert office.value("SELECT escalate_requests(10)") == 1
    assert office.value("SELECT state FROM request") == "lapsed"
