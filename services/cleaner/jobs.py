"""The entry point of the queue `clean`: looks for batches to be cleaned and uploads to be matched."""

import os
import socket
import time
from pathlib import Path
from typing import Final

from shared.blobs import BlobStore
from shared.config import Settings, read_settings
from shared.doorbell import Doorbell
from shared.hygiene.cleaning import Cleaner
from shared.hygiene.upload_matching import Matcher
from shared.storage.batch import is_any_waiting
from shared.storage.engine import Ledger
from shared.work import Task, work_batches

KINDS: Final = ("match", "clean")

_CONNECTIONS: Final = 2
"""One for the work, one for its heartbeat."""

_STATEMENT_TIMEOUT_S: Final = 600.0
TURN_S: Final = 60.0
"""After so long a fresh process goes on: whatever memory this one has gathered is given back."""


def look(*, turn_s: float = TURN_S, **_ring: int | str) -> None:
    """Works off what waits, for `turn_s` and rings again when more is left; nothing that a ring carries is needed."""
    settings = read_settings(os.environ)
    ends_at = time.monotonic() + turn_s
    with open_ledger(settings) as ledger:
        while time.monotonic() < ends_at and turn(ledger, settings):
            pass
        with ledger.reading() as connection:
            is_more = is_any_waiting(connection, KINDS)
    if is_more and settings.redis_url:
        Doorbell(settings.redis_url, settings.rq_prefix).ring("clean")


def open_ledger(settings: Settings) -> Ledger:
    """Gives the ledger as the cleaner uses it."""
    return Ledger(
        settings.database_url("cleaner"),
        application_name="leadmill-cleaner",
        max_connections=_CONNECTIONS,
        statement_timeout_s=_STATEMENT_TIMEOUT_S,
    )


def turn(ledger: Ledger, settings: Settings) -> int:
    """Matches what can be matched and cleans one batch; gives how many batches were tried, 0 when nothing waits."""
    worker = f"{socket.gethostname()}:{os.getpid()}"
    blobs = BlobStore(Path(settings.blobs))
    matcher = Matcher(ledger, delete_file=blobs.delete)
    cleaner = Cleaner(ledger, settings.secret_key_file.read_bytes())
    match = Task(("match",), matcher.match_batch, matcher.give_up)
    # a row that breaks the code breaks it every time: its batch is split at once
    clean = Task(("clean",), cleaner.clean_batch, cleaner.give_up, tries=1)
    tried = work_batches(ledger, match, worker=worker, is_over=lambda: False)
    cleaned = iter((False, True))
    return tried + work_batches(ledger, clean, worker=worker, is_over=lambda: next(cleaned))
