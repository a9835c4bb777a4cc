"""What every route of both services does: who may call, how errors look, what is counted."""

import logging
from pathlib import Path
from typing import Any

import psycopg
import pytest
import redis
from flask.testing import FlaskClient
from rq import Queue
from rq.defaults import RQ_KEY_PREFIX

from shared.auth import Role
from shared.doorbell import Doorbell
from shared.ids import decode, encode
from shared.web.app import MAX_BODY_BYTES, make_app
from tests.integration.sample_app import ACCESS, add_login, blueprint, close, make_sample_app, sample_settings

Headers = dict[str, str]


@pytest.fixture
def admin(database_url: str) -> Headers:
    return add_login(database_url, Role.ADMIN)[1]


def problem(response: Any) -> tuple[int, str]:
    assert response.mimetype == "application/problem+json"
    body = response.get_json()
    assert body["status"] == response.status_code
    assert body["request_id"] == response.headers["X-Request-Id"]
    return response.status_code, body["code"]


def test_an_id_goes_out_and_comes_back(client: FlaskClient, admin: Headers) -> None:
    made = client.post("/v1/teams", json={"name": "North"}, headers=admin)
    assert made.status_code == 201
    assert decode("team", made.json["id"]) > 0  # type: ignore[index]
    shown = client.get(f"/v1/teams/{made.json['id']}", headers=admin)  # type: ignore[index]
    assert shown.json == made.json


@pytest.mark.parametrize(
    ("header", "code"),
    [({}, "token_missing"), ({"Authorization": "Bearer lm_1_nonsense"}, "token_unknown")],
)
def test_without_a_token_nothing_opens(client: FlaskClient, header: Headers, code: str) -> None:
    response = client.get("/v1/me", headers=header)
    assert problem(response) == (401, code)
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_with_another_secret_is_unknown(client: FlaskClient, admin: Headers) -> None:
    token = admin["Authorization"]
    changed = token[:-1] + ("A" if token[-1] != "A" else "B")
    assert problem(client.get("/v1/me", headers={"Authorization": changed})) == (401, "token_unknown")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE leadmill.token SET revoked_at = leadmill.clock()",
        "UPDATE leadmill.token SET expires_at = leadmill.clock()",
        "UPDATE leadmill.person SET state = 'left'",
    ],
)
def test_access_ends_at_once(client: FlaskClient, admin: Headers, database_url: str, change: str) -> None:
    assert client.get("/v1/me", headers=admin).status_code == 200
    with psycopg.connect(database_url) as connection:
        connection.execute(change.encode())
    assert problem(client.get("/v1/me", headers=admin)) == (401, "token_unknown")


def test_the_table_gives_each_role_its_scope(client: FlaskClient, database_url: str) -> None:
    scopes = {role: client.get("/v1/me", headers=add_login(database_url, role)[1]).json["scope"] for role in Role}  # type: ignore[index]
    assert scopes == {Role.MARKETING: "own", Role.REP: "own", Role.SUPERVISOR: "team", Role.ADMIN: "all"}


def test_a_role_outside_the_table_is_forbidden(client: FlaskClient, database_url: str) -> None:
    _, rep = add_login(database_url, Role.REP)
    assert problem(client.post("/v1/teams", json={"name": "x"}, headers=rep)) == (403, "forbidden")


def test_a_limited_token_stays_in_its_limits(client: FlaskClient, database_url: str) -> None:
    _, limited = add_login(database_url, Role.ADMIN, scopes=["teams"])
    assert client.post("/v1/teams", json={"name": "x"}, headers=limited).status_code == 201
    assert problem(client.get("/v1/me", headers=limited)) == (403, "forbidden")


def test_an_app_with_a_route_outside_the_table_is_not_made(database_url: str, tmp_path: Path) -> None:
    settings = sample_settings(database_url, tmp_path / "data")
    table = {route: access for route, access in ACCESS.items() if route != "GET /v1/teams"}
    with pytest.raises(LookupError, match="GET /v1/teams"):
        make_app("dispatcher", settings, [blueprint], access=table)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (f"/v1/teams/{encode('team', 10**6)}", (404, "not_found")),
        ("/v1/teams/tm_nonsense", (404, "not_found")),
        (f"/v1/teams/{encode('lead', 1)}", (404, "not_found")),
        ("/v1/nothing", (404, "not_found")),
    ],
)
def test_absent_and_unknown_look_the_same(
    client: FlaskClient, admin: Headers, path: str, expected: tuple[int, str]
) -> None:
    assert problem(client.get(path, headers=admin)) == expected


def test_an_unknown_id_in_a_body_is_absent(client: FlaskClient, admin: Headers) -> None:
    response = client.post("/v1/teams", json={"name": "x", "lead_id": "tm_nonsense"}, headers=admin)
    assert problem(response) == (404, "not_found")


def test_another_method_is_not_allowed(client: FlaskClient, admin: Headers) -> None:
    response = client.delete("/v1/teams", headers=admin)
    assert problem(response) == (405, "method_not_allowed")
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "POST"}


def test_every_wrong_field_is_told_at_once(client: FlaskClient, admin: Headers) -> None:
    response = client.post("/v1/teams", json={"name": "", "colour": 1, "lead_id": 7}, headers=admin)
    assert problem(response) == (422, "invalid_body")
    assert {entry["field"] for entry in response.json["errors"]} == {"name", "colour", "lead_id"}  # type: ignore[index]


@pytest.mark.parametrize(
    ("raw", "content_type", "expected"),
    [
        (b"", None, (422, "invalid_body")),
        (b"{", "application/json", (400, "invalid_json")),
        (b"[]", "application/json", (422, "invalid_body")),
        (b'{"name": "a\\u0000"}', "application/json", (422, "invalid_body")),
        (b"name=x", "application/x-www-form-urlencoded", (415, "unsupported_media_type")),
        (b'"%s"' % (b"x" * MAX_BODY_BYTES), "application/json", (413, "too_large")),
    ],
)
def test_bodies_that_cannot_be_used_are_refused(
    client: FlaskClient, admin: Headers, raw: bytes, content_type: str | None, expected: tuple[int, str]
) -> None:
    response = client.post("/v1/teams", data=raw, content_type=content_type, headers=admin)
    assert problem(response) == expected


@pytest.mark.parametrize("query", ["limit=0", "limit=x", "colour=1", "cursor=a%00b"])
def test_queries_that_cannot_be_used_are_refused(client: FlaskClient, admin: Headers, query: str) -> None:
    assert problem(client.get(f"/v1/teams?{query}", headers=admin)) == (422, "invalid_query")


def test_pages_follow_by_cursor(client: FlaskClient, admin: Headers) -> None:
    for name in "abc":
        client.post("/v1/teams", json={"name": name}, headers=admin)
    first: Any = client.get("/v1/teams?limit=2", headers=admin).json
    second: Any = client.get(f"/v1/teams?limit=2&cursor={first['next']}", headers=admin).json
    assert (len(first["items"]), len(second["items"]), second["next"]) == (2, 1, None)
    assert problem(client.get("/v1/teams?cursor=x", headers=admin)) == (422, "cursor_unknown")


def test_a_view_rings_after_its_commit(database_url: str, redis_url: str, tmp_path: Path, admin: Headers) -> None:
    app = make_sample_app(database_url, tmp_path / "data", doorbell=Doorbell(redis_url, RQ_KEY_PREFIX))
    assert app.test_client().post("/v1/teams", json={"name": "x"}, headers=admin).status_code == 201
    with redis.Redis.from_url(redis_url) as connection:
        assert Queue("clean", connection=connection, serializer="json").count == 1
    close(app)


def test_an_absent_queue_fails_no_request(database_url: str, tmp_path: Path, admin: Headers) -> None:
    doorbell = Doorbell(f"unix://{tmp_path}/no.sock", RQ_KEY_PREFIX)
    app = make_sample_app(database_url, tmp_path / "data", doorbell=doorbell)
    client = app.test_client()
    assert client.post("/v1/teams", json={"name": "x"}, headers=admin).status_code == 201
    assert client.get("/readyz").status_code == 200
    assert doorbell.failed == 1
    close(app)


def test_a_crash_tells_nothing(client: FlaskClient, admin: Headers, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        response = client.post("/v1/crash", data=b"Jan Kowalski", headers=admin)
    assert problem(response) == (500, "internal_error")
    assert "4711" not in response.get_data(as_text=True)
    assert [record.getMessage() for record in caplog.records] == ["request_crashed"]


def test_answers_are_not_stored_and_named(client: FlaskClient, admin: Headers) -> None:
    response = client.get("/v1/me", headers={**admin, "X-Request-Id": "trace-0815"})
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Request-Id"] == "trace-0815"
    assert client.get("/v1/me", headers={**admin, "X-Request-Id": "no good"}).headers["X-Request-Id"] != "no good"


def test_a_live_process_needs_nothing(tmp_path: Path) -> None:
    app = make_sample_app("postgresql://nobody@127.0.0.1:1/none", tmp_path / "data")
    client = app.test_client()
    assert client.get("/livez").status_code == 200
    for path in ("/readyz", "/v1/me"):
        response = client.get(path, headers={"Authorization": f"Bearer lm_1_{'x' * 43}"})
        assert problem(response) == (503, "ledger_unavailable")
        assert int(response.headers["Retry-After"]) >= 1


def test_a_ledger_of_this_schema_is_ready(client: FlaskClient) -> None:
    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize(
    "change", ["UPDATE leadmill.alembic_version SET version_num = 'x'", "DROP TABLE leadmill.alembic_version"]
)
def test_another_schema_is_not_ready(client: FlaskClient, database_url: str, change: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute(change.encode())
    assert problem(client.get("/readyz")) == (503, "schema_outdated")


def counted(client: FlaskClient, route: str) -> float:
    """How many GETs of a route were answered with 404, of all tests of this process."""
    text = client.get("/metrics").get_data(as_text=True)
    name = f'leadmill_http_requests_total{{method="GET",route="{route}",status="404"}} '
    return sum(float(line.removeprefix(name)) for line in text.splitlines() if line.startswith(name))


def test_requests_are_counted_by_route(client: FlaskClient, admin: Headers) -> None:
    routes = ("/v1/teams/{team_id}", "unmatched")
    before = [counted(client, route) for route in routes]
    client.get(f"/v1/teams/{encode('team', 5)}?x=4711", headers=admin)
    client.get("/v1/nowhere/4711", headers=admin)
    # more than one when a test before, in this process, counted into a folder of its own
    assert all(counted(client, route) > count for route, count in zip(routes, before, strict=True))
    assert "4711" not in client.get("/metrics").get_data(as_text=True)


def test_the_document_describes_the_routes(client: FlaskClient) -> None:
    document: Any = client.get("/openapi.json").json
    assert document["openapi"] == "3.1.0"
    assert set(document["paths"]) == {
        "/v1/me",
        "/v1/teams",
        "/v1/teams/{team_id}",
        "/v1/teams/{team_id}/tokens",
        "/v1/files",
        "/v1/crash",
    }
    shown = document["paths"]["/v1/teams/{team_id}"]
    assert shown["parameters"][0]["schema"]["pattern"].startswith("^tm_")
    errors = document["components"]["responses"]["DEFAULT_ERROR"]["content"]
    assert list(errors) == ["application/problem+json"]
    assert document["security"] == [{"bearer": []}]
