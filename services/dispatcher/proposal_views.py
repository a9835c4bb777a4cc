"""The view of proposals: what a rep learned during the call."""

from typing import Any

import flask
import marshmallow
from marshmallow import fields, validate
from sqlalchemy import Connection

from services.dispatcher.access import reach
from services.dispatcher.assignment_schema import Fenced
from services.dispatcher.attempt import run_crossed
from services.dispatcher.card_schema import AssignmentAnswer
from services.dispatcher.proposing import propose
from shared.storage.card import read_cards
from shared.storage.idempotency import Effect
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.fields import Id
from shared.web.idempotency import run_once
from shared.web.parts import parts

SECRET = "LEADMILL_SECRET"
"""Where the app keeps the key of the keyed hashes."""

_MANY = validate.Length(0, 20)

blueprint = Blueprint("proposals", __name__, url_prefix="/v1/assignments", description="What reps learn")


def _cell() -> "fields.Field[Any]":
    return fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 500))


class AddressBody(marshmallow.Schema):
    """A place."""

    street = _cell()
    city = _cell()
    region = _cell()
    postcode = _cell()
    country = _cell()


class ProposalBody(Fenced):
    """What the rep learned; at least one thing."""

    numbers = fields.List(fields.String(validate=validate.Length(1, 100)), load_default=list, validate=_MANY)
    emails = fields.List(fields.String(validate=validate.Length(1, 320)), load_default=list, validate=_MANY)
    person = _cell()
    company = _cell()
    address = fields.Nested(AddressBody, load_default=None, allow_none=True)
    closed = fields.Boolean(load_default=None, allow_none=True, truthy={True}, falsy={False})

    @marshmallow.validates_schema
    def check_told(self, given: dict[str, Any], **_: Any) -> None:
        """Refuses a proposal of nothing."""
        if not any(given.get(name) for name in ("numbers", "emails", "person", "company", "address", "closed")):
            raise marshmallow.ValidationError("propose at least one thing")


class ProposedNumber(marshmallow.Schema):
    """A number that was proposed: `bound` can be dialled, else what bars it."""

    id = Id("number", dump_only=True)
    result = fields.String(metadata={"enum": ["bound", "suppressed", "not_callable", "held", "resting"]})


class ProposalAnswer(marshmallow.Schema):
    """A proposal, its verdict, and the assignment as it is now."""

    id = Id("proposal", dump_only=True)
    verdict = fields.String()
    reason = fields.String()
    numbers = fields.List(fields.Nested(ProposedNumber))
    assignment = fields.Nested(AssignmentAnswer)


@blueprint.route("/<id(assignment):assignment_id>/proposals", methods=["POST"])
@blueprint.arguments(ProposalBody)
@blueprint.response(201, ProposalAnswer)
def add_proposal(body: dict[str, Any], assignment_id: int) -> tuple[dict[str, object], int]:
    """Propose what was learned: normalised and matched in the same answer; free numbers can be dialled."""
    secret: bytes = flask.current_app.config[SECRET]

    def take(connection: Connection) -> Effect:
        return propose(connection, caller(), reach(), assignment_id, body, secret=secret)

    def work(connection: Connection) -> tuple[dict[str, object], int]:
        return run_once(connection, body=body, effect=take, render=_render)

    return run_crossed(parts().ledger.transaction, work)


def _render(connection: Connection, effect: Effect) -> dict[str, object]:
    ids = effect.ids
    results = ids["numbers"]
    assert isinstance(results, dict)
    return {
        "id": ids["proposal"],
        "verdict": ids["verdict"],
        "reason": ids["reason"],
        "numbers": [{"id": int(number_id), "result": result} for number_id, result in results.items()],
        "assignment": read_cards(connection, [int(str(ids["assignment"]))])[0],
    }
