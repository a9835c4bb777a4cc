"""The clock: one elected process that does the chores that are due. Several may run; the others wait to be elected.

Nothing depends on it for being right, only for being early: whoever meets something lapsed does the same move.
"""

import signal
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import sqlalchemy as sa
import structlog

from shared.blobs import BlobStore
from shared.config import Settings
from shared.domain.errors import Unavailable
from shared.doorbell import Doorbell
from shared.hygiene.growth import is_due
from shared.hygiene.line import bring_back, guard_lines
from shared.hygiene.merging import join_pending
from shared.outbox import deliver_due
from shared.storage import chore
from shared.storage.engine import Ledger
from shared.storage.line_check import find_rules
from shared.storage.order import refresh_scores

_KEPT_DAYS = 90
_ELECTION_S = 2.0
_LONGEST_WAIT_S = 1.0
_JOINED_A_TURN = 100
_log = structlog.get_logger("clock")


@dataclass(frozen=True, slots=True)
class Parts:
    """What chores work with."""

    ledger: Ledger
    eraser: Ledger
    doorbell: Doorbell
    blobs: BlobStore
    secret: bytes


@dataclass(frozen=True, slots=True)
class Duty:
    """One chore: how often, and what it does; it gives how many things it did."""

    every_s: int
    run: Callable[[Parts], int]


def _sweep(name: str, limit: int) -> Callable[[Parts], int]:
    def run(parts: Parts) -> int:
        with parts.ledger.transaction() as connection:
            return chore.sweep(connection, name, limit)

    return run


def _in_transaction(act: Callable[[sa.Connection], int]) -> Callable[[Parts], int]:
    def run(parts: Parts) -> int:
        with parts.ledger.transaction() as connection:
            return act(connection)

    return run


def ring_again(parts: Parts) -> int:
    """Rings for batches that wait: a ring may have been lost with all of Valkey, a worker with its lease."""
    with parts.ledger.transaction() as connection:
        kinds = chore.list_waiting_kinds(connection)
    queues = {"read" if kind == "read" else "clean" for kind in kinds}
    return sum(parts.doorbell.ring(queue) for queue in sorted(queues))


def retain(parts: Parts) -> int:
    """Deletes kept files and blanks raw cells after ninety days."""
    with parts.eraser.transaction() as connection:
        keys = chore.forget_files(connection, _KEPT_DAYS)
        blanked = chore.erase_rows(connection, _KEPT_DAYS)
    for key in keys:
        parts.blobs.delete(key)
    return len(keys) + blanked


def join_waiting(parts: Parts) -> int:
    """Joins leads that waited for one of two reps to be done, each in a transaction of its own; gives how many."""
    joined, is_more = 0, True
    while is_more and joined < _JOINED_A_TURN:
        with parts.ledger.transaction() as connection:
            is_more = join_pending(connection)
        joined += is_more
    return joined


def ring_for_checks(parts: Parts) -> int:
    """Rings for the provider of line checks: numbers may be due, results may have come in. Reps come by themselves."""
    with parts.ledger.transaction() as connection:
        provider = find_rules(connection)["provider"]
    return int(provider != "reps" and parts.doorbell.ring("check"))


def ring_for_training(parts: Parts) -> int:
    """Rings for the matcher's weights to be learnt again when the base has grown; it takes minutes, so a worker does it."""
    with parts.ledger.transaction() as connection:
        is_wanted = is_due(connection)
    return int(is_wanted and parts.doorbell.ring("train"))


DUTIES: Mapping[str, Duty] = {
    "ring_again": Duty(2, ring_again),
    "expire": Duty(5, _sweep("expire_lapsed", 500)),
    "wake": Duty(5, _sweep("wake_due", 2000)),
    "lapse_promises": Duty(30, _sweep("lapse_promises", 500)),
    "escalate_requests": Duty(15, _sweep("escalate_requests", 500)),
    "foresee_windows": Duty(60, _sweep("foresee_windows", 2000)),
    "foresee_floors": Duty(5, _sweep("foresee_floors", 5000)),
    "end_absences": Duty(60, _sweep("end_absences", 100)),
    "lapse_checks": Duty(60, _sweep("lapse_checks", 500)),
    "guard_lines": Duty(120, _in_transaction(guard_lines)),
    "bring_back": Duty(86_400, _in_transaction(lambda connection: bring_back(connection, 500))),
    "check_lines": Duty(600, ring_for_checks),
    "join_waiting": Duty(5, join_waiting),
    "ask_again": Duty(3600, _sweep("ask_again", 500)),
    "train": Duty(3600, ring_for_training),
    "lift_expired": Duty(300, _sweep("lift_expired", 500)),
    "seal": Duty(1, _sweep("seal_audit", 5000)),
    "deliver": Duty(2, lambda parts: deliver_due(parts.ledger, parts.secret)),
    "prune": Duty(3600, _in_transaction(chore.prune_idempotency)),
    "end_sources": Duty(3600, _in_transaction(chore.end_sources)),
    "refresh_scores": Duty(86400, _in_transaction(refresh_scores)),
    "retain": Duty(86_400, retain),
}


def run_due(parts: Parts, duties: Mapping[str, Duty] = DUTIES) -> dict[str, int]:
    """Runs every chore that is due, once; gives what each did. One that fails is written down and the others go on."""
    with parts.ledger.transaction() as connection:
        due = chore.list_due(connection, duties)
    done: dict[str, int] = {}
    for name in due:
        failure = None
        try:
            done[name] = duties[name].run(parts)
        except Unavailable:
            raise
        except Exception as error:  # the outermost loop of a chore: the next one must run
            failure = type(error).__name__
            _log.error("chore failed", chore=name, error=failure)
        with parts.ledger.transaction() as connection:
            chore.record_run(connection, name, done=done.get(name), failure=failure)
    return done


def add_duties(ledger: Ledger, duties: Mapping[str, Duty] = DUTIES) -> None:
    """Writes the chores into the ledger; those that stand keep their time."""
    with ledger.transaction() as connection:
        chore.add_chores(connection, [(name, duty.every_s) for name, duty in duties.items()])


def serve(parts: Parts, stopped: threading.Event) -> None:
    """Works whenever elected, until stopped; survives a database that goes away."""
    while not stopped.is_set():
        try:
            with parts.ledger.reading() as election:
                if chore.is_elected(election):
                    add_duties(parts.ledger)
                    _work(parts, stopped, election)
        except Unavailable as error:
            _log.warning("ledger away", code=error.code)
        stopped.wait(_ELECTION_S)


def _work(parts: Parts, stopped: threading.Event, election: sa.Connection) -> None:
    while not stopped.is_set():
        election.execute(sa.text("SELECT 1"))  # the election ends with this connection
        run_due(parts)
        with parts.ledger.transaction() as connection:
            wait_s = chore.find_next_s(connection, DUTIES)
        stopped.wait(min(max(wait_s, 0.05), _LONGEST_WAIT_S))


def run(settings: Settings) -> None:
    """Runs until SIGTERM or SIGINT."""
    stopped = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    serve(make_parts(settings), stopped)


def make_parts(settings: Settings) -> Parts:
    """Builds what chores work with from the settings."""
    assert settings.redis_url is not None
    return Parts(
        ledger=Ledger(
            settings.database_url("clock"),
            application_name="leadmill clock",
            max_connections=3,
            statement_timeout_s=600,
        ),
        eraser=Ledger(
            settings.database_url("eraser"),
            application_name="leadmill eraser",
            max_connections=1,
            statement_timeout_s=3600,
        ),
        doorbell=Doorbell(settings.redis_url, settings.rq_prefix),
        blobs=BlobStore(Path(settings.blobs)),
        secret=settings.secret_key_file.read_bytes(),
    )
