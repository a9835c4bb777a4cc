"""Transactions that others may have crossed: tried again from the start, a few times."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Final, TypeVar

from shared.domain.errors import Unavailable
from shared.storage.claim import CROSSED

C = TypeVar("C")
T = TypeVar("T")

_TRIES: Final = 3


def run_crossed(opened: Callable[[], AbstractContextManager[C]], work: Callable[[C], T]) -> T:
    """Runs the work in what `opened` opens, again when a deadlock, or the constraint that guards a booking, ends it.

    `opened` is `Ledger.transaction`, or `Ledger.glancing` for what is one statement.

    Raises:
        Unavailable: `ledger_busy`, others were first each time, or the database is away.
    """
    for _ in range(_TRIES - 1):
        try:
            with opened() as connection:
                return work(connection)
        except CROSSED:
            continue
        except Unavailable as error:
            if error.code != "ledger_busy":
                raise
    try:
        with opened() as connection:
            return work(connection)
    except CROSSED as error:
        raise Unavailable("ledger_busy", "others were first; try again shortly") from error
