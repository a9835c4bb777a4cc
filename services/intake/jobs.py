"""The entry point of the queue `read`: looks for files to be read. Runs in the cleaner's workers, under their role."""

import os
import socket
from pathlib import Path
from typing import Final

from services.intake.staging import Stager
from shared.blobs import BlobStore
from shared.config import read_settings
from shared.doorbell import Doorbell
from shared.storage.engine import Ledger
from shared.work import Task, work_batches

_CONNECTIONS: Final = 2
"""One for the work, one for its heartbeat."""


def look(**_ring: int | str) -> None:
    """Reads what waits to be read, until nothing does; nothing that a ring carries is needed."""
    settings = read_settings(os.environ)
    doorbell = Doorbell(settings.redis_url, settings.rq_prefix) if settings.redis_url else None
    ring = doorbell.ring if doorbell else _stay_silent
    with Ledger(
        settings.database_url("cleaner"), application_name="leadmill-reader", max_connections=_CONNECTIONS
    ) as ledger:
        stager = Stager(ledger, BlobStore(Path(settings.blobs)), ring)
        task = Task(("read",), stager.stage, stager.give_up)
        work_batches(ledger, task, worker=f"{socket.gethostname()}:{os.getpid()}", is_over=lambda: False)


def _stay_silent(_queue: str) -> None:
    """Nobody is to be woken: the clock rings."""
