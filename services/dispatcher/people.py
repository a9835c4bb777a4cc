"""The use cases of people: who may add whom, and whose token may be made."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection

from shared.auth import Caller, Role
from shared.domain.errors import Refused, absent
from shared.storage.audit import add_audit, name_actor
from shared.storage.person import Person, add_person, add_to_pools, ensure_team, find_person, find_team
from shared.storage.reservation import serve_reserved
from shared.storage.token import add_token

_LED: Final = {Role.ADMIN: frozenset(Role), Role.SUPERVISOR: frozenset((Role.REP,))}
"""Which roles a role may add, and make tokens of."""


def create_person(connection: Connection, who: Caller, body: Mapping[str, Any]) -> int:
    """Adds a person and gives the id.

    Raises:
        Refused: `forbidden` for a role or a team that is not the caller's to fill; `not_found` for a pool.
    """
    _check_role(who, Role(body["role"]))
    team_id = _team_of(connection, who, body["team"])
    name_actor(connection, who.person_id)
    person_id = add_person(connection, name=body["name"], role=body["role"], duty=body["duty"], team_id=team_id)
    if add_to_pools(connection, person_id, body["pools"]) != len(set(body["pools"])):
        raise absent("pool")
    serve_reserved(connection, person_id=person_id)
    detail = {"role": body["role"], "team": team_id, "pools": body["pools"]}
    add_audit(connection, "person_added", actor=who.person_id, entity="person", entity_id=person_id, detail=detail)
    return person_id


def read_person(connection: Connection, person_id: int) -> Person:
    """Gives a person.

    Raises:
        Refused: `not_found`.
    """
    person = find_person(connection, person_id)
    if person is None:
        raise absent("person")
    return person


def create_token(
    connection: Connection, who: Caller, person_id: int, *, name: str, scopes: Sequence[str] | None
) -> tuple[int, str]:
    """Makes a token that may do no more than the caller's own; gives its id and the token.

    Raises:
        Refused: `not_found` for a person outside the caller's team; `forbidden` for wider rights than the caller's.
    """
    person = read_person(connection, person_id)
    _check_reaches(who, person)
    if who.scopes is not None and (scopes is None or not who.scopes.issuperset(scopes)):
        raise Refused("forbidden", "a token may not do more than the one it is made with: name some of its scopes")
    wanted = None if scopes is None else list(scopes)
    token_id, token = add_token(connection, person_id=person_id, name=name, scopes=wanted, made_by=who.person_id)
    detail = {"person": person_id, "scopes": wanted}
    add_audit(connection, "token_created", actor=who.person_id, entity="token", entity_id=token_id, detail=detail)
    return token_id, token


def _check_role(who: Caller, role: Role) -> None:
    if role not in _LED.get(who.role, ()):
        raise Refused("forbidden", f"the role {who.role.value} may not add the role {role.value}")


def _check_reaches(who: Caller, person: Person) -> None:
    if who.role is Role.ADMIN or person.id == who.person_id:
        return
    if person.team_id is None or person.team_id != who.team_id:
        raise absent("person")
    _check_role(who, Role(person.role))


def _team_of(connection: Connection, who: Caller, name: str | None) -> int | None:
    if who.role is Role.ADMIN:
        return None if name is None else ensure_team(connection, name)
    if who.team_id is None:
        raise Refused("forbidden", "you lead no team: ask an admin to add people")
    if name is not None and find_team(connection, name) != who.team_id:
        raise Refused("forbidden", "supervisors add people of their own team only")
    return who.team_id
