"""RFC 9457 problem documents: the one place where an error becomes a status, headers and a body.

Pure: knows neither Flask nor the database. `shared.web.errors` sends what is made here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from types import MappingProxyType
from typing import Final

from shared.domain.errors import LeadmillError, Refused, Superseded, Unavailable

MEDIA_TYPE: Final = "application/problem+json"

STATUS_BY_CODE: Final[Mapping[str, HTTPStatus]] = MappingProxyType(
    {
        "invalid_json": HTTPStatus.BAD_REQUEST,
        "bad_request": HTTPStatus.BAD_REQUEST,
        "token_missing": HTTPStatus.UNAUTHORIZED,
        "token_unknown": HTTPStatus.UNAUTHORIZED,
        "forbidden": HTTPStatus.FORBIDDEN,
        "not_found": HTTPStatus.NOT_FOUND,
        "method_not_allowed": HTTPStatus.METHOD_NOT_ALLOWED,
        "not_acceptable": HTTPStatus.NOT_ACCEPTABLE,
        "too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "unsupported_media_type": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "too_many_requests": HTTPStatus.TOO_MANY_REQUESTS,
        "internal_error": HTTPStatus.INTERNAL_SERVER_ERROR,
        "storage_full": HTTPStatus.INSUFFICIENT_STORAGE,
    }
)
"""Codes whose status is not that of their family."""

STATUS_BY_FAMILY: Final[tuple[tuple[type[LeadmillError], HTTPStatus], ...]] = (
    (Refused, HTTPStatus.UNPROCESSABLE_ENTITY),
    (Superseded, HTTPStatus.CONFLICT),
    (Unavailable, HTTPStatus.SERVICE_UNAVAILABLE),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """An error answer, ready to be sent: `body` is the JSON object, `headers` go beside it."""

    status: HTTPStatus
    body: Mapping[str, object]
    headers: Mapping[str, str] = field(default_factory=dict)


def make_problem(code: str, detail: str, status: HTTPStatus, **members: object) -> Problem:
    """Makes a problem document; `members` may not rename what RFC 9457 and we define."""
    fixed = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail, "code": code}
    headers = {"WWW-Authenticate": "Bearer"} if status is HTTPStatus.UNAUTHORIZED else {}
    return Problem(status, {**members, **fixed}, headers)


def problem_of(error: LeadmillError) -> Problem:
    """Translates an error of one of the families."""
    problem = make_problem(error.code, error.detail, status_of(error), **error.members)
    wait_s = error.retry_after_s if isinstance(error, Unavailable) else error.members.get("retry_after_s")
    if wait_s is None:
        return problem
    return Problem(problem.status, problem.body, {**problem.headers, "Retry-After": str(wait_s)})


def status_of(error: LeadmillError) -> HTTPStatus:
    """Gives the status of an error: that of its code, else that of its family."""
    if error.code in STATUS_BY_CODE:
        return STATUS_BY_CODE[error.code]
    return next(status for family, status in STATUS_BY_FAMILY if isinstance(error, family))
