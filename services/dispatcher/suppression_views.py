"""Views of suppressions: whom nobody may contact."""

from datetime import UTC
from typing import Any, Final

import flask
import marshmallow
from marshmallow import fields, validate
from sqlalchemy import Connection

from services.dispatcher.access import reach
from services.dispatcher.attempt import run_crossed
from services.dispatcher.proposal_views import SECRET
from services.dispatcher.suppressing import lift, suppress
from shared.storage.idempotency import Effect
from shared.storage.suppression import find_suppression, list_suppressions
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.cursor import Page, PageQuery
from shared.web.fields import Id
from shared.web.idempotency import run_once
from shared.web.parts import parts

SCOPES: Final = ("number", "email", "domain", "lead")

blueprint = Blueprint("suppressions", __name__, url_prefix="/v1/suppressions", description="Whom never to contact")


class SuppressionBody(marshmallow.Schema):
    """Whom: a number, e-mail or domain by its value, or a lead with all that it is known by."""

    scope = fields.String(required=True, validate=validate.OneOf(SCOPES))
    value = fields.String(load_default=None, allow_none=True, validate=validate.Length(3, 320))
    lead_id = Id("lead", load_default=None, allow_none=True)
    channel = fields.String(load_default="any", validate=validate.OneOf(("any", "call", "email", "message")))
    reason = fields.String(required=True, validate=validate.Length(1, 200))
    expires_at = fields.AwareDateTime(default_timezone=UTC, load_default=None, allow_none=True)


class SuppressionAnswer(marshmallow.Schema):
    """An entry; whom it means cannot be read from it."""

    id = Id("suppression", dump_only=True)
    scope = fields.String()
    channel = fields.String()
    reason = fields.String()
    source = fields.String()
    made_by = Id("person", allow_none=True)
    contact_id = Id("contact", allow_none=True)
    created_at = fields.DateTime()
    expires_at = fields.DateTime(allow_none=True)
    lifted_at = fields.DateTime(allow_none=True)
    lift_reason = fields.String(allow_none=True)


class MadeAnswer(marshmallow.Schema):
    """What was written, and the assignments that ended."""

    items = fields.List(fields.Nested(SuppressionAnswer))
    ended = fields.List(Id("assignment"))


class SuppressionQuery(PageQuery):
    """Which entries."""


class SuppressionPage(marshmallow.Schema):
    """A page of entries."""

    items = fields.List(fields.Nested(SuppressionAnswer))
    next = fields.String(allow_none=True)


class LiftBody(marshmallow.Schema):
    """Why, with the proof."""

    reason = fields.String(required=True, validate=validate.Length(3, 500))


@blueprint.route("", methods=["POST"])
@blueprint.arguments(SuppressionBody)
@blueprint.response(201, MadeAnswer)
def add_suppression(body: dict[str, Any]) -> tuple[dict[str, object], int]:
    """Suppress; whoever holds a lead that it names loses it in the same moment."""
    secret: bytes = flask.current_app.config[SECRET]

    def work(connection: Connection) -> tuple[dict[str, object], int]:
        return run_once(
            connection, body=body, effect=lambda c: suppress(c, caller(), reach(), body, secret=secret), render=_render
        )

    return run_crossed(parts().ledger.transaction, work)


@blueprint.route("", methods=["GET"])
@blueprint.arguments(SuppressionQuery, location="query")
@blueprint.response(200, SuppressionPage)
def show_suppressions(query: dict[str, Any]) -> Page[Any]:
    """List entries, the newest first."""
    cursors, limit = parts().cursors, query["limit"]
    before = cursors.decode("suppressions", query["cursor"])
    with parts().ledger.reading() as connection:
        found = list_suppressions(connection, before=before, limit=limit + 1)
    return cursors.page("suppressions", found, limit, lambda entry: entry.id)


@blueprint.route("/<id(suppression):suppression_id>/lift", methods=["POST"])
@blueprint.arguments(LiftBody)
@blueprint.response(200, SuppressionAnswer)
def lift_suppression(body: dict[str, Any], suppression_id: int) -> object:
    """Lift an entry, with the reason and proof."""
    with parts().ledger.transaction() as connection:
        lift(connection, caller(), suppression_id, reason=body["reason"])
        return find_suppression(connection, suppression_id)


def _render(connection: Connection, effect: Effect) -> dict[str, object]:
    ids = effect.ids["suppressions"]
    assert isinstance(ids, list)
    return {"items": [find_suppression(connection, one) for one in ids], "ended": effect.ids["ended"]}
