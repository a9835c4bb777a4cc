"""How many leads a rep may have in work: by class, refilled as they are worked; in some pools one at a time."""

from typing import Any

from shared.ids import decode
from tests.builders import add_lead, move_clock
from tests.integration.desk import Desk, Office


def ask(admin: Desk, **rules: object) -> Any:
    pool = admin.get("/v1/pools")["items"][0]["id"]
    answer = admin.ask("PATCH", f"/v1/pools/{pool}", {"policy": rules})
    assert answer.status_code == 200, answer.text
    return answer.json


def reason(rep: Desk) -> Any:
    return rep.get("/v1/queue/why")["reason"]


def test_cold_leads_are_refilled_as_they_are_worked(office: Office) -> None:
    for _ in range(4):
        add_lead(office.db)
    rep = office.desk()
    ask(office.desk("admin"), class_caps={"cold": 2})
    first = rep.claim()
    assert rep.claim() is not None
    assert (rep.claim(), reason(rep)) == (None, "cap_reached_cold")
    rep.say(first, "interested")
    assert rep.claim() is not None
    assert rep.claim() is None


def test_who_has_too_many_hot_leads_works_them_first(office: Office) -> None:
    add_lead(office.db), add_lead(office.db)
    rep = office.desk()
    ask(office.desk("admin"), class_caps={"hot": 1})
    held = rep.claim()
    rep.say(held, "interested", stage="proposal")
    assert (rep.claim(), reason(rep)) == (None, "cap_reached_hot")
    rep.say(held, "not_interested")
    assert rep.claim() is not None


def test_a_promise_is_kept_past_every_cap(office: Office) -> None:
    add_lead(office.db), add_lead(office.db)
    rep = office.desk()
    ask(office.desk("admin"), class_caps={"cold": 1}, one_at_a_time=True)
    due = office.value("SELECT (clock() + interval '10 minutes')::text").replace(" ", "T")
    promised = rep.claim()
    rep.say(promised, "callback", callback_at=due)
    assert rep.claim() is not None
    move_clock(office.db, minutes=11)
    assert rep.claim()["lead"]["id"] == promised["lead"]["id"]


def test_one_at_a_time_returns_the_unfinished_lead_first(office: Office) -> None:
    add_lead(office.db), add_lead(office.db)
    rep = office.desk()
    ask(office.desk("admin"), one_at_a_time=True)
    held = rep.claim()
    again = rep.claim()
    assert (again["id"], again["fence"], reason(rep)) == (held["id"], held["fence"], "unfinished_lead")
    rep.say(again, "hung_up")
    assert rep.claim()["lead"]["id"] != held["lead"]["id"]


def test_the_unfinished_lead_is_given_once_however_many_are_asked_for(office: Office) -> None:
    for _ in range(3):
        add_lead(office.db)
    rep = office.desk()
    ask(office.desk("admin"), one_at_a_time=True)
    given = [rep.post("/v1/queue/next", {"count": 3})["assignments"] for _ in range(2)]
    assert [[one["id"] for one in each] for each in given] == [[given[0][0]["id"]]] * 2
    assert office.value("SELECT count FROM day_count WHERE kind = 'claims' AND subject_id = %s", rep.person) == 1


def test_colleagues_in_one_statement_get_each_their_own(office: Office) -> None:
    for _ in range(3):
        add_lead(office.db)
    busy, fresh = office.desk(), office.desk()
    ask(office.desk("admin"), one_at_a_time=True)
    held = busy.claim()
    statement = "SELECT array_agg((person_id, assignment_id) = (%s, %s)) FROM claim_leads(%s, false)"
    told = office.value(statement, busy.person, decode("assignment", held["id"]), [busy.person, fresh.person])
    assert sorted(told) == [False, True]


def test_an_unfinished_lead_that_lapsed_bars_nothing(office: Office) -> None:
    add_lead(office.db), add_lead(office.db)
    rep = office.desk()
    ask(office.desk("admin"), one_at_a_time=True)
    rep.claim()
    move_clock(office.db, minutes=31)
    assert rep.claim() is not None


def test_a_dry_run_counts_who_would_be_full(office: Office) -> None:
    add_lead(office.db)
    admin, rep = office.desk("admin"), office.desk()
    rep.claim()
    pool = admin.get("/v1/pools")["items"][0]["id"]
    told: Any = admin.ask("PATCH", f"/v1/pools/{pool}", {"policy": {"class_caps": {"cold": 1}}, "dry_run": True}).json
    assert (told["before"]["reps_at_cap"], told["after"]["reps_at_cap"]) == (0, 1)
