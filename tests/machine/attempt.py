"""How the machine runs a use case of the dispatcher."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

C = TypeVar("C")
T = TypeVar("T")


class Attempt(Protocol):
    """How a use case of the dispatcher is run: once, or as its views do, again when others crossed it."""

    def __call__(self, opened: Callable[[], AbstractContextManager[C]], work: Callable[[C], T], /) -> T: ...


def attempt_once(opened: Callable[[], AbstractContextManager[C]], work: Callable[[C], T]) -> T:
    """Runs it in one transaction: alone in the ledger nobody can cross it."""
    with opened() as connection:
        return work(connection)
