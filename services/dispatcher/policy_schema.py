"""How the rules of a policy look over HTTP: each rule is a value, null, or "default"."""

from collections.abc import Callable, Mapping
from datetime import time
from typing import Any, Final

import marshmallow
from marshmallow import fields, validate

from shared.domain.norm import CLAIM, PERIODS, VALUE
from shared.domain.policy import INHERIT, NOT_LIFTABLE, RULES

_MAX_DAYS: Final = 3650
_MAX_MINUTES: Final = 60 * 24 * 60


def _cap() -> "fields.Field[int]":
    return fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 100_000))


def _most() -> "fields.Field[int]":
    return fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 1000))


class _Norm(marshmallow.Schema):
    minimum = fields.Integer(required=True, strict=True, validate=validate.Range(0, 10_000))
    maximum = fields.Integer(required=True, strict=True, validate=validate.Range(0, 10_000))
    hard = fields.Boolean(load_default=False, truthy={True}, falsy={False})


class _ClassCaps(marshmallow.Schema):
    """Leads in work by class: cold (nobody reached yet), warm (being worked), hot (past the first stage)."""

    hot = _cap()
    warm = _cap()
    cold = _cap()


class _PeriodNorm(marshmallow.Schema):
    kind = fields.String(
        required=True, validate=validate.OneOf((CLAIM, "call", "meeting", "email", "message", "sample"))
    )
    per = fields.String(required=True, validate=validate.OneOf(PERIODS))
    minimum = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(0, 1_000_000))
    maximum = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(0, 1_000_000))


class _Plan(marshmallow.Schema):
    """So much of a result in a period: contacts with a disposition, or `value` in a currency."""

    result = fields.String(required=True, validate=validate.Regexp(r"^[a-z][a-z_]{1,40}$"))
    per = fields.String(required=True, validate=validate.OneOf(PERIODS))
    target = fields.Integer(required=True, strict=True, validate=validate.Range(1, 10**12))
    currency = fields.String(load_default=None, allow_none=True, validate=validate.Regexp("^[A-Z]{3}$"))

    @marshmallow.validates_schema
    def check_currency(self, given: Mapping[str, Any], **_: Any) -> None:
        """Refuses money without a currency, and a currency of what is no money."""
        if (given.get("result") == VALUE) != (given.get("currency") is not None):
            raise marshmallow.ValidationError("a plan of value, and no other, has a currency", "currency")


class _Attempts(marshmallow.Schema):
    maximum = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1000))
    working_days = fields.Integer(required=True, strict=True, validate=validate.Range(1, _MAX_DAYS))


class _Periods(marshmallow.Schema):
    """At most so many calls in any 24 hours, any seven days, ever."""

    day = _most()
    week = _most()
    life = _most()


class AttemptLimits(marshmallow.Schema):
    """How often one may be called; what is dialled within ten minutes is one visit of a lead and its site."""

    number = fields.Nested(_Periods)
    lead = fields.Nested(_Periods)
    site = fields.Nested(_Periods)


class Hours(marshmallow.Schema):
    """From when to when is worked, on which days: 1 is Monday."""

    opens = fields.String(required=True, validate=validate.Regexp(r"^([01]\d|2[0-3]):[0-5]\d$"))
    closes = fields.String(required=True, validate=validate.Regexp(r"^([01]\d|2[0-3]):[0-5]\d$"))
    weekdays = fields.List(
        fields.Integer(strict=True, validate=validate.Range(1, 7)), required=True, validate=validate.Length(1, 7)
    )

    @marshmallow.validates_schema
    def check_order(self, given: Mapping[str, Any], **_: Any) -> None:
        """Refuses hours that end before they begin."""
        if "opens" in given and "closes" in given and not _clock(given["opens"]) < _clock(given["closes"]):
            raise marshmallow.ValidationError("must be later than opens", "closes")


class _Days(marshmallow.Schema):
    hunter = fields.Integer(required=True, strict=True, validate=validate.Range(1, _MAX_DAYS))
    closer = fields.Integer(required=True, strict=True, validate=validate.Range(1, _MAX_DAYS))
    farmer = fields.Integer(required=True, strict=True, validate=validate.Range(1, _MAX_DAYS))


class _Rhythm(marshmallow.Schema):
    A = fields.Integer(allow_none=True, strict=True, validate=validate.Range(1, _MAX_DAYS))
    B = fields.Integer(allow_none=True, strict=True, validate=validate.Range(1, _MAX_DAYS))
    C = fields.Integer(allow_none=True, strict=True, validate=validate.Range(1, _MAX_DAYS))
    D = fields.Integer(allow_none=True, strict=True, validate=validate.Range(1, _MAX_DAYS))
    E = fields.Integer(allow_none=True, strict=True, validate=validate.Range(1, _MAX_DAYS))
    unranked = fields.Integer(allow_none=True, strict=True, validate=validate.Range(1, _MAX_DAYS))


class Rule(fields.Field[Any]):
    """A rule: what `inner` takes, null to lift it, or "default" to inherit it."""

    def __init__(self, inner: "fields.Field[Any]", *, liftable: bool) -> None:
        super().__init__(allow_none=liftable, metadata={"description": 'a value, null to lift it, or "default"'})
        self._inner = inner

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        return INHERIT if value == INHERIT else self._inner.deserialize(value, attr, data, **kwargs)


def _number(least: int, most: int) -> "fields.Field[Any]":
    return fields.Integer(strict=True, validate=validate.Range(least, most))


_INNER: Final[Mapping[str, Callable[[], "fields.Field[Any]"]]] = {
    "calling_hours": lambda: fields.String(validate=validate.OneOf(("pack",))),
    "exclusive": lambda: fields.String(validate=validate.OneOf(("site", "person"))),
    "open_cap": lambda: _number(1, 100_000),
    "class_caps": lambda: fields.Nested(_ClassCaps),
    "one_at_a_time": lambda: fields.Boolean(truthy={True}, falsy={False}),
    "daily_norm": lambda: fields.Nested(_Norm),
    "norms": lambda: fields.List(fields.Nested(_PeriodNorm), validate=validate.Length(0, 50)),
    "plans": lambda: fields.List(fields.Nested(_Plan), validate=validate.Length(0, 50)),
    "offered_minutes": lambda: _number(1, _MAX_MINUTES),
    "working_days": lambda: fields.Nested(_Days),
    "extend_days": lambda: _number(1, _MAX_DAYS),
    "working_hours": lambda: fields.Nested(Hours),
    "rest_days": lambda: _number(0, _MAX_DAYS),
    "shared_rest_days": lambda: _number(0, _MAX_DAYS),
    "callback_grace_minutes": lambda: _number(1, _MAX_MINUTES),
    "attempts": lambda: fields.Nested(_Attempts),
    "attempt_limits": lambda: fields.Nested(AttemptLimits),
    "other_part_of_day": lambda: fields.Boolean(truthy={True}, falsy={False}),
    "releases_per_day": lambda: _number(0, 100_000),
    "release_bar_days": lambda: _number(0, _MAX_DAYS),
    "lapse_bar_days": lambda: _number(0, _MAX_DAYS),
    "reveals_per_day": lambda: _number(0, 100_000),
    "service_days": lambda: fields.Nested(_Rhythm),
}

PolicyBody: Final = marshmallow.Schema.from_dict(
    {name: Rule(_INNER[name](), liftable=name not in NOT_LIFTABLE) for name in RULES}, name="Policy"
)
"""Some rules of a policy; absent ones stay as they are."""


def _clock(text: str) -> time:
    return time.fromisoformat(text)
