"""The view of the win-back list: who was lost or put off, and may be called again."""

from typing import Any

import marshmallow
from marshmallow import fields, validate

from services.dispatcher.access import reach
from shared.storage.win_back import list_win_back
from shared.web.blueprint import Blueprint
from shared.web.fields import Id
from shared.web.parts import parts

blueprint = Blueprint("win_back", __name__, url_prefix="/v1/win-back", description="Who may be won back")


class WinBackQuery(marshmallow.Schema):
    """Which: lost for a reason, by a rep; free now, or within so many days."""

    within_days = fields.Integer(load_default=0, validate=validate.Range(0, 3650))
    reason = fields.String(load_default=None, validate=validate.Length(1, 41))
    rep = Id("person", load_default=None)
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 1000))


class WinBackAnswer(marshmallow.Schema):
    """A lead that nobody has and nobody was promised; `free_from`: its rest, its refusal and what it was put off for are over."""

    lead_id = Id("lead")
    company = fields.String(allow_none=True)
    person = fields.String(allow_none=True)
    country = fields.String(allow_none=True)
    stage = fields.String()
    relation = fields.String()
    pool_id = Id("pool", allow_none=True)
    lost_at = fields.DateTime()
    disposition = fields.String()
    lost_reason = fields.String(allow_none=True)
    competitor = fields.String(allow_none=True)
    value = fields.Decimal(as_string=True, allow_none=True)
    currency = fields.String(allow_none=True)
    rep_id = Id("person", allow_none=True)
    free_from = fields.DateTime()


class WinBackList(marshmallow.Schema):
    """The most valuable first."""

    items = fields.List(fields.Nested(WinBackAnswer))


@blueprint.route("", methods=["GET"])
@blueprint.arguments(WinBackQuery, location="query")
@blueprint.response(200, WinBackList)
def show_win_back(query: dict[str, Any]) -> dict[str, object]:
    """List who was lost, or under contract elsewhere until a day, and may be called again; a lead of it is given like any other."""
    with parts().ledger.reading() as connection:
        return {"items": list_win_back(connection, reach(), **query)}
