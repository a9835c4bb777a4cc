"""Whatever a view raises becomes a problem document."""

import marshmallow
import pytest
from flask import Flask, redirect
from werkzeug.exceptions import ImATeapot, ServiceUnavailable, TooManyRequests, abort

from shared.domain.errors import Refused, Superseded, Unavailable
from shared.web.errors import register_error_handlers


def answer(error: Exception) -> tuple[int, str, str | None]:
    app = Flask("test", static_folder=None)
    register_error_handlers(app)

    def view() -> str:
        raise error

    app.add_url_rule("/", "view", view)
    response = app.test_client().get("/")
    assert response.mimetype == "application/problem+json"
    body = response.get_json()
    assert "4711" not in str(body)
    return response.status_code, body["code"], response.headers.get("Retry-After")


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (Refused("not_a_list", "send a list"), (422, "not_a_list", None)),
        (Superseded("assignment_lost", "read it again"), (409, "assignment_lost", None)),
        (Unavailable("ledger_busy", "later", retry_after_s=3), (503, "ledger_busy", "3")),
        (marshmallow.ValidationError({"name": ["Missing."]}), (422, "invalid_body", None)),
        (TooManyRequests(retry_after=5), (429, "too_many_requests", "5")),
        (ImATeapot(), (418, "bad_request", None)),
        (ServiceUnavailable("4711"), (500, "internal_error", None)),
        (ValueError("4711"), (500, "internal_error", None)),
    ],
)
def test_each_error_has_its_answer(error: Exception, expected: tuple[int, str, str | None]) -> None:
    assert answer(error) == expected


def test_a_response_that_was_raised_is_sent() -> None:
    app = Flask("test", static_folder=None)
    register_error_handlers(app)
    app.add_url_rule("/", "view", lambda: abort(redirect("/elsewhere")))
    response = app.test_client().get("/")
    assert (response.status_code, response.headers["Location"]) == (302, "/elsewhere")
