"""How claims to vendors look over HTTP."""

from typing import Final

import marshmallow
from marshmallow import fields, validate

from shared.domain.lifecycle import states_of
from shared.domain.vendor_claim import CLAIMABLE
from shared.web.cursor import PageQuery
from shared.web.fields import Id

_STATES: Final = states_of("vendor claim")
_GROUNDS: Final = [ground.value for ground in CLAIMABLE]


class ClaimBody(marshmallow.Schema):
    """A claim to draft: which rows of which list."""

    upload = Id("upload", required=True)
    grounds = fields.List(
        fields.String(validate=validate.OneOf(_GROUNDS)),
        load_default=_GROUNDS,
        validate=validate.Length(min=1),
        metadata={"description": "those that the contract knows; all unless told"},
    )


class ClaimChange(marshmallow.Schema):
    """Where a claim goes on to."""

    state = fields.String(required=True, validate=validate.OneOf(_STATES))
    credited = fields.Decimal(
        load_default=None,
        places=4,
        validate=validate.Range(0),
        metadata={"type": "string", "description": "what the vendor gave, all of the amount unless told"},
    )
    reference = fields.String(
        load_default=None, validate=validate.Length(1, 100), metadata={"description": "the vendor's number of it"}
    )


class ClaimAnswer(marshmallow.Schema):
    """A claim to a vendor; its rows and their price are frozen."""

    id = Id("vendor_claim")
    upload_id = Id("upload")
    source_id = Id("source")
    state = fields.String(validate=validate.OneOf(_STATES))
    grounds = fields.List(fields.String())
    rows = fields.Integer(attribute="row_count")
    currency = fields.String(allow_none=True)
    amount = fields.Decimal(places=2, as_string=True, allow_none=True)
    credited = fields.Decimal(places=2, as_string=True, allow_none=True)
    window_ends_at = fields.DateTime(allow_none=True)
    reference = fields.String(allow_none=True)
    created_at = fields.DateTime()
    sent_at = fields.DateTime(allow_none=True)
    decided_at = fields.DateTime(allow_none=True)
    credited_at = fields.DateTime(allow_none=True)


class ClaimQuery(PageQuery):
    """Which claims."""

    upload = Id("upload", load_default=None)
    source = Id("source", load_default=None)
    state = fields.String(load_default=None, validate=validate.OneOf(_STATES))


class ClaimPage(marshmallow.Schema):
    """A page of claims, the newest first."""

    items = fields.List(fields.Nested(ClaimAnswer))
    next = fields.String(allow_none=True)


class ClaimLineQuery(PageQuery):
    """Which lines."""


class ClaimLineAnswer(marshmallow.Schema):
    """A row as it was claimed; its cells are gone when the raw rows are forgotten."""

    row = fields.Integer(attribute="row_no")
    line = fields.Integer(attribute="line_no")
    ground = fields.String()
    evidence = fields.String()
    cells = fields.List(fields.String(), allow_none=True)


class ClaimLinePage(marshmallow.Schema):
    """A page of them in the order of the file."""

    items = fields.List(fields.Nested(ClaimLineAnswer))
    next = fields.String(allow_none=True)
