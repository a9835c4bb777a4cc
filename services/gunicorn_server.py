"""The web server of one service: gunicorn's threads, without its control socket and access log."""

import gc
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from gunicorn.util import import_app

from services.stack import child
from services.web_worker import ConnectionCounts, WebWorker, give_slot

_BACKLOG: Final = 2048
_GRACE_S: Final = 15


def serve_app(app: str, *, bind: str, processes: int, threads: int) -> None:
    """Serves `module:factory()` until SIGTERM; returns never.

    The application is made once, before its processes are: they share its memory, and one that takes the place of a
    killed one answers at once. So what it holds may connect only when it is used, and must know its process.
    """
    _Server(app, _options(bind, processes, threads)).run()


class _Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, app: str, options: Mapping[str, object]) -> None:
        self._app = app
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return import_app(self._app)


class _Log(Logger):  # type: ignore[misc]
    """Hands gunicorn's words to the process's own logs."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


def _options(bind: str, processes: int, threads: int) -> dict[str, object]:
    counts = ConnectionCounts(2 * processes)
    # a heartbeat that waits for a slow disk would look like a hang
    memory = Path("/dev/shm")  # noqa: S108 - made by the system, and gunicorn makes private files
    return {
        "bind": bind,
        "workers": processes,
        "worker_class": WebWorker,
        "threads": threads,
        "worker_connections": 2000,
        "backlog": _BACKLOG,
        "keepalive": 30,
        "graceful_timeout": _GRACE_S,
        "preload_app": True,
        "control_socket_disable": True,
        "accesslog": None,
        "worker_tmp_dir": str(memory) if memory.is_dir() else None,
        "logger_class": _Log,
        "pre_fork": lambda arbiter, worker: give_slot(worker, list(arbiter.WORKERS.values()), counts),
        "post_fork": _die_with_master,
        "child_exit": lambda _arbiter, worker: counts.leave(worker.slot),
        "when_ready": _keep_for_good,
    }


def _die_with_master(arbiter: Any, _worker: Any) -> None:
    child.carry_out(child.Order(parent_pid=arbiter.pid, death_signal=signal.SIGKILL))


def _keep_for_good(_arbiter: Any) -> None:
    """Spares the collector the hundred thousand objects that the application is made of."""
    gc.collect()
    gc.freeze()
