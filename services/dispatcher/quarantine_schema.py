"""What is sent and answered about quarantine."""

from datetime import UTC
from typing import Final

import marshmallow
from marshmallow import fields, validate

from shared.web.cursor import PageQuery
from shared.web.fields import Id

RELEASE_REASONS: Final = ("client_confirmed", "called_back", "wrong_verdict", "line_restored")
EXTEND_REASONS: Final = ("known_dead", "client_asked", "seasonal", "no_budget")


class QuarantineQuery(PageQuery):
    """Which stays."""

    closed = fields.Boolean(load_default=False, metadata={"description": "also those that are over"})
    country = fields.String(load_default=None, validate=validate.Length(2, 2))
    reason = fields.String(load_default=None, validate=validate.Length(1, 40))
    due_before = fields.AwareDateTime(default_timezone=UTC, load_default=None)
    upload_id = Id("upload", load_default=None)


class QuarantineSearch(marshmallow.Schema):
    """A number by its digits: in a body, since addresses are logged."""

    number = fields.String(required=True, validate=validate.Length(3, 60))
    country = fields.String(load_default=None, allow_none=True, validate=validate.Length(2, 2))


class QuarantineRow(marshmallow.Schema):
    """A stay of a number out of circulation."""

    number_id = Id("number")
    country = fields.String(allow_none=True)
    line_status = fields.String()
    cycle = fields.Integer(metadata={"description": "which stay in a row: three of six months, one of twelve"})
    reason = fields.String()
    opened_at = fields.DateTime()
    recheck_at = fields.DateTime()
    asked = fields.Boolean(metadata={"description": "somebody is being asked about it now"})
    closed_at = fields.DateTime(allow_none=True)
    closed_reason = fields.String(allow_none=True)
    leads = fields.List(Id("lead"))


class QuarantinePage(marshmallow.Schema):
    """A page of stays."""

    items = fields.List(fields.Nested(QuarantineRow))
    next = fields.String(allow_none=True)


class CalendarQuery(marshmallow.Schema):
    """How far ahead."""

    weeks = fields.Integer(load_default=26, validate=validate.Range(1, 156))


class WeekRow(marshmallow.Schema):
    """One week, by its Monday (UTC)."""

    week = fields.Date()
    due = fields.Integer()
    overdue = fields.Integer()
    again = fields.Integer(metadata={"description": "those that were found dead before"})


class CalendarAnswer(marshmallow.Schema):
    """What comes due."""

    items = fields.List(fields.Nested(WeekRow))


class NumberReleaseBody(marshmallow.Schema):
    """Why a number comes back."""

    reason = fields.String(required=True, validate=validate.OneOf(RELEASE_REASONS))


class NumberExtendBody(marshmallow.Schema):
    """Until when a number stays away, and why."""

    until = fields.AwareDateTime(required=True, default_timezone=UTC)
    reason = fields.String(required=True, validate=validate.OneOf(EXTEND_REASONS))


class LineAnswer(marshmallow.Schema):
    """How a line stands now."""

    id = Id("number")
    line_status = fields.String()
    recheck_at = fields.DateTime(allow_none=True)
    callable = fields.Boolean()
