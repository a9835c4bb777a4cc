"""Views of countries: which may be called, by which law, and until when that law is known."""

from collections.abc import Mapping
from typing import Any, Final

import marshmallow
from marshmallow import fields, validate

from services.dispatcher.policy_schema import AttemptLimits
from shared.domain.errors import Refused, Superseded, absent
from shared.storage.audit import add_audit
from shared.storage.country import add_holidays, add_pack, find_country, list_countries, switch_country
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.parts import parts

blueprint = Blueprint("countries", __name__, url_prefix="/v1/countries", description="The law of those who are called")

_CLOCK: Final = validate.Regexp(r"^([01]\d|2[0-3]):[0-5]\d$", error="must be a time such as 08:00")


class HoursBody(marshmallow.Schema):
    """Lawful hours of some weekdays, ISO 1 (Monday) to 7, by the clock of whoever is called."""

    weekdays = fields.List(
        fields.Integer(strict=True, validate=validate.Range(1, 7)), required=True, validate=validate.Length(1, 7)
    )
    opens = fields.String(required=True, validate=_CLOCK)
    closes = fields.String(required=True, validate=_CLOCK)

    @marshmallow.validates_schema
    def check_order(self, given: Mapping[str, Any], **_: Any) -> None:
        """Refuses hours that end before they begin."""
        if "opens" in given and "closes" in given and given["opens"] >= given["closes"]:
            raise marshmallow.ValidationError("must be later than opens", "closes")


class DayOff(marshmallow.Schema):
    """A day on which nobody is called; with a region, a day off only there, which closes the whole country all the same."""

    day = fields.Date(required=True)
    name = fields.String(required=True, validate=validate.Length(1, 200))
    region = fields.String(load_default="", validate=validate.Length(0, 40))


class PackBody(marshmallow.Schema):
    """The law of a country from a day on until before another, with where it is written."""

    hours = fields.List(fields.Nested(HoursBody), required=True, validate=validate.Length(1, 7))
    holidays = fields.List(fields.Nested(DayOff), required=True, validate=validate.Length(0, 1000))
    attempts = fields.Nested(AttemptLimits, load_default=None, allow_none=True)
    source = fields.String(required=True, validate=validate.Length(3, 500))
    valid_from = fields.Date(required=True)
    valid_until = fields.Date(required=True)

    @marshmallow.validates_schema
    def check_pack(self, given: Mapping[str, Any], **_: Any) -> None:
        """Refuses dates that end before they begin, and a weekday with two sets of hours."""
        if "valid_from" in given and "valid_until" in given and given["valid_from"] >= given["valid_until"]:
            raise marshmallow.ValidationError("must be later than valid_from", "valid_until")
        named = [day for one in given.get("hours", ()) for day in one.get("weekdays", ())]
        if len(named) != len(set(named)):
            raise marshmallow.ValidationError("each weekday once", "hours")


class CountryChange(marshmallow.Schema):
    """Whether it may be called."""

    may_call = fields.Boolean(required=True, truthy={True}, falsy={False})
    reason = fields.String(required=True, validate=validate.Length(1, 500))


class CountryAnswer(marshmallow.Schema):
    """A country; `shut` says why it may not be called now in all its zones: closed_hours, holiday, no_rule_pack."""

    code = fields.String()
    zones = fields.List(fields.String())
    may_store = fields.Boolean()
    may_call = fields.Boolean()
    has_pack = fields.Boolean(metadata={"description": "false: the law is not known today, so it is closed"})
    hours = fields.Raw(allow_none=True)
    attempts = fields.Raw(
        allow_none=True, metadata={"description": "how often one may be called; null: the law does not say"}
    )
    source = fields.String(allow_none=True)
    valid_from = fields.Date(allow_none=True)
    valid_until = fields.Date(allow_none=True)
    next_holiday = fields.Date(allow_none=True)
    shut = fields.String(allow_none=True)


class CountryList(marshmallow.Schema):
    """The countries that may be called or whose law is known."""

    items = fields.List(fields.Nested(CountryAnswer))


@blueprint.route("", methods=["GET"])
@blueprint.response(200, CountryList)
def show_countries() -> dict[str, object]:
    """List the countries that may be called or whose law is known: hours, days off, source, and when that ends."""
    with parts().ledger.reading() as connection:
        return {"items": list_countries(connection)}


@blueprint.route("/<string:code>", methods=["PATCH"])
@blueprint.arguments(CountryChange)
@blueprint.response(200, CountryAnswer)
def patch_country(body: dict[str, Any], code: str) -> dict[str, Any]:
    """Let a country be called, or not any more; only one whose law is known today."""
    with parts().ledger.transaction() as connection:
        country = find_country(connection, code)
        if country is None:
            raise absent("country")
        if body["may_call"] and not country["has_pack"]:
            raise Refused(
                "no_rule_pack", "its law is not known today: add a pack with hours, days off and source first"
            )
        leads = switch_country(connection, code, may_call=body["may_call"])
        detail = {"country": code, "may_call": body["may_call"], "leads": leads, "reason": body["reason"]}
        add_audit(connection, "country_switched", actor=caller().person_id, entity="country", detail=detail)
        return find_country(connection, code) or {}


@blueprint.route("/<string:code>/packs", methods=["POST"])
@blueprint.arguments(PackBody)
@blueprint.response(201, CountryAnswer)
def write_pack(body: dict[str, Any], code: str) -> dict[str, Any]:
    """Add the law of a country: it takes the place of an older pack from its first day on."""
    with parts().ledger.transaction() as connection:
        if find_country(connection, code) is None:
            raise absent("country")
        dates = (body["valid_from"], body["valid_until"])
        if not add_pack(connection, code, body["hours"], attempts=body["attempts"], source=body["source"], dates=dates):
            raise Superseded("pack_exists", "a pack of this country begins on that day already: choose another")
        add_holidays(connection, code, body["holidays"], source=body["source"])
        detail = {"country": code, "valid_from": str(dates[0]), "valid_until": str(dates[1])}
        add_audit(connection, "pack_added", actor=caller().person_id, entity="country", detail=detail)
        return find_country(connection, code) or {}
