"""Taking turns at batches: lease, heartbeat, fence, and what follows when the work fails or its worker dies.

What the work is stands elsewhere (a `Task`). Here nothing is known of lists or rows.
"""

import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import structlog

from shared.domain.errors import Superseded, Unavailable
from shared.storage import batch as batches
from shared.storage.batch import Batch
from shared.storage.engine import Ledger

LEASE_S: Final = 20.0
HEARTBEAT_S: Final = 5.0
DEATHS: Final = 3
"""After so many leases that ended without a word the batch itself is suspected of killing its workers."""

_LOG = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    """What is done with batches of some kinds.

    Attributes:
        do: works one batch off; its last transaction ends with `finish_batch`. It may be called again for the same batch.
        give_up: called with the batch and the reason when `do` failed `tries` times, or its workers died: ends or splits it.
    """

    kinds: tuple[str, ...]
    do: Callable[[Batch], None]
    give_up: Callable[[Batch, str], None]
    tries: int = DEATHS


def work_batches(ledger: Ledger, task: Task, *, worker: str, is_over: Callable[[], bool]) -> int:
    """Works batches off until none waits or `is_over` says so between two of them; gives how many were tried.

    `worker` names one process at a time: when it is asked to end, what it holds is given back by that name.

    Raises:
        Unavailable: the ledger is away; nothing is lost, come back later.
    """
    try:
        return _work_in_turn(ledger, task, worker, is_over)
    except Exception:
        raise
    except BaseException:
        _leave(ledger, worker)
        raise


def _work_in_turn(ledger: Ledger, task: Task, worker: str, is_over: Callable[[], bool]) -> int:
    tried = 0
    while not is_over():
        with ledger.transaction() as connection:
            batch = batches.take_batch(connection, task.kinds, worker=worker, lease_s=LEASE_S)
        if batch is None:
            break
        _work(ledger, task, batch)
        tried += 1
    return tried


def _leave(ledger: Ledger, worker: str) -> None:
    """Gives back by the worker's name: it may have been asked to end before it knew which batch it got."""
    try:
        with ledger.transaction() as connection:
            batches.give_all_back(connection, worker)
    except Unavailable:
        _LOG.warning("lease_left_to_lapse", worker=worker)


def _work(ledger: Ledger, task: Task, batch: Batch) -> None:
    """Whatever fails, the batch is ended, given back, or its lease runs out."""
    log = _LOG.bind(batch_id=batch.id, kind=batch.kind, upload_id=batch.upload_id, attempt=batch.attempts)
    try:
        with _kept(ledger, batch):
            if batch.attempts > DEATHS:
                task.give_up(batch, "worker_died")
            else:
                task.do(batch)
    except Superseded as error:
        log.info("batch_superseded", code=error.code)
    except Unavailable as error:
        log.warning("batch_given_back", code=error.code)
        _give_back(ledger, batch, error.code, counts=False)
    except Exception as error:  # the outermost loop of a batch: one that fails must not stop the others
        failure = _place_of(error)
        log.exception("batch_failed", failure=failure)
        _after_fault(ledger, task, batch, failure)


def _after_fault(ledger: Ledger, task: Task, batch: Batch, failure: str) -> None:
    if batch.attempts < task.tries:
        _give_back(ledger, batch, failure, counts=True)
        return
    try:
        task.give_up(batch, failure)
    except Superseded:
        _LOG.info("batch_superseded", batch_id=batch.id)


def _give_back(ledger: Ledger, batch: Batch, failure: str | None, *, counts: bool) -> None:
    try:
        with ledger.transaction() as connection:
            batches.give_back_batch(connection, batch, failure, counts=counts)
    except Unavailable:
        _LOG.warning("lease_left_to_lapse", batch_id=batch.id)


@contextmanager
def _kept(ledger: Ledger, batch: Batch) -> Iterator[None]:
    """Renews the lease from a thread of its own while the body runs."""
    over = threading.Event()
    thread = threading.Thread(target=_keep, args=(ledger, batch, over), name=f"lease-{batch.id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _keep(ledger: Ledger, batch: Batch, over: threading.Event) -> None:
    while not over.wait(HEARTBEAT_S):
        try:
            with ledger.transaction() as connection:
                if not batches.renew_batch(connection, batch, lease_s=LEASE_S):
                    return
        except Unavailable:
            _LOG.warning("heartbeat_missed", batch_id=batch.id)


def _place_of(error: Exception) -> str:
    """The type and the place of an error; its message may quote a row."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {frames[-1].name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"
