"""Statements about kept Idempotency-Keys: what one request did, so that its repetition does nothing.

A row is written in the transaction of the effect. While that runs, an advisory lock tells a second request
with the key apart from a new one; the primary key is the last line.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from psycopg.types.json import Jsonb
from sqlalchemy import Connection

from shared.domain.errors import LeadmillError, Refused, Superseded
from shared.storage.engine import driver

_FIND: Final = "SELECT got, body_hash, status, effect FROM leadmill.find_effect(%s, %s, %s, %s)"
_ADD: Final = "SELECT leadmill.add_effect(%s, %s, %s, %s, %s::smallint, %s)"


@dataclass(frozen=True, slots=True)
class RequestKey:
    """What makes two requests the same: token, route and key; the body tells a repetition from a mistake."""

    token_id: int
    route: str
    key_hash: bytes
    body_hash: bytes

    @property
    def lock(self) -> int:
        """The number of the advisory lock."""
        return int.from_bytes(self.key_hash[:8], signed=True)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a request did: the status of its answer and the ids from which the answer is rendered.

    Attributes:
        ids: only ids, counters and codes; never a personal value.
        shown: what is rendered this once and never kept; empty in a repetition.
        is_kept: False for an answer that a repetition should not get again, such as an empty queue.
    """

    status: int
    ids: Mapping[str, object]
    shown: Mapping[str, object] = field(default_factory=dict)
    is_kept: bool = True


def find_effect(connection: Connection, key: RequestKey) -> Effect | None:
    """Gives what the request with this key did, or None and holds the key till the end of the transaction.

    Raises:
        Superseded: `key_in_use`, the first request still runs.
        Refused: `key_reused`, the key came with another request.
    """
    row = driver(connection).execute(_FIND, (key.token_id, key.route, key.key_hash, key.lock)).fetchone()
    assert row is not None
    got, body_hash, status, ids = row
    if not got:
        raise key_error("key_in_use")
    if status is None:
        return None
    if body_hash != key.body_hash:
        raise key_error("key_reused")
    return Effect(status, ids)


def add_effect(connection: Connection, key: RequestKey, effect: Effect) -> None:
    """Keeps what the request did.

    Raises:
        Superseded: `key_in_use`, the first request ended a moment ago; the caller's transaction must not commit.
    """
    ids = Jsonb(dict(effect.ids))
    values = (key.token_id, key.route, key.key_hash, key.body_hash, effect.status, ids)
    row = driver(connection).execute(_ADD, values).fetchone()
    if row is None or not row[0]:
        raise key_error("key_in_use")


def key_error(code: str) -> LeadmillError:
    """Gives the error for `key_in_use` or `key_reused`."""
    if code == "key_reused":
        return Refused(code, "this Idempotency-Key came with another request; use a new one")
    return Superseded(code, "a request with this Idempotency-Key is still running; ask again in a moment")
