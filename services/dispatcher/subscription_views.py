"""Views of subscriptions: where the outbox tells of what happens."""

from typing import Any
from urllib.parse import urlsplit

import marshmallow
from marshmallow import fields, validate
from sqlalchemy import Connection

from shared.domain.errors import absent
from shared.domain.lifecycle import entities, states_of
from shared.storage.audit import add_audit
from shared.storage.idempotency import Effect
from shared.storage.subscribing import add_subscription, end_subscription, list_subscriptions, read_subscription
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.fields import Id
from shared.web.idempotency import run_once
from shared.web.parts import parts

blueprint = Blueprint("subscriptions", __name__, url_prefix="/v1/subscriptions", description="Who is told of what")


class SubscriptionBody(marshmallow.Schema):
    """A topic, ENTITY.STATE such as `upload.ready` or `promise.lapsed`, and where to send its messages."""

    topic = fields.String(required=True, validate=validate.Length(3, 100))
    url = fields.String(required=True, validate=validate.Length(8, 2000))

    @marshmallow.validates_schema
    def check_known(self, given: dict[str, str], **_: object) -> None:
        """Refuses a topic of which no message ever comes, and an address that is none."""
        entity, _dot, state = given.get("topic", "").rpartition(".")
        if entity not in entities() or state not in states_of(entity):
            raise marshmallow.ValidationError("must be ENTITY.STATE of the table of moves, e.g. upload.ready", "topic")
        address = urlsplit(given.get("url", ""))
        if address.scheme not in ("http", "https") or not address.hostname or address.username:
            raise marshmallow.ValidationError("must be an http(s) address without credentials", "url")


class SubscriptionAnswer(marshmallow.Schema):
    """A subscription; `waiting` are messages not delivered yet, `failure` why the last of them was not."""

    id = Id("subscription", dump_only=True)
    topic = fields.String()
    url = fields.String()
    made_by = Id("person", allow_none=True)
    created_at = fields.DateTime()
    ended_at = fields.DateTime(allow_none=True)
    waiting = fields.Integer()
    last_delivered_at = fields.DateTime(allow_none=True)
    failure = fields.String(allow_none=True)


class SubscriptionList(marshmallow.Schema):
    """The subscriptions that stand."""

    items = fields.List(fields.Nested(SubscriptionAnswer))


@blueprint.route("", methods=["GET"])
@blueprint.response(200, SubscriptionList)
def show_subscriptions() -> dict[str, object]:
    """List who is told of what, and how their messages fare."""
    with parts().ledger.reading() as connection:
        return {"items": list_subscriptions(connection)}


@blueprint.route("", methods=["POST"])
@blueprint.arguments(SubscriptionBody)
@blueprint.response(201, SubscriptionAnswer)
def subscribe(body: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Send every message of a topic to an address: signed, at least once, ids only."""

    def effect(connection: Connection) -> Effect:
        made = add_subscription(connection, topic=body["topic"], url=body["url"], made_by=caller().person_id)
        detail = {"topic": body["topic"]}
        add_audit(
            connection, "subscribed", actor=caller().person_id, entity="subscription", entity_id=made, detail=detail
        )
        return Effect(201, {"subscription": made})

    def render(connection: Connection, had: Effect) -> dict[str, Any]:
        return read_subscription(connection, int(str(had.ids["subscription"])))

    with parts().ledger.transaction() as connection:
        return run_once(connection, body=body, effect=effect, render=render)


@blueprint.route("/<id(subscription):subscription_id>", methods=["DELETE"])
@blueprint.response(204)
def unsubscribe(subscription_id: int) -> None:
    """End a subscription; what was not delivered yet is not sent any more."""
    with parts().ledger.transaction() as connection:
        if not end_subscription(connection, subscription_id):
            raise absent("subscription")
        actor = caller().person_id
        add_audit(connection, "unsubscribed", actor=actor, entity="subscription", entity_id=subscription_id)
