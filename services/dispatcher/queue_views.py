"""Views of a rep's queue: pull the next lead, see what is held."""

from typing import Any

import marshmallow
from marshmallow import fields, validate

from services.dispatcher.card_schema import AssignmentAnswer
from services.dispatcher.claiming import claim, find_recheck
from services.dispatcher.recheck_schema import RecheckAnswer
from shared.domain.errors import Unavailable
from shared.storage.card import list_queue
from shared.storage.claim import Asked
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
    headers = {} if handed.cards else {"Retry-After": str(handed.retry_after_s)}
    return {"assignments": handed.cards, "reason": handed.reason, "recheck": find_recheck(handed)}, 200, headers


@blueprint.route("", methods=["GET"])
@blueprint.response(200, QueueAnswer)
def show_queue() -> dict[str, object]:
    """List what you hold."""
    with parts().ledger.reading() as connection:
        return {"items": list_queue(connection, caller().person_id)}
