"""Whatever people, lists and time do to the ledger in whatever order, its invariants hold after every step."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import MakeDatabase
from tests.machine.rules import LedgerMachine


def run(
    make_database: MakeDatabase, redis_url: str, folder: Path, *, examples: int, steps: int, start: int | None = None
) -> None:
    def start_machine() -> LedgerMachine:
        return LedgerMachine(make_database(), redis_url, folder)

    run_state_machine_as_test(
        start_machine if start is None else seed(start)(start_machine),  # type: ignore[arg-type] # any factory will do
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            suppress_health_check=list(HealthCheck),  # each step is a transaction
            report_multiple_bugs=False,
        ),
    )


def test_ledger_keeps_its_promises(make_database: MakeDatabase, redis_url: str, tmp_path: Path) -> None:
    run(make_database, redis_url, tmp_path, examples=10, steps=40)


@pytest.mark.long
@pytest.mark.parametrize("start", range(4))
def test_ledger_keeps_its_promises_for_long(
    make_database: MakeDatabase, redis_url: str, tmp_path: Path, start: int
) -> None:
    """In parts, each with histories of its own, so that two workers share them and a failure says where it began."""
    run(make_database, redis_url, tmp_path, examples=40, steps=60, start=start)
