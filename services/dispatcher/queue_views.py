"""Views of a rep's queue: pull the next lead, see what is held."""

from typing import Any

import marshmallow
from marshmallow import fields, validate

from services.dispatcher.card_schema import AssignmentAnswer
from services.dispatcher.claiming import claim
from services.dispatcher.recheck_schema import RecheckAnswer
from services.dispatcher.rechecking import take_next
from shared.domain.errors import Unavailable
from shared.storage.card import list_queue
from shared.storage.claim import Asked
from shared.storage.line_check import Asked as Check
from shared.web.answer import Answer
from shared.web.auth import authenticate, caller, late_pass
from shared.web.blueprint import Blueprint
from shared.web.idempotency import read_key
from shared.web.parts import parts

_MAX_COUNT = 20

blueprint = Blueprint("queue", __name__, url_prefix="/v1/queue", description="What a rep works on next")


class NextBody(marshmallow.Schema):
    """How many leads are wanted."""

    count = fields.Integer(load_default=1, strict=True, validate=validate.Range(1, _MAX_COUNT))


class NextAnswer(Answer):
    """What was handed out; with none, why, and when to ask again (Retry-After)."""

    assignments = fields.List(fields.Nested(AssignmentAnswer))
    reason = fields.String(
        allow_none=True,
        metadata={"enum": ["queue_empty", "cap_reached", "closed_hours", "no_pool", "not_on_duty", None]},
    )
    recheck = fields.Nested(
        RecheckAnswer,
        allow_none=True,
        metadata={"description": "with no lead to hand out: a number in quarantine to ring again, /v1/rechecks"},
    )


class QueueAnswer(Answer):
    """What the rep holds, soonest expiry first."""

    items = fields.List(fields.Nested(AssignmentAnswer))


@blueprint.route("/next", methods=["POST"])
@blueprint.arguments(NextBody)
@blueprint.response(200, NextAnswer)
def claim_next_leads(body: dict[str, Any]) -> tuple[dict[str, object], int, dict[str, str]]:
    """Hand out the next lead: due promises first, then the queue; the same Idempotency-Key gives the same lead again."""
    handed = claim(Asked(late_pass(), body["count"], read_key(body)))
    if handed is None:
        authenticate()
        raise Unavailable("ledger_busy", "what this token may do has just changed; try again")
    if handed.cards:
        return {"assignments": handed.cards, "reason": None, "recheck": None}, 200, {}
    recheck = _find_recheck(handed.reason)
    return (
        {"assignments": [], "reason": handed.reason, "recheck": recheck},
        200,
        {"Retry-After": str(handed.retry_after_s)},
    )


def _find_recheck(reason: str | None) -> Check | None:
    """Who has no lead to call rings a dead number again, last in order and within a small share of the day."""
    if reason == "not_on_duty":
        return None
    authenticate()
    with parts().ledger.transaction() as connection:
        return take_next(connection, caller()).check


@blueprint.route("", methods=["GET"])
@blueprint.response(200, QueueAnswer)
def show_queue() -> dict[str, object]:
    """List what you hold."""
    with parts().ledger.reading() as connection:
        return {"items": list_queue(connection, caller().person_id)}
