"""The view that keeps a company for one rep or team."""

from typing import Any

import marshmallow
from marshmallow import fields, validate

from services.dispatcher.access import reach
from services.dispatcher.attempt import run_crossed
from services.dispatcher.reserving import reserve
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.fields import Id
from shared.web.idempotency import run_once
from shared.web.parts import parts

blueprint = Blueprint("reservations", __name__, url_prefix="/v1/leads", description="Companies kept for somebody")


class ReserveBody(marshmallow.Schema):
    """For whom: a person, or a team by name; neither gives the company back to everybody."""

    person_id = Id("person", load_default=None, allow_none=True)
    team = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 200))
    reason = fields.String(required=True, validate=validate.Length(1, 500))


class ReserveAnswer(marshmallow.Schema):
    """The people of the company that are kept now, and those that somebody holds or was promised; the action can be undone."""

    action_id = Id("action")
    moved = fields.List(Id("lead"))
    left = fields.List(Id("lead"))


@blueprint.route("/<id(lead):lead_id>/reserve", methods=["POST"])
@blueprint.arguments(ReserveBody)
@blueprint.response(200, ReserveAnswer)
def reserve_company(body: dict[str, Any], lead_id: int) -> tuple[dict[str, object], int]:
    """Keep a lead's company for one rep or team: nobody else is given its people."""
    return run_crossed(
        parts().ledger.transaction,
        lambda connection: run_once(
            connection,
            body=body,
            effect=lambda c: reserve(c, caller(), reach(), lead_id, body),
            render=lambda _, had: dict(had.ids),
        ),
    )
