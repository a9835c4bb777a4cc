"""A lease that ended mid-call: the contact is kept, a free lead comes back, nobody is disturbed."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.builders import add_lead, add_number, move_clock
from tests.integration.desk import Desk, Office


def reclaim(office: Office, given: Any) -> None:
    office.desk("admin").post("/v1/assignments/reclaim", {"assignment_ids": [given["id"]], "reason": "stale"})


def later(**ahead: float) -> str:
    return (datetime.now(UTC) + timedelta(**ahead)).isoformat()


def held_by(office: Office) -> list[int]:
    return list(office.value("SELECT array_agg(person_id) FROM assignment WHERE state <> 'ended'") or [])


def test_a_late_contact_takes_a_free_lead_back(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    given = rep.claim()
    reclaim(office, given)
    answer = rep.say(given, "interested")
    assert (answer["late"], answer["why"]) == (True, "reclaimed")
    assert answer["assignment"]["state"] == "working"
    assert answer["assignment"]["fence"] > given["fence"]
    assert rep.get("/v1/queue")["items"][0]["id"] == answer["assignment"]["id"]


def test_a_lapsed_lead_comes_back_within_its_grace(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    given = rep.claim()
    move_clock(office.db, days=5)
    answer = rep.say(given, "interested")
    assert (answer["late"], answer["why"]) == (True, "expired")
    assert answer["assignment"]["id"] != given["id"]


def test_a_late_no_answer_opens_nothing(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    given = rep.claim()
    reclaim(office, given)
    answer = rep.say(given, "no_answer")
    assert (answer["late"], answer["assignment"]) == (True, None)
    assert held_by(office) == []


def test_a_late_contact_steals_from_nobody(office: Office) -> None:
    add_lead(office.db)
    rep, other = office.desk(), office.desk()
    given = rep.claim()
    reclaim(office, given)
    taken = other.claim()
    answer = rep.say(given, "callback", callback_at=later(days=2))
    assert (answer["late"], answer["assignment"]) == (True, None)
    assert held_by(office) == [other.person]
    assert office.value("SELECT count(*) FROM promise") == 0
    other.say(taken, "not_interested")


def test_a_conflict_is_shown_with_both_names(office: Office) -> None:
    add_lead(office.db)
    rep, other = office.desk(), office.desk()
    given = rep.claim()
    reclaim(office, given)
    taken = other.claim()
    rep.say(given, "interested")
    (conflict,) = office.desk("admin").get("/v1/assignments?state=conflict")["items"]
    assert (conflict["person_id"], conflict["holder_id"]) == (rep.id, other.id)
    assert (conflict["id"], conflict["holder_assignment_id"]) == (given["id"], taken["id"])


def test_a_late_rest_binds_whoever_holds_it_now(office: Office) -> None:
    add_lead(office.db)
    rep, other = office.desk(), office.desk()
    given = rep.claim()
    reclaim(office, given)
    taken = other.claim()
    rep.say(given, "hung_up")
    other.post(f"/v1/assignments/{taken['id']}/release", {"fence": taken["fence"], "reason": "other"})
    assert Desk.claim(office.desk()) is None


def test_a_late_promise_hangs_on_the_lead_taken_back(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    given = rep.claim()
    rep.say(given, "interested")
    reclaim(office, given)
    answer = rep.say(given, "callback", callback_at=later(days=2))
    assert answer["assignment"]["end_reason"] == "promised"
    move_clock(office.db, days=2, minutes=1)
    assert rep.claim()["lead"]["id"] == given["lead"]["id"]


def test_a_fence_of_nobody_changes_no_holder(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    given = rep.claim()
    answer = rep.say({**given, "fence": given["fence"] + 7}, "not_interested")
    assert (answer["late"], answer["why"], answer["assignment"]) == (True, "stale_fence", None)
    assert held_by(office) == [rep.person]


def test_a_late_opt_out_counts(office: Office) -> None:
    add_lead(office.db)
    rep, other = office.desk(), office.desk()
    given = rep.claim()
    reclaim(office, given)
    other.claim()
    rep.say(given, "do_not_call")
    assert held_by(office) == []
    assert office.value("SELECT suppressed FROM number")


def test_a_stale_holder_can_do_nothing(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    given = rep.claim()
    reclaim(office, given)
    for action in ("extend", "release", "handoff"):
        body = {"fence": given["fence"]}
        if action == "handoff":
            body["person_id"] = office.desk().id
        answer: Any = rep.ask("POST", f"/v1/assignments/{given['id']}/{action}", body)
        assert (answer.status_code, answer.json["code"], answer.json["why"]) == (409, "assignment_lost", "reclaimed")


def test_a_number_that_leaves_its_holder_goes_on_resting(office: Office) -> None:
    first, second = add_number(office.db), add_number(office.db)
    add_lead(office.db, numbers=[first, second])
    rep, other = office.desk(), office.desk()
    given = rep.claim()
    reclaim(office, given)
    other.claim()
    rep.say(given, "hung_up")
    office.value(
        "SELECT add_suppressions('number', ARRAY(SELECT key_hash FROM number WHERE id = %s), 'asked', 'test')", first
    )
    (left,) = other.get("/v1/queue")["items"]
    assert [number["id"] for number in left["lead"]["numbers"]] == [given["lead"]["numbers"][1]["id"]]
