"""Statements about kept Idempotency-Keys: what one request did, so that its repetition does nothing.

A row is written in the transaction of the effect. While that runs, an advisory lock tells a second request
with the key apart from a new one; the primary key is the last line.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from psycopg.types.json import Jsonb
from sqlalchemy import Connection

from shared.domain.errors import Refused, Superseded
from shared.storage.engine import driver

_FIND: Final = """
    WITH taken AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(%(lock)s) AS got),
    lapsed AS (
        DELETE FROM leadmill.idempotency
        WHERE token_id = %(token_id)s AND route = %(route)s AND key_hash = %(key_hash)s
          AND expires_at <= leadmill.clock() AND (SELECT got FROM taken)
    )
    SELECT taken.got, kept.body_hash, kept.status, kept.effect
    FROM taken LEFT JOIN leadmill.idempotency kept
      ON kept.token_id = %(token_id)s AND kept.route = %(route)s AND kept.key_hash = %(key_hash)s
     AND kept.expires_at > leadmill.clock()
"""

_ADD: Final = """
    INSERT INTO leadmill.idempotency (token_id, route, key_hash, body_hash, status, effect, expires_at)
    VALUES (%(token_id)s, %(route)s, %(key_hash)s, %(body_hash)s, %(status)s, %(effect)s, leadmill.clock() + interval '24 hours')
    ON CONFLICT DO NOTHING
"""


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
    values = {"lock": key.lock, "token_id": key.token_id, "route": key.route, "key_hash": key.key_hash}
    row = driver(connection).execute(_FIND, values).fetchone()
    assert row is not None
    got, body_hash, status, ids = row
    if not got:
        raise _in_use()
    if status is None:
        return None
    if body_hash != key.body_hash:
        raise Refused("key_reused", "this Idempotency-Key came with another request; use a new one")
    return Effect(status, ids)


def add_effect(connection: Connection, key: RequestKey, effect: Effect) -> None:
    """Keeps what the request did.

    Raises:
        Superseded: `key_in_use`, the first request ended a moment ago; the caller's transaction must not commit.
    """
    added = driver(connection).execute(
        _ADD,
        {
            "token_id": key.token_id,
            "route": key.route,
            "key_hash": key.key_hash,
            "body_hash": key.body_hash,
            "status": effect.status,
            "effect": Jsonb(dict(effect.ids)),
        },
    )
    if added.rowcount != 1:
        raise _in_use()


def _in_use() -> Superseded:
    return Superseded("key_in_use", "a request with this Idempotency-Key is still running; ask again in a moment")
