"""Statements that hand out leads: the next ones of a person's queue, or a given one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import psycopg
import sqlalchemy as sa
from psycopg.rows import namedtuple_row
from sqlalchemy import Connection, exc

from shared.auth import Pass
from shared.storage.card import Card, card_of
from shared.storage.engine import Driver
from shared.storage.idempotency import RequestKey, key_error

_ONCE: Final = "SELECT told, retry_after_s, (card).* FROM leadmill.claim_once(%s, %s, %s, %s, %s, %s, %s, %s, %s)"
_NO_KEY: Final = (None,) * 4

CROSSED: Final = (exc.IntegrityError, psycopg.IntegrityError)
"""What a transaction raises when another was first and a constraint told so: try it again from the start."""

_TAKE: Final = sa.text("""
    SELECT assignment_id, refused
    FROM leadmill.take_lead(:lead, :person, :pool, :promise, :given_by, true, :late)
""")


@dataclass(frozen=True, slots=True)
class Handed:
    """What one claim handed out; without cards the reason, and in how many seconds to ask again."""

    cards: Sequence[Card]
    reason: str | None
    retry_after_s: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one given lead: an assignment, or what bars it."""

    assignment_id: int | None
    refused: str | None


def claim_once(connection: Driver, entry: Pass, count: int, key: RequestKey | None) -> Handed | None:
    """Hands out up to `count` leads, the best that the caller may have now, or what was handed out under the key before.

    One statement, which waits for no other lead than a free one; it needs no transaction around it.

    Returns:
        None when the pass is not good; nothing was done.

    Raises:
        Superseded: `key_in_use`; ask again in a moment.
        Refused: `key_reused`, the key came with another request.
    """
    kept = (key.route, key.key_hash, key.body_hash, key.lock) if key else _NO_KEY
    values = (entry.token.token_id, entry.token.secret_hash, list(entry.roles), entry.needs, count, *kept)
    with connection.cursor(row_factory=namedtuple_row) as cursor:
        rows: list[Any] = cursor.execute(_ONCE, values).fetchall()
    told = rows[0].told
    if told == "not_allowed":
        return None
    if told in ("key_in_use", "key_reused"):
        raise key_error(told)
    cards = [] if told else [card_of(row) for row in rows]
    return Handed(cards, told, rows[0].retry_after_s)


def take_lead(
    connection: Connection,
    *,
    lead_id: int,
    person_id: int,
    pool_id: int,
    promise_id: int | None = None,
    given_by: int | None = None,
    late: bool = False,
) -> Taken:
    """Hands one lead to one person, waiting for its locks; the person's row is locked by the caller.

    `promise_id` is the promise that lets it pass a rest; `late`: a contact was made after the lease ended, so
    no rest bars the rep who made it.
    """
    values = {
        "lead": lead_id,
        "person": person_id,
        "pool": pool_id,
        "promise": promise_id,
        "given_by": given_by,
        "late": late,
    }
    row = connection.execute(_TAKE, values).one()
    return Taken(row.assignment_id, row.refused)
