"""Views of recheck calls: one number at a time, alive, dead or somebody else."""

from typing import Any

import marshmallow
from marshmallow import fields, validate

from services.dispatcher.contact_schema import desk_name
from services.dispatcher.recheck_schema import RecheckAnswer
from services.dispatcher.rechecking import ANSWERS, Next, answer_check, take_next
from shared.storage.evidence import list_standings
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.fields import Id
from shared.web.parts import parts

blueprint = Blueprint("rechecks", __name__, url_prefix="/v1/rechecks", description="Ringing dead numbers again")


class RecheckNextBody(marshmallow.Schema):
    """Nothing is sent."""


class NextRecheck(marshmallow.Schema):
    """The next recheck call, or why there is none."""

    recheck = fields.Nested(RecheckAnswer, attribute="check", allow_none=True)
    reason = fields.String(allow_none=True)


class RecheckResult(marshmallow.Schema):
    """Who answered."""

    answer = fields.String(required=True, validate=validate.OneOf(tuple(ANSWERS)))
    private = fields.Boolean(
        load_default=False, metadata={"description": "a private stranger: suppress the number, keep its hash only"}
    )
    desk = desk_name()


class RecheckedLine(marshmallow.Schema):
    """How the line stands now."""

    number_id = Id("number")
    line_status = fields.String()
    recheck_at = fields.DateTime(allow_none=True)


@blueprint.route("/next", methods=["POST"])
@blueprint.arguments(RecheckNextBody)
@blueprint.response(200, NextRecheck)
def show_next(_body: dict[str, Any]) -> Next:
    """Take the next number to ring again; the same one until it is answered or half an hour is over."""
    with parts().ledger.transaction() as connection:
        return take_next(connection, caller())


@blueprint.route("/<id(line_check):check_id>/result", methods=["POST"])
@blueprint.arguments(RecheckResult)
@blueprint.response(200, RecheckedLine)
def add_result(body: dict[str, Any], check_id: int) -> dict[str, Any]:
    """Say what came of the call."""
    with parts().ledger.transaction() as connection:
        number_id = answer_check(
            connection, caller(), check_id, answer=body["answer"], private=body["private"], desk=body["desk"]
        )
        (line,) = list_standings(connection, [number_id])
        return {"number_id": number_id, "line_status": line.status, "recheck_at": line.recheck_at}
