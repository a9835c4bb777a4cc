"""The outbox: messages for subscribers, written by the trigger of the move that they tell of. Ids only."""

from dataclasses import dataclass

import sqlalchemy as sa

_DUE = sa.text(
    "SELECT o.id, o.topic, s.id AS subscription_id, s.url, o.body FROM outbox AS o JOIN subscription AS s ON s.id = o.subscription_id"
    " WHERE o.delivered_at IS NULL AND o.next_at <= clock() AND s.ended_at IS NULL ORDER BY o.next_at, o.id LIMIT :limit"
)
_DELIVERED = sa.text("UPDATE outbox SET delivered_at = clock(), attempts = attempts + 1, failure = NULL WHERE id = :id")
_FAILED = sa.text(
    "UPDATE outbox SET attempts = attempts + 1, failure = :failure,"
    " next_at = clock() + least(interval '1 second' * power(2, attempts), interval '1 hour') WHERE id = :id"
)


@dataclass(frozen=True, slots=True)
class Message:
    """One message that is due to one subscriber."""

    id: int
    topic: str
    subscription_id: int
    url: str
    body: dict[str, object]


def list_due(connection: sa.Connection, limit: int) -> list[Message]:
    """Gives messages that are due, the longest waiting first."""
    return [Message(*row) for row in connection.execute(_DUE, {"limit": limit})]


def record_delivered(connection: sa.Connection, message_id: int) -> None:
    """The subscriber took it."""
    connection.execute(_DELIVERED, {"id": message_id})


def record_failed(connection: sa.Connection, message_id: int, failure: str) -> None:
    """The subscriber did not take it: tried again after 1, 2, 4 … seconds, at most an hour."""
    connection.execute(_FAILED, {"id": message_id, "failure": failure})
