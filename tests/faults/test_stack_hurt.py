"""A running stack loses processes and Valkey in the middle of its work: nothing is lost, nothing is done twice."""

import json
import os
import secrets
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import redis

from services.stack.launch import wait_for
from tests.faults.plant import FAR_S, Answer, Plant, kill_children, running_plant

pytestmark = pytest.mark.slow

FIRST_ROWS = 1_000
ROWS = 10_000


@pytest.fixture(scope="module")
def plant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plant]:
    """A running stack with leads to hand out."""
    folder = tmp_path_factory.mktemp("plant")
    with running_plant(folder / "data") as plant:
        assert plant.is_ready(plant.upload(folder, FIRST_ROWS, first=1), FIRST_ROWS)
        yield plant


def test_killed_cleaner_costs_no_row(plant: Plant, tmp_path: Path) -> None:
    worker = plant.running.pid("cleaner-1")
    upload = plant.upload(tmp_path, ROWS, first=100_000)
    assert plant.is_at_work(upload)
    assert wait_for(lambda: kill_children(worker) > 0, timeout_s=FAR_S)
    plant.running.kill("cleaner-1")
    assert plant.is_ready(upload, ROWS)
    assert plant.violations() == []


def test_flushed_valkey_costs_no_row(plant: Plant, tmp_path: Path) -> None:
    upload = plant.upload(tmp_path, ROWS, first=200_000)
    assert plant.is_at_work(upload)
    with redis.Redis.from_url(str(plant.running.status()["redis_url"])) as valkey:
        valkey.flushall()
    assert plant.is_ready(upload, ROWS)
    assert plant.violations() == []


def test_silent_valkey_fails_no_request(plant: Plant, tmp_path: Path) -> None:
    valkey = plant.running.pid("valkey")
    assert valkey is not None
    os.kill(valkey, signal.SIGSTOP)
    try:
        upload = plant.upload(tmp_path, ROWS, first=300_000)
        answers = [answer for rep in plant.reps for answer in work(plant, rep)]
    finally:
        os.kill(valkey, signal.SIGCONT)
    assert {answer.status for answer in answers} == {200, 201}
    assert plant.is_ready(upload, ROWS)
    assert plant.violations() == []


def test_crashed_postgres_is_told_and_survived(plant: Plant) -> None:
    before = plant.running.pid("postgres")
    kill_backend(plant)
    answers: list[Answer] = []

    def is_back() -> bool:
        answers.append(plant.claim(plant.reps[0]))
        return answers[-1].status == 200

    assert wait_for(is_back, timeout_s=FAR_S, interval_s=0.1)
    assert {answer.status for answer in answers} <= {200, 503}
    assert all(answer.retry_after for answer in answers if answer.status == 503)
    assert plant.running.pid("postgres") == before
    assert "terminated by signal 9" in (plant.running.data / "logs" / "postgres.log").read_text()
    assert plant.violations() == []


def test_killed_web_processes_only_cost_retries(plant: Plant) -> None:
    server, over, killed = plant.running.pid("dispatcher"), threading.Event(), [0]

    def kill_now_and_then() -> None:
        while killed[0] < 6 and not over.wait(1.0):  # long enough for a new one to begin its work
            killed[0] += kill_children(server)

    killer = threading.Thread(target=kill_now_and_then)
    killer.start()
    told: list[tuple[str, str]] = []
    try:
        while killed[0] < 6:
            told.append(insist_twice(plant, plant.reps[len(told) % 3]))
    finally:
        over.set()
        killer.join()
    assert len({contact for contact, _ in told}) == len({assignment for _, assignment in told}) == len(told)
    assert plant.violations() == []


def work(plant: Plant, rep: str) -> list[Answer]:
    """Claims a lead and tells what came of it."""
    claimed = plant.claim(rep)
    (assignment,) = claimed.body["assignments"]
    path = f"/v1/assignments/{assignment['id']}/contacts"
    return [claimed, plant.ask("dispatcher", rep, "POST", path, outcome(assignment))]


def outcome(assignment: Any) -> dict[str, Any]:
    number = assignment["lead"]["numbers"][0]["id"]
    return {"fence": assignment["fence"], "number_id": number, "disposition": "not_interested"}


def insist_twice(plant: Plant, rep: str) -> tuple[str, str]:
    """Claims and tells, each until answered and then once more under the same key; gives both ids."""
    claimed = same_again(plant, rep, "/v1/queue/next", {"count": 1})
    (assignment,) = claimed["assignments"]
    contact = same_again(plant, rep, f"/v1/assignments/{assignment['id']}/contacts", outcome(assignment))
    return str(contact["id"]), str(assignment["id"])


def same_again(plant: Plant, rep: str, path: str, body: Any) -> Any:
    key = secrets.token_hex(16)
    first, second = (insist(plant, rep, path, body, key) for _ in range(2))
    assert json.dumps(first, sort_keys=True) == json.dumps(second, sort_keys=True)
    return first


def insist(plant: Plant, rep: str, path: str, body: Any, key: str) -> Any:
    answers: list[Answer] = []

    def is_answered() -> bool:
        answers.append(plant.ask("dispatcher", rep, "POST", path, body, key=key))
        return answers[-1].status in (200, 201)

    assert wait_for(is_answered, timeout_s=FAR_S, interval_s=0.1), answers[-1]
    return answers[-1].body


def kill_backend(plant: Plant) -> None:
    """Kills one of the server's own processes, which makes the server recover from its log."""
    url = str(plant.running.status()["database_url"])
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'leadmill%' LIMIT 1"
        ).fetchone()
    assert row is not None
    os.kill(row[0], signal.SIGKILL)
