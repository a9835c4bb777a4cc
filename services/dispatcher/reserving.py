"""The use case of keeping a company for one named rep or team."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from shared.auth import Caller
from shared.domain.errors import Refused, absent
from shared.storage.action import Item, add_action
from shared.storage.audit import add_audit, name_actor
from shared.storage.idempotency import Effect
from shared.storage.lead_view import find_lead
from shared.storage.person import find_person, find_team
from shared.storage.reach import Reach
from shared.storage.reroute import move_leads
from shared.storage.reservation import Colleague, ensure_reserved_pool, list_company, list_reserved


def reserve(connection: Connection, who: Caller, reach: Reach, lead_id: int, body: Mapping[str, Any]) -> Effect:
    """Keeps a lead's whole company for a rep or a team, or with neither for nobody any more; one action, which can be undone.

    People of it whom somebody holds, or was promised, stay where they are and are told as `left`.

    Raises:
        Refused: `not_found` for the lead, person or team; `invalid_body` for both at once.
    """
    lead = find_lead(connection, lead_id, reach)
    if lead is None:
        raise absent("lead")
    person_id, team_id = _check_taker(connection, reach, body)
    name_actor(connection, who.person_id, reason=body["reason"])
    company = list_company(connection, lead["top_id"])
    wanted = {one.lead_id: _pool_of(connection, who, one, person_id=person_id, team_id=team_id) for one in company}
    moves = [(one.lead_id, wanted[one.lead_id]) for one in company if wanted[one.lead_id] != one.pool_id]
    moved = move_leads(connection, moves)
    items = [
        Item(one.lead_id, pool_before=one.pool_id, pool_after=wanted[one.lead_id])
        for one in company
        if one.lead_id in moved
    ]
    action_id = add_action(
        connection, "reserve", team_id=who.team_id, reason=body["reason"], made_by=who.person_id, items=items
    )
    left = sorted({lead_id for lead_id, _ in moves} - moved)
    detail = {"person": person_id, "team": team_id, "leads": len(moved), "left": len(left), "reason": body["reason"]}
    add_audit(connection, "reserved", actor=who.person_id, entity="action", entity_id=action_id, detail=detail)
    return Effect(200, {"action_id": action_id, "moved": sorted(moved), "left": left})


def give_reserved_back(connection: Connection, person_id: int) -> Sequence[int]:
    """Moves what was kept for a leaver back to where it came from; gives the leads."""
    return sorted(move_leads(connection, list_reserved(connection, person_id)))


def _pool_of(connection: Connection, who: Caller, one: Colleague, *, person_id: int | None, team_id: int | None) -> int:
    if person_id is None and team_id is None:
        return one.origin_id
    return ensure_reserved_pool(connection, one.origin_id, person_id=person_id, team_id=team_id, by=who.person_id)


def _check_taker(connection: Connection, reach: Reach, body: Mapping[str, Any]) -> tuple[int | None, int | None]:
    if body["person_id"] is not None and body["team"] is not None:
        raise Refused("invalid_body", "name a person or a team, or neither")
    if body["person_id"] is not None:
        person = find_person(connection, body["person_id"])
        outside = person is None or (reach.team_id is not None and person.team_id != reach.team_id)
        if person is None or outside or person.state == "left" or person.role != "rep":
            raise absent("person")
        return person.id, None
    if body["team"] is None:
        return None, None
    team_id = find_team(connection, body["team"])
    if team_id is None or (reach.team_id is not None and team_id != reach.team_id):
        raise absent("team")
    return None, team_id
