"""Statements about who is told of what happens: subscriptions to topics of the outbox."""

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

_ADD: Final = sa.text("""
    INSERT INTO leadmill.subscription (topic, url, made_by) VALUES (:topic, :url, :made_by) RETURNING id
""")

_END: Final = sa.text("""
    UPDATE leadmill.subscription SET ended_at = leadmill.clock() WHERE id = :subscription AND ended_at IS NULL
""")

_LIST: Final = sa.text("""
    SELECT s.id, s.topic, s.url, s.made_by, s.created_at, s.ended_at,
           (SELECT count(*) FROM leadmill.outbox AS o WHERE o.subscription_id = s.id AND o.delivered_at IS NULL) AS waiting,
           (SELECT max(o.delivered_at) FROM leadmill.outbox AS o WHERE o.subscription_id = s.id) AS last_delivered_at,
           (SELECT o.failure FROM leadmill.outbox AS o WHERE o.subscription_id = s.id AND o.delivered_at IS NULL
            ORDER BY o.id DESC LIMIT 1) AS failure
    FROM leadmill.subscription AS s
    WHERE (CAST(:id AS bigint) IS NULL AND s.ended_at IS NULL) OR s.id = :id ORDER BY s.id
""")


def add_subscription(connection: Connection, *, topic: str, url: str, made_by: int) -> int:
    """Subscribes an address to a topic; gives the id."""
    values = {"topic": topic, "url": url, "made_by": made_by}
    subscription_id: int = connection.execute(_ADD, values).scalar_one()
    return subscription_id


def end_subscription(connection: Connection, subscription_id: int) -> bool:
    """Ends a subscription; False when there is none that stands."""
    return connection.execute(_END, {"subscription": subscription_id}).rowcount > 0


def list_subscriptions(connection: Connection) -> list[dict[str, Any]]:
    """Lists the subscriptions that stand, with how their messages fare."""
    return [dict(row._mapping) for row in connection.execute(_LIST, {"id": None})]


def read_subscription(connection: Connection, subscription_id: int) -> dict[str, Any]:
    """Reads a subscription that exists."""
    return dict(connection.execute(_LIST, {"id": subscription_id}).one()._mapping)
