"""The use cases of pools that move: free leads enter anew by the rules, as one action that can be undone."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from shared.auth import Caller
from shared.storage.action import Item, add_action
from shared.storage.audit import add_audit, name_actor
from shared.storage.idempotency import Effect
from shared.storage.reroute import list_moves, move_leads

Move = tuple[int, int, int]


def reroute(connection: Connection, who: Caller, *, pool_id: int | None, reason: str, dry_run: bool) -> Effect:
    """Sends free leads where the rules of entry would send them today; with `dry_run` only says where."""
    moves = list_moves(connection, pool_id)
    if dry_run:
        return Effect(200, _told(None, moves, dry_run=True), is_kept=False)
    name_actor(connection, who.person_id, reason=reason)
    moved = move_leads(connection, [(lead, after) for lead, _, after in moves])
    done = [move for move in moves if move[0] in moved]
    items = [Item(lead, pool_before=before, pool_after=after) for lead, before, after in done]
    action_id = add_action(
        connection, "reroute", team_id=who.team_id, reason=reason, made_by=who.person_id, items=items
    )
    detail = {"leads": len(done), "pool": pool_id}
    add_audit(connection, "rerouted", actor=who.person_id, entity="action", entity_id=action_id, detail=detail)
    return Effect(200, _told(action_id, done, dry_run=False))


def _told(action_id: int | None, moves: Sequence[Move], *, dry_run: bool) -> dict[str, Any]:
    counts = Counter((before, after) for _, before, after in moves)
    told = [{"pool_before": b, "pool_after": a, "leads": leads} for (b, a), leads in sorted(counts.items())]
    return {"action_id": action_id, "moved": len(moves), "moves": told, "dry_run": dry_run}
