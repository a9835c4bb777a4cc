"""Real workers on a real Valkey: what they do when one of them, or the doorbell, dies."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import pytest
import redis
from rq.defaults import RQ_KEY_PREFIX

from services.stack import valkey
from services.stack.launch import stop, wait_for
from services.stack.valkey import Keyspace
from shared.doorbell import Doorbell
from shared.work import LEASE_S
from tests import builders
from tests.integration.line import FIELDS, Line

READY_S = 60.0
ROWS = [(f"Firma {n}", f"Jan Wilk{n}", f"+4860{n:07d}", "", f"ul. Polna {n}", "Łódź", "PL") for n in range(1, 41)]
StartWorker = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def doorbell(redis_url: str) -> Doorbell:
    return Doorbell(redis_url, RQ_KEY_PREFIX)


@pytest.fixture
def start_worker(line: Line, redis_url: str, tmp_path: Path) -> Iterator[StartWorker]:
    """Starts a worker on the test's Valkey, or on another one."""
    environ = {
        "PATH": os.environ["PATH"],
        "LEADMILL_DATA": str(line.settings.data),
        "LEADMILL_DATABASE_URL": line.settings.database_url(),
        "LEADMILL_SECRET_KEY_FILE": str(line.settings.secret_key_file),
        "LEADMILL_RQ_PREFIX": RQ_KEY_PREFIX,
    }
    with ExitStack() as exits:

        def start(url: str = redis_url) -> "subprocess.Popen[bytes]":
            output = exits.enter_context((tmp_path / "worker.log").open("ab"))
            command = [sys.executable, "-m", "services.cli", "work"]
            given = {**environ, "LEADMILL_REDIS_URL": url}
            worker = subprocess.Popen(command, env=given, stdout=output, stderr=output, start_new_session=True)
            exits.callback(worker.wait)
            exits.callback(worker.kill)
            return worker

        yield start


def is_ready(line: Line, upload: int) -> bool:
    return bool(builders.one(line.db, "SELECT state FROM upload WHERE id = %s", upload) == "ready")


def horses_of(worker: "subprocess.Popen[bytes]") -> list[int]:
    children = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()
    return [int(pid) for pid in children]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def stuck(line: Line, upload: int) -> "builders.Connection":
    """Locks an upload's row: whoever cleans it waits at the end of its first batch."""
    holder = builders.connect(line.settings.database_url())
    holder.autocommit = False
    holder.execute("SELECT 1 FROM upload WHERE id = %s FOR UPDATE", (upload,))
    return holder


def is_locked_out(line: Line) -> bool:
    """True once a statement waits for another's lock; its own transaction holds its batch by then."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    return bool(builders.one(line.db, waiting))


def is_leased(line: Line) -> bool:
    return bool(builders.one(line.db, "SELECT count(*) FROM batch WHERE state = 'leased'"))


def test_a_ring_brings_an_upload_to_ready(line: Line, doorbell: Doorbell, start_worker: StartWorker) -> None:
    upload = builders.stage_upload(line.db, FIELDS, ROWS, batch_rows=10)
    start_worker()
    doorbell.ring("clean", upload_id=upload)
    assert wait_for(lambda: is_ready(line, upload), timeout_s=READY_S)


def test_a_killed_worker_takes_its_horse_along(line: Line, doorbell: Doorbell, start_worker: StartWorker) -> None:
    upload = builders.stage_upload(line.db, FIELDS, ROWS)
    with stuck(line, upload):
        worker = start_worker()
        doorbell.ring("clean", upload_id=upload)
        assert wait_for(lambda: is_leased(line), timeout_s=READY_S)
        (horse,) = horses_of(worker)
        worker.kill()
        assert wait_for(lambda: not is_alive(horse), timeout_s=10)


def test_another_worker_takes_over_from_a_dead_one(line: Line, doorbell: Doorbell, start_worker: StartWorker) -> None:
    upload = builders.stage_upload(line.db, FIELDS, ROWS, batch_rows=10)
    with stuck(line, upload) as holder:
        worker = start_worker()
        doorbell.ring("clean", upload_id=upload)
        assert wait_for(lambda: is_leased(line), timeout_s=READY_S)
        worker.kill()
        worker.wait()
        holder.rollback()
    builders.move_clock(line.db, seconds=LEASE_S + 1)
    start_worker()
    doorbell.ring("clean", upload_id=upload)
    assert wait_for(lambda: is_ready(line, upload), timeout_s=READY_S)
    assert len(line.verdicts(upload)) == len(ROWS)
    assert line.violations() == []


def test_an_emptied_doorbell_loses_nothing(
    line: Line, doorbell: Doorbell, start_worker: StartWorker, redis_url: str
) -> None:
    upload = builders.stage_upload(line.db, FIELDS, ROWS, batch_rows=10)
    with stuck(line, upload) as holder:
        start_worker()
        doorbell.ring("clean", upload_id=upload)
        assert wait_for(lambda: is_leased(line), timeout_s=READY_S)
        with redis.Redis.from_url(redis_url) as client:
            client.flushdb()
        holder.rollback()
    assert wait_for(lambda: is_ready(line, upload), timeout_s=READY_S)
    second = builders.stage_upload(line.db, FIELDS, ROWS)
    doorbell.ring("clean", upload_id=second)
    assert wait_for(lambda: is_ready(line, second), timeout_s=READY_S)


def test_a_worker_asked_to_end_gives_its_batch_back(line: Line, doorbell: Doorbell, start_worker: StartWorker) -> None:
    upload = builders.stage_upload(line.db, FIELDS, ROWS)
    with stuck(line, upload):
        worker = start_worker()
        doorbell.ring("clean", upload_id=upload)
        assert wait_for(lambda: is_locked_out(line), timeout_s=READY_S)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(READY_S) == 0
        assert not is_leased(line)


@contextmanager
def running(keyspace: Keyspace, log: Path) -> Iterator[None]:
    server = valkey.start_server(keyspace, log=log)
    try:
        valkey.wait_ready(keyspace, server, log=log)
        yield
    finally:
        stop(server, valkey.STOP_SIGNAL, timeout_s=20)


def test_a_worker_comes_back_to_a_valkey_that_was_away(line: Line, start_worker: StartWorker, tmp_path: Path) -> None:
    keyspace, log = valkey.prepare_keyspace(tmp_path / "valkey"), tmp_path / "valkey.log"
    doorbell = Doorbell(keyspace.url(), RQ_KEY_PREFIX)
    worker = start_worker(keyspace.url())
    for _ in range(2):
        upload = builders.stage_upload(line.db, FIELDS, ROWS[:2])
        with running(keyspace, log):
            assert wait_for(lambda: doorbell.ring("clean"), timeout_s=READY_S)
            assert wait_for(partial(is_ready, line, upload), timeout_s=READY_S)
    assert worker.poll() is None
