"""The table of access."""

import pytest
from flask import Flask

from shared.auth import Caller, Role
from shared.domain.errors import Refused
from shared.web.access import PUBLIC, Scope, allow, bind_access, route_of


def make_caller(role: Role, *scopes: str) -> Caller:
    return Caller(1, 1, role, None, name="x", scopes=frozenset(scopes) if scopes else None)


def make_flask_app() -> Flask:
    app = Flask("test", static_folder=None)
    app.add_url_rule("/a/<int:n>", "a", lambda n: "", methods=["GET", "POST"])
    return app


def test_a_role_has_its_scope() -> None:
    access = allow(rep=Scope.OWN, supervisor=Scope.TEAM)
    assert [access.check(make_caller(role)) for role in (Role.REP, Role.SUPERVISOR, Role.ADMIN)] == [
        Scope.OWN,
        Scope.TEAM,
        Scope.ALL,
    ]


def test_a_role_outside_the_row_is_forbidden() -> None:
    with pytest.raises(Refused) as refusal:
        allow(rep=Scope.OWN).check(make_caller(Role.MARKETING))
    assert refusal.value.code == "forbidden"


def test_even_admins_can_be_shut_out() -> None:
    with pytest.raises(Refused):
        allow(rep=Scope.OWN, admin=None).check(make_caller(Role.ADMIN))


def test_a_limited_token_needs_the_scope() -> None:
    access = allow(marketing=Scope.ALL, needs="uploads")
    assert access.check(make_caller(Role.MARKETING, "uploads", "leads")) is Scope.ALL
    with pytest.raises(Refused):
        access.check(make_caller(Role.MARKETING, "leads"))


def test_a_limited_token_opens_no_route_without_scope() -> None:
    with pytest.raises(Refused):
        allow(marketing=Scope.ALL).check(make_caller(Role.MARKETING, "uploads"))


def test_methods_of_one_rule_have_their_own_access() -> None:
    row = allow(rep=Scope.OWN)
    bound = bind_access(make_flask_app(), {"GET /a/{n}": PUBLIC, "POST /a/{n}": row})
    assert bound == {("/a/<int:n>", "GET"): PUBLIC, ("/a/<int:n>", "POST"): row}


def test_a_route_without_access_stops_the_app() -> None:
    with pytest.raises(LookupError, match=r"POST /a/\{n\}"):
        bind_access(make_flask_app(), {"GET /a/{n}": PUBLIC})


def test_access_without_a_route_stops_the_app() -> None:
    table = {"GET /a/{n}": PUBLIC, "POST /a/{n}": PUBLIC, "GET /b": PUBLIC}
    with pytest.raises(LookupError, match="GET /b"):
        bind_access(make_flask_app(), table)


@pytest.mark.parametrize(
    ("rule", "route"), [("/v1/x", "/v1/x"), ("/<id(lead):n>/y", "/{n}/y"), ("/<a>/<path:b>", "/{a}/{b}")]
)
def test_routes_are_named_by_their_parameters(rule: str, route: str) -> None:
    assert route_of(rule) == route
