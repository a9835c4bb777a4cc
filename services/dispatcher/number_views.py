"""Views of numbers: what is known of a line, and which numbers are in quarantine."""

from typing import Any

import marshmallow
from marshmallow import fields, validate

from services.dispatcher.access import reach
from shared.domain.errors import absent
from shared.storage.evidence import list_evidence
from shared.storage.number_view import find_number, list_quarantine
from shared.web.blueprint import Blueprint
from shared.web.cursor import Page
from shared.web.fields import Id
from shared.web.parts import parts

blueprint = Blueprint("numbers", __name__, url_prefix="/v1", description="What is known of a line")


class EvidenceAnswer(marshmallow.Schema):
    """One observation about a number."""

    kind = fields.String()
    detail = fields.String(allow_none=True)
    observed_at = fields.DateTime()
    person_id = Id("person", allow_none=True)
    contact_id = Id("contact", allow_none=True)
    provider = fields.String(allow_none=True)


class NumberAnswer(marshmallow.Schema):
    """A number without its digits, with the evidence that its status follows from."""

    id = Id("number", dump_only=True)
    country = fields.String(allow_none=True)
    type = fields.String()
    valid = fields.Boolean()
    dialable = fields.Boolean()
    callable = fields.Boolean()
    line_status = fields.String()
    recheck_at = fields.DateTime(allow_none=True)
    suppressed = fields.Boolean()
    shared = fields.Boolean()
    booked_until = fields.DateTime(allow_none=True)
    leads = fields.List(Id("lead"))
    evidence = fields.List(fields.Nested(EvidenceAnswer))


class QuarantineQuery(marshmallow.Schema):
    """Which stays."""

    closed = fields.Boolean(load_default=False, metadata={"description": "also those that are over"})
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 1000))
    cursor = fields.String(load_default=None)


class QuarantineRow(marshmallow.Schema):
    """A stay of a number out of circulation."""

    number_id = Id("number")
    country = fields.String(allow_none=True)
    line_status = fields.String()
    cycle = fields.Integer()
    reason = fields.String()
    opened_at = fields.DateTime()
    recheck_at = fields.DateTime()
    closed_at = fields.DateTime(allow_none=True)
    closed_reason = fields.String(allow_none=True)
    leads = fields.List(Id("lead"))


class QuarantinePage(marshmallow.Schema):
    """A page of stays."""

    items = fields.List(fields.Nested(QuarantineRow))
    next = fields.String(allow_none=True)


@blueprint.route("/numbers/<id(number):number_id>", methods=["GET"])
@blueprint.response(200, NumberAnswer)
def show_number(number_id: int) -> dict[str, Any]:
    """Show a number's line status and all that was observed of it."""
    with parts().ledger.reading() as connection:
        number = find_number(connection, number_id, reach())
        if number is None:
            raise absent("number")
        return number | {"evidence": list_evidence(connection, number_id)}


@blueprint.route("/quarantine", methods=["GET"])
@blueprint.arguments(QuarantineQuery, location="query")
@blueprint.response(200, QuarantinePage)
def show_quarantine(query: dict[str, Any]) -> Page[dict[str, Any]]:
    """List the numbers out of circulation, and when each is rechecked."""
    cursors, limit, listing = parts().cursors, query["limit"], f"quarantine {query['closed']}"
    before = cursors.decode(listing, query["cursor"])[0] if query["cursor"] else None
    with parts().ledger.reading() as connection:
        found = list_quarantine(
            connection, closed=query["closed"], before=None if before is None else int(before), limit=limit + 1
        )
    return cursors.page(listing, found, limit, lambda row: [row["id"]])
