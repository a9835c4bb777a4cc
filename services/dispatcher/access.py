"""Who may call which route of the dispatcher, and whose things it reaches."""

from dataclasses import replace
from typing import Final

from shared.auth import Caller
from shared.storage.reach import Reach
from shared.web.access import PUBLIC, AccessTable, Scope, allow
from shared.web.auth import caller, scope

_SELLING: Final = allow(rep=Scope.OWN, supervisor=Scope.OWN, admin=Scope.OWN, needs="work")
_WATCHED: Final = allow(rep=Scope.OWN, supervisor=Scope.TEAM, needs="work")
_LED: Final = allow(supervisor=Scope.TEAM, needs="lead")
_READ_BY_ALL: Final = allow(marketing=Scope.ALL, rep=Scope.ALL, supervisor=Scope.ALL, needs="work")
_ADMIN: Final = allow(needs="lead")

ACCESS: Final[AccessTable] = {
    "POST /v1/queue/next": replace(_SELLING, is_late=True),
    "GET /v1/queue": _SELLING,
    "GET /v1/dispositions": _READ_BY_ALL,
    "PUT /v1/dispositions/{code}": _ADMIN,
    "GET /v1/stages": _READ_BY_ALL,
    "PUT /v1/stages/{code}": _ADMIN,
    "GET /v1/fact-fields": _READ_BY_ALL,
    "PUT /v1/fact-fields/{name}": allow(supervisor=Scope.ALL, needs="lead"),
    "POST /v1/assignments/{assignment_id}/contacts": _WATCHED,
    "POST /v1/contacts/{contact_id}/correct": _WATCHED,
    "GET /v1/assignments": _WATCHED,
    "GET /v1/assignments/{assignment_id}": _WATCHED,
    "POST /v1/assignments": _LED,
    "POST /v1/assignments/reclaim": _LED,
    "POST /v1/assignments/{assignment_id}/extend": _WATCHED,
    "POST /v1/assignments/{assignment_id}/calls": _SELLING,
    "POST /v1/assignments/{assignment_id}/reveal": _SELLING,
    "POST /v1/assignments/{assignment_id}/release": _WATCHED,
    "POST /v1/assignments/{assignment_id}/handoff": _WATCHED,
    "POST /v1/assignments/{assignment_id}/proposals": _WATCHED,
    "GET /v1/assignments/{assignment_id}/company": _WATCHED,
    "POST /v1/assignments/{assignment_id}/company": _WATCHED,
    "POST /v1/assignments/{assignment_id}/not-same": _WATCHED,
    "POST /v1/assignments/{assignment_id}/same": _WATCHED,
    "POST /v1/leads": allow(rep=Scope.OWN, supervisor=Scope.OWN, admin=None, needs="work"),
    "GET /v1/suppressions": allow(marketing=Scope.ALL, supervisor=Scope.ALL, needs="lead"),
    "POST /v1/suppressions": _LED,
    "POST /v1/suppressions/{suppression_id}/lift": _LED,
    "GET /v1/numbers/{number_id}": allow(marketing=Scope.ALL, rep=Scope.OWN, supervisor=Scope.TEAM, needs="work"),
    "GET /v1/quarantine": allow(marketing=Scope.ALL, supervisor=Scope.ALL, needs="lead"),
    "POST /v1/quarantine/search": allow(marketing=Scope.ALL, supervisor=Scope.ALL, needs="lead"),
    "GET /v1/quarantine/calendar": allow(marketing=Scope.ALL, supervisor=Scope.ALL, needs="lead"),
    "POST /v1/numbers/{number_id}/release": _LED,
    "POST /v1/numbers/{number_id}/extend": _LED,
    "GET /v1/line-holds": allow(marketing=Scope.ALL, supervisor=Scope.ALL, needs="lead"),
    "GET /v1/line-holds/witnesses": allow(rep=Scope.OWN, supervisor=Scope.TEAM, needs="work"),
    "POST /v1/line-holds/{hold_id}/decide": allow(supervisor=Scope.ALL, needs="lead"),
    "POST /v1/line-checks/out": allow(needs="lead"),
    "POST /v1/line-checks/results": allow(supervisor=Scope.ALL, needs="lead"),
    "POST /v1/line-checks/webhook": PUBLIC,
    "GET /v1/line-checks/key": allow(needs="lead"),
    "GET /v1/line-checks/rules": allow(supervisor=Scope.ALL, needs="lead"),
    "PATCH /v1/line-checks/rules": allow(needs="lead"),
    "POST /v1/rechecks/next": _SELLING,
    "POST /v1/rechecks/{check_id}/result": _SELLING,
    "GET /v1/reviews": allow(marketing=Scope.ALL, supervisor=Scope.ALL, needs="lead"),
    "GET /v1/reviews/{review_id}": allow(marketing=Scope.ALL, supervisor=Scope.ALL, needs="lead"),
    "GET /v1/reviews/calibration": allow(marketing=Scope.ALL, supervisor=Scope.ALL, needs="lead"),
    "POST /v1/reviews/{review_id}/decide": allow(marketing=Scope.ALL, supervisor=Scope.ALL, needs="lead"),
    "GET /v1/merges": allow(marketing=Scope.ALL, supervisor=Scope.ALL, needs="lead"),
    "GET /v1/matches": allow(marketing=Scope.ALL, supervisor=Scope.ALL, needs="lead"),
    "POST /v1/merges/{merge_id}/undo": allow(marketing=Scope.ALL, supervisor=Scope.ALL, needs="lead"),
    "GET /v1/leads": allow(marketing=Scope.ALL, rep=Scope.OWN, supervisor=Scope.TEAM, needs="lead"),
    "GET /v1/leads/{lead_id}": allow(marketing=Scope.ALL, rep=Scope.OWN, supervisor=Scope.TEAM, needs="work"),
    "PATCH /v1/leads/{lead_id}": _LED,
    "POST /v1/leads/{lead_id}/reserve": _LED,
    "GET /v1/leads/{lead_id}/gates": allow(marketing=Scope.ALL, rep=Scope.OWN, supervisor=Scope.TEAM, needs="work"),
    "GET /v1/leads/{lead_id}/order": allow(marketing=Scope.ALL, supervisor=Scope.TEAM, needs="lead"),
    "GET /v1/leads/{lead_id}/matches": allow(marketing=Scope.ALL, supervisor=Scope.TEAM, needs="lead"),
    "POST /v1/leads/{lead_id}/split": allow(marketing=Scope.ALL, supervisor=Scope.ALL, needs="lead"),
    "GET /v1/leads/{lead_id}/matches/{other_id}": allow(marketing=Scope.ALL, supervisor=Scope.TEAM, needs="lead"),
    "GET /v1/leads/{lead_id}/history": allow(rep=Scope.OWN, supervisor=Scope.TEAM, needs="work"),
    "GET /v1/pools": allow(marketing=Scope.ALL, rep=Scope.OWN, supervisor=Scope.ALL, needs="lead"),
    "POST /v1/pools": _ADMIN,
    "PATCH /v1/pools/{pool_id}": _LED,
    "GET /v1/pools/rules": allow(marketing=Scope.ALL, supervisor=Scope.ALL, needs="lead"),
    "PUT /v1/pools/rules": _ADMIN,
    "POST /v1/pools/reroute": _ADMIN,
    "GET /v1/policies": allow(supervisor=Scope.ALL, needs="lead"),
    "PUT /v1/policies": _ADMIN,
    "GET /v1/actions": _LED,
    "POST /v1/actions/{action_id}/undo": _LED,
    "POST /v1/assignments/transfer": _LED,
    "GET /v1/pools/{pool_id}/forecast": allow(marketing=Scope.ALL, supervisor=Scope.ALL, needs="lead"),
    "GET /v1/queue/why": _SELLING,
    "POST /v1/lookups": _WATCHED,
    "GET /v1/countries": allow(marketing=Scope.ALL, supervisor=Scope.ALL, needs="lead"),
    "PATCH /v1/countries/{code}": _ADMIN,
    "POST /v1/countries/{code}/packs": _ADMIN,
    "GET /v1/subscriptions": _ADMIN,
    "POST /v1/subscriptions": _ADMIN,
    "DELETE /v1/subscriptions/{subscription_id}": _ADMIN,
    "GET /v1/norms": _WATCHED,
    "GET /v1/endings": _WATCHED,
    "GET /v1/promises": _WATCHED,
    "GET /v1/requests": _LED,
    "GET /v1/win-back": _LED,
    "GET /v1/people": allow(rep=Scope.OWN, supervisor=Scope.TEAM, needs="work"),
    "PATCH /v1/people/{person_id}": _LED,
    "POST /v1/people/{person_id}/absence": _WATCHED,
    "GET /v1/people/{person_id}/shift": _WATCHED,
    "PUT /v1/people/{person_id}/shift": _LED,
    "POST /v1/people/{person_id}/return": _WATCHED,
    "POST /v1/people/{person_id}/leave": _LED,
    "POST /v1/people": _LED,
    "POST /v1/people/{person_id}/tokens": _LED,
}
"""Foreign and absent things look the same: what lies outside the scope is answered 404."""


def reach() -> Reach:
    """Gives whose assignments and leads the present request may touch."""
    return reach_of(caller(), scope())


def reach_of(who: Caller, how_far: Scope) -> Reach:
    """Gives whose assignments and leads somebody may touch through a route of this scope.

    A supervisor without a team reaches only what is their own.
    """
    if how_far is Scope.ALL:
        return Reach()
    if how_far is Scope.TEAM and who.team_id is not None:
        return Reach(team_id=who.team_id)
    return Reach(person_id=who.person_id)
