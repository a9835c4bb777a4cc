"""Provider `reps`: nobody sells lookups, so reps ring due numbers themselves.

Nothing is sent: each rep of a pool of kind `recheck` takes one number at a time from the dispatcher
(`POST /v1/rechecks/next`), within a small share of the day, and what they say there is evidence.
"""

from collections.abc import Iterator, Sequence

from shared.domain.line_check import Result
from shared.storage.line_check import Asked


class Reps:
    """Recheck calls by reps: they take the numbers themselves."""

    name = "reps"
    at_once = 0

    def send(self, asked: Sequence[Asked]) -> Iterator[Result]:  # noqa: ARG002 - the protocol's
        """Has nothing to do."""
        return iter(())

    def collect(self) -> Iterator[Sequence[Result]]:
        """Has nothing to give: the dispatcher writes what reps say."""
        return iter(())
