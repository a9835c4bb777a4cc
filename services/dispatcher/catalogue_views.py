"""Views of what a company words itself: stages with their goals, fields for facts, outcome codes."""

from collections.abc import Mapping
from typing import Any, Final

import marshmallow
from marshmallow import fields, validate

from shared.domain.disposition import Effect
from shared.domain.errors import Refused
from shared.domain.fact import TYPES
from shared.storage.audit import add_audit
from shared.storage.catalogue import (
    Stage,
    find_flags,
    list_fact_fields,
    list_stages,
    put_disposition,
    put_fact_field,
    put_stage,
)
from shared.storage.disposition import list_dispositions
from shared.storage.person import DUTIES
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.parts import parts

blueprint = Blueprint("catalogue", __name__, url_prefix="/v1", description="What a company words itself")

_CODE: Final = validate.Regexp(r"^[a-z][a-z0-9_]{0,40}$", error="must be a code such as price_too_high")
_DAYS: Final = validate.Range(1, 3650)
_PROMISES: Final = ("callback", "appointment", "service", "deferral", "next_step")
_FIELDS: Final = (
    "note callback_at defer_until facts stage value currency lost_reason competitor promise spoke_with duration_s"
).split()


def _labels() -> "fields.Field[Any]":
    """What it is called, by language."""
    return fields.Dict(
        keys=fields.String(validate=validate.Regexp("^[a-z]{2}$")),
        values=fields.String(validate=validate.Length(1, 200)),
        required=True,
        validate=validate.Length(1, 50),
    )


def _flag() -> "fields.Field[bool]":
    return fields.Boolean(load_default=False, truthy={True}, falsy={False})


def _words(longest: int) -> "fields.Field[Any]":
    return fields.String(load_default=None, allow_none=True, validate=validate.Length(1, longest))


class StepBody(marshmallow.Schema):
    """The next step that a stage carries: due after so many working days."""

    after_days = fields.Integer(required=True, strict=True, validate=_DAYS)


class StageBody(marshmallow.Schema):
    """A stage: what must be reached, what to say, why it may be lost, and the next step by itself."""

    labels = _labels()
    position = fields.Integer(load_default=100, strict=True, validate=validate.Range(0, 10_000))
    duty = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(DUTIES))
    goal = _words(1000)
    script = _words(20_000)
    lost_reasons = fields.List(fields.String(validate=_CODE), load_default=list, validate=validate.Length(0, 50))
    next_step = fields.Nested(StepBody, load_default=None, allow_none=True)
    retired = _flag()


class StageAnswer(StageBody):
    """A stage with its code."""

    code = fields.String()


class StageList(marshmallow.Schema):
    """The stages in their order."""

    items = fields.List(fields.Nested(StageAnswer))


class FactFieldBody(marshmallow.Schema):
    """A field for facts; its type is for ever. `seen_by` are the roles that may see what was learned."""

    labels = _labels()
    type = fields.String(required=True, validate=validate.OneOf(TYPES))
    choices = fields.List(
        fields.String(validate=validate.Length(1, 200)), load_default=None, allow_none=True, validate=validate.Length(1)
    )
    about = fields.String(load_default="company", validate=validate.OneOf(("company", "person")))
    purpose = _words(500)
    seen_by = fields.List(
        fields.String(validate=validate.OneOf(("marketing", "rep", "supervisor", "admin"))),
        load_default=lambda: ["rep", "supervisor", "admin"],
    )
    best_before_days = fields.Integer(load_default=None, allow_none=True, strict=True, validate=_DAYS)
    retired = _flag()

    @marshmallow.validates_schema
    def check_purpose(self, given: Mapping[str, Any], **_: Any) -> None:
        """Refuses a choice without choices, and facts about a person that nobody needs for anything."""
        if given.get("type") == "choice" and not given.get("choices"):
            raise marshmallow.ValidationError("name the choices", "choices")
        if given.get("about") == "person" and not given.get("purpose"):
            raise marshmallow.ValidationError("facts about a person need a purpose", "purpose")


class FactFieldAnswer(FactFieldBody):
    """A field with its name."""

    name = fields.String()


class FactFieldList(marshmallow.Schema):
    """The fields by name."""

    items = fields.List(fields.Nested(FactFieldAnswer))


class OutcomeStep(marshmallow.Schema):
    """What an outcome carries by itself: the kind of its promise, or what the client becomes."""

    kind = fields.String(validate=validate.OneOf(_PROMISES))
    relation = fields.String(validate=validate.OneOf(("prospect", "customer", "partner")))


class DispositionBody(marshmallow.Schema):
    """An outcome code. Whether somebody was reached, its effect, evidence and opt-out are for ever."""

    labels = _labels()
    position = fields.Integer(load_default=1000, strict=True, validate=validate.Range(0, 100_000))
    contact_made = fields.Boolean(required=True, truthy={True}, falsy={False})
    effect = fields.String(required=True, validate=validate.OneOf([effect.value for effect in Effect]))
    evidence = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.OneOf(("no_answer", "busy", "machine", "disconnected", "wrong_party", "fax", "live")),
    )
    rest = fields.String(load_default="none", validate=validate.OneOf(("none", "contact")))
    product_rest_days = fields.Integer(load_default=None, allow_none=True, strict=True, validate=_DAYS)
    retry_minutes = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 60 * 24 * 30)
    )
    opt_out = _flag()
    required = fields.List(fields.String(validate=validate.OneOf(_FIELDS)), load_default=list)
    next_step = fields.Nested(OutcomeStep, load_default=None, allow_none=True)
    retired = _flag()

    @marshmallow.validates_schema
    def check_promise(self, given: Mapping[str, Any], **_: Any) -> None:
        """Refuses a promise for which nobody is asked when."""
        dated = {"callback_at", "defer_until"} & set(given.get("required") or ())
        if given.get("effect") == "promise" and not dated:
            raise marshmallow.ValidationError("a promise requires callback_at or defer_until", "required")


class PutDisposition(DispositionBody):
    """An outcome code as it is now."""

    code = fields.String()


@blueprint.route("/stages", methods=["GET"])
@blueprint.response(200, StageList)
def show_stages() -> dict[str, object]:
    """List the stages of a sale, with goals, scripts and the reasons for which it may be lost."""
    with parts().ledger.reading() as connection:
        return {"items": list_stages(connection)}


@blueprint.route("/stages/<string:code>", methods=["PUT"])
@blueprint.arguments(StageBody)
@blueprint.response(200, StageAnswer)
def write_stage(body: dict[str, Any], code: str) -> Stage:
    """Add or change a stage."""
    _check_code(code)
    with parts().ledger.transaction() as connection:
        put_stage(connection, {**body, "code": code})
        add_audit(connection, "stage_changed", actor=caller().person_id, entity="stage", detail={"code": code})
        return next(stage for stage in list_stages(connection) if stage.code == code)


@blueprint.route("/fact-fields", methods=["GET"])
@blueprint.response(200, FactFieldList)
def show_fact_fields() -> dict[str, object]:
    """List the fields for what reps find out."""
    with parts().ledger.reading() as connection:
        return {"items": list_fact_fields(connection)}


@blueprint.route("/fact-fields/<string:name>", methods=["PUT"])
@blueprint.arguments(FactFieldBody)
@blueprint.response(200, FactFieldAnswer)
def write_fact_field(body: dict[str, Any], name: str) -> dict[str, Any]:
    """Add or change a field for facts."""
    _check_code(name)
    with parts().ledger.transaction() as connection:
        before = {field["name"]: field["type"] for field in list_fact_fields(connection)}
        if before.get(name, body["type"]) != body["type"]:
            raise Refused("type_for_ever", "facts of this field stand already: retire it and add another")
        put_fact_field(connection, {**body, "name": name})
        add_audit(
            connection, "fact_field_changed", actor=caller().person_id, entity="fact_field", detail={"name": name}
        )
        return next(field for field in list_fact_fields(connection) if field["name"] == name)


@blueprint.route("/dispositions/<string:code>", methods=["PUT"])
@blueprint.arguments(DispositionBody)
@blueprint.response(200, PutDisposition)
def write_disposition(body: dict[str, Any], code: str) -> dict[str, Any]:
    """Add an outcome code, rename it per language, order or retire it; behaviour hangs on its flags, never on the code."""
    _check_code(code)
    with parts().ledger.transaction() as connection:
        before = find_flags(connection, code)
        if before is not None and any(body[name] != value for name, value in before.items()):
            raise Refused("flags_for_ever", f"these stay as they are: {', '.join(before)}; retire it and add another")
        put_disposition(connection, {**body, "code": code})
        shown = {one.code for one in list_dispositions(connection)}
        add_audit(
            connection, "disposition_changed", actor=caller().person_id, entity="disposition", detail={"code": code}
        )
    return {**body, "code": code, "retired": code not in shown}


def _check_code(code: str) -> None:
    try:
        _CODE(code)
    except marshmallow.ValidationError as error:
        raise Refused("invalid_body", "a code has small letters, digits and underscores") from error
