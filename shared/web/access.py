"""The table route x role x scope as data, and the check that it names every route and no other.

A service writes one: `{"POST /v1/queue/next": allow(rep=Scope.OWN), "GET /v1/pools/{pool_id}": allow(...)}`.
An app whose routes and table differ is not created.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Final

from flask import Flask

from shared.auth import Caller, Role
from shared.domain.errors import Refused

_CONVERTED: Final = re.compile(r"<(?:[^<>:]+:)?([^<>]+)>")


class Scope(StrEnum):
    """Whose things a role may reach through a route; what lies outside is answered as absent."""

    OWN = "own"
    TEAM = "team"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Access:
    """Who may call a route. `needs` is the scope that a token must carry if its scopes are limited.

    `is_late`: the view hands `late_pass()` to its statement, which checks it; one round trip less for what every rep
    does all day.
    """

    scope_by_role: Mapping[Role, Scope] = field(default_factory=dict)
    needs: str | None = None
    is_public: bool = False
    is_late: bool = False

    def check(self, caller: Caller) -> Scope:
        """Gives the scope of the caller on this route.

        Raises:
            Refused: `forbidden`, for the role or for the token's scopes.
        """
        scope = self.scope_by_role.get(caller.role)
        if scope is None:
            raise Refused("forbidden", f"the role {caller.role.value} may not do this")
        if caller.scopes is not None and self.needs not in caller.scopes:
            raise Refused("forbidden", "this token is limited to other things")
        return scope


AccessTable = Mapping[str, Access]
"""`METHOD /path/{parameter}` -> who may call it."""

PUBLIC: Final = Access(is_public=True)


def allow(
    *,
    marketing: Scope | None = None,
    rep: Scope | None = None,
    supervisor: Scope | None = None,
    admin: Scope | None = Scope.ALL,
    needs: str | None = None,
) -> Access:
    """Writes one row of the table: the scope of each role; None shuts it out."""
    given = {Role.MARKETING: marketing, Role.REP: rep, Role.SUPERVISOR: supervisor, Role.ADMIN: admin}
    return Access({role: scope for role, scope in given.items() if scope is not None}, needs)


def bind_access(app: Flask, table: AccessTable) -> dict[tuple[str, str], Access]:
    """Looks up the access of every rule and method of the app.

    Raises:
        LookupError: a route is not in the table, or a row of the table has no route.
    """
    routes = {
        f"{method} {route_of(rule.rule)}": (rule.rule, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    if differing := routes.keys() ^ table.keys():
        raise LookupError(f"routes without access, or access without route: {', '.join(sorted(differing))}")
    return {routes[route]: access for route, access in table.items()}


@lru_cache(maxsize=1024)
def route_of(rule: str) -> str:
    """Gives a rule of Flask with its parameters in braces, as logs, metrics and the table name it."""
    return _CONVERTED.sub(r"{\1}", rule)
