"""The view of one lead, or one request from a form, with its verdict at once."""

from collections.abc import Mapping
from typing import Any, Final

import flask
from sqlalchemy import Connection

from services.intake.lead_schema import LEAD_FIELDS, LeadAnswer, LeadBody
from services.intake.taking import take_lead
from shared.domain.reason import hint_of
from shared.hygiene.reading import CUSTOM
from shared.rate_limit import Limit
from shared.storage.idempotency import Effect
from shared.storage.outcome import find_outcome
from shared.storage.request import find_request
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.idempotency import run_once
from shared.web.parts import parts
from shared.web.rate_limit import check_rate

blueprint = Blueprint("leads", __name__, url_prefix="/v1/leads", description="One lead at a time")

SECRET = "LEADMILL_SECRET"
"""Where the app keeps the key of the keyed hashes."""


PER_TOKEN: Final = Limit("leads", 600, 60)


def check_limit() -> None:
    """Counts the token's requests, before their bodies are read."""
    check_rate(PER_TOKEN, str(caller().token_id))


blueprint.before_request(check_limit)


@blueprint.route("", methods=["POST"])
@blueprint.arguments(LeadBody)
@blueprint.response(201, LeadAnswer)
def add_lead(body: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Add one lead; with `request`, somebody asks to be contacted. The answer is its verdict."""
    with parts().ledger.transaction() as connection:
        return run_once(connection, body=body, effect=lambda c: _take(c, body), render=_tell)


def _take(connection: Connection, body: Mapping[str, Any]) -> Effect:
    given = {name: body[name] for name in LEAD_FIELDS if name in body}
    given |= {f"{CUSTOM}{name}": cells for name, cells in body["custom"].items()}
    secret: bytes = flask.current_app.config[SECRET]
    actor = caller().person_id
    return take_lead(connection, body["source"], given, secret=secret, is_request=body["request"], actor=actor)


def _tell(connection: Connection, effect: Effect) -> dict[str, Any]:
    upload_id, row_no = int(str(effect.ids["upload_id"])), int(str(effect.ids["row"]))
    outcome, request = find_outcome(connection, upload_id, row_no), find_request(connection, upload_id, row_no)
    assert outcome is not None
    return {
        "verdict": outcome.verdict,
        "reason": outcome.reason,
        "hint": hint_of(outcome.reason),
        "notes": outcome.notes,
        "lead_id": outcome.lead_id,
        "upload_id": upload_id,
        "row": row_no,
        "request_id": request[0] if request else None,
        "answer_by": request[1] if request else None,
    }
