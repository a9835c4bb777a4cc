"""How contacts look over HTTP."""

from datetime import UTC
from typing import Any, Final

import marshmallow
from marshmallow import fields, validate

from services.dispatcher.card_schema import AssignmentAnswer
from shared.web.fields import Id

KINDS: Final = ("call", "meeting", "email", "message", "sample")
_MAX_VALUE: Final = 999_999_999_999
_MAX_INT: Final = 2**31 - 1
_CODE: Final = validate.Regexp(r"^[a-z][a-z0-9_]{0,40}$", error="must be a code such as price_too_high")


def instant(**kwargs: Any) -> "fields.Field[Any]":
    """A time with its zone; without one it is UTC."""
    return fields.AwareDateTime(default_timezone=UTC, allow_none=True, load_default=None, **kwargs)


def text(longest: int) -> "fields.Field[Any]":
    """Free words."""
    return fields.String(load_default=None, allow_none=True, validate=validate.Length(1, longest))


def code() -> "fields.Field[Any]":
    """A code of the company's own."""
    return fields.String(load_default=None, allow_none=True, validate=_CODE)


def desk_name() -> "fields.Field[Any]":
    """The place whose telephone was used: the outage guard watches it, whoever sits there."""
    return fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Regexp(r"^[A-Za-z0-9][A-Za-z0-9 ._:/#-]{0,59}$", error="must be a name such as room-2/7"),
        metadata={"description": "the place whose telephone was used; no person's name"},
    )


class PromiseBody(marshmallow.Schema):
    """What was promised, and for when."""

    what = fields.String(required=True, validate=validate.Length(1, 500))
    due = fields.AwareDateTime(default_timezone=UTC, required=True)


class CorrectionBody(marshmallow.Schema):
    """What really happened."""

    number_id = Id("number", allow_none=True)
    disposition = fields.String(required=True, validate=validate.Length(1, 41))
    note = text(10_000)
    callback_at = instant()
    defer_until = instant()
    facts = fields.Dict(
        keys=fields.String(),
        values=fields.String(validate=validate.Length(1, 2000)),
        load_default=None,
        allow_none=True,
    )
    kind = fields.String(load_default="call", validate=validate.OneOf(KINDS))
    stage = code()
    value = fields.Decimal(
        load_default=None,
        allow_none=True,
        places=2,
        validate=validate.Range(0, _MAX_VALUE),
        metadata={"type": "number"},
    )
    currency = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Regexp("^[A-Z]{3}$", error="must be an ISO code such as PLN"),
    )
    lost_reason = code()
    competitor = text(200)
    promise = fields.Nested(PromiseBody, load_default=None, allow_none=True)
    spoke_with = text(200)
    duration_s = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(0, _MAX_INT))
    external_call_id = text(200)
    desk = desk_name()


class ContactBody(CorrectionBody):
    """One attempt to reach somebody; `fence` is the assignment's."""

    fence = fields.Integer(required=True, strict=True, validate=validate.Range(0, 2**63 - 1))


class LeadState(marshmallow.Schema):
    """Where the lead stands now."""

    id = Id("lead", dump_only=True)
    stage = fields.String()
    relation = fields.String()
    rest_until = fields.DateTime(allow_none=True)
    promised_at = fields.DateTime(allow_none=True)


class ContactAnswer(marshmallow.Schema):
    """A contact that was kept. `late`: its fence was stale, `why` says how the assignment had ended.

    `warnings` name what the law says against a call at this time, and each maximum passed, e.g. `norm_exceeded:call:day`.
    """

    id = Id("contact", dump_only=True)
    late = fields.Boolean()
    why = fields.String(allow_none=True)
    warnings = fields.List(fields.String())
    assignment = fields.Nested(AssignmentAnswer, allow_none=True)
    lead = fields.Nested(LeadState)


class DispositionAnswer(marshmallow.Schema):
    """An outcome code and what hangs on it."""

    code = fields.String()
    labels = fields.Dict()
    effect = fields.String(attribute="rule.effect")
    contact_made = fields.Boolean(attribute="rule.contact_made")
    required = fields.List(fields.String(), attribute="rule.required")
    opt_out = fields.Boolean(attribute="rule.opt_out")


class DispositionList(marshmallow.Schema):
    """The codes in use."""

    items = fields.List(fields.Nested(DispositionAnswer))
