"""Views of the company that an assignment holds: its other people, and their numbers."""

from typing import Any

import marshmallow
from marshmallow import fields
from sqlalchemy import Connection

from services.dispatcher.access import reach
from services.dispatcher.assignment_schema import Fenced
from services.dispatcher.attempt import run_crossed
from services.dispatcher.card_schema import AssignmentAnswer
from services.dispatcher.colleagues import call_colleague
from shared.domain.errors import absent
from shared.domain.masking import mask_fields
from shared.ids import encode
from shared.storage.assignment import find_assignment
from shared.storage.card import read_cards
from shared.storage.colleague import Colleague, list_colleagues
from shared.storage.idempotency import Effect
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.fields import Id
from shared.web.idempotency import run_once
from shared.web.parts import parts

blueprint = Blueprint("colleagues", __name__, url_prefix="/v1/assignments", description="A company as one card")


class ColleagueAnswer(marshmallow.Schema):
    """Another person of the company; `callable` counts the numbers that could be asked for."""

    lead_id = Id("lead")
    person = fields.String(allow_none=True)
    job_title = fields.String(allow_none=True)
    stage = fields.String()
    relation = fields.String()
    callable = fields.Integer()
    refused_until = fields.DateTime(allow_none=True)
    last_contact_at = fields.DateTime(allow_none=True)
    last_disposition = fields.String(allow_none=True)


class CompanyAnswer(marshmallow.Schema):
    """The other people of the company; none where the pool's client is the person."""

    items = fields.List(fields.Nested(ColleagueAnswer))


class ColleagueBody(Fenced):
    """Whose numbers are wanted."""

    lead_id = Id("lead", required=True)


class BoundAnswer(AssignmentAnswer):
    """The assignment with what may be dialled now; `results` by number: bound, or what bars it."""

    results = fields.Dict(keys=fields.String(), values=fields.String())


@blueprint.route("/<id(assignment):assignment_id>/company", methods=["GET"])
@blueprint.response(200, CompanyAnswer)
def show_company(assignment_id: int) -> dict[str, object]:
    """List the other people of the company: who holds one, holds all."""
    with parts().ledger.reading() as connection:
        if find_assignment(connection, assignment_id, reach()) is None:
            raise absent("assignment")
        return {"items": [_shown(one) for one in list_colleagues(connection, assignment_id)]}


@blueprint.route("/<id(assignment):assignment_id>/company", methods=["POST"])
@blueprint.arguments(ColleagueBody)
@blueprint.response(200, BoundAnswer)
def bind_colleague(body: dict[str, Any], assignment_id: int) -> tuple[dict[str, object], int]:
    """Let the assignment dial the free numbers of another person of the company."""

    def render(connection: Connection, had: Effect) -> dict[str, object]:
        card = read_cards(connection, [int(str(had.ids["assignment"]))])[0]
        told = had.ids["numbers"]
        assert isinstance(told, dict)
        results = {encode("number", int(number)): result for number, result in told.items()}
        return {name: getattr(card, name) for name in card.__slots__} | {"results": results}

    def work(connection: Connection) -> tuple[dict[str, object], int]:
        def effect(inner: Connection) -> Effect:
            return call_colleague(inner, caller(), reach(), assignment_id, body)

        return run_once(connection, body=body, effect=effect, render=render)

    return run_crossed(parts().ledger.transaction, work)


def _shown(one: Colleague) -> dict[str, object]:
    seen = mask_fields(one.fields, one.hidden)
    told = {name: getattr(one, name) for name in one.__slots__ if name not in ("fields", "hidden", "numbers")}
    return {**told, "person": seen.get("person"), "job_title": seen.get("job_title"), "callable": len(one.numbers)}
