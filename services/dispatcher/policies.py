"""The use cases of policies: change a pool's, or what all inherit; say before what it would do today."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from shared.auth import Caller, Role
from shared.domain.errors import Refused, absent
from shared.domain.policy import ADMIN_ONLY, INHERIT, change_rules
from shared.storage.audit import add_audit
from shared.storage.pool import (
    Pool,
    add_policy,
    find_base,
    find_effect,
    find_pool,
    hide,
    list_pools,
    lock_base,
    lock_pool,
    serves_others,
)
from shared.storage.reach import Reach


def change_policy(
    connection: Connection, who: Caller, reach: Reach, pool_id: int, changes: Mapping[str, Any], *, reason: str | None
) -> Pool:
    """Writes the next version of a pool's rules, with an entry in the audit; gives the pool as it is then.

    Raises:
        Refused: `not_found`; `forbidden` for rules only an admin may change, or a pool that serves other teams too.
    """
    lock_pool(connection, pool_id)
    pool = find_pool(connection, pool_id)
    if pool is None:
        raise absent("pool")
    _check_may_change(connection, who, reach, pool_id, changes)
    rules, version = change_rules(pool.own, changes), (pool.version or 0) + 1
    add_policy(connection, pool_id, version=version, rules=rules, made_by=who.person_id, reason=reason)
    detail = {"version": version, "changes": dict(changes), "reason": reason}
    add_audit(connection, "policy_changed", actor=who.person_id, entity="pool", entity_id=pool_id, detail=detail)
    changed = find_pool(connection, pool_id)
    assert changed is not None
    return changed


def hide_fields(
    connection: Connection, who: Caller, reach: Reach, pool_id: int, names: Sequence[str], *, reason: str | None
) -> None:
    """Says what the reps of a pool do not see of a lead.

    Raises:
        Refused: `not_found`; `forbidden` for a pool that serves other teams too.
    """
    lock_pool(connection, pool_id)
    if find_pool(connection, pool_id) is None:
        raise absent("pool")
    _check_may_change(connection, who, reach, pool_id, {})
    hide(connection, pool_id, names)
    detail = {"hidden": sorted(set(names)), "reason": reason}
    add_audit(connection, "pool_hidden", actor=who.person_id, entity="pool", entity_id=pool_id, detail=detail)


def change_base(connection: Connection, who: Caller, changes: Mapping[str, Any], *, reason: str | None) -> None:
    """Writes the next version of the rules that every pool inherits.

    Raises:
        Refused: `invalid_body`; nothing stands behind these rules, so none can inherit.
    """
    if inherited := sorted(name for name, value in changes.items() if value == INHERIT):
        raise Refused("invalid_body", f"these have nothing to inherit from: {', '.join(inherited)}")
    lock_base(connection)
    version, rules = find_base(connection)
    changed = {**rules, **changes}
    add_policy(connection, None, version=version + 1, rules=changed, made_by=who.person_id, reason=reason)
    detail = {"version": version + 1, "changes": dict(changes), "reason": reason}
    add_audit(connection, "policy_changed", actor=who.person_id, entity="policy", detail=detail)


def preview_policy(
    connection: Connection, who: Caller, reach: Reach, pool_id: int, changes: Mapping[str, Any]
) -> dict[str, Any]:
    """Says what a change of a pool's rules would do today, and changes nothing.

    Raises:
        Refused: what the change itself is refused for.
    """
    pool = find_pool(connection, pool_id)
    if pool is None:
        raise absent("pool")
    _check_may_change(connection, who, reach, pool_id, changes)
    _, base = find_base(connection)
    wanted = {**base, **change_rules(pool.own, changes)}
    before, after = find_effect(connection, pool_id, pool.rules), find_effect(connection, pool_id, wanted)
    return {"before": before, "after": after, "policy": wanted}


def preview_base(connection: Connection, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Says what a change of the inherited rules would do today in all pools, and changes nothing."""
    _, base = find_base(connection)
    wanted = {**base, **changes}
    effects = [
        (find_effect(connection, pool.id, pool.rules), find_effect(connection, pool.id, {**wanted, **pool.own}))
        for pool in list_pools(connection)
        if pool.state == "active"
    ]
    before, after = _sum(one for one, _ in effects), _sum(one for _, one in effects)
    return {"before": before, "after": after, "policy": wanted}


def _sum(effects: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for effect in effects:
        for name, count in effect.items():
            total[name] = total.get(name, 0) + count
    return total


def _check_may_change(
    connection: Connection, who: Caller, reach: Reach, pool_id: int, changes: Mapping[str, Any]
) -> None:
    if who.role is Role.ADMIN:
        return
    if closed := sorted(ADMIN_ONLY & changes.keys()):
        raise Refused("forbidden", f"only an admin may change {', '.join(closed)}")
    if reach.team_id is None or serves_others(connection, pool_id, reach.team_id):
        raise Refused("forbidden", "this pool serves other teams too; ask an admin")
