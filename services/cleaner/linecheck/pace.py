"""What keeps a remote service from being asked too often: a rate limit, and a breaker that lets it recover."""

import threading
from collections.abc import Callable
from typing import Final

from shared.domain.errors import Unavailable

Clock = Callable[[], float]
Wait = Callable[[float], object]

TRIES: Final = 4
_FIRST_WAIT_S, _LONGEST_WAIT_S = 0.5, 60.0


class Rate:
    """Lets at most so many begin a second, evenly; safe in threads."""

    def __init__(self, per_second: float, *, monotonic: Clock, wait: Wait) -> None:
        self._gap_s = 1 / per_second
        self._monotonic, self._wait = monotonic, wait
        self._lock = threading.Lock()
        self._next = 0.0

    def take(self) -> None:
        """Waits for the next turn."""
        with self._lock:
            now = self._monotonic()
            turn = max(now, self._next)
            self._next = turn + self._gap_s
        if turn > now:
            self._wait(turn - now)


class Breaker:
    """Opens after failures in a row, and lets one through again after a while; safe in threads."""

    def __init__(self, *, failures: int, rest_s: float, monotonic: Clock) -> None:
        self._most, self._rest_s, self._monotonic = failures, rest_s, monotonic
        self._lock = threading.Lock()
        self._failed = 0
        self._opens_at = 0.0

    def check(self) -> None:
        """Lets through while closed.

        Raises:
            Unavailable: `provider_resting`, with when to come back.
        """
        with self._lock:
            rest_s = self._opens_at - self._monotonic()
            if self._failed >= self._most and rest_s > 0:
                raise Unavailable(
                    "provider_resting", "the provider failed too often and is left alone", retry_after_s=int(rest_s) + 1
                )
            if self._failed >= self._most:  # one tries while the others go on resting
                self._opens_at = self._monotonic() + self._rest_s

    def record(self, *, is_good: bool) -> None:
        """Notes how it went."""
        with self._lock:
            self._failed = 0 if is_good else self._failed + 1
            if self._failed >= self._most:
                self._opens_at = self._monotonic() + self._rest_s


def wait_before(attempt: int, asked_s: float | None, *, jitter: float) -> float:
    """Seconds before the next try: doubling, spread by a jitter of 0 to 1, never less than the provider asked for."""
    grown: float = min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2.0**attempt)
    return min(_LONGEST_WAIT_S, max(grown * (0.5 + jitter / 2), asked_s or 0.0))
