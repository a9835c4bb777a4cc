"""The worker: waits at the doorbell and forks a work horse for every ring. It knows no list and never touches the ledger.

A horse dies with its worker, and whatever happens to Valkey, the worker comes back to it: what is to be done is a
row in PostgreSQL, and the clock rings again.
"""

import importlib
import os
import signal
import time
from types import FrameType
from typing import Any, Final

import redis
import structlog
from rq import Queue, Worker
from rq.job import Job

from services.stack import child
from shared.config import BadSetting, Settings
from shared.doorbell import JOBS

_WORKER_TTL_S: Final = 30
_MONITORING_S: Final = 5
_PAUSE_S: Final = 1.0
_LOG = structlog.get_logger(__name__)


class EndRequested(KeyboardInterrupt):
    """Somebody asked this horse to end: its batch is given back at once.

    Not an Exception, so that no handler keeps it; a KeyboardInterrupt, because for that psycopg cancels the statement
    that runs: otherwise the server would go on with it, and giving the batch back would wait for its locks.
    """


def run(settings: Settings) -> None:
    """Works until SIGTERM, whatever happens to Valkey meanwhile.

    Raises:
        BadSetting: no Valkey is known.
    """
    if settings.redis_url is None:
        raise BadSetting("LEADMILL_REDIS_URL is not set and no embedded server runs: start `leadmill up`")
    _export(settings)
    for job in JOBS.values():
        importlib.import_module(job.rpartition(".")[0])
    while not _work(settings.redis_url):
        time.sleep(_PAUSE_S)


def _work(redis_url: str) -> bool:
    """Works until Valkey fails or somebody asks to end; True for the latter."""
    worker: _Worker | None = None
    try:
        worker = _Worker(
            list(JOBS),
            connection=redis.Redis.from_url(redis_url),
            worker_ttl=_WORKER_TTL_S,
            job_monitoring_interval=_MONITORING_S,
            serializer="json",
            log_job_description=False,
        )
        worker.work(logging_level="WARNING")
    except (redis.RedisError, OSError) as error:
        _LOG.warning("doorbell_lost", failure=type(error).__name__)
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    return worker is not None and worker.asked_to_end


def _export(settings: Settings) -> None:
    """A job is an entry point of its own and reads the environment: it must find what this command found out."""
    os.environ["LEADMILL_DATA"] = str(settings.data)
    os.environ["LEADMILL_BLOBS"] = settings.blobs
    os.environ["LEADMILL_SECRET_KEY_FILE"] = str(settings.secret_key_file)
    os.environ["LEADMILL_REDIS_URL"] = settings.redis_url or ""
    if settings.common_database_url:
        os.environ["LEADMILL_DATABASE_URL"] = settings.common_database_url


class _Worker(Worker):
    """RQ's worker, whose horse dies with it and can be asked to end."""

    max_connection_wait_time = 2.0
    asked_to_end = False

    def subscribe(self) -> None:
        """Takes no commands by Valkey: one thread and one connection less, and the fork copies no thread."""

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """Remembers that this end was asked for."""
        self.asked_to_end = True
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]  # rq leaves it untyped

    def handle_warm_shutdown_request(self) -> None:
        """Asks the horse to give its batch back instead of waiting for its end."""
        if self.horse_pid:
            os.kill(self.horse_pid, signal.SIGTERM)

    def fork_work_horse(self, job: Job, queue: Queue) -> None:
        """Notes who the horse's parent is before there is a horse."""
        self._parent_pid = os.getpid()
        super().fork_work_horse(job, queue)

    def main_work_horse(self, job: Job, queue: Queue) -> None:
        """Ties the horse's life to the worker's before anything else."""
        child.carry_out(child.Order(parent_pid=self._parent_pid, death_signal=signal.SIGKILL))
        super().main_work_horse(job, queue)

    def setup_work_horse_signals(self) -> None:
        """Lets SIGTERM end the work where it stands."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, _raise_end)


def _raise_end(_signal: int, _frame: Any) -> None:
    raise EndRequested
