"""Views of what pools have to give: the forecast of one, and "why is my queue empty?"."""

from typing import Any

import marshmallow
from marshmallow import fields

from services.dispatcher.forecasting import explain_queue, forecast
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.fields import Id
from shared.web.parts import parts

blueprint = Blueprint("forecasts", __name__, url_prefix="/v1", description="What pools have to give")


class ForecastAnswer(marshmallow.Schema):
    """What waits against what is called away; `dry_on` is the first day whose calls the pool cannot serve."""

    pool_id = Id("pool")
    reps = fields.Integer()
    calls_a_day = fields.Integer(metadata={"description": "the norm's minimum of the reps on duty"})
    eligible_now = fields.Integer()
    eligible_tomorrow = fields.Integer()
    eligible_in_30_days = fields.Integer()
    capacity_in_30_days = fields.Integer()
    dry_on = fields.Date(allow_none=True, metadata={"description": "null: it lasts thirty days"})


class WhyPool(marshmallow.Schema):
    """One pool: what it has, and the first gate that keeps you from it; no reason: it gives something now."""

    pool_id = Id("pool")
    name = fields.String()
    reason = fields.String(
        allow_none=True,
        metadata={
            "examples": [
                "cap_reached",
                "cap_reached_cold",
                "unfinished_lead",
                "norm_reached",
                "queue_empty",
                "closed_hours",
            ]
        },
    )
    held = fields.Integer()
    open_cap = fields.Integer(allow_none=True)
    claims = fields.Integer()
    norm = fields.Integer(allow_none=True)
    waiting = fields.Integer()
    open_now = fields.Integer()
    barred = fields.Integer()
    opens_at = fields.DateTime(allow_none=True)
    parked = fields.Integer()
    wakes_at = fields.DateTime(allow_none=True)


class WhyAnswer(marshmallow.Schema):
    """Why a queue is empty; no reason: it is not."""

    reason = fields.String(allow_none=True)
    on_duty = fields.Boolean()
    promises = fields.Integer()
    next_due_at = fields.DateTime(allow_none=True)
    pools = fields.List(fields.Nested(WhyPool))


@blueprint.route("/pools/<id(pool):pool_id>/forecast", methods=["GET"])
@blueprint.response(200, ForecastAnswer)
def show_forecast(pool_id: int) -> dict[str, Any]:
    """Say what a pool has tomorrow and in thirty days against the capacity of its reps, and on which day it is dry."""
    with parts().ledger.reading() as connection:
        return forecast(connection, pool_id)


@blueprint.route("/queue/why", methods=["GET"])
@blueprint.response(200, WhyAnswer)
def show_why() -> dict[str, Any]:
    """Say why your queue is empty: every pool that serves you, each gate, and when it opens."""
    with parts().ledger.reading() as connection:
        return explain_queue(connection, caller().person_id)
