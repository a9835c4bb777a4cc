"""Views of what is owed to clients: promises, those missed among them, and requests that came in."""

from typing import Any

import marshmallow
from marshmallow import fields, validate

from services.dispatcher.access import reach
from shared.storage.owed import list_promises, list_requests
from shared.web.blueprint import Blueprint
from shared.web.fields import Id
from shared.web.parts import parts

blueprint = Blueprint("owed", __name__, url_prefix="/v1", description="What is owed to clients")


class PromiseQuery(marshmallow.Schema):
    """Which promises."""

    state = fields.String(load_default="open", validate=validate.OneOf(("open", "due", "missed")))
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 1000))


class PromiseAnswer(marshmallow.Schema):
    """A promise; `rep_id` is whose it is, or was before nobody kept it in time."""

    id = Id("promise", dump_only=True)
    lead_id = Id("lead")
    company = fields.String(allow_none=True)
    kind = fields.String()
    why = fields.String()
    person_id = Id("person", allow_none=True)
    pool_id = Id("pool", allow_none=True)
    rep_id = Id("person", allow_none=True)
    giver_id = Id("person", allow_none=True)
    lent_by = Id("person", allow_none=True)
    escalated = fields.Integer()
    due_at = fields.DateTime()
    grace_until = fields.DateTime()


class PromiseList(marshmallow.Schema):
    """Promises, the soonest due first."""

    items = fields.List(fields.Nested(PromiseAnswer))


class RequestQuery(marshmallow.Schema):
    """Which requests."""

    state = fields.String(load_default="open", validate=validate.OneOf(("open", "late", "all")))
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 1000))


class RequestAnswer(marshmallow.Schema):
    """Somebody who asked to be contacted, and by when; `waited_s` until the answer, or until now."""

    id = Id("request", dump_only=True)
    lead_id = Id("lead")
    company = fields.String(allow_none=True)
    state = fields.String()
    person_id = Id("person", allow_none=True)
    pool_id = Id("pool", allow_none=True)
    asked_at = fields.DateTime()
    answer_by = fields.DateTime()
    answered_at = fields.DateTime(allow_none=True)
    escalated_at = fields.DateTime(allow_none=True)
    waited_s = fields.Integer()


class RequestList(marshmallow.Schema):
    """Requests by when they are to be answered."""

    items = fields.List(fields.Nested(RequestAnswer))


@blueprint.route("/promises", methods=["GET"])
@blueprint.arguments(PromiseQuery, location="query")
@blueprint.response(200, PromiseList)
def show_promises(query: dict[str, Any]) -> dict[str, object]:
    """List what was promised: one's own, the team's, or all; `state=missed` is what somebody should look at now."""
    with parts().ledger.reading() as connection:
        return {"items": list_promises(connection, reach(), **query)}


@blueprint.route("/requests", methods=["GET"])
@blueprint.arguments(RequestQuery, location="query")
@blueprint.response(200, RequestList)
def show_requests(query: dict[str, Any]) -> dict[str, object]:
    """List who asked to be contacted; `state=late` are those whom nobody answered in time."""
    with parts().ledger.reading() as connection:
        return {"items": list_requests(connection, reach(), **query)}
