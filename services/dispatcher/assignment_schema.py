"""How assignments look on the supervisor's board, and what one may ask to be done with them."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import marshmallow
from marshmallow import fields, validate

from services.dispatcher.card_schema import AssignmentAnswer
from services.dispatcher.holding import RELEASE_REASONS
from shared.web.cursor import PageQuery
from shared.web.fields import Id

_SPAN: Final = re.compile(r"(\d{1,9})\s*([smhd]?)")
_ISO_SPAN: Final = re.compile(r"P(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?")
_UNITS: Final = {"": "seconds", "s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class Span(fields.Field[timedelta]):
    """A length of time: seconds, or `30m`, `2h`, `3d`, or ISO 8601 such as `PT30M`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(metadata={"description": "seconds, or 30m, 2h, 3d, PT30M"}, **kwargs)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> timedelta:
        text = str(value).strip() if isinstance(value, int | str) and not isinstance(value, bool) else ""
        if found := _SPAN.fullmatch(text):
            return timedelta(**{_UNITS[found[2]]: int(found[1])})
        if (found := _ISO_SPAN.fullmatch(text.upper())) and any(found.groups()):
            days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
            return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        raise marshmallow.ValidationError("must be seconds, or such as 30m, 2h, 3d, PT30M")


FILTERS: Final = ("rep", "pool", "stale_for", "expires_within", "stage", "rank", "country")
"""By what assignments are chosen, on the board and for what is done to many at once."""


def _stage() -> "fields.Field[str]":
    return fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 41))


def _rank() -> "fields.Field[str]":
    """`none` for leads without a rank."""
    return fields.String(load_default=None, allow_none=True, validate=validate.OneOf(("A", "B", "C", "D", "E", "none")))


def _country() -> "fields.Field[str]":
    return fields.String(load_default=None, allow_none=True, validate=validate.Regexp("^[A-Z]{2}$"))


class Fenced(marshmallow.Schema):
    """What is done under a fence."""

    fence = fields.Integer(required=True, strict=True, validate=validate.Range(0, 2**63 - 1))


class CallBody(Fenced):
    """Which number is dialled."""

    number_id = Id("number", required=True)


class RevealedNumber(marshmallow.Schema):
    """A number with all its digits."""

    id = Id("number", dump_only=True)
    e164 = fields.String(allow_none=True)


class ReleaseBody(Fenced):
    """Why a lead is given back; needed when nobody was called."""

    reason = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(RELEASE_REASONS))


class HandoffBody(Fenced):
    """To whom a lead is handed: a person or a pool."""

    person_id = Id("person", load_default=None, allow_none=True)
    pool_id = Id("pool", load_default=None, allow_none=True)
    stage = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 41))
    note = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 10_000))


class GiveBody(marshmallow.Schema):
    """Which lead for whom, and why."""

    lead_id = Id("lead", required=True)
    person_id = Id("person", required=True)
    reason = fields.String(required=True, validate=validate.Length(1, 500))


class GivenAnswer(AssignmentAnswer):
    """The assignment that was given; `warnings` say what was passed over. The action can be undone until the rep begins."""

    action_id = Id("action")
    warnings = fields.List(fields.String())


class BoardQuery(PageQuery):
    """Which assignments."""

    state = fields.String(
        load_default="open", validate=validate.OneOf(("open", "offered", "working", "ended", "conflict", "all"))
    )
    rep = Id("person", load_default=None)
    pool = Id("pool", load_default=None)
    stale_for = Span(load_default=None)
    expires_within = Span(load_default=None)
    stage = _stage()
    rank = _rank()
    country = _country()


class BoardRow(marshmallow.Schema):
    """An assignment on the board; for a conflict also the contact and who holds the lead now."""

    id = Id("assignment", dump_only=True)
    fence = fields.Integer()
    state = fields.String()
    end_reason = fields.String(allow_none=True)
    lead_id = Id("lead")
    company = fields.String(allow_none=True)
    person_id = Id("person")
    rep = fields.String()
    pool_id = Id("pool")
    offered_at = fields.DateTime()
    expires_at = fields.DateTime()
    progressed_at = fields.DateTime(allow_none=True)
    ended_at = fields.DateTime(allow_none=True)
    stale_s = fields.Integer(metadata={"description": "seconds since the last progress"})
    contact_id = Id("contact")
    why = fields.String()
    holder_id = Id("person", allow_none=True)
    holder_assignment_id = Id("assignment", allow_none=True)


class BoardPage(marshmallow.Schema):
    """A page of the board."""

    items = fields.List(fields.Nested(BoardRow))
    next = fields.String(allow_none=True)


class ChosenBody(marshmallow.Schema):
    """Which open assignments: all that fit everything named, and why. `dry_run` only tells."""

    assignment_ids = fields.List(
        Id("assignment"), load_default=None, allow_none=True, validate=validate.Length(1, 10_000)
    )
    rep = Id("person", load_default=None, allow_none=True)
    pool = Id("pool", load_default=None, allow_none=True)
    stale_for = Span(load_default=None, allow_none=True)
    expires_within = Span(load_default=None, allow_none=True)
    stage = _stage()
    rank = _rank()
    country = _country()
    reason = fields.String(required=True, validate=validate.Length(1, 500))
    dry_run = fields.Boolean(load_default=False, truthy={True}, falsy={False})
    even_so = fields.Boolean(
        load_default=False,
        truthy={True},
        falsy={False},
        metadata={"description": "also from a rep who is on the phone"},
    )

    @marshmallow.validates_schema
    def check_chosen(self, given: Mapping[str, Any], **_: Any) -> None:
        """Refuses to take everything from everybody by mistake."""
        if all(given.get(name) is None for name in ("assignment_ids", *FILTERS)):
            raise marshmallow.ValidationError(f"name assignment_ids, {', '.join(FILTERS)}")


class ReclaimBody(ChosenBody):
    """What is taken back."""


class ReclaimAnswer(marshmallow.Schema):
    """What was taken back, or would be; `left` are those whose rep is on the phone. The action can be undone."""

    action_id = Id("action", allow_none=True)
    reclaimed = fields.List(Id("assignment"))
    left = fields.List(Id("assignment"))
    dry_run = fields.Boolean()


class TransferBody(ChosenBody):
    """What goes to whom: a person or a pool."""

    to_person_id = Id("person", load_default=None, allow_none=True)
    to_pool_id = Id("pool", load_default=None, allow_none=True)


class TransferAnswer(marshmallow.Schema):
    """What was passed on, or would be; `left` are those whose rep is on the phone. The action can be undone."""

    action_id = Id("action", allow_none=True)
    transferred = fields.List(Id("assignment"))
    left = fields.List(Id("assignment"))
    dry_run = fields.Boolean()
