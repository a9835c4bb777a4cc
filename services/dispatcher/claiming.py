"""The claim as a use case: requests that wait at the same time are handed out to by one statement."""

from collections.abc import Sequence
from typing import Final

from flask import Flask, current_app

from services.dispatcher.attempt import run_crossed
from services.dispatcher.rechecking import take_next
from shared.domain.errors import LeadmillError
from shared.storage.claim import Asked, Handed, Untold, claim_once
from shared.storage.line_check import Asked as Check
from shared.together import NotTogether, Together
from shared.web.auth import authenticate, caller
from shared.web.parts import parts

_DESK: Final = "leadmill-claims"
_AT_ONCE: Final = 24

_Answer = Handed | LeadmillError | Untold


def open_desk(app: Flask) -> None:
    """Gives this process its one place where claims are made."""

    def claim_together(asked: Sequence[Asked]) -> list[_Answer]:
        with parts().ledger.glancing() as connection:
            return claim_once(connection, asked, alone=False)

    app.extensions[_DESK] = Together(claim_together, most=_AT_ONCE)


def claim(asked: Asked) -> Handed | None:
    """Hands out what was asked for; alone, when that cannot be settled together with others.

    Returns:
        None when the pass is not good; nothing was done.

    Raises:
        Superseded: `key_in_use`; ask again in a moment.
        Refused: `key_reused`, the key came with another request.
        Unavailable: the database is away or busy.
    """
    answer = _claim_together(asked)
    if answer is Untold.ALONE:
        answer = run_crossed(parts().ledger.glancing, lambda connection: claim_once(connection, [asked], alone=True)[0])
    if isinstance(answer, LeadmillError):
        raise answer
    return answer if isinstance(answer, Handed) else None


def find_recheck(handed: Handed) -> Check | None:
    """Who is at work and has no lead to call rings a dead number again, last in order and within a small share of the day."""
    if handed.cards or handed.reason == "not_on_duty":
        return None
    authenticate()
    with parts().ledger.transaction() as connection:
        return take_next(connection, caller()).check


def _claim_together(asked: Asked) -> _Answer:
    desk: Together[Asked, _Answer] = current_app.extensions[_DESK]
    try:
        return desk.ask(asked)
    except NotTogether:
        return Untold.ALONE
