"""Leases, fences, and what follows when work fails: told against a real ledger."""

from collections.abc import Callable

import pytest

from shared.domain.errors import Superseded, Unavailable
from shared.storage import batch as batches
from shared.storage.batch import Batch
from shared.storage.engine import Ledger
from shared.work import DEATHS, LEASE_S, Task, work_batches
from tests import builders


@pytest.fixture
def batch_id(db: builders.Connection) -> int:
    upload = builders.add_upload(db)
    return int(
        builders.one(
            db,
            "INSERT INTO batch (upload_id, kind, first_row, last_row) VALUES (%s, 'clean', 1, 8) RETURNING id",
            upload,
        )
    )


def take(ledger: Ledger, worker: str = "one") -> Batch | None:
    with ledger.transaction() as connection:
        return batches.take_batch(connection, ["clean"], worker=worker, lease_s=LEASE_S)


def finish(ledger: Ledger) -> Callable[[Batch], None]:
    def do(batch: Batch) -> None:
        with ledger.transaction() as connection:
            batches.finish_batch(connection, batch)

    return do


def raising(error: BaseException) -> Callable[[Batch], None]:
    def do(_batch: Batch) -> None:
        raise error

    return do


def refuse(_batch: Batch, failure: str) -> None:
    raise AssertionError(failure)


def work(ledger: Ledger, task: Task) -> int:
    return work_batches(ledger, task, worker="test", is_over=lambda: False)


def state_of(db: builders.Connection, batch_id: int) -> object:
    return builders.one(db, "SELECT state FROM batch WHERE id = %s", batch_id)


def test_a_batch_is_held_by_one(ledger: Ledger, batch_id: int) -> None:
    first, second = take(ledger), take(ledger, "two")
    assert first is not None
    assert (first.id, second) == (batch_id, None)


def test_a_lapsed_lease_is_taken_over(ledger: Ledger, db: builders.Connection, batch_id: int) -> None:
    first = take(ledger)
    builders.move_clock(db, seconds=LEASE_S + 1)
    second = take(ledger, "two")
    assert first is not None
    assert second is not None
    assert (second.id, second.fence, second.attempts) == (batch_id, first.fence + 1, 2)


def test_a_renewed_lease_is_not_taken_over(ledger: Ledger, db: builders.Connection, batch_id: int) -> None:
    first = take(ledger)
    assert first is not None
    builders.move_clock(db, seconds=LEASE_S - 1)
    with ledger.transaction() as connection:
        assert batches.renew_batch(connection, first, lease_s=LEASE_S)
    builders.move_clock(db, seconds=LEASE_S - 1)
    assert take(ledger, "two") is None


def test_a_lost_fence_writes_nothing(ledger: Ledger, db: builders.Connection, batch_id: int) -> None:
    first = take(ledger)
    builders.move_clock(db, seconds=LEASE_S + 1)
    take(ledger, "two")
    assert first is not None
    with pytest.raises(Superseded, match="lease_lost"), ledger.transaction() as connection:
        batches.finish_batch(connection, first)
    assert state_of(db, batch_id) == "leased"


def test_a_split_batch_goes_on_in_halves(ledger: Ledger, db: builders.Connection, batch_id: int) -> None:
    batch = take(ledger)
    assert batch is not None
    with ledger.transaction() as connection:
        batches.split_batch(connection, batch, "test")
    halves = db.execute("SELECT first_row, last_row FROM batch WHERE state = 'waiting' ORDER BY id").fetchall()
    assert halves == [(1, 4), (5, 8)]
    assert state_of(db, batch_id) == "split"


def test_work_goes_on_until_nothing_waits(ledger: Ledger, db: builders.Connection, batch_id: int) -> None:
    assert work(ledger, Task(("clean",), finish(ledger), refuse)) == 1
    assert state_of(db, batch_id) == "done"


def test_work_ends_between_two_batches(ledger: Ledger, db: builders.Connection, batch_id: int) -> None:
    task = Task(("clean",), finish(ledger), refuse)
    assert work_batches(ledger, task, worker="test", is_over=lambda: True) == 0
    assert state_of(db, batch_id) == "waiting"


def test_a_busy_ledger_is_no_attempt(ledger: Ledger, db: builders.Connection, batch_id: int) -> None:
    work(ledger, Task(("clean",), raising(Unavailable("busy", "later")), refuse))
    assert db.execute("SELECT state, attempts FROM batch").fetchone() == ("waiting", 0)
    assert builders.one(db, "SELECT not_before > clock() FROM batch")


def test_a_fault_waits_then_is_given_up(ledger: Ledger, db: builders.Connection, batch_id: int) -> None:
    given_up: list[str] = []
    task = Task(("clean",), raising(ValueError("row 7")), lambda _batch, failure: given_up.append(failure), tries=2)
    assert work(ledger, task) == 1
    assert given_up == []
    builders.move_clock(db, seconds=120)
    work(ledger, task)
    assert [failure.partition(" ")[0] for failure in given_up] == ["ValueError"]
    assert "row 7" not in str(builders.one(db, "SELECT failure FROM batch"))


def test_a_batch_that_kills_its_workers_is_given_up(ledger: Ledger, db: builders.Connection, batch_id: int) -> None:
    for _ in range(DEATHS):
        assert take(ledger) is not None
        builders.move_clock(db, seconds=LEASE_S + 1)
    given_up: list[str] = []
    work(ledger, Task(("clean",), refuse_to_do, lambda _batch, failure: given_up.append(failure)))
    assert given_up == ["worker_died"]


def refuse_to_do(_batch: Batch) -> None:
    raise AssertionError("not to be done")


def test_a_superseded_batch_is_left_alone(ledger: Ledger, db: builders.Connection, batch_id: int) -> None:
    assert work(ledger, Task(("clean",), raising(Superseded("lease_lost", "gone")), refuse)) == 1
    assert state_of(db, batch_id) == "leased"


def test_who_gives_up_late_ends_quietly(ledger: Ledger, db: builders.Connection, batch_id: int) -> None:
    def give_up(_batch: Batch, _failure: str) -> None:
        raise Superseded("lease_lost", "gone")

    assert work(ledger, Task(("clean",), raising(ValueError()), give_up, tries=1)) == 1
    assert state_of(db, batch_id) == "leased"


def test_who_is_asked_to_end_gives_back_at_once(ledger: Ledger, db: builders.Connection, batch_id: int) -> None:
    with pytest.raises(KeyboardInterrupt):
        work(ledger, Task(("clean",), raising(KeyboardInterrupt()), refuse))
    again = take(ledger)
    assert again is not None
    assert again.attempts == 1


def test_who_is_asked_to_end_between_two_batches_keeps_none(ledger: Ledger, batch_id: int) -> None:
    def ask_to_end() -> bool:
        take(ledger, "test")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work_batches(ledger, Task(("clean",), finish(ledger), refuse), worker="test", is_over=ask_to_end)
    assert take(ledger, "two") is not None
