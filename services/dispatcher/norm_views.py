"""The view of norms and plans: what was asked of each rep, and what they did."""

from typing import Any

import marshmallow
from marshmallow import fields

from services.dispatcher.access import reach
from services.dispatcher.norming import Progress, show_progress
from shared.web.blueprint import Blueprint
from shared.web.fields import Id
from shared.web.parts import parts

blueprint = Blueprint("norms", __name__, url_prefix="/v1/norms", description="What is asked of reps, and what they do")


class NormQuery(marshmallow.Schema):
    """Whose."""

    rep = Id("person", load_default=None)


class NormAnswer(marshmallow.Schema):
    """A norm of one kind in the present period; `expected` by today, in the days that are worked."""

    kind = fields.String(attribute="norm.kind", metadata={"description": "claim: leads handed out; else contacts"})
    per = fields.String(attribute="norm.per", metadata={"enum": ["day", "week", "month"]})
    minimum = fields.Decimal(attribute="norm.minimum", as_string=True, allow_none=True)
    maximum = fields.Decimal(attribute="norm.maximum", as_string=True, allow_none=True)
    fact = fields.Decimal(as_string=True)
    expected = fields.Decimal(as_string=True, places=2, allow_none=True)
    state = fields.String(metadata={"enum": ["behind", "on_course", "reached", "exceeded"]})


class PlanAnswer(marshmallow.Schema):
    """A plan by result in the present period; `value` is money in its currency, anything else a disposition."""

    result = fields.String(attribute="norm.kind")
    per = fields.String(attribute="norm.per", metadata={"enum": ["day", "week", "month"]})
    currency = fields.String(attribute="norm.currency", allow_none=True)
    target = fields.Decimal(attribute="norm.minimum", as_string=True)
    fact = fields.Decimal(as_string=True)
    expected = fields.Decimal(as_string=True, places=2)
    state = fields.String(metadata={"enum": ["behind", "on_course", "reached"]})


class ProgressAnswer(marshmallow.Schema):
    """One rep."""

    person_id = Id("person", attribute="rep.id")
    name = fields.String(attribute="rep.name")
    today = fields.Date(attribute="rep.today")
    norms = fields.List(fields.Nested(NormAnswer))
    plans = fields.List(fields.Nested(PlanAnswer))


class ProgressList(marshmallow.Schema):
    """The reps by name."""

    items = fields.List(fields.Nested(ProgressAnswer))


@blueprint.route("", methods=["GET"])
@blueprint.arguments(NormQuery, location="query")
@blueprint.response(200, ProgressList)
def show_norms(query: dict[str, Any]) -> dict[str, list[Progress]]:
    """Say what is asked of reps in this day, week and month, and what they did: one's own, the team's, or all."""
    with parts().ledger.reading() as connection:
        return {"items": show_progress(connection, reach(), person_id=query["rep"])}
