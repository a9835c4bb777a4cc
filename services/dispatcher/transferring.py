"""The use cases of many leads at once: give those that fit a filter to others, undo an action as far as nobody touched it."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from services.dispatcher.handing import Taker, check_taker, pass_on
from services.dispatcher.leading import Taking, split
from shared.auth import Caller
from shared.domain.errors import Superseded, absent
from shared.storage.action import Item, add_action, list_items, lock_action, note_undone
from shared.storage.assignment import end_assignment, read_assignment
from shared.storage.audit import add_audit, name_actor
from shared.storage.board import Choice, choose_open, lock_leads
from shared.storage.person import find_person
from shared.storage.reach import Reach
from shared.storage.reroute import move_leads
from shared.storage.resuming import Resumed, lock_holders, resume, take_given, withdraw_promise


@dataclass(frozen=True, slots=True)
class Undone:
    """The leads that are as before, and those that stay since somebody had them meanwhile."""

    restored: list[int]
    left: list[int]


def transfer(
    connection: Connection, who: Caller, choice: Choice, taker: Taker, *, reason: str, dry_run: bool, even_so: bool
) -> tuple[Taking, int | None]:
    """Takes open assignments that fit and promises their leads to others, as one action; `dry_run` only says which.

    Raises:
        Refused: `invalid_body` or `not_found` for the taker; `not_found` for one outside the own team.
    """
    check_taker(connection, taker)
    _check_own(connection, choice.reach, taker)
    found = choose_open(connection, choice)
    if dry_run:
        return split(found, even_so=even_so), None
    name_actor(connection, who.person_id, reason=reason)
    at = lock_leads(connection, [one.lead_id for one in found])
    again = replace(choice, ids=[one.id for one in found])
    taking = split(choose_open(connection, again), even_so=even_so)
    items = []
    for one in taking.taken:
        held = read_assignment(connection, one.id)
        if held.person_id == taker.person_id:
            continue
        promise_id = pass_on(connection, held, taker, giver_id=None, why="transferred")
        end_assignment(connection, one.id, "handed_off", at=at, by=who.person_id, note=reason)
        pools = (held.pool_id, taker.pool_id) if taker.pool_id is not None else (None, None)
        items.append(Item(held.top_id, one.id, promise_id, *pools))
    action_id = _keep(connection, who, "transfer", reason, items)
    return taking, action_id


def undo(connection: Connection, who: Caller, reach: Reach, action_id: int) -> Undone:
    """Puts back what an action did to leads that nobody has had since; the others stay as they are.

    Raises:
        Refused: `not_found`.
        Superseded: `action_undone` already.
    """
    action = lock_action(connection, action_id, team_id=reach.team_id, own_id=reach.person_id)
    if action is None:
        raise absent("action")
    if action.undone_at is not None:
        raise Superseded("action_undone", "this was undone already")
    name_actor(connection, who.person_id, reason="undone")
    lock_holders(connection, action_id)
    lock_leads(connection, [item.lead_id for item in list_items(connection, action)])
    items = list_items(connection, action)
    restored = [item.lead_id for item in items if item.untouched and _restore(connection, who, action.kind, item)]
    note_undone(connection, action_id, by=who.person_id)
    left = [item.lead_id for item in items if item.lead_id not in restored]
    detail = {"restored": len(restored), "left": len(left)}
    add_audit(connection, "action_undone", actor=who.person_id, entity="action", entity_id=action_id, detail=detail)
    return Undone(restored, left)


def _keep(connection: Connection, who: Caller, kind: str, reason: str, items: list[Item]) -> int:
    action_id = add_action(connection, kind, team_id=who.team_id, reason=reason, made_by=who.person_id, items=items)
    detail = {"leads": len(items), "reason": reason}
    add_audit(connection, f"{kind}_done", actor=who.person_id, entity="action", entity_id=action_id, detail=detail)
    return action_id


def _restore(connection: Connection, who: Caller, kind: str, item: Item) -> bool:
    if item.assignment_id is None:
        return item.pool_before is not None and bool(move_leads(connection, [(item.lead_id, item.pool_before)]))
    if kind == "give":
        return take_given(connection, item.assignment_id, by=who.person_id)
    if item.promise_id is not None:
        withdraw_promise(connection, item.promise_id)
    return resume(connection, Resumed(item.assignment_id, item.pool_before), by=who.person_id)


def _check_own(connection: Connection, reach: Reach, taker: Taker) -> None:
    if reach.team_id is None or taker.person_id is None:
        return
    person = find_person(connection, taker.person_id)
    if person is None or person.team_id != reach.team_id:
        raise absent("person")
