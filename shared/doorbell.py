"""The doorbell: tells the cleaner's workers to look at the ledger. It carries ids, never work or values.

A ring may be lost or doubled without harm: what is to be done is a row in PostgreSQL, and the clock rings again.
So a failure is counted and swallowed, and while Valkey is away rings are not even tried for a moment.
"""

import hashlib
import secrets
import time
from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, cast

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

if TYPE_CHECKING:
    from rq import Queue

JOBS: Final = MappingProxyType(
    {
        "read": "services.intake.jobs.look",
        "clean": "services.cleaner.jobs.look",
        "check": "services.cleaner.linecheck.job.look",
        "train": "services.cleaner.training.look",
    }
)
"""Queue -> job, called by name as `look(version=…, **ids)`, since nothing here may import a service."""

JOB_VERSION: Final = 1

_CONNECT_TIMEOUT_S: Final = 0.25
_ANSWER_TIMEOUT_S: Final = 0.5
_PAUSE_AFTER_FAILURE_S: Final = 1.0
_JOB_TIMEOUT_S: Final = 3600
_FAILURE_TTL_S: Final = 3600
_WAITING_SEEN: Final = 1000


class Doorbell:
    """Rings queues on one Valkey; safe in threads, connects at the first ring and anew after a fork.

    Attributes:
        failed: how many rings of this process did not arrive.
    """

    def __init__(self, redis_url: str, prefix: str = "rq") -> None:
        """Prepares without connecting.

        Raises:
            ValueError: RQ reads its prefix from RQ_KEY_PREFIX when it is imported, and that was not `prefix`.
        """
        from rq import Queue, defaults

        if prefix != defaults.RQ_KEY_PREFIX:
            raise ValueError(f"RQ_KEY_PREFIX is {defaults.RQ_KEY_PREFIX!r}: set it to {prefix!r} before rq is imported")
        self._queue_class = Queue
        self._connection = redis.Redis.from_url(
            redis_url,
            socket_connect_timeout=_CONNECT_TIMEOUT_S,
            socket_timeout=_ANSWER_TIMEOUT_S,
            retry=Retry(NoBackoff(), 0),
        )
        self._resting_until = 0.0
        self._failures = count(1)
        self.failed = 0

    def ring(self, queue: str, **ids: int | str) -> bool:
        """Wakes a worker of the queue; call it after the commit. False if nobody heard, which needs no reaction.

        A ring equal to one that still waits is left out: whoever takes that one will see the committed rows.
        """
        if time.monotonic() < self._resting_until:
            return self._count_failure()
        try:
            self._enqueue(self._queue_class(queue, connection=self._connection, serializer="json"), ids)
        except (redis.RedisError, OSError):
            self._resting_until = time.monotonic() + _PAUSE_AFTER_FAILURE_S
            return self._count_failure()
        return True

    def _enqueue(self, queue: "Queue", ids: dict[str, int | str]) -> None:
        mark = hashlib.sha256(repr(sorted(ids.items())).encode()).hexdigest()[:16].encode()
        waiting = cast("list[bytes]", self._connection.lrange(queue.key, 0, _WAITING_SEEN))
        if any(job_id.startswith(mark) for job_id in waiting):
            return
        queue.enqueue_call(
            JOBS[queue.name],
            kwargs={"version": JOB_VERSION, **ids},
            # a fresh id each time: RQ deletes the job of an id when the one that ran before ends
            job_id=f"{mark.decode()}-{secrets.token_hex(6)}",
            timeout=_JOB_TIMEOUT_S,
            result_ttl=0,
            failure_ttl=_FAILURE_TTL_S,
        )

    def _count_failure(self) -> bool:
        self.failed = next(self._failures)
        return False
