"""Errors as problem documents."""

from http import HTTPStatus

import pytest

from shared.domain.errors import LeadmillError, Refused, Superseded, Unavailable, absent
from shared.problems import make_problem, problem_of


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Refused("fence_missing", "send the fence"), 422),
        (Refused("forbidden", "not yours"), 403),
        (absent("lead"), 404),
        (Superseded("assignment_lost", "read it again"), 409),
        (Unavailable("ledger_unavailable", "later"), 503),
        (Unavailable("storage_full", "later"), 507),
    ],
)
def test_family_and_code_give_the_status(error: LeadmillError, status: int) -> None:
    problem = problem_of(error)
    assert (problem.status, problem.body["status"]) == (status, status)
    assert (problem.body["code"], problem.body["detail"]) == (error.code, error.detail)


def test_what_is_unavailable_says_when_to_come_back() -> None:
    problem = problem_of(Unavailable("ledger_busy", "later", retry_after_s=7))
    assert problem.headers == {"Retry-After": "7"}


def test_a_missing_token_names_the_scheme() -> None:
    assert problem_of(Refused("token_missing", "send one")).headers == {"WWW-Authenticate": "Bearer"}


def test_members_join_but_never_replace() -> None:
    body = make_problem("invalid_body", "correct it", HTTPStatus.UNPROCESSABLE_ENTITY, errors=[1], title="x").body
    assert body["errors"] == [1]
    assert body["title"] == HTTPStatus.UNPROCESSABLE_ENTITY.phrase


def test_an_error_reads_as_code_and_detail() -> None:
    error = Refused("not_a_list", "send a table", problems=["binary"])
    assert str(error) == "not_a_list: send a table"
    assert error.members == {"problems": ["binary"]}
