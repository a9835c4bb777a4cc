"""Views of people and their tokens."""

from typing import Any

import marshmallow
from marshmallow import fields, validate
from sqlalchemy import Connection

from services.dispatcher.absences import warnings_of
from services.dispatcher.people import create_person, create_token, read_person
from shared.auth import Role
from shared.domain.errors import Superseded
from shared.storage.idempotency import Effect
from shared.storage.person import DUTIES, count_reps
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.fields import Id
from shared.web.idempotency import run_once
from shared.web.parts import parts

blueprint = Blueprint("people", __name__, url_prefix="/v1/people", description="Who works with leadmill")


class PersonBody(marshmallow.Schema):
    """A new person; `pools` are those that serve them, `team` is a name."""

    name = fields.String(required=True, validate=validate.Length(1, 200))
    role = fields.String(required=True, validate=validate.OneOf([role.value for role in Role]))
    duty = fields.String(load_default="hunter", validate=validate.OneOf(DUTIES))
    team = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 200))
    pools = fields.List(Id("pool"), load_default=list, validate=validate.Length(0, 100))


class PersonAnswer(marshmallow.Schema):
    """A person."""

    id = Id("person", dump_only=True)
    name = fields.String()
    role = fields.String()
    duty = fields.String()
    state = fields.String()
    team = fields.String(attribute="team_name", allow_none=True)
    pools = fields.List(Id("pool"))


class AddedPerson(PersonAnswer):
    """A person who was added; `warnings` say what a supervisor should think about."""

    warnings = fields.List(fields.String())


class TokenBody(marshmallow.Schema):
    """A new token; without scopes it may do all that its person may."""

    name = fields.String(load_default="api", validate=validate.Length(1, 200))
    scopes = fields.List(
        fields.String(validate=validate.Length(1, 50)),
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, 20),
    )


class TokenAnswer(marshmallow.Schema):
    """A token: shown this once."""

    id = Id("token", dump_only=True)
    token = fields.String()


@blueprint.route("", methods=["POST"])
@blueprint.arguments(PersonBody)
@blueprint.response(201, AddedPerson)
def add_person(body: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Add a person: supervisors reps of their team, admins everybody."""

    def add(connection: Connection) -> Effect:
        return Effect(201, {"person_id": create_person(connection, caller(), body)})

    def render(connection: Connection, effect: Effect) -> dict[str, Any]:
        person = read_person(connection, int(str(effect.ids["person_id"])))
        size = 0 if person.team_id is None else count_reps(connection, person.team_id)
        return {**{name: getattr(person, name) for name in person.__slots__}, "warnings": warnings_of(size)}

    with parts().ledger.transaction() as connection:
        return run_once(connection, body=body, effect=add, render=render)


@blueprint.route("/<id(person):person_id>/tokens", methods=["POST"])
@blueprint.arguments(TokenBody)
@blueprint.response(201, TokenAnswer)
def add_token(body: dict[str, Any], person_id: int) -> tuple[dict[str, object], int]:
    """Make a token of a person, never one that may do more than yours; it is shown once."""

    def add(connection: Connection) -> Effect:
        token_id, token = create_token(connection, caller(), person_id, name=body["name"], scopes=body["scopes"])
        return Effect(201, {"token_id": token_id}, shown={"token": token})

    def render(_: Connection, effect: Effect) -> dict[str, object]:
        if not effect.shown:
            raise Superseded("token_shown_once", "this token was made and shown already; make another with a new key")
        return {"id": effect.ids["token_id"], **effect.shown}

    with parts().ledger.transaction() as connection:
        return run_once(connection, body=body, effect=add, render=render)
