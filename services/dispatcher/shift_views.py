"""Views of shifts: when a rep works."""

from typing import Any

import marshmallow
from marshmallow import fields

from services.dispatcher.absences import find_reached
from services.dispatcher.access import reach
from services.dispatcher.policy_schema import Hours
from shared.storage.audit import add_audit
from shared.storage.person import Shift, read_shift, set_shift
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.parts import parts

blueprint = Blueprint("shifts", __name__, url_prefix="/v1/people", description="Who works with leadmill")


class ShiftBody(marshmallow.Schema):
    """When somebody works, by the clock of their team; null: in the hours of their pools."""

    hours = fields.Nested(Hours, required=True, allow_none=True)


class ShiftAnswer(marshmallow.Schema):
    """When somebody works, and whether they do now; who is away is not on shift."""

    hours = fields.Nested(Hours, allow_none=True)
    zone = fields.String()
    on_shift = fields.Boolean()


@blueprint.route("/<id(person):person_id>/shift", methods=["GET"])
@blueprint.response(200, ShiftAnswer)
def show_shift(person_id: int) -> Shift:
    """Show when somebody works."""
    with parts().ledger.reading() as connection:
        find_reached(connection, caller(), reach(), person_id)
        return read_shift(connection, person_id)


@blueprint.route("/<id(person):person_id>/shift", methods=["PUT"])
@blueprint.arguments(ShiftBody)
@blueprint.response(200, ShiftAnswer)
def put_shift(body: dict[str, Any], person_id: int) -> Shift:
    """Say when somebody works: their time limits run then, and a request of a client they know goes to them only then."""
    with parts().ledger.transaction() as connection:
        find_reached(connection, caller(), reach(), person_id)
        set_shift(connection, person_id, body["hours"])
        detail = {"hours": body["hours"]}
        add_audit(
            connection, "shift_changed", actor=caller().person_id, entity="person", entity_id=person_id, detail=detail
        )
        return read_shift(connection, person_id)
