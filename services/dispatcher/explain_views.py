"""The view that says why records are one lead."""

from typing import Any

import marshmallow
from marshmallow import fields

from services.dispatcher.access import reach
from shared.domain.errors import absent
from shared.hygiene.explaining import explain_lead
from shared.storage.lead_view import find_lead
from shared.web.blueprint import Blueprint
from shared.web.parts import parts

blueprint = Blueprint("explanations", __name__, url_prefix="/v1/leads", description="The base")


class SideAnswer(marshmallow.Schema):
    """One of two records: where it came from and what it said."""

    source = fields.String()
    row = fields.Integer()
    fields_ = fields.Dict(data_key="fields", attribute="fields")


class PairAnswer(marshmallow.Schema):
    """Two records that the matcher joined, and what each field weighed."""

    decision = fields.String()
    model_version = fields.String()
    a = fields.Nested(SideAnswer)
    b = fields.Nested(SideAnswer)
    compared = fields.List(fields.Dict(), data_key="fields", attribute="fields")


class MatchesAnswer(marshmallow.Schema):
    """The pairs of one lead, the surest first."""

    items = fields.List(fields.Nested(PairAnswer))


@blueprint.route("/<id(lead):lead_id>/matches", methods=["GET"])
@blueprint.response(200, MatchesAnswer)
def show_matches(lead_id: int) -> dict[str, Any]:
    """Say why the records of a lead are one: each pair that was joined, field by field, with what it weighed."""
    with parts().ledger.reading() as connection:
        if find_lead(connection, lead_id, reach()) is None:
            raise absent("lead")
        return {"items": explain_lead(connection, lead_id)}
