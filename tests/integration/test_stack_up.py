"""`leadmill up` as a whole: one line when ready, what died comes back, nothing stays behind."""

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from services.stack.launch import wait_for

UP_S = 120


@dataclass(frozen=True, slots=True)
class Running:
    """A stack started by this test; `process` is `leadmill up`."""

    process: subprocess.Popen[str]
    ready_line: str
    data: Path

    def status(self) -> dict[str, object]:
        done = leadmill("status", "--json", data=self.data)
        assert done.returncode == 0, done.stderr
        told = json.loads(done.stdout)
        assert isinstance(told, dict)
        return told

    def pid(self, name: str) -> int | None:
        """Gives the process of that name; None while it waits to be started again."""
        processes = self.status()["processes"]
        assert isinstance(processes, list)
        pid = next(process["pid"] for process in processes if process["name"] == name)
        return None if pid is None else int(pid)

    def kill(self, name: str) -> None:
        """Kills a process and returns when another one has taken its place."""
        before = self.pid(name)
        assert before is not None
        os.kill(before, signal.SIGKILL)
        assert wait_for(lambda: self.pid(name) not in (None, before), timeout_s=UP_S, interval_s=0.1)

    def url(self, service: str) -> str:
        return self.ready_line.split(f"{service}=")[1].split()[0]


def environ_for(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LEADMILL_")}
    return {**kept, "LEADMILL_DATA": str(data)}


def leadmill(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "services.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environ_for(data), timeout=UP_S)


@contextmanager
def running_up(data: Path) -> Iterator[Running]:
    command = [
        sys.executable,
        "-m",
        "services.cli",
        "up",
        "--workers",
        "1",
        "--intake-port",
        "0",
        "--dispatcher-port",
        "0",
    ]
    with (
        data.with_suffix(".err").open("w") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environ_for(data)) as process,
    ):
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            assert line.startswith("ready "), data.with_suffix(".err").read_text()
            yield Running(process, line, data)
        finally:
            process.terminate()
            process.wait(UP_S)


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running_up(tmp_path_factory.mktemp("stack") / "data") as running:
        yield running


def test_status_has_the_agreed_shape(stack: Running) -> None:
    status = stack.status()
    assert set(status) == {"urls", "processes", "admin_token_file", "database_url", "redis_url"}
    processes = status["processes"]
    assert isinstance(processes, list)
    assert {process["name"] for process in processes} == {
        "postgres",
        "valkey",
        "intake",
        "dispatcher",
        "cleaner-1",
        "clock",
    }
    assert {process["state"] for process in processes} == {"running"}


def test_admin_token_opens_a_service(stack: Running) -> None:
    file = stack.status()["admin_token_file"]
    assert isinstance(file, str)
    assert ask(stack.url("dispatcher"), "/v1/pools", token=Path(file).read_text().strip()) == 200
    assert ask(stack.url("dispatcher"), "/v1/pools", token="lm_1_" + "x" * 43) == 401


def test_second_up_prints_the_running_ones_line(stack: Running) -> None:
    second = leadmill("up", data=stack.data)
    assert (second.returncode, second.stdout) == (0, stack.ready_line)


def test_other_commands_find_the_running_stack(stack: Running) -> None:
    assert leadmill("db", "check", data=stack.data).returncode == 0


def test_callers_wait_while_a_killed_service_comes_back(stack: Running) -> None:
    stack.kill("dispatcher")
    assert ask(stack.url("dispatcher"), "/livez") == 200


@pytest.mark.parametrize("service", ["intake", "dispatcher"])
def test_service_serves_again_after_database_crash(stack: Running, service: str) -> None:
    stack.kill("postgres")
    assert wait_for(lambda: ask(stack.url(service), "/readyz") == 200, timeout_s=UP_S)


def test_services_are_ready_without_doorbell(stack: Running) -> None:
    stack.kill("valkey")
    assert wait_for(lambda: ask(stack.url("intake"), "/readyz") == 200, timeout_s=UP_S)


def test_asking_to_end_ends_everything(tmp_path: Path) -> None:
    with running_up(tmp_path / "data") as running:
        children = descendants(running.process.pid)
        running.process.terminate()
        assert running.process.wait(UP_S) == 0
        assert running.process.stdout is not None
        assert running.process.stdout.read() == ""
        assert not [pid for pid in children if is_alive(pid)]
    assert leadmill("status", data=tmp_path / "data").returncode == 4


def test_killing_the_supervisor_leaves_nothing_running(tmp_path: Path) -> None:
    with running_up(tmp_path / "data") as running:
        children = descendants(running.process.pid)
        assert len(children) > 10
        running.process.kill()
        assert wait_for(lambda: not [pid for pid in children if is_alive(pid)], timeout_s=20)
    assert leadmill("status", data=tmp_path / "data").returncode == 4
    with running_up(tmp_path / "data") as again:
        assert ask(again.url("intake"), "/readyz") == 200


def test_taken_port_is_named(tmp_path: Path, stack: Running) -> None:
    port = urlsplit(stack.url("intake")).port
    done = leadmill("up", "--intake-port", str(port), "--dispatcher-port", "0", data=tmp_path / "data")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"port {port} cannot be used (Address already in use): name another with --intake-port" in done.stderr


def ask(url: str, path: str, *, token: str | None = None) -> int | None:
    """Gives the status of the answer; None when there was none."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=30)
    try:
        connection.request("GET", path, headers={"Authorization": f"Bearer {token}"} if token else {})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def descendants(root: int) -> list[int]:
    """Lists the processes below one, by walking /proc."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(entry.parent.name)] = int(entry.read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
    found, level = [], {root}
    while level:
        level = {pid for pid, parent in parents.items() if parent in level}
        found += sorted(level)
    return found


def is_alive(pid: int) -> bool:
    """Tells whether a process runs; one that waits to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
