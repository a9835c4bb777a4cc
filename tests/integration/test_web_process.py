"""The app as it is served: several processes behind one address."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from services.stack.launch import wait_for
from shared.auth import Role
from tests.integration.sample_app import add_login, sample_settings

MB = 1024 * 1024
DEADLINE_S = 60
SERVE = """
import sys
from services.gunicorn_server import serve_app

serve_app("tests.integration.sample_app:wsgi()", bind=sys.argv[1], processes=2, threads=4)
"""


@dataclass(frozen=True)
class Served:
    """A running service: how to reach it, who it is."""

    port: int
    master_pid: int
    folder: Path

    def call(self, method: str, path: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE_S)
        connection.request(method, path, headers=headers or {})
        response = connection.getresponse()
        answer = response.status, response.read().decode()
        connection.close()
        return answer

    def worker_pids(self) -> list[int]:
        children = Path(f"/proc/{self.master_pid}/task/{self.master_pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def count_connections(self) -> list[int]:
        """Open sockets of each process."""
        opened = [Path(f"/proc/{pid}/fd").iterdir() for pid in self.worker_pids()]
        return [sum(str(file.readlink()).startswith("socket:") for file in files) for files in opened]


@pytest.fixture
def served(database_url: str, tmp_path: Path) -> Iterator[Served]:
    sample_settings(database_url, tmp_path / "data")
    with socket.create_server(("127.0.0.1", 0)) as listener, serve(database_url, tmp_path, listener) as process:
        served = Served(listener.getsockname()[1], process.pid, tmp_path / "data")
        assert wait_for(lambda: served.call("GET", "/readyz")[0] == 200, timeout_s=DEADLINE_S)
        assert wait_for(lambda: len(served.worker_pids()) == 2, timeout_s=DEADLINE_S)
        yield served


@contextmanager
def serve(database_url: str, tmp_path: Path, listener: socket.socket) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, f"fd://{listener.fileno()}"],
        env={**os.environ, "SAMPLE_FOLDER": str(tmp_path / "data"), "SAMPLE_DATABASE_URL": database_url},
        pass_fds=(listener.fileno(),),
        cwd=Path(__file__).parents[2],
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(DEADLINE_S)


def count_live(served: Served) -> int:
    _, text = served.call("GET", "/metrics")
    found = re.search(r'leadmill_http_requests_total\{method="GET",route="/livez",status="200"\} (\d+)', text)
    return int(found[1]) if found else 0


def upload(served: Served, headers: dict[str, str], size_bytes: int) -> dict[str, object]:
    head = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    tail, chunk = b"\r\n--edge--\r\n", b"Jan;+48 22 000 00 00;Warszawa;x\n" * 2048
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=DEADLINE_S)
    chunks = (part for parts in ([head], [chunk] * (size_bytes // len(chunk)), [tail]) for part in parts)
    length = str(len(head) + size_bytes // len(chunk) * len(chunk) + len(tail))
    kind = {"Content-Type": "multipart/form-data; boundary=edge", "Content-Length": length}
    connection.request("POST", "/v1/files", body=chunks, headers={**headers, **kind})
    response = connection.getresponse()
    body: dict[str, object] = json.loads(response.read())
    assert response.status == 201, body
    connection.close()
    return body


def peak_bytes(served: Served) -> int:
    statuses = [Path(f"/proc/{pid}/status").read_text() for pid in served.worker_pids()]
    return max(int(size) * 1024 for status in statuses for size in re.findall(r"VmHWM:\s+(\d+) kB", status))


def test_a_large_file_takes_no_memory(served: Served, database_url: str) -> None:
    _, headers = add_login(database_url, Role.MARKETING)
    before = peak_bytes(served)
    kept = upload(served, headers, 64 * MB)
    after = peak_bytes(served)
    assert kept["size"] == 64 * MB
    assert after - before < 16 * MB
    assert after < 150 * MB


def test_processes_count_together_and_survive(served: Served) -> None:
    for _ in range(20):
        assert served.call("GET", "/livez")[0] == 200
    assert count_live(served) == 20
    first, second = served.worker_pids()
    os.kill(first, signal.SIGKILL)
    assert wait_for(
        lambda: second in (left := served.worker_pids()) and first not in left and len(left) == 2, timeout_s=60
    )
    assert served.call("GET", "/livez")[0] == 200
    assert count_live(served) == 21
    files = {path.name for path in (served.folder / "metrics").glob("*.db")}
    slots = range(3)  # of the master, who counts nothing, and of each process
    assert files <= {f"{kind}_{slot}.db" for kind in ("counter", "histogram") for slot in slots}


@pytest.mark.parametrize("is_one_killed", [False, True])
def test_processes_share_who_stays_connected(served: Served, is_one_killed: bool) -> None:
    """Also when one has taken the place of a killed one."""
    if is_one_killed:
        first = served.worker_pids()[0]
        os.kill(first, signal.SIGKILL)
        assert wait_for(lambda: len({*served.worker_pids()} - {first}) == 2, timeout_s=DEADLINE_S)
    before = served.count_connections()
    connections = [http.client.HTTPConnection("127.0.0.1", served.port, timeout=DEADLINE_S) for _ in range(40)]
    for connection in connections:
        connection.request("GET", "/livez")
        assert connection.getresponse().read()
    taken = [after - n for after, n in zip(served.count_connections(), before, strict=True)]
    for connection in connections:
        connection.close()
    assert min(taken) >= 14, taken
