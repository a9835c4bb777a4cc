"""Views of what a rep knows better: not the same, the same, a lead of one's own."""

from collections.abc import Callable
from typing import Any

import flask
import marshmallow
from marshmallow import fields, validate
from sqlalchemy import Connection

from services.dispatcher.access import reach
from services.dispatcher.assignment_schema import Fenced
from services.dispatcher.attempt import run_crossed
from services.dispatcher.card_schema import AssignmentAnswer
from services.dispatcher.doubting import add_own_lead, call_the_same, part_for_this_call
from services.dispatcher.proposal_views import SECRET
from shared.storage.card import read_cards
from shared.storage.idempotency import Effect
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.fields import Id
from shared.web.idempotency import run_once
from shared.web.parts import parts

blueprint = Blueprint("doubts", __name__, url_prefix="/v1", description="What a rep knows better")

_CELLS = validate.Length(1, 500)
_MANY = validate.Length(0, 20)


class NotSameBody(Fenced):
    """Under which number somebody else answered; without one, the last that was joined is meant."""

    number_id = Id("number", load_default=None, allow_none=True)


class SameBody(Fenced):
    """The number that was called, and the lead of the same client that this rep held before."""

    number_id = Id("number", required=True)
    lead_id = Id("lead", required=True)


class DoubtAnswer(marshmallow.Schema):
    """The review in which a person looks at the two leads, and the assignment as it is now."""

    review_id = Id("review")
    assignment = fields.Nested(AssignmentAnswer)


def _cell() -> "fields.Field[Any]":
    return fields.String(load_default=None, allow_none=True, validate=_CELLS)


class OwnLeadBody(marshmallow.Schema):
    """A lead that a rep found."""

    company = _cell()
    person = _cell()
    street = _cell()
    city = _cell()
    postcode = _cell()
    country = _cell()
    website = _cell()
    numbers = fields.List(fields.String(validate=validate.Length(1, 100)), load_default=list, validate=_MANY)
    emails = fields.List(fields.String(validate=validate.Length(1, 320)), load_default=list, validate=_MANY)


class OwnLeadAnswer(marshmallow.Schema):
    """`new`: the lead is yours; `known`: it is already in the base. `refused` says what keeps a new one from being called."""

    verdict = fields.String(metadata={"enum": ["new", "known"]})
    refused = fields.String(allow_none=True)
    assignment = fields.Nested(AssignmentAnswer, allow_none=True)


@blueprint.route("/assignments/<id(assignment):assignment_id>/not-same", methods=["POST"])
@blueprint.arguments(NotSameBody)
@blueprint.response(200, DoubtAnswer)
def say_not_same(body: dict[str, Any], assignment_id: int) -> tuple[dict[str, object], int]:
    """Say that two were joined who are not one: what is the other's leaves this call, and a person looks at both."""
    return _once(body, lambda c: part_for_this_call(c, caller(), reach(), assignment_id, body), _render_doubt)


@blueprint.route("/assignments/<id(assignment):assignment_id>/same", methods=["POST"])
@blueprint.arguments(SameBody)
@blueprint.response(200, DoubtAnswer)
def say_same(body: dict[str, Any], assignment_id: int) -> tuple[dict[str, object], int]:
    """Say that you were called for this client under another lead: this one rests, and a person looks at both."""
    return _once(body, lambda c: call_the_same(c, caller(), reach(), assignment_id, body), _render_doubt)


@blueprint.route("/leads", methods=["POST"])
@blueprint.arguments(OwnLeadBody)
@blueprint.response(201, OwnLeadAnswer)
def add_lead(body: dict[str, Any]) -> tuple[dict[str, object], int]:
    """Add a lead that you found: a new one is yours at once."""
    secret: bytes = flask.current_app.config[SECRET]
    return _once(body, lambda c: add_own_lead(c, caller(), body, secret=secret), _render_own)


def _once(
    body: dict[str, Any],
    effect: Callable[[Connection], Effect],
    render: Callable[[Connection, Effect], dict[str, object]],
) -> tuple[dict[str, object], int]:
    return run_crossed(
        parts().ledger.transaction,
        lambda connection: run_once(connection, body=body, effect=effect, render=render),
    )


def _render_doubt(connection: Connection, effect: Effect) -> dict[str, object]:
    card = read_cards(connection, [int(str(effect.ids["assignment"]))])[0]
    return {"review_id": effect.ids["review"], "assignment": card}


def _render_own(connection: Connection, effect: Effect) -> dict[str, object]:
    shown = effect.ids["assignment"]
    card = None if shown is None else read_cards(connection, [int(str(shown))])[0]
    return {"verdict": effect.ids["verdict"], "refused": effect.ids["refused"], "assignment": card}
