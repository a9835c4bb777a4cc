"""Leads from outside: forms on public pages without a secret, and how many requests are taken."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from services.intake.form_schema import TRAP
from services.intake.form_views import PER_VISITOR
from services.intake.lead_views import PER_TOKEN
from shared.auth import Role
from shared.rate_limit import Limit, RateLimiter
from tests.builders import Connection, one
from tests.integration.intake_app import Answer, Intake, answer_of, running_intake

PAGE = "https://example.com"
VISITOR = {"person": "Ewa Lis", "phone": "+48 601 100 200", "note": "please call"}


@pytest.fixture
def intake(database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Intake]:
    """Intake with a Valkey that counts."""
    with running_intake(database_url, tmp_path, LEADMILL_REDIS_URL=redis_url, LEADMILL_RQ_PREFIX="rq") as intake:
        yield intake


def add_form(intake: Intake, source: str | None = None, **fields: object) -> str:
    body = {"source": source or intake.add_source(kind="form"), "origins": [PAGE], **fields}
    answer = intake.ask("POST", "/v1/forms", body)
    assert answer.status == 201, answer.body
    return str(answer.body["action"])


def send(intake: Intake, action: str, origin: str | None = PAGE, accept: str = "*/*", **fields: str) -> Answer:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept}
    headers |= {"Origin": origin} if origin else {}
    return answer_of(intake.client.post(action, data=urlencode(VISITOR | fields), headers=headers))


def count_rows(db: Connection) -> int:
    return int(one(db, "SELECT count(*) FROM raw_row"))


def test_visitor_becomes_a_request_without_a_token(intake: Intake, db: Connection) -> None:
    answer = send(intake, add_form(intake), send="Send")
    assert (answer.status, answer.body) == (202, {"received": True})
    assert answer.headers["Access-Control-Allow-Origin"] == PAGE
    assert one(db, "SELECT count(*) FROM request JOIN lead ON lead.id = lead_id") == 1


def test_answer_never_says_who_is_known(intake: Intake) -> None:
    action = add_form(intake)
    assert [send(intake, action).body for _ in range(2)] == [{"received": True}] * 2
    assert send(intake, action, phone="", person="", note="").body == {"received": True}


def test_browser_goes_to_the_thanks(intake: Intake) -> None:
    answer = send(intake, add_form(intake, thanks=f"{PAGE}/thanks"), accept="text/html,*/*")
    assert (answer.status, answer.headers["Location"]) == (303, f"{PAGE}/thanks")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", None])
def test_other_pages_may_not_send_it(intake: Intake, db: Connection, origin: str | None) -> None:
    assert send(intake, add_form(intake), origin).problem == (403, "forbidden")
    assert count_rows(db) == 0


def test_key_of_nobody_is_absent(intake: Intake) -> None:
    assert send(intake, "/v1/forms/AAAA").problem == (404, "not_found")


def test_machine_in_the_trap_leaves_nothing(intake: Intake, db: Connection) -> None:
    assert send(intake, add_form(intake), **{TRAP: "x"}).body == {"received": True}
    assert count_rows(db) == 0


def test_form_ends_with_its_day_and_its_source(intake: Intake) -> None:
    assert send(intake, add_form(intake, until="2020-01-31")).problem == (404, "not_found")
    source = intake.add_source(kind="form")
    action = add_form(intake, source)
    assert intake.ask("PATCH", f"/v1/sources/{source}", {"circulation": "ended"}).status == 200
    assert send(intake, action).problem == (404, "not_found")


@pytest.mark.parametrize("body", [{"origins": []}, {"origins": ["example.com/a"]}, {"thanks": "javascript:alert(1)"}])
def test_form_that_leads_anywhere_is_refused(intake: Intake, body: dict[str, object]) -> None:
    source = intake.add_source(kind="form")
    answer = intake.ask("POST", "/v1/forms", {"source": source, "origins": [PAGE], **body})
    assert answer.problem == (422, "invalid_body")


def test_rep_may_not_make_forms(intake: Intake) -> None:
    body = {"source": intake.add_source(), "origins": [PAGE]}
    assert intake.as_role(Role.REP).ask("POST", "/v1/forms", body).problem == (403, "forbidden")


def test_visitor_who_sends_too_much_has_to_wait(intake: Intake, db: Connection) -> None:
    action = add_form(intake)
    answers = [send(intake, action, **{TRAP: "x"}) for _ in range(PER_VISITOR.quota + 1)]
    assert {answer.status for answer in answers[:-1]} == {202}
    assert answers[-1].problem == (429, "too_many_requests")
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= PER_VISITOR.window_s
    assert count_rows(db) == 0


def test_token_sees_what_is_left_and_is_stopped(intake: Intake, redis_url: str, db: Connection) -> None:
    body = {"source": intake.add_source(), "company": "Kwiat", "phone": "601100200"}
    first = intake.ask("POST", "/v1/leads", body)
    assert first.headers["RateLimit-Policy"] == f'"leads";q={PER_TOKEN.quota};w={PER_TOKEN.window_s}'
    assert first.headers["RateLimit"].startswith(f'"leads";r={PER_TOKEN.quota - 1};t=')
    token = one(db, "SELECT id FROM token ORDER BY id LIMIT 1")
    limiter = RateLimiter(redis_url, intake.settings.rq_prefix, intake.settings.secret_key_file.read_bytes())
    for _ in range(PER_TOKEN.quota):
        limiter.count(PER_TOKEN, str(token))
    second = intake.ask("POST", "/v1/leads", body)
    assert second.problem == (429, "too_many_requests")
    assert int(second.headers["Retry-After"]) >= 1


def test_limit_begins_anew_for_each(redis_url: str) -> None:
    limiter, limit = RateLimiter(redis_url, "test", b"x"), Limit("few", 1, 60)
    uses = [limiter.count(limit, who) for who in ("a", "a", "b")]
    assert [use.is_over for use in uses if use] == [False, True, False]


def test_without_valkey_nobody_is_refused() -> None:
    limiter = RateLimiter("redis://127.0.0.1:1/0", "test", b"x")
    assert [limiter.count(Limit("few", 1, 60), "a") for _ in range(2)] == [None, None]
    assert limiter.failed == 2
