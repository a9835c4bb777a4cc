"""The embedded servers: what they promise to whoever starts them, and that nothing outlives its parent."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from services.stack import child, postgres, valkey
from services.stack.folder import find_closed_folder, make_data_folder
from services.stack.launch import StackFailed, launch, stop, wait_for

Start = Callable[[], subprocess.Popen[bytes]]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "server.log"


@pytest.fixture
def cluster(tmp_path: Path, log: Path) -> postgres.Cluster:
    return postgres.prepare_cluster(tmp_path / "pg", log=log)


@pytest.fixture
def start_postgres(cluster: postgres.Cluster, log: Path) -> Iterator[Start]:
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        started.append(postgres.start_server(postgres.prepare_cluster(cluster.home, log=log), log=log))
        postgres.wait_ready(cluster, started[-1], log=log)
        return started[-1]

    yield start
    for process in started:
        stop(process, postgres.DEATH_SIGNAL, timeout_s=20)


@pytest.fixture
def start_valkey(tmp_path: Path, log: Path) -> Iterator[Callable[[], tuple[valkey.Keyspace, subprocess.Popen[bytes]]]]:
    started: list[subprocess.Popen[bytes]] = []

    def start() -> tuple[valkey.Keyspace, subprocess.Popen[bytes]]:
        keyspace = valkey.prepare_keyspace(tmp_path / "valkey")
        started.append(valkey.start_server(keyspace, log=log))
        valkey.wait_ready(keyspace, started[-1], log=log)
        return keyspace, started[-1]

    yield start
    for process in started:
        stop(process, valkey.STOP_SIGNAL, timeout_s=20)


def test_login_of_services_is_no_superuser(cluster: postgres.Cluster, start_postgres: Start) -> None:
    start_postgres()
    query = "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
    with psycopg.connect(cluster.url()) as connection:
        assert connection.execute(query).fetchone() == (False, True, True)


def test_cluster_is_durable_and_sorts_by_code_point(cluster: postgres.Cluster, start_postgres: Start) -> None:
    start_postgres()
    query = (
        "SELECT current_setting('fsync'), current_setting('full_page_writes'), datlocprovider, datlocale "
        "FROM pg_database WHERE datname = current_database()"
    )
    with psycopg.connect(cluster.url()) as connection:
        assert connection.execute(query).fetchone() == ("on", "on", "b", "C.UTF-8")


def test_no_one_enters_without_password(cluster: postgres.Cluster, start_postgres: Start) -> None:
    start_postgres()
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(f"postgresql://leadmill@/leadmill?host={cluster.sockets}", passfile="/dev/null")


def test_socket_folder_is_private(cluster: postgres.Cluster) -> None:
    assert cluster.sockets.stat().st_mode & 0o777 == 0o700


def test_server_recovers_after_kill(cluster: postgres.Cluster, start_postgres: Start) -> None:
    first = start_postgres()
    with psycopg.connect(cluster.url()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS value")
    first.kill()
    first.wait()
    start_postgres()
    with psycopg.connect(cluster.url()) as connection:
        assert connection.execute("SELECT value FROM kept").fetchone() == (7,)


def test_pid_file_of_another_process_is_cleared(cluster: postgres.Cluster, start_postgres: Start) -> None:
    (cluster.base / "postmaster.pid").write_text(f"{os.getpid()}\n")
    assert start_postgres().poll() is None


def test_errors_in_server_log_quote_no_value(cluster: postgres.Cluster, start_postgres: Start, log: Path) -> None:
    start_postgres()
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE t (phone text PRIMARY KEY)")
        connection.execute("INSERT INTO t VALUES ('+48600100200')")
        with pytest.raises(psycopg.errors.UniqueViolation, match="48600100200"):
            connection.execute("INSERT INTO t VALUES ('+48600100200')")
        with pytest.raises(psycopg.errors.InvalidTextRepresentation, match="48600100200"):
            connection.execute("SELECT 'x+48600100200'::int")
    assert "+48600100200" not in log.read_text()


@as_root
def test_server_runs_as_nobody_behind_closed_folder(tmp_path: Path, log: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    cluster = postgres.prepare_cluster(closed / "pg", log=log)
    process = postgres.start_server(cluster, log=log)
    try:
        postgres.wait_ready(cluster, process, log=log)
        status = Path(f"/proc/{process.pid}/status").read_text()
        assert "Uid:\t65534" in status
        assert "CapEff:\t0000000000000004" in status
    finally:
        stop(process, postgres.DEATH_SIGNAL, timeout_s=20)
    assert closed.stat().st_mode & 0o777 == 0o700


@as_root
def test_folder_of_other_owner_is_refused(tmp_path: Path) -> None:
    os.chown(tmp_path, 65534, 65534)
    with pytest.raises(StackFailed, match="belongs to nobody, and this is root"):
        make_data_folder(tmp_path)


def test_closed_folder_is_found(tmp_path: Path) -> None:
    (tmp_path / "open" / "closed" / "deep").mkdir(parents=True)
    (tmp_path / "open" / "closed").chmod(0o700)
    found = find_closed_folder(tmp_path / "open" / "closed" / "deep" / "pg", uid=54321)
    assert found is not None
    assert (tmp_path / "open" / "closed").is_relative_to(found)


def test_long_path_gets_short_socket(tmp_path: Path, log: Path) -> None:
    home = tmp_path / ("x" * 100)
    home.mkdir()
    keyspace = valkey.prepare_keyspace(home)
    process = valkey.start_server(keyspace, log=log)
    try:
        valkey.wait_ready(keyspace, process, log=log)
        assert len(str(keyspace.socket)) < 107
    finally:
        stop(process, valkey.STOP_SIGNAL, timeout_s=20)
        keyspace.socket.parent.rmdir()


def test_doorbell_survives_restart(start_valkey: Callable[[], tuple[valkey.Keyspace, subprocess.Popen[bytes]]]) -> None:
    keyspace, process = start_valkey()
    with redis.Redis.from_url(keyspace.url()) as client:
        client.set("rung", 1)
    stop(process, valkey.STOP_SIGNAL, timeout_s=20)
    keyspace, _ = start_valkey()
    with redis.Redis.from_url(keyspace.url()) as client:
        assert client.get("rung") == b"1"


def test_unreadable_doorbell_is_forgotten(
    start_valkey: Callable[[], tuple[valkey.Keyspace, subprocess.Popen[bytes]]],
) -> None:
    keyspace, process = start_valkey()
    stop(process, valkey.STOP_SIGNAL, timeout_s=20)
    next((keyspace.home / "appendonlydir").glob("*.manifest")).write_text("not a manifest")
    with pytest.raises(StackFailed, match="Valkey did not start"):
        start_valkey()
    assert start_valkey()[1].poll() is None


def test_server_dies_with_killed_parent(tmp_path: Path) -> None:
    program = (
        "import json, sys, time; from pathlib import Path; from services.stack import postgres, valkey\n"
        "home = Path(sys.argv[1]); log = home / 'log'\n"
        "c = postgres.prepare_cluster(home / 'pg', log=log); p = postgres.start_server(c, log=log)\n"
        "k = valkey.prepare_keyspace(home / 'valkey'); v = valkey.start_server(k, log=log)\n"
        "postgres.wait_ready(c, p, log=log); valkey.wait_ready(k, v, log=log)\n"
        "print(json.dumps([p.pid, v.pid]), flush=True); time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pids = json.loads(parent.stdout.readline())
        parent.kill()
    assert wait_for(lambda: not any(_is_running(pid) for pid in pids), timeout_s=20)


def test_child_of_dead_parent_does_not_begin(tmp_path: Path) -> None:
    order = child.Order(parent_pid=1, death_signal=signal.SIGKILL)
    command = [
        sys.executable,
        "-I",
        "-S",
        child.__file__,
        order.to_argument(),
        "--",
        "/usr/bin/touch",
        str(tmp_path / "x"),
    ]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    assert done.returncode == 1
    assert "the parent ended" in done.stderr
    assert not (tmp_path / "x").exists()


def test_output_of_child_goes_to_its_log(tmp_path: Path) -> None:
    log = tmp_path / "log"
    process = launch(["/bin/sh", "-c", "echo out; echo err >&2"], log=log)
    assert process.wait(20) == 0
    assert log.read_text() == "out\nerr\n"


def _is_running(pid: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False
