"""Views of a rep's queue: pull the next lead, see what is held."""

from typing import Any

import marshmallow
from marshmallow import fields, validate
from sqlalchemy import Connection

from services.dispatcher.attempt import run_crossed
from services.dispatcher.card_schema import AssignmentAnswer
from services.dispatcher.claiming import Handed, claim_leads
from shared.storage.card import list_queue, read_cards
from shared.storage.idempotency import Effect
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.idempotency import run_once
from shared.web.parts import parts

_MAX_COUNT = 20

blueprint = Blueprint("queue", __name__, url_prefix="/v1/queue", description="What a rep works on next")


class NextBody(marshmallow.Schema):
    """How many leads are wanted."""

    count = fields.Integer(load_default=1, strict=True, validate=validate.Range(1, _MAX_COUNT))


class NextAnswer(marshmallow.Schema):
    """What was handed out; with none, why, and when to ask again (Retry-After)."""

    assignments = fields.List(fields.Nested(AssignmentAnswer))
    reason = fields.String(
        allow_none=True,
        metadata={"enum": ["queue_empty", "cap_reached", "closed_hours", "no_pool", "not_on_duty", None]},
    )


class QueueAnswer(marshmallow.Schema):
    """What the rep holds, soonest expiry first."""

    items = fields.List(fields.Nested(AssignmentAnswer))


@blueprint.route("/next", methods=["POST"])
@blueprint.arguments(NextBody)
@blueprint.response(200, NextAnswer)
def claim_next_leads(body: dict[str, Any]) -> tuple[dict[str, object], int, dict[str, str]]:
    """Hand out the next lead: due promises first, then the queue; the same Idempotency-Key gives the same lead again."""

    def claim(connection: Connection) -> Effect:
        return claim_leads(connection, caller().person_id, body["count"])

    def work(connection: Connection) -> tuple[Handed, int]:
        return run_once(connection, body=body, effect=claim, render=_render)

    handed, status = run_crossed(parts().ledger, work)
    headers = {} if handed.cards else {"Retry-After": str(handed.retry_after_s)}
    return {"assignments": handed.cards, "reason": handed.reason}, status, headers


@blueprint.route("", methods=["GET"])
@blueprint.response(200, QueueAnswer)
def show_queue() -> dict[str, object]:
    """List what you hold."""
    with parts().ledger.reading() as connection:
        return {"items": list_queue(connection, caller().person_id)}


def _render(connection: Connection, effect: Effect) -> Handed:
    ids = effect.ids["assignments"]
    assert isinstance(ids, list)
    reason, wait = effect.shown.get("reason"), effect.shown.get("retry_after_s", 0)
    assert isinstance(wait, int)
    return Handed(read_cards(connection, ids), None if reason is None else str(reason), wait)
