"""What a claim costs at its worst while others are busy: a snapshot held open for minutes, an upload being cleaned.

Asked: in both the 99th percentile at most twice what it is alone. What dead rows behind a snapshot cost is CPU of the database, and
by it that is held; what a cleaner costs is waiting for a processor, and that is held by the clock.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click
import psycopg

from services.stack.launch import launch, stop, wait_for
from tests.benchmarks.cpu import Desk, measure
from tests.benchmarks.side_by_side import add_waiting_leads
from tests.benchmarks.test_claim_at_scale import claiming
from tests.builders import Connection, connect, lift_hours, one, stage_upload

_LEADS: Final = 100_000
_SAMPLE: Final = 1_000
_HELD_S: Final = 150
_ROWS: Final = 20_000
_WORKING: Final = "SELECT count(*) FROM batch WHERE state = 'leased'"
_CLEAN: Final = """
import os, sys
sys.path.insert(0, sys.argv[1])
from services.cleaner.jobs import turn
from shared.config import read_settings
from shared.storage.engine import Ledger
settings = read_settings(os.environ)
ledger = Ledger(settings.database_url("cleaner"), application_name="bench", max_connections=4)
while turn(ledger, settings):
    pass
"""


def sample(claim: Callable[[], None], desk: Desk) -> tuple[float, float, float]:
    """Gives the median and the 99th percentile of some claims, and the percentile of the database's CPU, in ms."""
    taken = measure(claim, desk, _SAMPLE)
    wall, cpu = (sorted(one[kind] for one in taken) for kind in (0, 1))
    return wall[_SAMPLE // 2] * 1000, wall[_SAMPLE * 99 // 100] * 1000, cpu[_SAMPLE * 99 // 100] * 1000


def tell(name: str, taken: tuple[float, float, float]) -> None:
    """Prints them."""
    click.echo(f"\na claim {name}: p50 {taken[0]:.2f} ms, p99 {taken[1]:.2f} ms, of that CPU {taken[2]:.2f} ms")


@contextmanager
def snapshot(db: Connection) -> Iterator[None]:
    """Somebody looks at the base as it was, and goes for lunch."""
    with psycopg.connect(db.info.dsn, password=db.info.password, options="-c search_path=leadmill") as looking:
        looking.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        looking.execute("SELECT count(*) FROM queue_entry")
        yield


def test_a_snapshot_held_open_for_minutes(database_url: str) -> None:
    with connect(database_url) as db:
        lift_hours(db)
        add_waiting_leads(db, _LEADS)
        with claiming(db) as (claim, desk):
            before = sample(claim, desk)
            with snapshot(db):
                until = time.monotonic() + _HELD_S
                while time.monotonic() < until:
                    claim()
                held = sample(claim, desk)
                given = one(db, "SELECT count(*) FROM assignment")
            tell("before", before)
            tell(f"while a snapshot is held, after {given - _SAMPLE} others", held)
            tell("after", sample(claim, desk))
    assert held[2] <= 2 * before[2]


def test_an_upload_being_cleaned(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_bytes(bytes(range(32)))
    environ = {**os.environ, "LEADMILL_DATA": str(tmp_path), "LEADMILL_DATABASE_URL": database_url}
    root = Path(__file__).parents[2]
    with connect(database_url) as db:
        lift_hours(db)
        add_waiting_leads(db, _LEADS)
        with claiming(db) as (claim, desk):
            quiet = sample(claim, desk)
            rows = [(f"Zakład {n} sp. z o.o.", f"Jan Kowal{n}", f"+48 22 {n:07d}", "Kraków") for n in range(_ROWS)]
            upload = stage_upload(db, ("company", "person", "phone", "city"), rows)
            command = [sys.executable, "-c", _CLEAN, str(root)]
            process = launch(command, log=tmp_path / "log", environ=environ, folder=root)
            try:
                assert wait_for(lambda: one(db, _WORKING) > 0, timeout_s=60), (tmp_path / "log").read_text()
                busy = sample(claim, desk)
                state = one(db, "SELECT state FROM upload WHERE id = %s", upload)
            finally:
                stop(process, signal.SIGTERM, timeout_s=30)
    tell("alone", quiet)
    tell(f"while an upload is {state}", busy)
    assert state in ("cleaning", "matching"), "it was cleaned before the claims were done"
    assert busy[1] <= 2 * quiet[1]
