"""A rep pulls leads over HTTP: one at a time, the same again under the same key, none when there is none."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.builders import add_lead, add_number
from tests.integration.desk import Desk, Office


def test_a_rep_gets_a_lead_with_its_numbers(office: Office) -> None:
    number = add_number(office.db, "+48600111222")
    add_lead(office.db, numbers=[number])
    given = office.desk().claim()
    assert given["state"] == "offered"
    assert given["fence"] == 1
    assert [number["e164"] for number in given["lead"]["numbers"]] == ["+48600111222"]
    assert given["lead"]["company"].startswith("Firma")


def test_second_rep_is_refused_the_same_lead(office: Office) -> None:
    add_lead(office.db)
    assert office.desk().claim() is not None
    answer = office.desk().ask("POST", "/v1/queue/next", {"count": 1})
    assert answer.json == {"assignments": [], "reason": "queue_empty", "recheck": None}
    assert int(answer.headers["Retry-After"]) > 0


def test_the_same_key_gives_the_same_lead_and_fence(office: Office) -> None:
    add_lead(office.db), add_lead(office.db)
    rep = office.desk()
    first, again = (rep.ask("POST", "/v1/queue/next", {"count": 1}, key="k").json for _ in range(2))
    assert first == again
    assert office.value("SELECT count(*) FROM assignment") == 1


def test_the_same_key_with_another_body_is_refused(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    rep.ask("POST", "/v1/queue/next", {"count": 1}, key="k")
    answer = rep.ask("POST", "/v1/queue/next", {"count": 2}, key="k")
    assert (answer.status_code, answer.json["code"]) == (422, "key_reused")


def test_an_empty_answer_is_not_kept_under_its_key(office: Office) -> None:
    rep = office.desk()
    assert rep.ask("POST", "/v1/queue/next", {}, key="k").json["assignments"] == []
    add_lead(office.db)
    assert len(rep.ask("POST", "/v1/queue/next", {}, key="k").json["assignments"]) == 1


def test_several_leads_may_be_asked_for_at_once(office: Office) -> None:
    for _ in range(3):
        add_lead(office.db)
    answer = office.desk().ask("POST", "/v1/queue/next", {"count": 5})
    assert len(answer.json["assignments"]) == 3


def test_a_rep_without_a_pool_is_told_so(office: Office) -> None:
    add_lead(office.db)
    answer = office.desk("supervisor").ask("POST", "/v1/queue/next", {})
    assert answer.json["reason"] == "no_pool"


def test_the_queue_shows_the_soonest_end_first(office: Office) -> None:
    add_lead(office.db), add_lead(office.db)
    rep = office.desk()
    first, second = rep.claim(), rep.claim()
    office.db.execute(
        "SELECT extend_hold(id, expires_at + interval '1 day', clock()) FROM assignment ORDER BY id LIMIT 1"
    )
    assert [item["id"] for item in rep.get("/v1/queue")["items"]] == [second["id"], first["id"]]


def test_reps_who_come_at_once_get_different_leads(office: Office) -> None:
    for _ in range(12):
        add_lead(office.db)
    desks = [office.desk() for _ in range(12)]
    with ThreadPoolExecutor(12) as threads:
        given = list(threads.map(Desk.claim, desks))
    assert len({claimed["lead"]["id"] for claimed in given}) == 12


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ("UPDATE token SET revoked_at = clock()", (401, "token_unknown")),
        ("UPDATE token SET expires_at = clock()", (401, "token_unknown")),
        ("UPDATE token SET secret_hash = sha256('another')", (401, "token_unknown")),
        ("UPDATE person SET state = 'left'", (401, "token_unknown")),
        ("UPDATE token SET scopes = ARRAY['lead']", (403, "forbidden")),
        ("UPDATE person SET role = 'marketing'", (403, "forbidden")),
    ],
)
@pytest.mark.parametrize("body", [{"count": 1}, {"count": "all"}])
def test_who_may_not_pull_gets_nothing_and_is_told_nothing_else(
    office: Office, change: str, refusal: tuple[int, str], body: object
) -> None:
    add_lead(office.db)
    rep = office.desk()
    office.db.execute(change)
    answer = rep.ask("POST", "/v1/queue/next", body)
    assert (answer.status_code, answer.json["code"]) == refusal
    assert office.value("SELECT count(*) FROM assignment") == 0


def test_a_token_limited_to_work_may_pull(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    office.db.execute("UPDATE token SET scopes = ARRAY['work']")
    assert rep.claim() is not None
