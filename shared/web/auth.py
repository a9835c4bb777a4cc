"""Every request is authenticated and checked against the table of access; without that nothing is told of its body."""

from typing import Final

import flask

from shared.auth import Caller, ParsedToken, Pass, parse_authorization
from shared.storage.token import find_caller
from shared.web.access import Access, Scope
from shared.web.parts import parts

_NO_ACCESS: Final = Access()


def caller() -> Caller:
    """Gives who sent this request."""
    found: Caller = flask.g.caller
    return found


def scope() -> Scope:
    """Gives whose things the caller may reach through this route."""
    found: Scope = flask.g.scope
    return found


def token_id() -> int:
    """Gives the number of the token that came with this request."""
    parsed: ParsedToken = flask.g.parsed_token
    return parsed.token_id


def late_pass() -> Pass:
    """Gives what the statement of a late route checks; when it refuses, `authenticate()` says why."""
    access: Access = flask.g.access
    return Pass(flask.g.parsed_token, tuple(access.scope_by_role), access.needs)


def authenticate() -> None:
    """Looks up by one SELECT who sent this request, and checks the access; nothing is cached: a revoked token ends at once.

    Raises:
        Refused: `token_unknown` or `forbidden`.
    """
    with parts().ledger.glancing() as connection:
        flask.g.caller = find_caller(connection, flask.g.parsed_token)
    flask.g.scope = flask.g.access.check(flask.g.caller)


def register_auth(app: flask.Flask, accesses: dict[tuple[str, str], Access]) -> None:
    """Checks each request before its view runs, but those of late routes, which check in their own statement."""

    def check_access() -> None:
        rule = flask.request.url_rule
        if rule is None:
            return  # the answer will be 404 or 405
        method = "GET" if flask.request.method == "HEAD" else flask.request.method
        access = accesses.get((rule.rule, method), _NO_ACCESS)
        if access.is_public:
            return
        flask.g.access, flask.g.parsed_token = access, parse_authorization(flask.request.headers.get("Authorization"))
        if not access.is_late:
            authenticate()

    app.before_request(check_access)


def is_unchecked() -> bool:
    """Whether this request is one of a late route that nobody has checked yet."""
    return "access" in flask.g and flask.g.access.is_late and "caller" not in flask.g
