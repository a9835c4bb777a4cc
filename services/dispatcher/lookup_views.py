"""The view for an incoming call: who is it, and who should answer."""

from typing import Any, Final

import marshmallow
from marshmallow import fields, validate

from shared.domain.errors import Refused
from shared.normalise.phone import read_phones
from shared.rate_limit import DAY_S, Limit, Use, check_use
from shared.storage.audit import add_audit
from shared.storage.lookup import count_lookup, find_callers
from shared.storage.person import lock_person
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.fields import Id
from shared.web.parts import parts
from shared.web.rate_limit import note_use

A_DAY: Final = Limit("lookups", 200, DAY_S)
"""Look-ups of one person: more than anybody gets calls, less than the base."""

blueprint = Blueprint("lookups", __name__, url_prefix="/v1/lookups", description="Who is calling in")


class LookupBody(marshmallow.Schema):
    """The number that calls, as the telephone shows it; a national one needs its country."""

    number = fields.String(required=True, validate=validate.Length(3, 40))
    country = fields.String(load_default=None, allow_none=True, validate=validate.Regexp("^[A-Z]{2}$"))


class CallerAnswer(marshmallow.Schema):
    """A lead with this number: who holds it now, who spoke with it last, and whether a call was promised."""

    id = Id("lead", dump_only=True)
    company = fields.String(allow_none=True)
    person = fields.String(allow_none=True)
    country = fields.String(allow_none=True)
    relation = fields.String()
    stage = fields.String()
    holder_id = Id("person", allow_none=True)
    holder = fields.String(allow_none=True)
    last_rep_id = Id("person", allow_none=True)
    last_rep = fields.String(allow_none=True)
    last_contact_at = fields.DateTime(allow_none=True)
    promised_at = fields.DateTime(allow_none=True)


class LookupAnswer(marshmallow.Schema):
    """The leads with this number, the one to put through to first."""

    items = fields.List(fields.Nested(CallerAnswer))


@blueprint.route("", methods=["POST"])
@blueprint.arguments(LookupBody)
@blueprint.response(200, LookupAnswer)
def look_up(body: dict[str, Any]) -> dict[str, object]:
    """Find whose call comes in, in a POST so that no log has the number; each is counted and audited."""
    numbers = [number.e164 for number in read_phones(body["number"], country=body["country"]).numbers]
    if not numbers:
        raise Refused("invalid_body", "no phone number can be read from this: give it as +48…, or with its country")
    person_id = caller().person_id
    with parts().ledger.transaction() as connection:
        lock_person(connection, person_id)
        use = Use(A_DAY, *count_lookup(connection, person_id))
        note_use(use)
        check_use(use)
        found = find_callers(connection, numbers)
        detail = {"leads": [row["id"] for row in found], "number": found[0]["number_id"] if found else None}
        add_audit(connection, "number_looked_up", actor=person_id, entity="number", detail=detail)
    return {"items": found}
