"""Statements that hand out leads: the next ones of a person's queue, or a given one."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import psycopg
import sqlalchemy as sa
from psycopg.rows import namedtuple_row
from psycopg.types.numeric import Int4, Int8
from sqlalchemy import Connection, exc

from shared.auth import Pass
from shared.domain.errors import LeadmillError
from shared.storage.card import Card, card_of
from shared.storage.engine import Driver
from shared.storage.idempotency import RequestKey, key_error

_ONCE: Final = (
    "SELECT nr, told, retry_after_s, (card).* FROM leadmill.claim_once(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)

CROSSED: Final = (exc.IntegrityError, psycopg.IntegrityError)
"""What a transaction raises when another was first and a constraint told so: try it again from the start."""

_TAKE: Final = sa.text("""
    SELECT assignment_id, refused
    FROM leadmill.take_lead(:lead, :person, :pool, :promise, :given_by, true, :late)
""")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request for up to `count` leads; what a key was given before is given again."""

    entry: Pass
    count: int
    key: RequestKey | None


@dataclass(frozen=True, slots=True)
class Handed:
    """What one claim handed out; without cards the reason, and in how many seconds to ask again."""

    cards: Sequence[Card]
    reason: str | None
    retry_after_s: int


class Untold(StrEnum):
    """Why nothing was done for a request: its pass is not good, or it can only be settled alone."""

    NOT_ALLOWED = "not_allowed"
    ALONE = "alone"


_UNTOLD: Final = frozenset(Untold)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one given lead: an assignment, or what bars it."""

    assignment_id: int | None
    refused: str | None


def claim_once(connection: Driver, asked: Sequence[Asked], *, alone: bool) -> list[Handed | LeadmillError | Untold]:
    """Hands out to each request, in the order they came, the best that its caller may have now, all in one statement.

    It needs no transaction around it. All requests came by the one route. `alone`: a single request, which waits for
    its caller's other ones; what comes with others never does.

    Returns:
        For each request what it was handed; `Superseded("key_in_use")` or `Refused("key_reused")`, the error it gets; or
        why nothing was done for it.
    """
    keys = [one.key for one in asked]
    values = (
        alone,
        list(asked[0].entry.roles),
        asked[0].entry.needs,
        next((key.route for key in keys if key), None),
        [Int8(one.entry.token.token_id) for one in asked],
        [one.entry.token.secret_hash for one in asked],
        [Int4(one.count) for one in asked],
        [key and key.key_hash for key in keys],
        [key and key.body_hash for key in keys],
        [key and Int8(key.lock) for key in keys],
    )
    rows: list[list[Any]] = [[] for _ in asked]
    with connection.cursor(row_factory=namedtuple_row) as cursor:
        found: list[Any] = cursor.execute(_ONCE, values).fetchall()
    for row in found:
        rows[row.nr - 1].append(row)
    return [_read_answer(own) for own in rows]


def _read_answer(rows: list[Any]) -> Handed | LeadmillError | Untold:
    told = rows[0].told
    if told is None:
        return Handed([card_of(row) for row in rows], None, 0)
    if told in _UNTOLD:
        return Untold(told)
    return key_error(told) if told.startswith("key_") else Handed([], told, rows[0].retry_after_s)


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
