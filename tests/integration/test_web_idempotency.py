"""Idempotency-Key: the effect once, the answer again."""

import threading
from typing import Any

import flask
import psycopg
import pytest
from flask.testing import FlaskClient
from psycopg import sql

from shared.auth import Role
from tests.integration.sample_app import add_login

Headers = dict[str, str]


@pytest.fixture
def admin(database_url: str) -> Headers:
    return add_login(database_url, Role.ADMIN)[1]


def post(client: FlaskClient, headers: Headers, name: str, key: str | None = "key-1") -> Any:
    keyed = headers if key is None else {**headers, "Idempotency-Key": key}
    return client.post("/v1/teams", json={"name": name}, headers=keyed)


def count(database_url: str, table: str) -> int:
    with psycopg.connect(database_url) as connection:
        query = sql.SQL("SELECT count(*) FROM leadmill.{}").format(sql.Identifier(table))
        row = connection.execute(query).fetchone()
    assert row is not None
    return int(row[0])


def test_the_same_again_has_one_effect(client: FlaskClient, admin: Headers, database_url: str) -> None:
    first, second = post(client, admin, "North"), post(client, admin, "North")
    assert (first.status_code, first.json) == (second.status_code, second.json)
    assert first.status_code == 201
    assert count(database_url, "team") == 1


def test_a_repetition_shows_the_present_state(client: FlaskClient, admin: Headers, database_url: str) -> None:
    post(client, admin, "North")
    with psycopg.connect(database_url) as connection:
        connection.execute("UPDATE leadmill.team SET name = 'South'")
    assert post(client, admin, "North").json["name"] == "South"


def test_only_ids_are_kept(client: FlaskClient, admin: Headers, database_url: str) -> None:
    post(client, admin, "Kowalski", key="Kowalski-key")
    with psycopg.connect(database_url) as connection:
        rows = connection.execute("SELECT idempotency::text FROM leadmill.idempotency").fetchall()
    assert len(rows) == 1
    assert "Kowalski" not in rows[0][0]
    assert "team_id" in rows[0][0]


def test_another_body_is_refused(client: FlaskClient, admin: Headers, database_url: str) -> None:
    post(client, admin, "North")
    response = post(client, admin, "South")
    assert (response.status_code, response.json["code"]) == (422, "key_reused")
    assert count(database_url, "team") == 1


def test_keys_of_two_tokens_do_not_meet(client: FlaskClient, admin: Headers, database_url: str) -> None:
    _, other = add_login(database_url, Role.ADMIN)
    assert post(client, admin, "North").json != post(client, other, "South").json
    assert count(database_url, "team") == 2


def test_without_a_key_each_request_counts(client: FlaskClient, admin: Headers, database_url: str) -> None:
    assert post(client, admin, "North", key=None).status_code == 201
    assert post(client, admin, "South", key=None).status_code == 201
    assert (count(database_url, "team"), count(database_url, "idempotency")) == (2, 0)


def test_what_was_refused_is_judged_anew(client: FlaskClient, admin: Headers, database_url: str) -> None:
    for _ in range(2):
        assert post(client, admin, "nothing").json["code"] == "nothing_is_no_name"
    assert (count(database_url, "team"), count(database_url, "idempotency")) == (0, 0)


def test_a_fleeting_answer_is_not_kept(client: FlaskClient, admin: Headers, database_url: str) -> None:
    assert post(client, admin, "fleeting").status_code == 201
    assert count(database_url, "idempotency") == 0


def test_a_key_is_free_again_after_a_day(client: FlaskClient, admin: Headers, database_url: str) -> None:
    post(client, admin, "North")
    with psycopg.connect(database_url) as connection:
        connection.execute("UPDATE leadmill.idempotency SET expires_at = leadmill.clock()")
    assert post(client, admin, "South").status_code == 201
    assert post(client, admin, "South").status_code == 201
    assert (count(database_url, "team"), count(database_url, "idempotency")) == (2, 1)


def test_a_request_that_still_runs_is_told(client: FlaskClient, admin: Headers, database_url: str) -> None:
    post(client, admin, "North")
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "SELECT pg_advisory_xact_lock(('x' || encode(substr(key_hash, 1, 8), 'hex'))::bit(64)::bigint)"
            " FROM leadmill.idempotency"
        )
        response = post(client, admin, "North")
    assert (response.status_code, response.json["code"]) == (409, "key_in_use")


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_a_key_without_sense_is_refused(client: FlaskClient, admin: Headers, key: str) -> None:
    response = post(client, admin, "North", key=key)
    assert (response.status_code, response.json["code"]) == (422, "key_invalid")


def test_a_token_is_shown_once(client: FlaskClient, admin: Headers, database_url: str) -> None:
    team = post(client, admin, "North", key=None).json["id"]
    keyed = {**admin, "Idempotency-Key": "token-1"}
    first: Any = client.post(f"/v1/teams/{team}/tokens", headers=keyed)
    second: Any = client.post(f"/v1/teams/{team}/tokens", headers=keyed)
    assert client.get("/v1/me", headers={"Authorization": f"Bearer {first.json['token']}"}).status_code == 200
    assert (second.status_code, second.json["code"]) == (409, "token_shown_once")


def test_a_herd_with_one_key_has_one_effect(app: flask.Flask, admin: Headers, database_url: str) -> None:
    start, answers = threading.Barrier(8), []

    def call(client: FlaskClient) -> None:
        start.wait()
        for _ in range(5):
            response = post(client, admin, "North")
            answers.append((response.status_code, response.json.get("id") or response.json["code"]))

    threads = [threading.Thread(target=call, args=(app.test_client(),)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 40
    assert count(database_url, "team") == 1
    assert {status for status, _ in answers} <= {201, 409}
    assert {told for status, told in answers if status == 409} <= {"key_in_use"}
    assert len({told for status, told in answers if status == 201}) == 1
