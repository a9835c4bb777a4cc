"""A lead that a supervisor gave is one recorded action, undone as long as the rep has not begun."""

from typing import Any

from shared.ids import encode
from tests.builders import add_lead
from tests.integration.desk import Desk, Office


def give(boss: Desk, lead: int, rep: Desk) -> Any:
    body = {"lead_id": encode("lead", lead), "person_id": rep.id, "reason": "knows the owner"}
    return boss.post("/v1/assignments", body, status=201)


def test_what_was_given_by_mistake_is_taken_back(office: Office) -> None:
    lead = add_lead(office.db)
    admin, rep = office.desk("admin"), office.desk()
    given = give(admin, lead, rep)
    (action,) = admin.get("/v1/actions")["items"]
    assert (action["id"], action["kind"], action["leads"]) == (given["action_id"], "give", 1)
    undone = admin.post(f"/v1/actions/{given['action_id']}/undo", {})
    assert undone == {"restored": [encode("lead", lead)], "left": []}
    assert rep.claim()["lead"]["id"] == encode("lead", lead)


def test_what_the_rep_has_begun_stays(office: Office) -> None:
    called, worked = add_lead(office.db), add_lead(office.db)
    admin, rep = office.desk("admin"), office.desk()
    dialled = give(admin, called, rep)
    number = dialled["lead"]["numbers"][0]["id"]
    rep.post(f"/v1/assignments/{dialled['id']}/calls", {"fence": dialled["fence"], "number_id": number})
    reached = give(admin, worked, rep)
    rep.say(reached, "interested")
    for given in (dialled, reached):
        assert admin.post(f"/v1/actions/{given['action_id']}/undo", {})["restored"] == []
    assert len(rep.get("/v1/queue")["items"]) == 2


def test_what_was_given_past_a_rest_rests_again(office: Office) -> None:
    lead = add_lead(office.db)
    admin, rep, other = office.desk("admin"), office.desk(), office.desk()
    due = office.value("SELECT (clock() + interval '5 days')::text").replace(" ", "T")
    rep.say(rep.claim(), "callback", callback_at=due)
    given = give(admin, lead, other)
    assert admin.post(f"/v1/actions/{given['action_id']}/undo", {})["left"] == []
    assert other.claim() is None
    assert office.value("SELECT state FROM promise") == "open"
