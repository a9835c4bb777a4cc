"""The use cases of being away, coming back, leaving, and changing what somebody sells."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection

from services.dispatcher.reserving import give_reserved_back
from shared.auth import Caller, Role
from shared.domain.errors import Refused, Superseded, absent
from shared.storage.absence import Left, end_absence, leave, start_absence
from shared.storage.audit import add_audit, name_actor
from shared.storage.clock import read_clock
from shared.storage.person import Person, add_to_pools, change_person, find_person, leave_pools
from shared.storage.reach import Reach
from shared.storage.reservation import serve_reserved

_LARGEST_TEAM: Final = 7


def find_reached(connection: Connection, who: Caller, reach: Reach, person_id: int) -> Person:
    """Gives a person whom the caller may touch: oneself, a rep of the own team, anybody for an admin.

    Raises:
        Refused: `not_found`.
    """
    person = find_person(connection, person_id)
    if person is None:
        raise absent("person")
    own = person.id == who.person_id
    mate = reach.team_id is not None and person.team_id == reach.team_id and person.role == Role.REP
    if not (own or mate or who.role is Role.ADMIN):
        raise absent("person")
    return person


def go_away(connection: Connection, who: Caller, reach: Reach, person_id: int, body: Mapping[str, Any]) -> None:
    """Notes that somebody is away: timers stop for up to three days, a deputy keeps what was promised.

    Raises:
        Refused: `not_found` for the person or deputy; `date_passed`.
        Superseded: `person_absent` or `person_left` already.
    """
    person = find_reached(connection, who, reach, person_id)
    if person.state != "active":
        raise Superseded(f"person_{person.state}", f"this person is {person.state} already")
    if body["until"] <= read_clock(connection):
        raise Refused("date_passed", "the return must lie in the future", fields=["until"])
    _check_taker(connection, person, body["deputy_id"])
    name_actor(connection, who.person_id, reason="absent")
    start_absence(
        connection,
        person_id,
        until=body["until"],
        deputy_id=body["deputy_id"],
        reason=body["reason"],
        by=who.person_id,
    )
    _tell(connection, who, "person_absent", person_id, {"until": str(body["until"]), "deputy": body["deputy_id"]})


def come_back(connection: Connection, who: Caller, reach: Reach, person_id: int) -> None:
    """Notes that somebody is back; promises that a deputy has not kept yet are theirs again.

    Raises:
        Refused: `not_found`.
        Superseded: `person_active` or `person_left`: they were not away.
    """
    person = find_reached(connection, who, reach, person_id)
    name_actor(connection, who.person_id, reason="back")
    if not end_absence(connection, person_id):
        raise Superseded(f"person_{person.state}", "this person is not away")
    _tell(connection, who, "person_back", person_id, {})


def dismiss(
    connection: Connection, who: Caller, reach: Reach, person_id: int, *, successor_id: int | None, reason: str
) -> Left:
    """Ends somebody's access, then spreads what they had over the successor's, or the pool's, next days.

    Raises:
        Refused: `not_found`; `forbidden` for oneself.
        Superseded: `person_left` already.
    """
    person = find_reached(connection, who, reach, person_id)
    if person.id == who.person_id:
        raise Refused("forbidden", "somebody else must end your access")
    if person.state == "left":
        raise Superseded("person_left", "this person has left already")
    _check_taker(connection, person, successor_id)
    name_actor(connection, who.person_id, reason=reason)
    left = leave(connection, person_id, successor_id=successor_id, by=who.person_id)
    back = len(give_reserved_back(connection, person_id))
    told = {"successor": successor_id, "passed": left.passed, "returned": left.returned, "promises": left.promises}
    _tell(connection, who, "person_left", person_id, {**told, "reserved": back})
    return left


def change(connection: Connection, who: Caller, reach: Reach, person_id: int, body: Mapping[str, Any]) -> None:
    """Changes what somebody sells: duty, and the pools that serve them.

    Raises:
        Refused: `not_found` for the person or a pool.
    """
    person = find_reached(connection, who, reach, person_id)
    change_person(connection, person_id, duty=body.get("duty", person.duty))
    if "pools" in body:
        leave_pools(connection, person_id)
        if add_to_pools(connection, person_id, body["pools"]) != len(set(body["pools"])):
            raise absent("pool")
        serve_reserved(connection, person_id=person_id)
    _tell(connection, who, "person_changed", person_id, {name: body[name] for name in sorted(body)})


def warnings_of(size: int) -> list[str]:
    """Says when a team has grown beyond what one supervisor can lead."""
    return ["team_above_seven"] if size > _LARGEST_TEAM else []


def _check_taker(connection: Connection, person: Person, taker_id: int | None) -> None:
    if taker_id is None:
        return
    taker = find_person(connection, taker_id)
    outside = taker is None or taker.team_id != person.team_id
    if taker is None or outside or taker.state != "active" or taker.id == person.id or taker.role == Role.MARKETING:
        raise absent("person")


def _tell(connection: Connection, who: Caller, action: str, person_id: int, detail: Mapping[str, object]) -> None:
    add_audit(connection, action, actor=who.person_id, entity="person", entity_id=person_id, detail=detail)
