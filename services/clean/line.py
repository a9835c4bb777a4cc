"""The line of `leadmill clean`: files enter a private ledger, two processes work them off, nothing rings and nothing serves."""

import multiprocessing
import os
import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

from services.cleaner import jobs
from services.intake.inspecting import Said, understand
from services.intake.staging import Stager
from services.stack import child
from shared.blobs import BlobStore
from shared.config import Settings
from shared.domain.source import TRUST
from shared.storage.admin import ensure_first_admin
from shared.storage.batch import add_batch
from shared.storage.engine import Ledger
from shared.storage.source import NewSource, add_source, list_callable_countries
from shared.storage.upload import NewUpload, Upload, add_upload, find_upload
from shared.work import Task, work_batches

PROCESSES: Final = 2
_KIND: Final = "purchased"
_ENDED: Final = ("ready", "failed")
_PAUSE_S: Final = 0.05
_CHUNK_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the caller says of the files."""

    country: str | None
    mapping: Mapping[str, str] | None


def enter_file(ledger: Ledger, blobs: BlobStore, path: Path, name: str, wishes: Wishes) -> int:
    """Enters a file as an upload of a source of its own; gives the upload.

    Raises:
        Refused: `not_a_list`.
    """
    with ledger.reading() as connection:
        callable_countries = list_callable_countries(connection)
    said = Said(wishes.mapping, wishes.country)
    found = understand(path, path.name, said, memories={}, callable_countries=callable_countries)
    with path.open("rb") as file:
        blob = blobs.write_stream(iter(lambda: file.read(_CHUNK_BYTES), b""))
    with ledger.transaction() as connection:
        person = ensure_first_admin(connection)
        source = NewSource(name, _KIND, "legitimate_interest", TRUST[_KIND], "active", wishes.country)
        upload = NewUpload(
            source_id=add_source(connection, source, created_by=person),
            filename=path.name,
            size_bytes=blob.size_bytes,
            sha256=blob.sha256,
            blob_key=blob.key,
            circulation="active",
            country=wishes.country,
            reading=found.reading,
            mapping=found.mapping,
            warnings=found.warnings,
        )
        upload_id = add_upload(connection, upload, created_by=person)
        add_batch(connection, upload_id, "read")
    return upload_id


def work_off(settings: Settings, uploads: Sequence[int]) -> list[Upload]:
    """Takes the uploads to their ends in this process and its helpers, and gives them as they then are."""
    helpers = [_start_helper(settings, uploads) for _ in range(PROCESSES - 1)]
    try:
        return _work(settings, uploads)
    finally:
        # the uploads are at their ends, or something went wrong: either way nothing is left to do
        for helper in helpers:
            helper.terminate()
            helper.join()


def _start_helper(settings: Settings, uploads: Sequence[int]) -> BaseProcess:
    helper = multiprocessing.get_context("fork").Process(target=_help, args=(settings, uploads, os.getpid()))
    helper.start()
    return helper


def _help(settings: Settings, uploads: Sequence[int], parent_pid: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    child.carry_out(child.Order(parent_pid=parent_pid, death_signal=signal.SIGKILL))
    _work(settings, uploads)


def _work(settings: Settings, uploads: Sequence[int]) -> list[Upload]:
    worker = str(os.getpid())
    with jobs.open_ledger(settings) as ledger:
        stager = Stager(ledger, BlobStore(Path(settings.blobs)), lambda _queue: None)
        read = Task(("read",), stager.stage, stager.give_up)
        while True:
            tried = work_batches(ledger, read, worker=worker, is_over=lambda: False) + jobs.turn(ledger, settings)
            found = _list(ledger, uploads)
            if all(upload.state in _ENDED for upload in found):
                return found
            if not tried:
                time.sleep(_PAUSE_S)


def _list(ledger: Ledger, uploads: Sequence[int]) -> list[Upload]:
    with ledger.reading() as connection:
        found = (find_upload(connection, upload_id) for upload_id in uploads)
        return [upload for upload in found if upload is not None]
