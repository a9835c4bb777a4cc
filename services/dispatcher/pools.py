"""The use cases of pools: open one, pause or end it, and say by which rules leads enter."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from shared.auth import Caller
from shared.domain.errors import Refused, Superseded, absent
from shared.domain.lifecycle import may_move
from shared.storage.audit import add_audit, name_actor
from shared.storage.pool import Pool, add_pool, count_leads, find_pool, lock_pool, move_pool
from shared.storage.reroute import list_rules, write_rules


def open_pool(connection: Connection, who: Caller, body: Mapping[str, Any]) -> int:
    """Opens a pool and gives its id.

    Raises:
        Superseded: `pool_exists`, one has this name.
    """
    name_actor(connection, who.person_id, reason="opened")
    pool_id = add_pool(connection, name=body["name"], kind=body["kind"], duty=body["duty"], product=body["product"])
    if pool_id is None:
        raise Superseded("pool_exists", "a pool has this name already: choose another")
    detail = {"kind": body["kind"], "duty": body["duty"]}
    add_audit(connection, "pool_opened", actor=who.person_id, entity="pool", entity_id=pool_id, detail=detail)
    return pool_id


def move(connection: Connection, who: Caller, pool_id: int, state: str) -> None:
    """Pauses a pool, goes on with it, or ends it once its leads are elsewhere.

    Raises:
        Refused: `not_found`; `pool_default`, that one stays; `pool_not_empty`, reroute its leads first.
        Superseded: `pool_ended` already.
    """
    lock_pool(connection, pool_id)
    pool = find_pool(connection, pool_id)
    if pool is None:
        raise absent("pool")
    if pool.state == state:
        return
    if not may_move("pool", pool.state, state):
        raise Superseded("pool_ended", "this pool has ended: open another")
    _check_may_end(connection, pool, state)
    name_actor(connection, who.person_id, reason=state)
    move_pool(connection, pool_id, state)
    add_audit(connection, "pool_moved", actor=who.person_id, entity="pool", entity_id=pool_id, detail={"state": state})


def change_entry_rules(
    connection: Connection, who: Caller, rules: Sequence[Mapping[str, Any]], *, reason: str | None
) -> list[dict[str, Any]]:
    """Puts rules in the place of those that held, for leads that come from now on; gives them.

    Raises:
        Refused: `not_found` for a pool that does not take leads.
    """
    for rule in rules:
        pool = find_pool(connection, rule["pool_id"])
        if pool is None or pool.state == "ended":
            raise absent("pool")
    write_rules(connection, rules)
    detail = {"rules": len(rules), "pools": sorted({rule["pool_id"] for rule in rules}), "reason": reason}
    add_audit(connection, "pool_rules_changed", actor=who.person_id, entity="pool", detail=detail)
    return list_rules(connection)


def _check_may_end(connection: Connection, pool: Pool, state: str) -> None:
    if state != "ended":
        return
    if pool.name == "default":
        raise Refused("pool_default", "leads that no rule sends elsewhere enter this pool: it stays")
    if leads := count_leads(connection, pool.id):
        raise Refused("pool_not_empty", "its leads go elsewhere first: change the rules and reroute", leads=leads)
