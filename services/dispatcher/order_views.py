"""The view that says why a lead has its place in the queue."""

from typing import Any

import marshmallow
from marshmallow import fields

from services.dispatcher.access import reach
from shared.domain.errors import absent
from shared.storage.lead_view import find_lead
from shared.storage.order import read_order
from shared.web.blueprint import Blueprint
from shared.web.fields import Id
from shared.web.parts import parts

blueprint = Blueprint("order", __name__, url_prefix="/v1/leads", description="Who is called first")


class ScoreAnswer(marshmallow.Schema):
    """What a source or a line of business was worth when the lead began to wait: leads tried in a year, won among them."""

    source_id = Id("source", allow_none=True)
    source = fields.String(allow_none=True)
    industry = fields.String(allow_none=True)
    tried = fields.Integer()
    won = fields.Integer()
    rate = fields.Float(metadata={"description": "as if twenty leads more had done as usual"})
    usual_rate = fields.Float()
    weight = fields.Integer(metadata={"description": "the source's weight, 100 as usual"})
    advance_days = fields.Float(metadata={"description": "by how many days the lead passes others"})
    within_days = fields.Integer(
        allow_none=True, metadata={"description": "half the return window, in which the lead is to be tried"}
    )
    rise_days = fields.Integer(
        allow_none=True, metadata={"description": "by how many days that lets a lead pass others that nobody has tried"}
    )
    at = fields.DateTime()


class OrderAnswer(marshmallow.Schema):
    """Why a lead has its place: since when it waits, plus its rank's days, less the days its scores give it, plus its place in the mix."""

    lead_id = Id("lead")
    pool_id = Id("pool", allow_none=True, metadata={"description": "null: it is in no queue; see its gates"})
    rank = fields.String(allow_none=True)
    since = fields.DateTime()
    tried = fields.Boolean()
    rank_days = fields.Float()
    scores = fields.List(fields.Nested(ScoreAnswer))
    mix_days = fields.Float()
    asked = fields.Boolean(metadata={"description": "an open request stands before every other lead"})
    parked_until = fields.DateTime(allow_none=True)
    ahead = fields.Integer(
        allow_none=True, metadata={"description": "leads before it in its hours; 1000 is as many or more"}
    )


@blueprint.route("/<id(lead):lead_id>/order", methods=["GET"])
@blueprint.response(200, OrderAnswer)
def show_order(lead_id: int) -> dict[str, Any]:
    """Say why a lead has its place in the queue: all that its place is made of, and how many wait before it."""
    with parts().ledger.reading() as connection:
        if find_lead(connection, lead_id, reach()) is None:
            raise absent("lead")
        return read_order(connection, lead_id)
