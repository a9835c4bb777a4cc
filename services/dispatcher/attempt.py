"""Transactions that others may have crossed: tried again from the start, a few times."""

from collections.abc import Callable
from typing import Final, TypeVar

from sqlalchemy import Connection

from shared.domain.errors import Unavailable
from shared.storage.claim import CROSSED
from shared.storage.engine import Ledger

T = TypeVar("T")

_TRIES: Final = 3


def run_crossed(ledger: Ledger, work: Callable[[Connection], T]) -> T:
    """Runs the work in a transaction of its own, again when a deadlock, or the constraint that guards a booking, ends it.

    Raises:
        Unavailable: `ledger_busy`, others were first each time, or the database is away.
    """
    for _ in range(_TRIES - 1):
        try:
            with ledger.transaction() as connection:
                return work(connection)
        except CROSSED:
            continue
        except Unavailable as error:
            if error.code != "ledger_busy":
                raise
    try:
        with ledger.transaction() as connection:
            return work(connection)
    except CROSSED as error:
        raise Unavailable("ledger_busy", "others were first; try again shortly") from error
