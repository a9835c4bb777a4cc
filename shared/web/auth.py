"""Every request is authenticated and checked against the table of access before its body is read."""

from typing import Final

import flask

from shared.auth import Caller, parse_authorization
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


def register_auth(app: flask.Flask, accesses: dict[tuple[str, str], Access]) -> None:
    """Checks each request by one SELECT; nothing is cached, so a revoked token ends at once."""

    def check_access() -> None:
        rule = flask.request.url_rule
        if rule is None:
            return  # the answer will be 404 or 405
        method = "GET" if flask.request.method == "HEAD" else flask.request.method
        access = accesses.get((rule.rule, method), _NO_ACCESS)
        if access.is_public:
            return
        parsed = parse_authorization(flask.request.headers.get("Authorization"))
        with parts().ledger.glancing() as connection:
            flask.g.caller = find_caller(connection, parsed)
        flask.g.scope = access.check(flask.g.caller)

    app.before_request(check_access)
