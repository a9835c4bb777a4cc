"""Views of pools, their policies, and the rules by which leads enter them."""

from typing import Any

from sqlalchemy import Connection

from services.dispatcher.access import reach
from services.dispatcher.policies import change_base, change_policy, hide_fields, preview_base, preview_policy
from services.dispatcher.pool_schema import (
    EntryRules,
    PolicyAnswer,
    PolicyChange,
    PoolAnswer,
    PoolBody,
    PoolChange,
    PoolList,
    RerouteAnswer,
    RerouteBody,
)
from services.dispatcher.pools import change_entry_rules, move, open_pool
from services.dispatcher.rerouting import reroute
from shared.auth import Role
from shared.domain.errors import Refused, absent
from shared.storage.idempotency import Effect
from shared.storage.pool import Pool, find_base, find_pool, list_pools
from shared.storage.reroute import list_rules
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.idempotency import run_once
from shared.web.parts import parts

blueprint = Blueprint("pools", __name__, url_prefix="/v1", description="Sets of leads served to sets of reps")


@blueprint.route("/pools", methods=["GET"])
@blueprint.response(200, PoolList)
def show_pools() -> dict[str, object]:
    """List the pools; a rep sees those that serve them."""
    with parts().ledger.reading() as connection:
        return {"items": list_pools(connection, person_id=reach().person_id)}


@blueprint.route("/pools", methods=["POST"])
@blueprint.arguments(PoolBody)
@blueprint.response(201, PoolAnswer)
def add_pool(body: dict[str, Any]) -> tuple[Pool, int]:
    """Open a pool; leads enter it by the rules, people by being served by it."""

    def effect(connection: Connection) -> Effect:
        return Effect(201, {"pool": open_pool(connection, caller(), body)})

    def render(connection: Connection, had: Effect) -> Pool:
        return _find(connection, int(str(had.ids["pool"])))

    with parts().ledger.transaction() as connection:
        return run_once(connection, body=body, effect=effect, render=render)


@blueprint.route("/pools/<id(pool):pool_id>", methods=["PATCH"])
@blueprint.arguments(PoolChange)
@blueprint.response(200, PoolAnswer)
def patch_pool(body: dict[str, Any], pool_id: int) -> Pool | dict[str, Any]:
    """Write a new version of the pool's policy (absent is unchanged, null lifts, "default" inherits again), or move it."""
    with parts().ledger.transaction() as connection:
        if body["dry_run"]:
            preview = preview_policy(connection, caller(), reach(), pool_id, body["policy"])
            pool = _find(connection, pool_id)
            shown = {name: getattr(pool, name) for name in pool.__slots__}
            return {**shown, **preview, "rules": preview["policy"], "dry_run": True}
        if "policy" in body:
            change_policy(connection, caller(), reach(), pool_id, body["policy"], reason=body["reason"])
        if "hidden" in body:
            hide_fields(connection, caller(), reach(), pool_id, body["hidden"], reason=body["reason"])
        if "state" in body:
            if caller().role is not Role.ADMIN:
                raise Refused("forbidden", "only an admin may pause or end a pool")
            move(connection, caller(), pool_id, body["state"])
        return _find(connection, pool_id)


@blueprint.route("/pools/rules", methods=["GET"])
@blueprint.response(200, EntryRules)
def show_rules() -> dict[str, object]:
    """List the rules by which leads enter pools."""
    with parts().ledger.reading() as connection:
        return {"rules": list_rules(connection)}


@blueprint.route("/pools/rules", methods=["PUT"])
@blueprint.arguments(EntryRules)
@blueprint.response(200, EntryRules)
def put_rules(body: dict[str, Any]) -> dict[str, object]:
    """Put rules in the place of those that held; leads that are there already stay until they are rerouted."""
    with parts().ledger.transaction() as connection:
        return {"rules": change_entry_rules(connection, caller(), body["rules"], reason=body["reason"])}


@blueprint.route("/pools/reroute", methods=["POST"])
@blueprint.arguments(RerouteBody)
@blueprint.response(200, RerouteAnswer)
def reroute_leads(body: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Run the rules again over free leads, as one action that can be undone; with `dry_run` only say what would move."""

    def effect(connection: Connection) -> Effect:
        return reroute(connection, caller(), pool_id=body["pool"], reason=body["reason"], dry_run=body["dry_run"])

    with parts().ledger.transaction() as connection:
        return run_once(connection, body=body, effect=effect, render=lambda _, had: dict(had.ids))


@blueprint.route("/policies", methods=["GET"])
@blueprint.response(200, PolicyAnswer)
def show_policy() -> dict[str, object]:
    """Show the rules that every pool inherits."""
    with parts().ledger.reading() as connection:
        version, rules = find_base(connection)
    return {"policy": rules, "policy_version": version}


@blueprint.route("/policies", methods=["PUT"])
@blueprint.arguments(PolicyChange)
@blueprint.response(200, PolicyAnswer)
def put_policy(body: dict[str, Any]) -> dict[str, object]:
    """Write a new version of the rules that every pool inherits; absent is unchanged, null lifts."""
    with parts().ledger.transaction() as connection:
        if body["dry_run"]:
            version, _ = find_base(connection)
            return {**preview_base(connection, caller(), body["policy"]), "policy_version": version, "dry_run": True}
        change_base(connection, caller(), body["policy"], reason=body["reason"])
        version, rules = find_base(connection)
        return {"policy": rules, "policy_version": version}


def _find(connection: Connection, pool_id: int) -> Pool:
    pool = find_pool(connection, pool_id)
    if pool is None:
        raise absent("pool")
    return pool
