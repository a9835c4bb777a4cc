"""A rep pulls leads over HTTP: one at a time, the same again under the same key, none when there is none."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import flask
import pytest

from tests.builders import add_lead, add_number, connect, lift_hours, one
from tests.integration.desk import Desk, add_desk, running_dispatcher

MakeDesk = Callable[..., Desk]


@pytest.fixture
def db(database_url: str) -> Iterator[Any]:
    with connect(database_url) as connection:
        lift_hours(connection)
        yield connection


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[flask.Flask]:
    with running_dispatcher(database_url, tmp_path) as made:
        yield made


@pytest.fixture
def desk(app: flask.Flask, db: Any, database_url: str) -> MakeDesk:
    return lambda role="rep", **given: add_desk(app, db, database_url, role, **given)


def test_a_rep_gets_a_lead_with_its_numbers(db: Any, desk: MakeDesk) -> None:
    number = add_number(db, "+48600111222")
    add_lead(db, numbers=[number])
    given = desk().claim()
    assert given["state"] == "offered"
    assert given["fence"] == 1
    assert [number["e164"] for number in given["lead"]["numbers"]] == ["+48600111222"]
    assert given["lead"]["company"].startswith("Firma")


def test_second_rep_is_refused_the_same_lead(db: Any, desk: MakeDesk) -> None:
    add_lead(db)
    assert desk().claim() is not None
    answer = desk().ask("POST", "/v1/queue/next", {"count": 1})
    assert answer.json == {"assignments": [], "reason": "queue_empty"}
    assert int(answer.headers["Retry-After"]) > 0


def test_the_same_key_gives_the_same_lead_and_fence(db: Any, desk: MakeDesk) -> None:
    add_lead(db), add_lead(db)
    rep = desk()
    first, again = (rep.ask("POST", "/v1/queue/next", {"count": 1}, key="k").json for _ in range(2))
    assert first == again
    assert one(db, "SELECT count(*) FROM assignment") == 1


def test_the_same_key_with_another_body_is_refused(db: Any, desk: MakeDesk) -> None:
    add_lead(db)
    rep = desk()
    rep.ask("POST", "/v1/queue/next", {"count": 1}, key="k")
    answer = rep.ask("POST", "/v1/queue/next", {"count": 2}, key="k")
    assert (answer.status_code, answer.json["code"] if answer.json else None) == (422, "key_reused")


def test_an_empty_answer_is_not_kept_under_its_key(db: Any, desk: MakeDesk) -> None:
    rep = desk()
    assert rep.ask("POST", "/v1/queue/next", {}, key="k").json["assignments"] == []  # type: ignore[index]
    add_lead(db)
    assert len(rep.ask("POST", "/v1/queue/next", {}, key="k").json["assignments"]) == 1  # type: ignore[index]


def test_several_leads_may_be_asked_for_at_once(db: Any, desk: MakeDesk) -> None:
    for _ in range(3):
        add_lead(db)
    answer = desk().ask("POST", "/v1/queue/next", {"count": 5})
    assert len(answer.json["assignments"]) == 3  # type: ignore[index]


def test_a_rep_without_a_pool_is_told_so(db: Any, desk: MakeDesk) -> None:
    add_lead(db)
    answer = desk("supervisor").ask("POST", "/v1/queue/next", {})
    assert answer.json["reason"] == "no_pool"  # type: ignore[index]


def test_the_queue_shows_the_soonest_end_first(db: Any, desk: MakeDesk) -> None:
    add_lead(db), add_lead(db)
    rep = desk()
    first, second = rep.claim(), rep.claim()
    db.execute("SELECT extend_hold(id, expires_at + interval '1 day', clock()) FROM assignment ORDER BY id LIMIT 1")
    assert [item["id"] for item in rep.get("/v1/queue")["items"]] == [second["id"], first["id"]]


def test_reps_who_come_at_once_get_different_leads(db: Any, desk: MakeDesk) -> None:
    for _ in range(12):
        add_lead(db)
    desks = [desk() for _ in range(12)]
    with ThreadPoolExecutor(12) as threads:
        given = list(threads.map(Desk.claim, desks))
    assert len({claimed["lead"]["id"] for claimed in given}) == 12


def test_no_invariant_is_hurt_by_the_claims(db: Any, desk: MakeDesk) -> None:
    add_lead(db)
    desk().claim()
    odd = one(
        db,
        "SELECT count(*) FROM (SELECT * FROM queue_entry EXCEPT SELECT * FROM wanted_entries(ARRAY(SELECT id FROM lead), clock())) AS q",
    )
    assert odd == 0
