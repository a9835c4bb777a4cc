"""How pools, their policies and the rules by which leads enter them look over HTTP."""

from typing import Any, Final

import marshmallow
from marshmallow import fields, validate

from services.dispatcher.policy_schema import PolicyBody
from shared.domain.masking import NEVER_HIDDEN
from shared.storage.person import DUTIES
from shared.web.fields import Id

_DUTY: Final = validate.OneOf(DUTIES)
_VALUE: Final = validate.Length(1, 200)


def reason_field() -> "fields.Field[str]":
    """Why, for the audit."""
    return fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 500))


def flag() -> "fields.Field[bool]":
    """A yes or no that is no by default."""
    return fields.Boolean(load_default=False, truthy={True}, falsy={False})


class PoolBody(marshmallow.Schema):
    """A new pool."""

    name = fields.String(required=True, validate=validate.Length(1, 200))
    kind = fields.String(load_default="sales", validate=validate.OneOf(("sales", "research", "recheck")))
    duty = fields.String(load_default=None, allow_none=True, validate=_DUTY)
    product = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 200))


class PoolChange(marshmallow.Schema):
    """What changes of a pool, and why; with `dry_run` only what it would do today."""

    policy = fields.Nested(PolicyBody)
    state = fields.String(validate=validate.OneOf(("active", "paused", "ended")))
    hidden = fields.List(
        fields.String(validate=validate.Regexp("^[a-z][a-z0-9_:]{0,60}$")),
        validate=validate.Length(0, 100),
        metadata={"description": "what its reps do not see: numbers, emails, or fields by name"},
    )
    reason = reason_field()
    dry_run = flag()

    @marshmallow.validates_schema
    def check_named(self, given: dict[str, Any], **_: object) -> None:
        """Refuses a change of nothing, and a dry run of what has none."""
        if not {"policy", "state", "hidden"} & given.keys():
            raise marshmallow.ValidationError("name policy, state or hidden")
        if kept := sorted(NEVER_HIDDEN & set(map(str, given.get("hidden") or ()))):
            raise marshmallow.ValidationError(f"never hidden: {', '.join(kept)}", "hidden")
        if given.get("dry_run") and "policy" not in given:
            raise marshmallow.ValidationError("only a policy has a dry run", "dry_run")


class PolicyChange(marshmallow.Schema):
    """What changes of the rules that every pool inherits."""

    policy = fields.Nested(PolicyBody, required=True)
    reason = reason_field()
    dry_run = flag()


class EffectCounts(marshmallow.Schema):
    """Leads that wait, those parked until something ends, those whose hours are open; reps, and those who could have none."""

    waiting = fields.Integer()
    parked = fields.Integer()
    open_now = fields.Integer()
    reps = fields.Integer()
    reps_at_cap = fields.Integer()
    reps_at_norm = fields.Integer()


class PoolAnswer(marshmallow.Schema):
    """A pool; `policy` is what holds, with what it inherits. Of a dry run what would hold, and what it would do today."""

    id = Id("pool", dump_only=True)
    name = fields.String()
    kind = fields.String()
    duty = fields.String(allow_none=True)
    product = fields.String(allow_none=True)
    state = fields.String()
    hidden = fields.List(fields.String())
    policy = fields.Dict(attribute="rules")
    own_policy = fields.Dict(attribute="own")
    policy_version = fields.Integer(attribute="version", allow_none=True)
    dry_run = fields.Boolean()
    before = fields.Nested(EffectCounts)
    after = fields.Nested(EffectCounts)


class PolicyAnswer(marshmallow.Schema):
    """The rules that every pool inherits."""

    policy = fields.Dict()
    policy_version = fields.Integer()
    dry_run = fields.Boolean()
    before = fields.Nested(EffectCounts)
    after = fields.Nested(EffectCounts)


class PoolList(marshmallow.Schema):
    """The pools."""

    items = fields.List(fields.Nested(PoolAnswer))


class EntryRule(marshmallow.Schema):
    """Leads whose every named field has one of its values enter the pool; `country` and `source_kind` are fields too."""

    pool_id = Id("pool", required=True)
    condition = fields.Dict(
        keys=fields.String(validate=validate.Regexp("^[a-z][a-z0-9_:]{0,60}$")),
        values=fields.List(fields.String(validate=_VALUE), validate=validate.Length(1, 500)),
        required=True,
        validate=validate.Length(1, 20),
    )


class EntryRules(marshmallow.Schema):
    """The rules in their order: the first that fits decides, else the pool `default`."""

    rules = fields.List(fields.Nested(EntryRule), required=True, validate=validate.Length(0, 1000))
    reason = fields.String(load_default=None, load_only=True, validate=validate.Length(1, 500))


class RerouteBody(marshmallow.Schema):
    """Free leads of a pool, or of all, enter anew by the rules; `dry_run` only tells."""

    pool = Id("pool", load_default=None, allow_none=True)
    reason = fields.String(required=True, validate=validate.Length(1, 500))
    dry_run = flag()


class RerouteMove(marshmallow.Schema):
    """So many leads from one pool to another."""

    pool_before = Id("pool")
    pool_after = Id("pool")
    leads = fields.Integer()


class RerouteAnswer(marshmallow.Schema):
    """What moved, or would; the action can be undone for leads that nobody has touched since."""

    action_id = Id("action", allow_none=True)
    moved = fields.Integer()
    moves = fields.List(fields.Nested(RerouteMove))
    dry_run = fields.Boolean()
