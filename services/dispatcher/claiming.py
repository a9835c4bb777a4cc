"""The use case of a claim: so many leads for one person, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from shared.storage.card import Card
from shared.storage.claim import claim_next
from shared.storage.idempotency import Effect


@dataclass(frozen=True, slots=True)
class Handed:
    """What one claim handed out; without cards the reason and when to ask again."""

    cards: Sequence[Card]
    reason: str | None
    retry_after_s: int


def claim_leads(connection: Connection, person_id: int, count: int) -> Effect:
    """Claims up to `count` leads; an empty answer is not kept, so that the same key may find something later."""
    given: list[int] = []
    while True:
        claim = claim_next(connection, person_id)
        if claim.assignment_id is not None:
            given.append(claim.assignment_id)
        if claim.assignment_id is None or len(given) == count:
            break
    shown = {} if given else {"reason": claim.reason, "retry_after_s": claim.retry_after_s}
    return Effect(200, {"assignments": given}, shown=shown, is_kept=bool(given))
