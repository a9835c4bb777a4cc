"""What nobody kept is never lost in silence: it goes to others, and the supervisor sees it before it lapses; only our own retries just lapse."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.builders import add_lead, move_clock
from tests.integration.desk import Office


def sweep(office: Office, **ahead: float) -> Any:
    move_clock(office.db, **ahead)
    return office.value("SELECT lapse_promises(100)")


def test_a_deferral_that_its_rep_forgets_is_anybodys_then_the_supervisors(office: Office) -> None:
    add_lead(office.db)
    team = office.team()
    rep, boss, mate = office.desk(team=team), office.desk("supervisor", team=team), office.desk(team=team)
    until = (datetime.now(UTC) + timedelta(days=40)).isoformat()
    rep.say(rep.claim(), "deferred", defer_until=until)
    assert sweep(office, days=40, hours=3) == 1
    assert sweep(office, hours=3) == 1
    (missed,) = boss.get("/v1/promises?state=missed")["items"]
    assert (missed["kind"], missed["escalated"], missed["rep_id"]) == ("deferral", 2, rep.id)
    assert mate.claim()["promise"]["kind"] == "deferral"


def test_a_handoff_whose_giver_forgets_it_too_is_seen_by_the_supervisor(office: Office) -> None:
    add_lead(office.db)
    team = office.team()
    rep, boss = office.desk(team=team), office.desk("supervisor", team=team)
    given = rep.claim()
    rep.say(given, "interested")
    rep.post(f"/v1/assignments/{given['id']}/handoff", {"fence": given["fence"], "person_id": office.desk().id})
    for escalated in (1, 2):
        assert sweep(office, days=2) == 1
        (missed,) = boss.get("/v1/promises?state=missed")["items"]
        assert missed["escalated"] == escalated
    assert sweep(office, days=2) == 1
    assert boss.get("/v1/promises?state=missed")["items"] == []


def test_what_a_leaver_worked_is_seen_when_nobody_takes_it(office: Office) -> None:
    add_lead(office.db)
    team = office.team()
    rep, boss = office.desk(team=team), office.desk("supervisor", team=team)
    rep.say(rep.claim(), "interested")
    boss.post(f"/v1/people/{rep.id}/leave", {"reason": "resigned"})
    office.desk(team=team)
    for escalated in (1, 2):
        assert sweep(office, days=2) == 1
        assert office.value("SELECT escalated FROM promise WHERE kind = 'handoff' AND state = 'open'") == escalated


def test_a_retry_just_lapses(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    rep.say(rep.claim(), "no_answer")
    assert sweep(office, days=1) == 1
    assert office.value("SELECT state FROM promise") == "lapsed"
    assert rep.claim() is not None
