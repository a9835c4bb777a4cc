"""The view of one lead, or one request from a form, with its verdict at once."""

from collections.abc import Mapping
from typing import Any

import flask
from sqlalchemy import Connection

from services.intake.lead_schema import LEAD_FIELDS, LeadAnswer, LeadBody
from shared.domain.errors import absent
from shared.domain.reason import hint_of
from shared.hygiene.inline import take_row
from shared.hygiene.reading import CUSTOM
from shared.storage.audit import add_audit, name_actor
from shared.storage.idempotency import Effect
from shared.storage.outcome import find_outcome
from shared.storage.request import add_request, find_request
from shared.storage.source import find_source
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.idempotency import run_once
from shared.web.parts import parts

blueprint = Blueprint("leads", __name__, url_prefix="/v1/leads", description="One lead at a time")

SECRET = "LEADMILL_SECRET"
"""Where the app keeps the key of the keyed hashes."""


@blueprint.route("", methods=["POST"])
@blueprint.arguments(LeadBody)
@blueprint.response(201, LeadAnswer)
def add_lead(body: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Add one lead; with `request`, somebody asks to be contacted. The answer is its verdict."""
    with parts().ledger.transaction() as connection:
        return run_once(connection, body=body, effect=lambda c: _take(c, body), render=_tell)


def _take(connection: Connection, body: Mapping[str, Any]) -> Effect:
    if find_source(connection, body["source"]) is None:
        raise absent("source")
    name_actor(connection, caller().person_id)
    given = {name: body[name] for name in LEAD_FIELDS if name in body}
    given |= {f"{CUSTOM}{name}": cells for name, cells in body["custom"].items()}
    secret: bytes = flask.current_app.config[SECRET]
    taken = take_row(connection, secret=secret, source_id=body["source"], fields=given)
    if body["request"] and taken.lead_id is not None:
        add_request(connection, taken.lead_id, taken.upload_id, taken.row_no)
    detail = {"row": taken.row_no, "request": body["request"]}
    actor = caller().person_id
    add_audit(connection, "add_lead", actor=actor, entity="upload", entity_id=taken.upload_id, detail=detail)
    return Effect(201, {"upload_id": taken.upload_id, "row": taken.row_no})


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
