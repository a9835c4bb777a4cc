"""The read job: chunks, takeovers, files that break off."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
import rq
import rq.defaults

from services.intake import jobs, staging
from services.intake.reading.decoding import MAX_LINE_BYTES
from services.intake.staging import CHUNK_ROWS, Stager
from shared.blobs import BlobStore
from shared.domain.errors import Superseded, Unavailable
from shared.storage.batch import Batch, take_batch
from shared.storage.engine import Ledger
from tests.builders import Connection, move_clock, one
from tests.integration.intake_app import Intake, read_lists


@pytest.fixture
def ledger(intake: Intake) -> Iterator[Ledger]:
    ledger = Ledger(intake.settings.database_url("cleaner"), application_name="leadmill-test", max_connections=2)
    yield ledger
    ledger.dispose()


def make_list(rows: int) -> bytes:
    return b"company;phone\n" + b"".join(f"Firma {n};+48601{n:06d}\n".encode() for n in range(rows))


def lease(ledger: Ledger, worker: str = "a") -> Batch:
    with ledger.transaction() as connection:
        batch = take_batch(connection, ["read"], worker=worker, lease_s=20)
    assert batch is not None
    return batch


def stager_of(ledger: Ledger, intake: Intake, rung: list[str]) -> Stager:
    return Stager(ledger, BlobStore(Path(intake.settings.blobs)), rung.append)


def staged(db: Connection) -> list[int]:
    return [row[0] for row in db.execute("SELECT row_no FROM raw_row ORDER BY row_no")]


class Killed(BaseException):
    """A reader that dies between two chunks."""


def test_rows_come_in_chunks_with_their_work(intake: Intake, db: Connection) -> None:
    intake.upload(intake.add_source(), make_list(2 * CHUNK_ROWS + 7))
    rung = read_lists(intake)
    batches = db.execute("SELECT first_row, last_row FROM batch WHERE kind = 'clean' ORDER BY id").fetchall()
    assert batches == [(1, CHUNK_ROWS), (CHUNK_ROWS + 1, 2 * CHUNK_ROWS), (2 * CHUNK_ROWS + 1, 2 * CHUNK_ROWS + 7)]
    assert len(rung) == 4


def test_dead_reader_is_continued_exactly(intake: Intake, db: Connection, ledger: Ledger) -> None:
    upload = intake.upload(intake.add_source(), make_list(2 * CHUNK_ROWS)).body["id"]

    def die(_queue: str) -> None:
        raise Killed

    with pytest.raises(Killed):
        Stager(ledger, BlobStore(Path(intake.settings.blobs)), die).stage(lease(ledger))
    assert staged(db) == list(range(1, CHUNK_ROWS + 1))
    move_clock(db, seconds=30)
    read_lists(intake)
    assert staged(db) == list(range(1, 2 * CHUNK_ROWS + 1))
    assert intake.show(upload)["rows"]["read"] == 2 * CHUNK_ROWS


def test_reader_without_its_lease_writes_nothing(intake: Intake, db: Connection, ledger: Ledger) -> None:
    intake.upload(intake.add_source(), make_list(3))
    first = lease(ledger)
    move_clock(db, seconds=30)
    lease(ledger, "b")
    with pytest.raises(Superseded):
        stager_of(ledger, intake, []).stage(first)
    assert staged(db) == []


def test_counts_and_progress_grow_while_reading(intake: Intake, ledger: Ledger) -> None:
    upload = intake.upload(intake.add_source(), make_list(2 * CHUNK_ROWS)).body["id"]
    seen = []

    def look(_queue: str) -> None:
        seen.append(intake.show(upload))

    Stager(ledger, BlobStore(Path(intake.settings.blobs)), look).stage(lease(ledger))
    assert [shown["rows"]["read"] for shown in seen] == [CHUNK_ROWS, 2 * CHUNK_ROWS, 2 * CHUNK_ROWS]
    assert [shown["state"] for shown in seen] == ["reading", "reading", "cleaning"]
    progress = [shown["progress"] for shown in seen]
    assert 0 < progress[0] < progress[1] < progress[2] < 1


def test_file_that_turns_hostile_keeps_what_was_read(intake: Intake) -> None:
    endless = b"x" * (MAX_LINE_BYTES + 2**20)
    upload = intake.upload(intake.add_source(), make_list(60_000) + endless).body["id"]
    read_lists(intake)
    shown = intake.show(upload)
    assert shown["state"] == "cleaning"
    assert 50_000 < shown["rows"]["read"] <= 60_000
    assert shown["warnings"][-1]["code"] == "truncated"


def test_upload_without_its_file_fails(intake: Intake) -> None:
    answer = intake.upload(intake.add_source(), make_list(3))
    for path in Path(intake.settings.blobs).glob("??/*"):
        path.unlink()
    read_lists(intake)
    shown = intake.show(answer.body["id"])
    assert (shown["state"], shown["failure"]["code"], shown["progress"]) == ("failed", "file_gone", 1.0)


def test_failed_upload_may_come_again(intake: Intake, db: Connection) -> None:
    source = intake.add_source()
    first = intake.upload(source, make_list(3)).body["id"]
    for path in Path(intake.settings.blobs).glob("??/*"):
        path.unlink()
    read_lists(intake)
    answer = intake.upload(source, make_list(3))
    assert answer.status == 202
    assert answer.body["id"] != first


def test_reader_gives_up_with_a_reason(intake: Intake, db: Connection, ledger: Ledger) -> None:
    upload = intake.upload(intake.add_source(), make_list(3)).body["id"]
    stager_of(ledger, intake, []).give_up(lease(ledger), "KeyError at x:1")
    assert intake.show(upload)["failure"]["code"] == "internal_error"
    assert one(db, "SELECT state FROM batch") == "failed"


def test_characters_that_no_text_may_hold_are_replaced(intake: Intake, db: Connection) -> None:
    records = (
        r'[{"company": "a\u0000b", "phone": "601100200"}, {"company": "c\ud800d \ud83c\udf37", "phone": "601100201"}]'
    )
    intake.upload(intake.add_source(), records.encode(), name="list.json")
    read_lists(intake)
    rows = db.execute("SELECT cells[1], problem FROM raw_row ORDER BY row_no").fetchall()
    assert rows == [("a\ufffdb", "undecodable"), ("c\ufffdd \U0001f337", "undecodable")]


def test_long_cells_come_in_smaller_chunks(intake: Intake, db: Connection) -> None:
    long = "x" * (staging.MAX_CHUNK_CHARS // 4)
    intake.upload(intake.add_source(), "".join(["company;note\n", *(f"Firma {n};{long}\n" for n in range(6))]).encode())
    read_lists(intake)
    assert one(db, "SELECT count(*) FROM batch WHERE kind = 'clean'") == 2


@pytest.fixture
def environ(intake: Intake, database_url: str, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("LEADMILL_DATA", str(intake.settings.data))
    monkeypatch.setenv("LEADMILL_DATABASE_URL", database_url)
    return monkeypatch


def test_job_reads_what_waits(intake: Intake, environ: pytest.MonkeyPatch) -> None:
    uploads = [intake.upload(intake.add_source(), make_list(3 + n)).body["id"] for n in range(2)]
    jobs.look()
    assert [intake.show(upload)["state"] for upload in uploads] == ["cleaning", "cleaning"]


def test_job_rings_for_the_cleaners(intake: Intake, environ: pytest.MonkeyPatch, redis_url: str) -> None:
    environ.setenv("LEADMILL_REDIS_URL", redis_url)
    environ.setenv("LEADMILL_RQ_PREFIX", rq.defaults.RQ_KEY_PREFIX)
    intake.upload(intake.add_source(), make_list(3))
    jobs.look(version=1)
    with redis.Redis.from_url(redis_url) as client:
        assert rq.Queue("clean", connection=client).count == 1


def test_ledger_away_loses_nothing(intake: Intake, db: Connection, ledger: Ledger) -> None:
    intake.upload(intake.add_source(), make_list(3))
    batch = lease(ledger)
    away = Ledger("postgresql://nobody@127.0.0.1:1/none", application_name="leadmill-test", max_connections=1)
    with pytest.raises(Unavailable):
        stager_of(away, intake, []).stage(batch)
    stager_of(ledger, intake, []).stage(batch)
    assert staged(db) == [1, 2, 3]
