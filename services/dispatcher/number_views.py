"""View of a number: what is known of its line."""

from typing import Any

import marshmallow
from marshmallow import fields

from services.dispatcher.access import reach
from shared.domain.errors import absent
from shared.storage.evidence import list_evidence
from shared.storage.number_view import find_number
from shared.web.blueprint import Blueprint
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
    held = fields.Boolean(metadata={"description": "an outage guard holds it: it decides nothing"})


class NumberAnswer(marshmallow.Schema):
    """A number without its digits, with the evidence that its status follows from."""

    id = Id("number", dump_only=True)
    country = fields.String(allow_none=True)
    type = fields.String()
    zones = fields.List(fields.String(), metadata={"description": "time zones in which it may be"})
    zones_assumed = fields.Boolean(
        metadata={"description": "it may be elsewhere: mobile, or its area code does not tell"}
    )
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


@blueprint.route("/numbers/<id(number):number_id>", methods=["GET"])
@blueprint.response(200, NumberAnswer)
def show_number(number_id: int) -> dict[str, Any]:
    """Show a number's line status and all that was observed of it."""
    with parts().ledger.reading() as connection:
        number = find_number(connection, number_id, reach())
        if number is None:
            raise absent("number")
        return number | {"evidence": list_evidence(connection, number_id)}
