"""Which processes a stack has and how each is started: whatever no setting gives runs embedded."""

import http.client
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from services.stack import postgres, valkey
from services.stack.launch import StackFailed, launch
from services.stack.part import Part
from services.stack.state import DataFolder
from shared.config import Settings, write_environ

LOOPBACK: Final = "127.0.0.1"
_BACKLOG: Final = 2048
_ANSWER_S: Final = 2.0


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is started beside the servers; port 0 is any free one."""

    workers: int = 2
    intake_port: int = 0
    dispatcher_port: int = 0
    doorbell: bool = True
    web: bool = True
    clock: bool = True


def plan_postgres(folder: DataFolder) -> tuple[Part, str]:
    """Gives the embedded PostgreSQL and the URL at which it will be found."""
    log = folder.log("postgres")
    cluster = postgres.prepare_cluster(folder.postgres, log=log)

    def start() -> subprocess.Popen[bytes]:
        return postgres.start_server(postgres.prepare_cluster(folder.postgres, log=log), log=log)

    part = Part("postgres", start, partial(postgres.is_ready, cluster), log, postgres.STOP_SIGNAL, grace_s=30)
    return part, cluster.url()


def plan_valkey(folder: DataFolder) -> tuple[Part, str]:
    """Gives the embedded Valkey and the URL at which it will be found."""
    log = folder.log("valkey")
    keyspace = valkey.prepare_keyspace(folder.valkey)

    def start() -> subprocess.Popen[bytes]:
        return valkey.start_server(valkey.prepare_keyspace(folder.valkey), log=log)

    return Part("valkey", start, partial(valkey.is_ready, keyspace), log, valkey.STOP_SIGNAL), keyspace.url()


def open_listener(port: int, option: str) -> socket.socket:
    """Opens the socket of a web service, which stays open while the service is started again: callers wait, not fail.

    Raises:
        StackFailed: somebody else listens on the port.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
    except OSError as error:
        listener.close()
        raise StackFailed(
            f"port {port} cannot be used ({error.strerror}): name another with {option}, 0 is any"
        ) from error
    listener.listen(_BACKLOG)
    return listener


def url_of(listener: socket.socket) -> str:
    """Gives the address under which a web service answers."""
    return f"http://{LOOPBACK}:{listener.getsockname()[1]}"


def plan_web(name: str, listener: socket.socket, folder: DataFolder, environ: Mapping[str, str]) -> Part:
    """Gives a web service on a socket that is already open."""
    descriptor, log = listener.fileno(), folder.log(name)

    def start() -> subprocess.Popen[bytes]:
        command = [*_leadmill("serve", name), "--bind", f"fd://{descriptor}"]
        return launch(command, log=log, environ=environ, inherit=[descriptor])

    return Part(name, start, partial(is_web_ready, listener.getsockname()[1]), log, grace_s=20)


def plan_command(name: str, command: str, folder: DataFolder, environ: Mapping[str, str]) -> Part:
    """Gives a worker or the clock, which are ready as soon as they run."""
    log = folder.log(name)

    def start() -> subprocess.Popen[bytes]:
        return launch(_leadmill(command), log=log, environ=environ)

    return Part(name, start, lambda: True, log, signal.SIGTERM)


def is_web_ready(port: int) -> bool:
    """Asks a web service whether it can work."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=_ANSWER_S)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def environ_of(settings: Settings, environ: Mapping[str, str]) -> dict[str, str]:
    """Gives the environment of the children: these settings and no other, beside what is not ours."""
    foreign = {name: value for name, value in environ.items() if not name.startswith("LEADMILL_")}
    return {**foreign, **write_environ(settings)}


def _leadmill(*arguments: str) -> list[str]:
    # -P: a folder named services where the user stands is not ours
    return [sys.executable, "-P", "-m", "services.cli", *arguments]
