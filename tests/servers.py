"""The servers of one test run: a real PostgreSQL and a real Valkey, started once and shared by all xdist workers.

Run as a module it is their keeper: a process of its own, since a worker may end before the others. It
watches the process that controls the run and ends the servers with it, also when that was killed.
LEADMILL_TEST_DATABASE_URL and LEADMILL_TEST_REDIS_URL name servers to be used instead.
"""

import atexit
import fcntl
import json
import os
import secrets
import select
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from services.stack import postgres, valkey
from services.stack.launch import stop, wait_for
from shared.storage import migrate

START_S = 90.0
MEMORY_NEEDED_BYTES = 3 * 2**30
CLOCK_SQL = Path(__file__).with_name("clock.sql")


@dataclass(frozen=True, slots=True)
class Servers:
    """What a run has; `database_url` is the login's own database, from which others are made; `run` names them."""

    database_url: str
    redis_url: str
    run: str
    folder: str

    def url_of(self, database: str) -> str:
        """Gives the URL of another database of the same server."""
        address, mark, query = self.database_url.partition("?")
        return f"{address.rpartition('/')[0]}/{database}{mark}{query}"

    def add_database(self, name: str, *, template: str = "template0") -> str:
        """Makes a database as a copy of the template and gives its URL."""
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY {}")
        connection = _connect_once(self.database_url)
        flushes = connection.execute("SHOW fsync").fetchone() == ("on",)
        # copying files is twice as fast as writing them to the log, unless two checkpoints wait for a disk
        strategy = sql.SQL("wal_log" if flushes else "file_copy")
        connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template), strategy))
        return self.url_of(name)

    def drop_database(self, name: str) -> None:
        """Removes a database, whoever is connected to it; only an autovacuum worker may not be ended, and is waited for."""
        assert wait_for(lambda: self._is_dropped(name), timeout_s=START_S)

    def _is_dropped(self, name: str) -> bool:
        statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        try:
            _connect_once(self.database_url).execute(statement)
        except psycopg.errors.InsufficientPrivilege:
            return False
        return True

    def template(self) -> str:
        """Gives the name of the migrated database with the movable clock; the first who asks makes it."""
        name, made = f"{self.run}_template", Path(self.folder, "template")
        with _locked(Path(self.folder)):
            if not made.exists():
                self.drop_database(name)
                url = self.add_database(name)
                migrate.upgrade(url)
                with psycopg.connect(url) as connection:
                    connection.execute(CLOCK_SQL.read_bytes())
                made.touch()
        return name


@cache
def _connect_once(url: str) -> psycopg.Connection[tuple[Any, ...]]:
    """Connects for the whole process, as making and dropping databases is all that is done here."""
    connection = psycopg.connect(url, autocommit=True)
    atexit.register(connection.close)
    return connection


def find_servers(controller_pid: int) -> Servers:
    """Gives the servers of the run that this process controls; the first who asks starts them."""
    folder = _run_folder(controller_pid)
    folder.mkdir(mode=0o711, exist_ok=True)
    state = folder / "servers.json"
    with _locked(folder):
        if not state.exists():
            _start_keeper(folder, controller_pid)
    return Servers(**json.loads(state.read_text()))


def main(folder: Path, controller_pid: int) -> None:
    """Keeps the servers until the controller ends."""
    controller = os.pidfd_open(controller_pid)
    with ExitStack() as exits:
        exits.callback(shutil.rmtree, folder, ignore_errors=True)
        run = f"t{secrets.token_hex(4)}"
        database_url = os.environ.get("LEADMILL_TEST_DATABASE_URL") or exits.enter_context(_running_postgres(folder))
        redis_url = os.environ.get("LEADMILL_TEST_REDIS_URL") or exits.enter_context(_running_valkey(folder))
        servers = Servers(database_url, redis_url, run, str(folder))
        exits.callback(_drop_databases, servers)
        unfinished = folder / "servers.json.new"
        unfinished.write_text(json.dumps(asdict(servers)))
        unfinished.rename(folder / "servers.json")
        select.select([controller], [], [])


def _start_keeper(folder: Path, controller_pid: int) -> None:
    state, log = folder / "servers.json", folder / "keeper.log"
    command = [sys.executable, "-m", "tests.servers", str(folder), str(controller_pid)]
    root = Path(__file__).parent.parent
    with log.open("wb") as output:
        keeper = subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True, cwd=root)
    wait_for(lambda: state.exists() or keeper.poll() is not None, timeout_s=START_S)
    if not state.exists():
        raise RuntimeError(f"the test servers did not start:\n{log.read_text() if log.exists() else 'see above'}")
    keeper.returncode = 0  # it outlives this process on purpose


@contextmanager
def _running_postgres(folder: Path) -> Iterator[str]:
    log = folder / "postgres.log"
    cluster = postgres.prepare_cluster(folder / "pg", log=log, durable=False)
    process = postgres.start_server(cluster, log=log)
    try:
        postgres.wait_ready(cluster, process, log=log)
        yield cluster.url()
    finally:
        stop(process, postgres.DEATH_SIGNAL, timeout_s=20)


@contextmanager
def _running_valkey(folder: Path) -> Iterator[str]:
    log = folder / "valkey.log"
    keyspace = valkey.prepare_keyspace(folder / "valkey")
    process = valkey.start_server(keyspace, log=log)
    try:
        valkey.wait_ready(keyspace, process, log=log)
        yield keyspace.url()
    finally:
        stop(process, valkey.STOP_SIGNAL, timeout_s=20)


def _drop_databases(servers: Servers) -> None:
    if "LEADMILL_TEST_DATABASE_URL" not in os.environ:
        return
    with psycopg.connect(servers.database_url) as connection:
        query = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        names = [str(name) for (name,) in connection.execute(query, (servers.run,))]
    for name in names:
        servers.drop_database(name)


def _run_folder(controller_pid: int) -> Path:
    started = Path(f"/proc/{controller_pid}/stat").read_text().rpartition(")")[2].split()[19]
    return fast_folder() / f"leadmill-tests-{os.geteuid()}-{controller_pid}-{started}"


def fast_folder() -> Path:
    """Memory, where there is enough: making a database takes 25 ms there, 300 ms on a disk."""
    memory = Path("/dev/shm")
    if memory.is_dir() and shutil.disk_usage(memory).total > MEMORY_NEEDED_BYTES:
        return memory
    return Path(tempfile.gettempdir())


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
