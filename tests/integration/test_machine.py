"""Whatever people, lists and time do to the ledger in whatever order, its invariants hold after every step."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import MakeDatabase
from tests.machine.rules import LedgerMachine


def run(make_database: MakeDatabase, redis_url: str, folder: Path, *, examples: int, steps: int) -> None:
    run_state_machine_as_test(
        lambda: LedgerMachine(make_database(), redis_url, folder),  # type: ignore[arg-type] # any factory will do
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            suppress_health_check=list(HealthCheck),  # each step is a transaction
            report_multiple_bugs=False,
        ),
    )


def test_ledger_keeps_its_promises(make_database: MakeDatabase, redis_url: str, tmp_path: Path) -> None:
    run(make_database, redis_url, tmp_path, examples=16, steps=40)


@pytest.mark.long
def test_ledger_keeps_its_promises_for_long(make_database: MakeDatabase, redis_url: str, tmp_path: Path) -> None:
    run(make_database, redis_url, tmp_path, examples=100, steps=60)
