"""How sources look over HTTP."""

from typing import Any, Final

import marshmallow
from marshmallow import fields, validate

from shared.domain.source import LEGAL_BASES, TRUST
from shared.web.cursor import PageQuery
from shared.web.fields import Id

CIRCULATIONS: Final = ("held", "active", "paused", "ended")
_MAX_WEIGHT: Final = 1000
_MAX_COST: Final = 99_999_999
_LANGUAGE: Final = validate.Regexp("^[a-z]{2,3}$", error="must be an ISO code such as pl")
_CURRENCY: Final = validate.Regexp("^[A-Z]{3}$", error="must be an ISO code such as PLN")


class CountryCode(fields.String):
    """An ISO 3166 code of two letters; small ones are taken too."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validate=validate.Regexp("^[A-Z]{2}$", error="must be an ISO code such as PL"), **kwargs)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        return str(super()._deserialize(value, attr, data, **kwargs)).strip().upper()


class SourceBody(marshmallow.Schema):
    """A new source; `default_region` is another name of `default_country`."""

    name = fields.String(required=True, validate=validate.Length(1, 200))
    kind = fields.String(required=True, validate=validate.OneOf(tuple(TRUST)))
    default_country = CountryCode(load_default=None, allow_none=True)
    default_region = CountryCode(load_default=None, allow_none=True)
    default_language = fields.String(load_default=None, allow_none=True, validate=_LANGUAGE)
    cost_per_record = fields.Decimal(
        load_default=None, allow_none=True, places=4, validate=validate.Range(0, _MAX_COST), metadata={"type": "string"}
    )
    currency = fields.String(load_default=None, allow_none=True, validate=_CURRENCY)
    legal_basis = fields.String(load_default="none", validate=validate.OneOf(LEGAL_BASES))
    return_window_days = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1, 3650))
    bad_share_limit = fields.Decimal(
        load_default=None, allow_none=True, places=3, validate=validate.Range(0, 1), metadata={"type": "string"}
    )


class SourceChange(marshmallow.Schema):
    """What is to change of a source, and why; what is left out stays."""

    circulation = fields.String(load_default=None, validate=validate.OneOf(CIRCULATIONS))
    legal_basis = fields.String(load_default=None, validate=validate.OneOf(LEGAL_BASES))
    default_country = CountryCode(load_default=None)
    cost_per_record = fields.Decimal(
        load_default=None, places=4, validate=validate.Range(0, _MAX_COST), metadata={"type": "string"}
    )
    currency = fields.String(load_default=None, validate=_CURRENCY)
    default_language = fields.String(load_default=None, validate=_LANGUAGE)
    return_window_days = fields.Integer(load_default=None, validate=validate.Range(1, 3650))
    bad_share_limit = fields.Decimal(
        load_default=None, places=3, validate=validate.Range(0, 1), metadata={"type": "string"}
    )
    weight = fields.Integer(
        load_default=None,
        validate=validate.Range(1, _MAX_WEIGHT),
        metadata={"description": "100 is usual: twice the weight passes two days of waiting, from the next scores on"},
    )
    ends_on = fields.Date(load_default=None, metadata={"description": "from that day on nothing of it is handed out"})
    reason = fields.String(load_default=None, validate=validate.Length(1, 500))


class SourceAnswer(marshmallow.Schema):
    """A source."""

    id = Id("source", dump_only=True)
    name = fields.String()
    kind = fields.String()
    default_country = fields.String(allow_none=True)
    default_language = fields.String(allow_none=True)
    cost_per_record = fields.Decimal(as_string=True, allow_none=True)
    currency = fields.String(allow_none=True)
    legal_basis = fields.String()
    trust = fields.Integer()
    weight = fields.Integer()
    circulation = fields.String()
    ends_on = fields.Date(allow_none=True)
    return_window_days = fields.Integer(allow_none=True)
    bad_share_limit = fields.Decimal(as_string=True, allow_none=True)
    created_at = fields.DateTime()


class SourceQuery(PageQuery):
    """Which sources."""

    name = fields.String(load_default=None)


class SourcePage(marshmallow.Schema):
    """A page of sources."""

    items = fields.List(fields.Nested(SourceAnswer))
    next = fields.String(allow_none=True)
