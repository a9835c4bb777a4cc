"""The claim as a use case: requests that wait at the same time are handed out to by one statement."""

from collections.abc import Sequence
from typing import Final

from flask import Flask, current_app

from services.dispatcher.attempt import run_crossed
from shared.domain.errors import LeadmillError
from shared.storage.claim import Asked, Handed, claim_once
from shared.together import NotTogether, Together
from shared.web.parts import parts

_DESK: Final = "leadmill-claims"
_AT_ONCE: Final = 24

_Answer = Handed | LeadmillError | None


def open_desk(app: Flask) -> None:
    """Gives this process its one place where claims are made."""

    def claim_together(asked: Sequence[Asked]) -> list[_Answer]:
        with parts().ledger.glancing() as connection:
            return claim_once(connection, asked)

    app.extensions[_DESK] = Together(claim_together, most=_AT_ONCE)


def claim(asked: Asked) -> Handed | None:
    """Hands out what was asked for; alone, when that cannot be told together with others.

    Returns:
        None when the pass is not good; nothing was done.

    Raises:
        Superseded: `key_in_use`; ask again in a moment.
        Refused: `key_reused`, the key came with another request.
        Unavailable: the database is away or busy.
    """
    desk: Together[Asked, _Answer] = current_app.extensions[_DESK]
    try:
        answer = desk.ask(asked)
    except NotTogether:
        answer = _claim_alone(asked)
    else:
        if isinstance(answer, LeadmillError) and answer.code == "ask_alone":
            answer = _claim_alone(asked)
    if isinstance(answer, LeadmillError):
        raise answer
    return answer


def _claim_alone(asked: Asked) -> _Answer:
    return run_crossed(parts().ledger.glancing, lambda connection: claim_once(connection, [asked])[0])
