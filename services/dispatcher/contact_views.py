"""Views of contacts: what came of a call, and its correction."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from services.dispatcher.access import reach
from services.dispatcher.attempt import run_crossed
from services.dispatcher.contact_schema import ContactAnswer, ContactBody, CorrectionBody, DispositionList
from services.dispatcher.correction import correct_contact
from services.dispatcher.outcome import record_contact
from shared.storage.card import read_cards
from shared.storage.contact import read_state
from shared.storage.disposition import list_dispositions
from shared.storage.idempotency import Effect
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.idempotency import run_once
from shared.web.parts import parts

blueprint = Blueprint("contacts", __name__, url_prefix="/v1", description="What came of a call")


@blueprint.route("/assignments/<id(assignment):assignment_id>/contacts", methods=["POST"])
@blueprint.arguments(ContactBody)
@blueprint.response(201, ContactAnswer)
def add_contact(body: dict[str, Any], assignment_id: int) -> tuple[dict[str, object], int]:
    """Record a contact; it is kept even when its fence is stale."""
    return _once(body, lambda connection: record_contact(connection, caller(), reach(), assignment_id, body))


@blueprint.route("/contacts/<id(contact):contact_id>/correct", methods=["POST"])
@blueprint.arguments(CorrectionBody)
@blueprint.response(201, ContactAnswer)
def add_correction(body: dict[str, Any], contact_id: int) -> tuple[dict[str, object], int]:
    """Correct a contact: the rep within fifteen minutes, later the supervisor; both contacts are kept."""
    return _once(body, lambda connection: correct_contact(connection, caller(), reach(), contact_id, body))


@blueprint.route("/dispositions", methods=["GET"])
@blueprint.response(200, DispositionList)
def show_dispositions() -> dict[str, object]:
    """List the outcome codes in use."""
    with parts().ledger.reading() as connection:
        return {"items": list_dispositions(connection)}


def _once(body: dict[str, Any], effect: Callable[[Connection], Effect]) -> tuple[dict[str, object], int]:
    return run_crossed(
        parts().ledger.transaction, lambda connection: run_once(connection, body=body, effect=effect, render=_render)
    )


def _render(connection: Connection, effect: Effect) -> dict[str, object]:
    ids = effect.ids
    shown = ids["assignment"]
    return {
        "id": ids["contact"],
        "late": ids["late"],
        "why": ids["why"],
        "warnings": ids.get("warnings", []),
        "assignment": None if shown is None else read_cards(connection, [int(str(shown))])[0],
        "lead": read_state(connection, int(str(ids["lead"]))),
    }
