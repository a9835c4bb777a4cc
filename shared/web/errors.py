"""Every error of a request becomes a problem document here, whoever raised it."""

import logging
from http import HTTPStatus
from typing import Any, Final

import flask
import marshmallow
from werkzeug.exceptions import HTTPException

from shared.domain.errors import LeadmillError
from shared.problems import MEDIA_TYPE, Problem, make_problem, problem_of
from shared.web.body import invalid

_log = logging.getLogger(__name__)

_HTTP_PROBLEMS: Final = {
    400: ("bad_request", "the request cannot be read"),
    401: ("token_missing", "send a token: Authorization: Bearer …"),
    403: ("forbidden", "this token may not do this"),
    404: ("not_found", "there is nothing at this address"),
    405: ("method_not_allowed", "this address does not take this method"),
    406: ("not_acceptable", "this is not available in the asked form"),
    413: ("too_large", "the body is larger than is taken here"),
    415: ("unsupported_media_type", "send the body as JSON, with Content-Type: application/json"),
    429: ("too_many_requests", "too many requests; wait as long as Retry-After says"),
    422: ("invalid_body", "the body cannot be used as it is"),
}


class ProblemSchema(marshmallow.Schema):
    """How errors look, for the OpenAPI document."""

    type = marshmallow.fields.String(required=True)
    title = marshmallow.fields.String(required=True)
    status = marshmallow.fields.Integer(required=True)
    code = marshmallow.fields.String(required=True, metadata={"description": "stable; compare this"})
    detail = marshmallow.fields.String(required=True, metadata={"description": "what to do, for people"})
    request_id = marshmallow.fields.String()
    errors = marshmallow.fields.List(marshmallow.fields.Dict())


def register_error_handlers(app: flask.Flask) -> None:
    """Handles what views, Flask and the libraries raise."""
    app.register_error_handler(LeadmillError, _answer_ours)
    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(marshmallow.ValidationError, lambda error: _answer_ours(invalid(error.messages)))
    app.register_error_handler(Exception, _answer_unexpected)


def answer_http(error: HTTPException) -> flask.Response:
    """Answers an error of Flask or Werkzeug."""
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if error.response is not None or status < HTTPStatus.BAD_REQUEST:
        return flask.make_response(error.get_response())
    code, detail = _HTTP_PROBLEMS.get(status, ("bad_request", "the request cannot be answered"))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _answer_unexpected(error)
    problem = make_problem(code, detail, HTTPStatus(status))
    allowed = [(name, value) for name, value in error.get_headers() if name in ("Allow", "Retry-After")]
    return send(Problem(problem.status, problem.body, {**problem.headers, **dict(allowed)}))


def send(problem: Problem) -> flask.Response:
    """Makes the response of a problem."""
    body: dict[str, Any] = {**problem.body}
    if "request_id" in flask.g:
        body["request_id"] = flask.g.request_id
    response = flask.json.jsonify(body)
    response.status_code = problem.status
    response.headers.update(problem.headers)
    response.mimetype = MEDIA_TYPE
    return response


def _answer_ours(error: LeadmillError) -> flask.Response:
    problem = problem_of(error)
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.warning("request_failed", exc_info=error)
    return send(problem)


def _answer_unexpected(error: Exception) -> flask.Response:
    _log.error("request_crashed", exc_info=error)
    detail = "this went wrong on our side; it is logged under the request id"
    return send(make_problem("internal_error", detail, HTTPStatus.INTERNAL_SERVER_ERROR))
