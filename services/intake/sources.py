"""Use cases of sources: adding one, changing whether its lists go out."""

from typing import Any

from sqlalchemy import Connection

from shared.domain.errors import Refused, Superseded, absent
from shared.domain.lifecycle import may_move
from shared.domain.source import TRUST, first_circulation
from shared.storage.audit import add_audit, name_actor
from shared.storage.source import (
    CHANGEABLE,
    NewSource,
    Source,
    add_source,
    find_country,
    find_source,
    lock_source,
    move_source,
    update_source,
)
from shared.storage.withdrawal import allow_time


def create_source(connection: Connection, body: dict[str, Any], *, actor: int) -> int:
    """Adds a source as its kind demands; gives its id.

    Raises:
        Superseded: `name_taken`.
        Refused: `country_unknown`.
    """
    country = body["default_country"] or body["default_region"]
    check_country(connection, country)
    given = {name: value for name, value in body.items() if name not in ("default_country", "default_region")}
    circulation = first_circulation(body["kind"], body["legal_basis"])
    new = NewSource(**given, default_country=country, trust=TRUST[body["kind"]], circulation=circulation)
    name_actor(connection, actor)
    source_id = add_source(connection, new, created_by=actor)
    add_audit(connection, "add_source", actor=actor, entity="source", entity_id=source_id, detail={"kind": new.kind})
    return source_id


def change_source(connection: Connection, source_id: int, body: dict[str, Any], *, actor: int) -> None:
    """Changes what is said of a source, then moves its circulation; the same again does nothing.

    Raises:
        Superseded: `move_not_allowed`; the source does not stand where this move starts.
        Refused: `no_legal_basis`; a source without one is not let go. `country_unknown`.
    """
    source = lock_source(connection, source_id)
    if source is None:
        raise absent("source")
    name_actor(connection, actor, reason=body["reason"])
    changes = {name: body[name] for name in CHANGEABLE if body[name] is not None}
    if changes:
        check_country(connection, body["default_country"])
        update_source(connection, source_id, changes)
        detail = {"fields": sorted(changes)}
        add_audit(connection, "change_source", actor=actor, entity="source", entity_id=source_id, detail=detail)
    after = body["circulation"]
    if after is not None and after != source.circulation:
        _move(connection, source, after, body["legal_basis"] or source.legal_basis, actor)


def _move(connection: Connection, source: Source, after: str, legal_basis: str, actor: int) -> None:
    check_move("source circulation", source.circulation, after)
    if after == "active" and legal_basis == "none":
        raise Refused("no_legal_basis", "name the legal basis of this source before its leads go out")
    allow_time(connection)
    move_source(connection, source.id, before=source.circulation, after=after)
    detail = {"before": source.circulation, "after": after}
    add_audit(connection, "move_source", actor=actor, entity="source", entity_id=source.id, detail=detail)


def read_source(connection: Connection, source_id: int) -> Source:
    """Gives a source; absent is refused."""
    source = find_source(connection, source_id)
    if source is None:
        raise absent("source")
    return source


def check_country(connection: Connection, code: str | None) -> None:
    """Refuses a code that no country has."""
    if code is not None and find_country(connection, code) is None:
        raise Refused("country_unknown", "this is no ISO country code; write PL, US, GB or the like")


def check_move(entity: str, before: str, after: str) -> None:
    """Refuses a move that is not in the table of moves."""
    if not may_move(entity, before, after):
        raise Superseded("move_not_allowed", f"from {before} there is no way to {after}", state=before)
