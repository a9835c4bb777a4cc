"""How the machine runs a use case of the dispatcher."""

from collections.abc import Callable
from typing import Protocol, TypeVar

import sqlalchemy as sa

from shared.storage.engine import Ledger

T = TypeVar("T")


class Attempt(Protocol):
    """How a use case of the dispatcher is run: once, or as its views do, again when others crossed it."""

    def __call__(self, ledger: Ledger, work: Callable[[sa.Connection], T], /) -> T: ...


def attempt_once(ledger: Ledger, work: Callable[[sa.Connection], T]) -> T:
    """Runs it in one transaction: alone in the ledger nobody can cross it."""
    with ledger.transaction() as connection:
        return work(connection)
