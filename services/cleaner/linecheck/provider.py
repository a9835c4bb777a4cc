"""The protocol of whoever checks lines. A provider is one module here; README has the recipe."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from shared.domain.line_check import Result
from shared.storage.line_check import Asked


class Provider(Protocol):
    """Somebody who can tell whether a line lives.

    Attributes:
        name: as it stands in the rules, in checks and in evidence.
        at_once: how many numbers it is given in one turn.
    """

    name: str
    at_once: int

    def send(self, asked: Sequence[Asked]) -> Iterator[Result]:
        """Asks about numbers, outside any transaction, and gives what is answered at once; the rest comes by `collect`.

        A number without an answer is asked again when its check lapses.

        Raises:
            Unavailable: the provider is away; what was given before it was raised counts.
        """

    def collect(self) -> Iterator[Sequence[Result]]:
        """Gives what has come in since, a group at a time; a group counts as taken when the next one is asked for."""
