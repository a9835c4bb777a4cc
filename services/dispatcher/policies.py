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
    """Says what a change of a pool's rules would do today: makes it, counts, and takes it back, so that the two never differ.

    Raises:
        Refused: what the change itself is refused for.
    """
    if find_pool(connection, pool_id) is None:
        raise absent("pool")
    before, _ = _read_effect(connection, pool_id)
    with connection.begin_nested() as trial:
        change_policy(connection, who, reach, pool_id, changes, reason="tried")
        after, wanted = _read_effect(connection, pool_id)
        trial.rollback()
    return {"before": before, "after": after, "policy": wanted}


def preview_base(connection: Connection, who: Caller, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Says what a change of the inherited rules would do today in all pools: makes it, counts, and takes it back."""
    before = _sum_effects(connection)
    with connection.begin_nested() as trial:
        change_base(connection, who, changes, reason="tried")
        after, (_, wanted) = _sum_effects(connection), find_base(connection)
        trial.rollback()
    return {"before": before, "after": after, "policy": wanted}


def _read_effect(connection: Connection, pool_id: int) -> tuple[dict[str, int], Mapping[str, Any]]:
    pool = find_pool(connection, pool_id)
    assert pool is not None
    return find_effect(connection, pool_id, pool.rules), pool.rules


def _sum_effects(connection: Connection) -> dict[str, int]:
    pools = [pool for pool in list_pools(connection) if pool.state == "active"]
    return _sum(find_effect(connection, pool.id, pool.rules) for pool in pools)


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
