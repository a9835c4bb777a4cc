"""The use case of changing a pool's policy."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from shared.auth import Caller, Role
from shared.domain.errors import Refused, absent
from shared.domain.policy import ADMIN_ONLY, change_rules
from shared.storage.audit import add_audit
from shared.storage.pool import Pool, add_policy, find_pool, lock_pool, serves_others
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


def _check_may_change(
    connection: Connection, who: Caller, reach: Reach, pool_id: int, changes: Mapping[str, Any]
) -> None:
    if who.role is Role.ADMIN:
        return
    if closed := sorted(ADMIN_ONLY & changes.keys()):
        raise Refused("forbidden", f"only an admin may change {', '.join(closed)}")
    if reach.team_id is None or serves_others(connection, pool_id, reach.team_id):
        raise Refused("forbidden", "this pool serves other teams too; ask an admin")
