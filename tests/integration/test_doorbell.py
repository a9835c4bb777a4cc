"""The doorbell on a real Valkey."""

import socket
import time
from collections.abc import Iterator

import pytest
import redis
from rq import Queue
from rq.defaults import RQ_KEY_PREFIX
from rq.job import Job

from shared.doorbell import JOB_VERSION, JOBS, Doorbell


@pytest.fixture
def connection(redis_url: str) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(redis_url) as connection:
        yield connection


def waiting_jobs(connection: redis.Redis, queue: str) -> list[Job]:
    return Queue(queue, connection=connection, serializer="json").jobs


def test_a_ring_calls_the_cleaner_by_name(redis_url: str, connection: redis.Redis) -> None:
    assert Doorbell(redis_url, RQ_KEY_PREFIX).ring("clean", upload_id=7)
    (job,) = waiting_jobs(connection, "clean")
    assert (job.func_name, job.kwargs) == (JOBS["clean"], {"version": JOB_VERSION, "upload_id": 7})


def test_equal_waiting_rings_are_one(redis_url: str, connection: redis.Redis) -> None:
    doorbell = Doorbell(redis_url, RQ_KEY_PREFIX)
    for upload_id in (1, 1, 2, 1):
        assert doorbell.ring("clean", upload_id=upload_id)
    assert [job.kwargs["upload_id"] for job in waiting_jobs(connection, "clean")] == [1, 2]


def test_a_ring_that_was_taken_is_rung_again(redis_url: str, connection: redis.Redis) -> None:
    doorbell = Doorbell(redis_url, RQ_KEY_PREFIX)
    doorbell.ring("clean", upload_id=1)
    taken = waiting_jobs(connection, "clean")[0].id
    connection.lpop(Queue("clean", connection=connection).key)
    doorbell.ring("clean", upload_id=1)
    (job,) = waiting_jobs(connection, "clean")
    assert job.id != taken


def test_a_ring_holds_no_pickle(redis_url: str, connection: redis.Redis) -> None:
    Doorbell(redis_url, RQ_KEY_PREFIX).ring("clean", upload_id=7)
    (job,) = waiting_jobs(connection, "clean")
    assert JOBS["clean"] in job.data.decode("utf-8")


def test_an_absent_server_costs_nothing() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        doorbell = Doorbell(f"redis://127.0.0.1:{taken.getsockname()[1]}/0", RQ_KEY_PREFIX)
        started = time.monotonic()
        rung = [doorbell.ring("clean", upload_id=n) for n in range(1000)]
    assert rung == [False] * 1000
    assert doorbell.failed == 1000
    assert time.monotonic() - started < 1


def test_a_silent_server_is_asked_once_a_second() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        doorbell = Doorbell(f"redis://127.0.0.1:{silent.getsockname()[1]}/0", RQ_KEY_PREFIX)
        started = time.monotonic()
        doorbell.ring("clean", upload_id=1)
        doorbell.ring("clean", upload_id=2)
    assert doorbell.failed == 2
    assert time.monotonic() - started < 1


def test_a_prefix_that_rq_does_not_use_is_told() -> None:
    with pytest.raises(ValueError, match="RQ_KEY_PREFIX"):
        Doorbell("redis://127.0.0.1:1/0", f"not-{RQ_KEY_PREFIX}")
