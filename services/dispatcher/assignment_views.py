"""Views of assignments: what a rep does with one, what a supervisor does with many."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from services.dispatcher import holding
from services.dispatcher.access import reach
from services.dispatcher.assignment_schema import (
    FILTERS,
    BoardPage,
    BoardQuery,
    CallBody,
    Fenced,
    GiveBody,
    GivenAnswer,
    HandoffBody,
    ReclaimAnswer,
    ReclaimBody,
    ReleaseBody,
    RevealedNumber,
)
from services.dispatcher.attempt import run_crossed
from services.dispatcher.card_schema import AssignmentAnswer
from services.dispatcher.leading import give_lead, reclaim
from shared.domain.errors import absent
from shared.rate_limit import Use
from shared.storage.assignment import find_assignment
from shared.storage.board import Choice, list_board, list_conflicts
from shared.storage.card import Card, read_cards
from shared.storage.holding import read_e164
from shared.storage.idempotency import Effect
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.cursor import Page
from shared.web.idempotency import run_once
from shared.web.parts import parts
from shared.web.rate_limit import note_use

blueprint = Blueprint("assignments", __name__, url_prefix="/v1/assignments", description="Who holds which lead")


@blueprint.route("", methods=["GET"])
@blueprint.arguments(BoardQuery, location="query")
@blueprint.response(200, BoardPage)
def show_board(query: dict[str, Any]) -> Page[dict[str, Any]]:
    """List assignments, the newest first; `state=conflict` are late contacts whose lead was not free any more."""
    cursors, limit, state = parts().cursors, query["limit"], query["state"]
    choice = Choice(reach(), **{name: query[name] for name in FILTERS})
    listing = f"board {state} {choice}"
    before = cursors.decode(listing, query["cursor"])
    place = "met_id" if state == "conflict" else "id"
    with parts().ledger.reading() as connection:
        if state == "conflict":
            rows = list_conflicts(connection, choice, before=before, limit=limit + 1)
        else:
            rows = list_board(connection, choice, state=state, before=before, limit=limit + 1)
    return cursors.page(listing, rows, limit, lambda row: row[place])


@blueprint.route("/<id(assignment):assignment_id>", methods=["GET"])
@blueprint.response(200, AssignmentAnswer)
def show_assignment(assignment_id: int) -> Card:
    """Show one assignment."""
    with parts().ledger.reading() as connection:
        if find_assignment(connection, assignment_id, reach()) is None:
            raise absent("assignment")
        return read_cards(connection, [assignment_id])[0]


@blueprint.route("", methods=["POST"])
@blueprint.arguments(GiveBody)
@blueprint.response(201, GivenAnswer)
def add_assignment(body: dict[str, Any]) -> tuple[dict[str, object], int]:
    """Give a lead to a rep."""

    def render(connection: Connection, effect: Effect) -> dict[str, object]:
        card = _render(connection, effect)
        told = {"warnings": effect.ids["warnings"], "action_id": effect.ids["action"]}
        return {name: getattr(card, name) for name in card.__slots__} | told

    def work(connection: Connection) -> tuple[dict[str, object], int]:
        return run_once(connection, body=body, effect=lambda c: give_lead(c, caller(), reach(), body), render=render)

    return run_crossed(parts().ledger.transaction, work)


@blueprint.route("/reclaim", methods=["POST"])
@blueprint.arguments(ReclaimBody)
@blueprint.response(200, ReclaimAnswer)
def reclaim_assignments(body: dict[str, Any]) -> tuple[dict[str, object], int]:
    """Take leads back: all at once, or none; with `dry_run` nothing."""
    choice = Choice(reach(), ids=body["assignment_ids"], **{name: body[name] for name in FILTERS})

    def take(connection: Connection) -> Effect:
        taking = reclaim(
            connection, caller(), choice, reason=body["reason"], dry_run=body["dry_run"], even_so=body["even_so"]
        )
        ids = {"reclaimed": [one.id for one in taking.taken], "left": [one.id for one in taking.left]}
        told = {**ids, "action_id": taking.action_id, "dry_run": body["dry_run"]}
        return Effect(200, told, is_kept=not body["dry_run"])

    def work(connection: Connection) -> tuple[dict[str, object], int]:
        return run_once(connection, body=body, effect=take, render=lambda _, effect: dict(effect.ids))

    return run_crossed(parts().ledger.transaction, work)


@blueprint.route("/<id(assignment):assignment_id>/extend", methods=["POST"])
@blueprint.arguments(Fenced)
@blueprint.response(200, AssignmentAnswer)
def extend_assignment(body: dict[str, Any], assignment_id: int) -> tuple[Card, int]:
    """Prolong it, up to the ceiling of the pool."""
    return _once(body, lambda c: holding.extend(c, caller(), reach(), assignment_id, body))


@blueprint.route("/<id(assignment):assignment_id>/calls", methods=["POST"])
@blueprint.arguments(CallBody)
@blueprint.response(200, AssignmentAnswer)
def open_call(body: dict[str, Any], assignment_id: int) -> tuple[Card, int]:
    """Say that you are dialling: until the outcome, for an hour at most, the lead is safe from expiry and reclaim."""
    return _once(body, lambda c: holding.open_call(c, caller(), reach(), assignment_id, body))


@blueprint.route("/<id(assignment):assignment_id>/reveal", methods=["POST"])
@blueprint.arguments(CallBody)
@blueprint.response(200, RevealedNumber)
def reveal_number(body: dict[str, Any], assignment_id: int) -> tuple[dict[str, object], int]:
    """Show the digits of a number that its pool masks: counted by day, audited, and only when it may be called."""

    def effect(connection: Connection) -> Effect:
        return holding.reveal(connection, caller(), reach(), assignment_id, body)

    def render(connection: Connection, effect: Effect) -> dict[str, object]:
        if isinstance(use := effect.shown.get("use"), Use):
            note_use(use)
        return {"id": body["number_id"], "e164": read_e164(connection, body["number_id"])}

    def work(connection: Connection) -> tuple[dict[str, object], int]:
        return run_once(connection, body=body, effect=effect, render=render)

    return run_crossed(parts().ledger.transaction, work)


@blueprint.route("/<id(assignment):assignment_id>/release", methods=["POST"])
@blueprint.arguments(ReleaseBody)
@blueprint.response(200, AssignmentAnswer)
def release_assignment(body: dict[str, Any], assignment_id: int) -> tuple[Card, int]:
    """Give the lead back."""
    return _once(body, lambda c: holding.release(c, caller(), reach(), assignment_id, body))


@blueprint.route("/<id(assignment):assignment_id>/handoff", methods=["POST"])
@blueprint.arguments(HandoffBody)
@blueprint.response(200, AssignmentAnswer)
def hand_off_assignment(body: dict[str, Any], assignment_id: int) -> tuple[Card, int]:
    """Hand the lead to a person or a pool, with its facts and promises."""
    return _once(body, lambda c: holding.hand_off(c, caller(), reach(), assignment_id, body))


def _once(body: dict[str, Any], effect: Callable[[Connection], Effect]) -> tuple[Card, int]:
    return run_crossed(
        parts().ledger.transaction, lambda connection: run_once(connection, body=body, effect=effect, render=_render)
    )


def _render(connection: Connection, effect: Effect) -> Card:
    return read_cards(connection, [int(str(effect.ids["assignment"]))])[0]
