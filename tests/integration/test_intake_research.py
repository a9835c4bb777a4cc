"""Leads without a phone: listed, given to somebody, sent on by the first number that can be called."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from shared.auth import Role
from tests.builders import Connection, move_clock, one
from tests.integration.intake_app import Answer, Intake, ready_upload

pytestmark = pytest.mark.usefixtures("sound")

LIST = "company;phone;city\nPole;;Ełk\nRzeka;4,479E+10;Płock\nLas S.A.;601100300;Łódź\nGóra;+48 119 999 99;Opole\n"


@pytest.fixture
def upload(intake: Intake) -> str:
    return ready_upload(intake, LIST.encode())


def take(intake: Intake, count: int = 1, **body: Any) -> list[dict[str, Any]]:
    answer = intake.ask("POST", "/v1/research/next", {"count": count, **body})
    assert answer.status == 200, answer.body
    items: list[dict[str, Any]] = answer.body["items"]
    return items


def say(intake: Intake, research: dict[str, Any], **body: Any) -> Answer:
    return intake.ask("POST", f"/v1/research/{research['id']}/answer", body)


def counts(intake: Intake) -> dict[str, int]:
    items = intake.ask("GET", "/v1/research/counts").body["items"]
    return {f"{item['reason']} {item['state']}": item["leads"] for item in items}


def in_queue(db: Connection, research: dict[str, Any]) -> bool:
    return bool(
        one(
            db,
            "SELECT EXISTS (SELECT 1 FROM queue_entry AS q JOIN lead AS l ON l.id = q.lead_id WHERE l.fields ->> 'company' = %s)",
            research["lead"]["company"],
        )
    )


def test_leads_without_a_phone_are_to_be_researched(intake: Intake, upload: str) -> None:
    assert counts(intake) == {"no_phone open": 1, "number_lost open": 1}
    listed = intake.ask("GET", f"/v1/research?upload={upload}&state=open").body["items"]
    assert [item["lead"]["company"] for item in listed] == ["Rzeka", "Pole"]


def test_found_number_sends_the_lead_on(intake: Intake, db: Connection, upload: str) -> None:
    rep = intake.as_role(Role.REP)
    (research,) = take(rep)
    assert (research["state"], research["lead"], research["reason"]) == (
        "taken",
        {"company": "Pole", "city": "Ełk"},
        "no_phone",
    )
    assert not in_queue(db, research)
    answer = say(rep, research, numbers=["87 610 12 34"], emails=["biuro@pole.pl"])
    assert (answer.status, answer.body["state"]) == (200, "found")
    assert in_queue(db, research)
    assert one(db, "SELECT fields ->> 'email' FROM lead WHERE fields ->> 'company' = 'Pole'") == '["biuro@pole.pl"]'
    assert counts(intake) == {"no_phone found": 1, "number_lost open": 1}
    told = intake.ask("GET", f"/v1/uploads/{upload}/report").body["research"]
    assert told == {"open": 1, "taken": 0, "found": 1, "given_up": 0, "void": 0}
    page = intake.ask("GET", f"/v1/uploads/{upload}/report.html").text
    assert '<th scope="row">without a phone: found</th><td class="number">1</td>' in page


def test_lead_of_a_number_known_elsewhere_stays_itself(intake: Intake, db: Connection, upload: str) -> None:
    (research,) = take(intake)
    say(intake, research, numbers=["601100300"])  # the switchboard of both
    assert one(db, "SELECT count(*) FROM lead WHERE state = 'active'") == 4
    assert in_queue(db, research)


def test_number_that_cannot_be_called_leaves_the_research_open(intake: Intake, db: Connection, upload: str) -> None:
    (research,) = take(intake)
    assert say(intake, research, numbers=["+48 119 999 99"]).body["state"] == "taken"
    assert say(intake, research, result="given_up").body["state"] == "given_up"
    assert not in_queue(db, research)
    assert say(intake, research, numbers=["601100399"]).problem == (409, "research_over")


def test_lead_is_given_to_one_at_a_time(intake: Intake, db: Connection, upload: str) -> None:
    first, second = intake.as_role(Role.REP), intake.as_role(Role.REP)
    (given,) = take(first)
    assert [item["id"] for item in take(second, 5)] != [given["id"]]
    assert take(second) == []
    assert say(second, given, result="given_up").problem == (404, "not_found")
    move_clock(db, days=8)
    again = take(second, 5)
    assert given["id"] in [item["id"] for item in again]
    assert say(first, given, result="given_up").problem == (404, "not_found")


def test_nobody_is_given_what_another_takes_at_once(intake: Intake, upload: str) -> None:
    reps = [intake.as_role(Role.REP) for _ in range(4)]
    clients = [replace(rep, client=rep.client.application.test_client()) for rep in reps]
    with ThreadPoolExecutor(4) as threads:
        taken = [item["id"] for items in threads.map(take, clients) for item in items]
    assert len(taken) == len(set(taken)) == 2


def test_given_back_goes_to_the_next(intake: Intake, upload: str) -> None:
    (given,) = take(intake)
    assert say(intake, given, result="given_back").body["state"] == "open"
    assert [item["id"] for item in take(intake.as_role(Role.REP))] == [given["id"]]


def test_supervisor_gives_research_to_a_rep(intake: Intake, db: Connection, upload: str) -> None:
    rep = intake.as_role(Role.REP)
    take(rep)
    person = intake.ask("GET", "/v1/research?state=taken").body["items"][0]["person_id"]
    given = take(intake.as_role(Role.SUPERVISOR), 5, person=person)
    assert {item["person_id"] for item in given} == {person}
    assert len(rep.ask("GET", "/v1/research").body["items"]) == 2
    assert intake.as_role(Role.REP).ask("GET", "/v1/research").body["items"] == []
    body = {"person": person}
    assert intake.as_role(Role.REP).ask("POST", "/v1/research/next", body).problem == (403, "forbidden")
    assert one(db, "SELECT count(*) FROM audit WHERE action = 'take_research'") == 2


def test_another_list_that_brings_the_number_ends_the_research(intake: Intake, upload: str) -> None:
    ready_upload(intake, "company;phone;city\nPole;87 610 12 34;Ełk\n".encode())
    assert counts(intake).get("no_phone open") == 1
    assert [item["lead"]["company"] for item in take(intake, 5)] == ["Rzeka"]
    assert counts(intake) == {"no_phone found": 1, "number_lost taken": 1}


def test_list_that_is_paused_is_not_researched(intake: Intake, upload: str) -> None:
    intake.ask("PATCH", f"/v1/uploads/{upload}", {"circulation": "paused", "reason": "x"})
    assert take(intake, 5) == []
    intake.ask("PATCH", f"/v1/uploads/{upload}", {"circulation": "active", "reason": "x"})
    assert len(take(intake, 5)) == 2


def test_form_without_a_phone_is_to_be_researched(intake: Intake) -> None:
    answer = intake.ask(
        "POST", "/v1/leads", {"source": intake.add_source(kind="form"), "company": "Pole", "city": "Ełk"}
    )
    assert answer.body["reason"] == "no_phone"
    assert counts(intake) == {"no_phone open": 1}


def test_found_says_a_number(intake: Intake, upload: str) -> None:
    (given,) = take(intake)
    assert say(intake, given).problem == (422, "invalid_body")
    assert say(intake, given, result="given_up", numbers=["601100399"]).problem == (422, "invalid_body")


def test_research_of_a_withdrawn_list_is_void(intake: Intake, upload: str) -> None:
    (given,) = take(intake)
    intake.ask("POST", f"/v1/uploads/{upload}/withdraw", {"reason": "bad"})
    assert say(intake, given, result="given_up").body["state"] == "void"
    assert take(intake, 5) == []


def test_repeated_key_takes_the_same_leads(intake: Intake, upload: str) -> None:
    answers = [intake.ask("POST", "/v1/research/next", {"count": 1}, **{"Idempotency-Key": "r-1"}) for _ in range(2)]
    assert answers[0].body == answers[1].body
