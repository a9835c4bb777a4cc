"""Views of people at work: who there is, who is away, who comes back, who leaves."""

from datetime import UTC
from typing import Any

import marshmallow
from marshmallow import fields, validate
from sqlalchemy import Connection

from services.dispatcher.absences import change, come_back, dismiss, go_away
from services.dispatcher.access import reach
from services.dispatcher.people import read_person
from services.dispatcher.person_views import PersonAnswer
from shared.storage.absence import list_people
from shared.storage.idempotency import Effect
from shared.storage.person import DUTIES, Person
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.cursor import Page, PageQuery
from shared.web.fields import Id
from shared.web.idempotency import run_once
from shared.web.parts import parts

blueprint = Blueprint("absences", __name__, url_prefix="/v1/people", description="Who works with leadmill")


class PeopleQuery(PageQuery):
    """Which people."""

    left = fields.Boolean(load_default=False)


class ListedPerson(PersonAnswer):
    """A person on the list."""

    away_until = fields.DateTime(allow_none=True)
    deputy_id = Id("person", allow_none=True)


class PeoplePage(marshmallow.Schema):
    """A page of people."""

    items = fields.List(fields.Nested(ListedPerson))
    next = fields.String(allow_none=True)


class AbsenceBody(marshmallow.Schema):
    """Until when, and who keeps the promises meanwhile; without a deputy the pool does."""

    until = fields.AwareDateTime(default_timezone=UTC, required=True)
    deputy_id = Id("person", load_default=None, allow_none=True)
    reason = fields.String(load_default="away", validate=validate.Length(1, 200))


class ReturnBody(marshmallow.Schema):
    """Nothing."""


class LeaveBody(marshmallow.Schema):
    """Who takes over, and why they leave."""

    successor_id = Id("person", load_default=None, allow_none=True)
    reason = fields.String(required=True, validate=validate.Length(1, 200))


class LeftAnswer(marshmallow.Schema):
    """What became of what a leaver had: leads passed on, leads back in the queue, promises that others keep."""

    id = Id("person", dump_only=True)
    state = fields.String()
    passed = fields.Integer()
    returned = fields.Integer()
    promises = fields.Integer()


class PersonChange(marshmallow.Schema):
    """What somebody sells from now on."""

    duty = fields.String(validate=validate.OneOf(DUTIES))
    pools = fields.List(Id("pool"), validate=validate.Length(0, 100))


@blueprint.route("", methods=["GET"])
@blueprint.arguments(PeopleQuery, location="query")
@blueprint.response(200, PeoplePage)
def show_people(query: dict[str, Any]) -> Page[dict[str, Any]]:
    """List people: oneself, the own team, or all."""
    cursors, limit, whose = parts().cursors, query["limit"], reach()
    after = cursors.decode("people", query["cursor"]) or 0
    with parts().ledger.reading() as connection:
        found = list_people(
            connection,
            own_id=whose.person_id,
            team_id=whose.team_id,
            left=query["left"],
            after=after,
            limit=limit + 1,
        )
    return cursors.page("people", found, limit, lambda person: person["id"])


@blueprint.route("/<id(person):person_id>", methods=["PATCH"])
@blueprint.arguments(PersonChange)
@blueprint.response(200, PersonAnswer)
def patch_person(body: dict[str, Any], person_id: int) -> Person:
    """Change a person's duty and pools."""
    with parts().ledger.transaction() as connection:
        change(connection, caller(), reach(), person_id, body)
        return read_person(connection, person_id)


@blueprint.route("/<id(person):person_id>/absence", methods=["POST"])
@blueprint.arguments(AbsenceBody)
@blueprint.response(201, PersonAnswer)
def add_absence(body: dict[str, Any], person_id: int) -> tuple[Person, int]:
    """Say that somebody is away: nothing is handed out, timers stop for up to three days, a deputy keeps the promises."""

    def effect(connection: Connection) -> Effect:
        go_away(connection, caller(), reach(), person_id, body)
        return Effect(201, {})

    return _once(body, effect, person_id)


@blueprint.route("/<id(person):person_id>/return", methods=["POST"])
@blueprint.arguments(ReturnBody)
@blueprint.response(200, PersonAnswer)
def end_absence(body: dict[str, Any], person_id: int) -> tuple[Person, int]:
    """Say that somebody is back."""

    def effect(connection: Connection) -> Effect:
        come_back(connection, caller(), reach(), person_id)
        return Effect(200, {})

    return _once(body, effect, person_id)


@blueprint.route("/<id(person):person_id>/leave", methods=["POST"])
@blueprint.arguments(LeaveBody)
@blueprint.response(200, LeftAnswer)
def end_person(body: dict[str, Any], person_id: int) -> tuple[dict[str, Any], int]:
    """End somebody's access at once; what they worked goes to the successor, or the pool, spread over days."""

    def effect(connection: Connection) -> Effect:
        left = dismiss(
            connection, caller(), reach(), person_id, successor_id=body["successor_id"], reason=body["reason"]
        )
        return Effect(200, {name: getattr(left, name) for name in left.__slots__})

    def render(_: Connection, had: Effect) -> dict[str, Any]:
        return {"id": person_id, "state": "left", **had.ids}

    with parts().ledger.transaction() as connection:
        return run_once(connection, body=body, effect=effect, render=render)


def _once(body: dict[str, Any], effect: Any, person_id: int) -> tuple[Person, int]:
    with parts().ledger.transaction() as connection:
        return run_once(connection, body=body, effect=effect, render=lambda c, _: read_person(c, person_id))
