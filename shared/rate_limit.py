"""Counting how often somebody does something, in Valkey: limits of requests. Fails open: without Valkey nobody is refused.

What is counted is named by a keyed hash: no address and no personal value reaches Valkey.
"""

import hmac
import time
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, cast

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from shared.domain.errors import Refused

DAY_S: Final = 86_400

_CONNECT_TIMEOUT_S: Final = 0.25
_ANSWER_TIMEOUT_S: Final = 0.25
_PAUSE_AFTER_FAILURE_S: Final = 1.0
# the first of a window starts its time
_COUNT: Final = """
local used = redis.call('INCR', KEYS[1])
if used == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {used, redis.call('PTTL', KEYS[1])}
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """So many in so many seconds, under a name that clients see."""

    name: str
    quota: int
    window_s: int


@dataclass(frozen=True, slots=True)
class Use:
    """Where somebody stands in the present window of a limit."""

    limit: Limit
    used: int
    resets_in_s: int

    @property
    def left(self) -> int:
        """How many are left."""
        return max(0, self.limit.quota - self.used)

    @property
    def is_over(self) -> bool:
        """Whether this one is too many."""
        return self.used > self.limit.quota


def check_use(use: Use) -> None:
    """Lets pass what is within its limit.

    Raises:
        Refused: `too_many_requests`, with `retry_after_s`.
    """
    if use.is_over:
        window = "a day" if use.limit.window_s == DAY_S else f"in {use.limit.window_s} seconds"
        detail = f"more than {use.limit.quota} {window}; wait as long as Retry-After says"
        raise Refused("too_many_requests", detail, retry_after_s=use.resets_in_s)


class RateLimiter:
    """Counts on one Valkey; safe in threads, connects at the first count.

    Attributes:
        failed: how many counts of this process did not happen.
    """

    def __init__(self, redis_url: str, prefix: str, secret: bytes) -> None:
        self._connection = redis.Redis.from_url(
            redis_url,
            socket_connect_timeout=_CONNECT_TIMEOUT_S,
            socket_timeout=_ANSWER_TIMEOUT_S,
            retry=Retry(NoBackoff(), 0),
        )
        self._prefix = prefix
        self._secret = hmac.digest(secret, b"leadmill rate limit v1", sha256)
        self._resting_until = 0.0
        self.failed = 0

    def count(self, limit: Limit, who: str) -> Use | None:
        """Counts one more; None when it could not be counted."""
        if time.monotonic() < self._resting_until:
            self.failed += 1
            return None
        key = f"{self._prefix}:rate:{limit.name}:{hmac.new(self._secret, who.encode(), sha256).hexdigest()[:32]}"
        try:
            used, left_ms = cast("list[int]", self._connection.eval(_COUNT, 1, key, str(limit.window_s * 1000)))
        except (redis.RedisError, OSError):
            self._resting_until = time.monotonic() + _PAUSE_AFTER_FAILURE_S
            self.failed += 1
            return None
        return Use(limit, used, max(1, -(-left_ms // 1000)))
