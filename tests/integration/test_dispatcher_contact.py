"""What came of a call: the assignment goes on or ends, the lead rests or is promised, the number is judged."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.builders import add_lead, add_number, add_site, move_clock
from tests.integration.desk import Office


def later(**ahead: float) -> str:
    return (datetime.now(UTC) + timedelta(**ahead)).isoformat()


def ended(office: Office) -> Any:
    return office.value("SELECT end_reason FROM assignment ORDER BY id DESC LIMIT 1")


def test_not_interested_ends_and_rests_a_month(office: Office) -> None:
    add_lead(office.db)
    rep, other = office.desk(), office.desk()
    answer = rep.say(rep.claim(), "not_interested")
    assert (answer["late"], answer["assignment"]["state"]) == (False, "ended")
    assert answer["lead"]["rest_until"] > later(days=29)
    move_clock(office.db, days=29)
    assert other.claim() is None


def test_a_refusal_rests_the_product_half_a_year(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    rep.say(rep.claim(), "not_interested")
    move_clock(office.db, days=179)
    assert rep.claim() is None
    move_clock(office.db, days=2)
    assert rep.claim() is not None


def test_the_whole_site_rests(office: Office) -> None:
    site = add_site(office.db)
    add_lead(office.db, site=site), add_lead(office.db, site=site)
    rep = office.desk()
    rep.say(rep.claim(), "hung_up")
    assert office.desk().claim() is None
    move_clock(office.db, days=31)
    assert office.desk().claim() is not None


def test_a_conversation_goes_on_and_moves_the_timer(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    given = rep.claim()
    working = rep.say(given, "interested", stage="proposal")["assignment"]
    assert working["state"] == "working"
    assert working["expires_at"] > given["expires_at"]
    assert rep.get(f"/v1/leads/{given['lead']['id']}")["stage"] == "proposal"


def test_another_number_is_tried_before_the_lead_is_unreached(office: Office) -> None:
    add_lead(office.db, numbers=[add_number(office.db), add_number(office.db)])
    rep = office.desk()
    given = rep.claim()
    assert rep.say(given, "no_answer", number=0)["assignment"]["state"] == "working"
    assert rep.say(given, "no_answer", number=1)["assignment"]["end_reason"] == "unreached"


def test_nobody_answered_is_no_month_and_comes_back_to_the_same_rep(office: Office) -> None:
    add_lead(office.db)
    rep, other = office.desk(), office.desk()
    answer = rep.say(rep.claim(), "busy")
    assert answer["lead"]["rest_until"] is None
    assert (rep.claim(), other.claim()) == (None, None)
    due = office.value("SELECT due_at FROM promise WHERE kind = 'retry'")
    move_clock(office.db, seconds=(due - datetime.now(UTC)).total_seconds() + 1)
    assert other.claim() is None
    assert rep.claim()["promise"]["kind"] == "retry"


def test_the_fifth_fruitless_visit_begins_the_month(office: Office) -> None:
    add_lead(office.db)
    office.db.execute(
        'INSERT INTO policy (pool_id, version, rules) SELECT id, 2, \'{"calling_hours": null, "working_hours": null}\' FROM pool'
    )
    rep = office.desk()
    for _ in range(4):
        assert rep.say(rep.claim(), "busy")["lead"]["rest_until"] is None
        move_clock(office.db, minutes=31)
    assert rep.say(rep.claim(), "busy")["lead"]["rest_until"] is not None
    move_clock(office.db, days=20)
    assert rep.claim() is None


def test_a_number_that_nobody_answers_rests_and_is_not_dead(office: Office) -> None:
    numbers = [add_number(office.db), add_number(office.db)]
    add_lead(office.db, numbers=numbers)
    rep = office.desk()
    for visit in range(5):
        assert office.value("SELECT count(*) FROM booking WHERE kind = 'rest' AND subject_kind = 'number'") == 0, visit
        given = rep.claim()
        rep.say(given, "no_answer", number=0)
        rep.say(given, "no_answer", number=1)
        move_clock(office.db, hours=29)
    resting = "SELECT count(*) FROM booking WHERE kind = 'rest' AND subject_kind = 'number' AND upper(period) > clock() + interval '25 days'"
    assert office.value(resting) == 2
    assert office.value("SELECT array_agg(DISTINCT line_status) FROM number") == ["no_answer"]


def test_a_callback_passes_the_rest_for_its_rep(office: Office) -> None:
    add_lead(office.db)
    rep, other = office.desk(), office.desk()
    given = rep.claim()
    answer = rep.say(given, "callback", callback_at=later(days=2))
    assert answer["assignment"]["end_reason"] == "promised"
    move_clock(office.db, days=2, minutes=1)
    assert other.claim() is None
    kept = rep.claim()
    assert kept["lead"]["id"] == given["lead"]["id"]
    rep.say(kept, "sale")
    assert office.value("SELECT array_agg(state) FROM promise") == ["kept"]


def test_all_that_is_missing_is_told_at_once(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    given = rep.claim()
    body = {"fence": given["fence"], "disposition": "callback"}
    answer = rep.ask("POST", f"/v1/assignments/{given['id']}/contacts", body)
    problem: Any = answer.json
    assert (answer.status_code, problem["code"]) == (422, "fields_missing")
    assert problem["fields"] == ["callback_at", "number_id"]


def test_a_date_that_has_passed_is_refused(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    given = rep.claim()
    body = {
        "fence": given["fence"],
        "number_id": given["lead"]["numbers"][0]["id"],
        "disposition": "callback",
        "callback_at": later(days=-1),
    }
    problem: Any = rep.ask("POST", f"/v1/assignments/{given['id']}/contacts", body).json
    assert problem["code"] == "date_passed"


def test_a_rep_alone_cannot_declare_a_number_dead(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    assert rep.say(rep.claim(), "disconnected")["assignment"]["end_reason"] == "unworkable"
    assert office.value("SELECT line_status FROM number") == "suspect"
    assert office.desk().claim() is None


def test_a_second_rep_on_another_day_sends_it_to_quarantine(office: Office) -> None:
    add_lead(office.db)
    rep, other = office.desk(), office.desk()
    rep.say(rep.claim(), "disconnected")
    move_clock(office.db, days=4)
    other.say(other.claim(), "disconnected")
    assert office.value("SELECT line_status FROM number") == "dead"
    assert office.value("SELECT recheck_at > clock() + interval '5 months' FROM quarantine WHERE closed_at IS NULL")
    assert office.value("SELECT count(*) FROM queue_entry") == 0


def test_a_strangers_number_leaves_the_lead(office: Office) -> None:
    add_lead(office.db, numbers=[add_number(office.db), add_number(office.db)])
    rep = office.desk()
    given = rep.claim()
    left = rep.say(given, "wrong_number")["assignment"]
    assert [number["id"] for number in left["lead"]["numbers"]] == [given["lead"]["numbers"][1]["id"]]
    assert office.value("SELECT count(*) FROM lead_number") == 1


def test_whoever_asks_not_to_be_called_is_called_by_nobody(office: Office) -> None:
    number = add_number(office.db)
    add_lead(office.db, numbers=[number])
    add_lead(office.db, numbers=[number])
    rep = office.desk()
    rep.say(rep.claim(), "do_not_call")
    move_clock(office.db, days=400)
    assert office.desk().claim() is None
    assert office.value("SELECT suppressed FROM number")


def test_a_sale_makes_a_customer_that_no_hunter_gets(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    assert rep.say(rep.claim(), "sale")["lead"]["relation"] == "customer"
    move_clock(office.db, days=60)
    assert rep.claim() is None


def test_words_and_facts_are_kept_beside_the_contact(office: Office) -> None:
    add_lead(office.db)
    office.db.execute("INSERT INTO fact_field (name, labels, type) VALUES ('supplier', '{}', 'text')")
    rep = office.desk()
    given = rep.claim()
    rep.say(given, "interested", note="likes blue", spoke_with="the owner", facts={"supplier": "ACME"})
    history = rep.get(f"/v1/leads/{given['lead']['id']}/history")
    assert history["notes"][0]["body"] == "likes blue"
    assert history["facts"][0]["value"] == "ACME"


def test_the_same_key_records_a_contact_once(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    given = rep.claim()
    body = {"fence": given["fence"], "number_id": given["lead"]["numbers"][0]["id"], "disposition": "interested"}
    path = f"/v1/assignments/{given['id']}/contacts"
    first, again = (rep.ask("POST", path, body, key="k").json for _ in range(2))
    assert first == again
    assert office.value("SELECT count(*) FROM contact") == 1


def test_a_shared_number_rests_one_working_day(office: Office) -> None:
    shared = add_number(office.db)
    for _ in range(3):
        add_lead(office.db, numbers=[shared], site=add_site(office.db))
    assert office.value("SELECT shared FROM number")
    rep = office.desk()
    rep.say(rep.claim(), "hung_up")
    assert office.desk().claim() is None
    move_clock(office.db, days=4)
    assert office.desk().claim() is not None


@pytest.mark.parametrize("fence", ["1", -1, None, True])
def test_a_fence_that_is_no_number_is_refused(office: Office, fence: object) -> None:
    add_lead(office.db)
    rep = office.desk()
    body = {"fence": fence, "disposition": "interested"}
    assert rep.ask("POST", f"/v1/assignments/{rep.claim()['id']}/contacts", body).status_code == 422


def test_a_foreign_assignment_looks_absent(office: Office) -> None:
    add_lead(office.db)
    given = office.desk().claim()
    body = {"fence": 1, "disposition": "interested", "number_id": given["lead"]["numbers"][0]["id"]}
    assert office.desk().ask("POST", f"/v1/assignments/{given['id']}/contacts", body).status_code == 404


def test_a_bad_number_is_judged_by_somebody_else_next(office: Office) -> None:
    add_lead(office.db)
    rep, other = office.desk(), office.desk()
    rep.say(rep.claim(), "disconnected")
    move_clock(office.db, days=4)
    assert rep.claim() is None
    assert other.claim() is not None
