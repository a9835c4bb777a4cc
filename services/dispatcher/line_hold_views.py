"""Views of the outage guard: what it holds, and what a supervisor says of it."""

from typing import Any

import marshmallow
from marshmallow import fields, validate

from services.dispatcher.access import reach
from shared.hygiene.line import ALIVE_KINDS, DEAD_KINDS, decide
from shared.storage.line_hold import Hold, find_hold, list_holds
from shared.storage.witness import list_witnesses
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.cursor import Page, PageQuery
from shared.web.fields import Id
from shared.web.parts import parts

blueprint = Blueprint("line_holds", __name__, url_prefix="/v1/line-holds", description="Verdicts that wait")


class HoldQuery(PageQuery):
    """Which holds."""

    decided = fields.Boolean(load_default=False, metadata={"description": "also those that are over"})


class HoldAnswer(marshmallow.Schema):
    """Verdicts held because too many lines looked dead at once, by one rep, desk, list, trunk or in one hour."""

    id = Id("line_hold")
    kind = fields.String()
    subject = fields.String(metadata={"description": "the name of a desk or trunk, `all` for an hour"}, allow_none=True)
    person_id = Id("person", allow_none=True)
    upload_id = Id("upload", allow_none=True)
    state = fields.String()
    from_at = fields.DateTime()
    until_at = fields.DateTime(allow_none=True)
    dead = fields.Integer()
    seen = fields.Integer()
    usual_rate = fields.Float()
    opened_at = fields.DateTime()
    decided_by = Id("person", allow_none=True)
    decided_at = fields.DateTime(allow_none=True)
    reason = fields.String(allow_none=True)


class HoldPage(marshmallow.Schema):
    """A page of holds."""

    items = fields.List(fields.Nested(HoldAnswer))
    next = fields.String(allow_none=True)


class HoldDecision(marshmallow.Schema):
    """Whether the lines are dead, or the one who told it was broken."""

    confirmed = fields.Boolean(required=True)
    reason = fields.String(required=True, validate=validate.Length(3, 200))


class WitnessQuery(marshmallow.Schema):
    """How far back."""

    days = fields.Integer(load_default=90, validate=validate.Range(1, 730))


class WitnessRow(marshmallow.Schema):
    """How often somebody called a line dead, and how often it lived within three months."""

    person_id = Id("person")
    told = fields.Integer()
    refuted = fields.Integer()


class WitnessAnswer(marshmallow.Schema):
    """Who is refuted how often."""

    items = fields.List(fields.Nested(WitnessRow))


@blueprint.route("/witnesses", methods=["GET"])
@blueprint.arguments(WitnessQuery, location="query")
@blueprint.response(200, WitnessAnswer)
def show_witnesses(query: dict[str, Any]) -> dict[str, Any]:
    """Show whose word on dead lines was refuted how often."""
    with parts().ledger.reading() as connection:
        found = list_witnesses(connection, reach(), days=query["days"], dead=DEAD_KINDS, alive=ALIVE_KINDS)
    return {"items": found}


@blueprint.route("", methods=["GET"])
@blueprint.arguments(HoldQuery, location="query")
@blueprint.response(200, HoldPage)
def show_holds(query: dict[str, Any]) -> Page[dict[str, Any]]:
    """List what the guard holds, the newest first."""
    cursors, limit, listing = parts().cursors, query["limit"], f"line holds {query['decided']}"
    before = cursors.decode(listing, query["cursor"])
    with parts().ledger.reading() as connection:
        found = list_holds(connection, decided=query["decided"], before=before, limit=limit + 1)
    return cursors.page(listing, [_tell(hold) for hold in found], limit, lambda hold: hold["id"])


@blueprint.route("/<id(line_hold):hold_id>/decide", methods=["POST"])
@blueprint.arguments(HoldDecision)
@blueprint.response(200, HoldAnswer)
def decide_hold(body: dict[str, Any], hold_id: int) -> dict[str, Any]:
    """Let held verdicts count, or discount them for good."""
    with parts().ledger.transaction() as connection:
        decide(connection, hold_id, confirmed=body["confirmed"], by=caller().person_id, reason=body["reason"])
        hold = find_hold(connection, hold_id)
        assert hold is not None
        return _tell(hold)


def _tell(hold: Hold) -> dict[str, Any]:
    ids = {"rep": "person_id", "upload": "upload_id"}
    told: dict[str, Any] = {name: getattr(hold, name) for name in Hold.__slots__}
    if hold.kind in ids:
        told |= {"subject": None, ids[hold.kind]: int(hold.subject)}
    return {"person_id": None, "upload_id": None} | told
