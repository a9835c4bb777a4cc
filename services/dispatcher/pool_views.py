"""Views of pools and their policies."""

from typing import Any

import marshmallow
from marshmallow import fields, validate

from services.dispatcher.access import reach
from services.dispatcher.policies import change_policy
from services.dispatcher.policy_schema import PolicyBody
from shared.storage.pool import Pool, list_pools
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.fields import Id
from shared.web.parts import parts

blueprint = Blueprint("pools", __name__, url_prefix="/v1/pools", description="Sets of leads served to sets of reps")


class PoolChange(marshmallow.Schema):
    """What changes of a pool, and why."""

    policy = fields.Nested(PolicyBody, required=True)
    reason = fields.String(load_default=None, validate=validate.Length(1, 500))


class PoolAnswer(marshmallow.Schema):
    """A pool; `policy` is what holds, with what it inherits."""

    id = Id("pool", dump_only=True)
    name = fields.String()
    kind = fields.String()
    duty = fields.String(allow_none=True)
    state = fields.String()
    policy = fields.Dict(attribute="rules")
    own_policy = fields.Dict(attribute="own")
    policy_version = fields.Integer(attribute="version", allow_none=True)


class PoolList(marshmallow.Schema):
    """The pools."""

    items = fields.List(fields.Nested(PoolAnswer))


@blueprint.route("", methods=["GET"])
@blueprint.response(200, PoolList)
def show_pools() -> dict[str, object]:
    """List the pools; a rep sees those that serve them."""
    with parts().ledger.reading() as connection:
        return {"items": list_pools(connection, person_id=reach().person_id)}


@blueprint.route("/<id(pool):pool_id>", methods=["PATCH"])
@blueprint.arguments(PoolChange)
@blueprint.response(200, PoolAnswer)
def patch_pool(body: dict[str, Any], pool_id: int) -> Pool:
    """Write a new version of the pool's policy: absent is unchanged, null lifts, "default" inherits again."""
    with parts().ledger.transaction() as connection:
        return change_policy(connection, caller(), reach(), pool_id, body["policy"], reason=body["reason"])
