"""Use cases of research: leads that came without a phone are given to somebody, and come back with a number or without."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection

from shared.domain.errors import Refused, Superseded, absent
from shared.hygiene.inline import take_row
from shared.storage.audit import add_audit, name_actor
from shared.storage.idempotency import Effect
from shared.storage.proposal import ensure_rep_source
from shared.storage.research import (
    Research,
    count_taken,
    end_research,
    find_end,
    give_back,
    hold_researcher,
    is_active,
    lock_research,
    read_researches,
    take_next,
)

AT_ONCE: Final = 50
"""Leads that one person researches at a time."""

DAYS: Final = 7
"""How long somebody has a lead for; then it goes to the next."""


def take_research(connection: Connection, person_id: int, *, count: int, source: int | None, actor: int) -> Effect:
    """Gives a person the next leads to research, as many as it may have beside those it has.

    Raises:
        Refused: `not_found`, no such person.
    """
    if not is_active(connection, person_id):
        raise absent("person")
    hold_researcher(connection, person_id)
    name_actor(connection, actor)
    wanted = max(0, min(count, AT_ONCE - count_taken(connection, person_id)))
    taken = take_next(connection, person_id, count=wanted, days=DAYS, source=source)
    if taken:
        detail = {"research": taken}
        add_audit(connection, "take_research", actor=actor, entity="person", entity_id=person_id, detail=detail)
    return Effect(200, {"taken": taken}, is_kept=bool(taken))


def answer_research(
    connection: Connection, research_id: int, body: Mapping[str, Any], *, secret: bytes, actor: int, sees_all: bool
) -> Effect:
    """Takes what was found as a row of the source `rep` about this lead; the first number that can be called ends the research.

    Without one the lead stays with whoever has it, unless it is given up, or given back to the next.

    Raises:
        Refused: `not_found`, also for somebody else's.
        Superseded: `research_over`; `lead_gone`.
    """
    mine = lock_research(connection, research_id)
    if mine is None or not (sees_all or mine.person_id == actor):
        raise absent("research")
    if mine.state != "taken":
        raise Superseded("research_over", "this lead is no longer given to anybody to research", state=mine.state)
    name_actor(connection, actor)
    found = _take_found(connection, mine, body, secret)
    end = find_end(connection, mine.lead_id) or ("given_up" if body["result"] == "given_up" else None)
    if end is not None:
        end_research(connection, research_id, end, person_id=actor)
    elif body["result"] == "given_back":
        give_back(connection, research_id)
    detail = {"result": body["result"], "state": end, **found}
    add_audit(connection, "answer_research", actor=actor, entity="research", entity_id=research_id, detail=detail)
    return Effect(200, {"id": research_id, **found})


def _take_found(connection: Connection, mine: Research, body: Mapping[str, Any], secret: bytes) -> dict[str, object]:
    fields: dict[str, Sequence[str]] = {"phone": body["numbers"], "email": body["emails"]}
    if body["website"]:
        fields["website"] = [body["website"]]
    given = {name: values for name, values in fields.items() if values}
    if (body["result"] == "found") != bool(body["numbers"]):
        raise Refused("invalid_body", "say the numbers that were found, or that it is given up")
    if not given:
        return {"upload": None, "row": None}
    if mine.country:
        given["country"] = [mine.country]
    source_id = ensure_rep_source(connection)
    row = take_row(connection, secret=secret, source_id=source_id, fields=given, of_lead=mine.lead_id)
    return {"upload": row.upload_id, "row": row.row_no}


def read_research(connection: Connection, research_id: int) -> Research:
    """Gives one; absent is refused."""
    found = read_researches(connection, [research_id])
    if not found:
        raise absent("research")
    return found[0]
