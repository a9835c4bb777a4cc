"""The stack as a whole: started in order, looked after, ended in the opposite order."""

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from services.stack.first_run import ensure_admin, ensure_secret_key
from services.stack.folder import check_may_be_emptied, empty_data_folder, make_data_folder
from services.stack.launch import StackFailed
from services.stack.part import Part
from services.stack.plan import (
    Scale,
    environ_of,
    open_listener,
    plan_command,
    plan_postgres,
    plan_valkey,
    plan_web,
    url_of,
)
from services.stack.state import DataFolder, StackState, held_lock, write_state
from shared.config import BadSetting, Settings
from shared.storage import migrate

_READY_S: Final = 90.0


class Stack:
    """The processes of one data folder; the caller holds its lock and calls from the main thread."""

    def __init__(self, settings: Settings, scale: Scale, environ: Mapping[str, str]) -> None:
        """Prepares without starting; `settings` tells what is given and so not started."""
        self.settings = settings
        self.folder = DataFolder(settings.data)
        self.urls: dict[str, str] = {}
        self._scale = scale
        self._environ = environ
        self._listeners: dict[str, socket.socket] = {}
        self._groups: list[list[Part]] = []
        self._ready = False

    def start(self) -> None:
        """Starts everything and returns when all of it can be used; `settings` then has every URL.

        Raises:
            StackFailed: a part does not start; call `stop` for the others.
        """
        self.folder.logs.mkdir(mode=0o700, exist_ok=True)
        self.folder.state.unlink(missing_ok=True)
        self._open_listeners()
        self._start_servers()
        self._prepare_ledger()
        self._start_services()
        self._ready = True
        self._tell()

    def tend(self) -> None:
        """Takes one turn: what died is started again after its wait."""
        changes = [part.look_after() for part in self._parts()]
        if any(changes):
            self._tell()

    def stop(self) -> None:
        """Ends everything, the servers last."""
        self._ready = False
        for group in reversed(self._groups):
            for part in group:
                part.ask_to_end()
            for part in group:
                part.end()
        for listener in self._listeners.values():
            listener.close()
        self.folder.state.unlink(missing_ok=True)

    def tell_state(self) -> StackState:
        """Gives what `leadmill status` prints."""
        return StackState(
            urls=self.urls,
            processes=[part.tell_state() for part in self._parts()],
            admin_token_file=str(self.folder.admin_token),
            database_url=self.settings.database_url(),
            redis_url=self.settings.redis_url or "",
            ready=self._ready,
        )

    def _open_listeners(self) -> None:
        if self._scale.web:
            self._listeners["intake"] = open_listener(self._scale.intake_port, "--intake-port")
            self._listeners["dispatcher"] = open_listener(self._scale.dispatcher_port, "--dispatcher-port")
            self.urls = {name: url_of(listener) for name, listener in self._listeners.items()}

    def _start_servers(self) -> None:
        if self.settings.common_database_url is None:
            self._check_no_service_login()
            part, url = plan_postgres(self.folder)
            self.settings = replace(self.settings, common_database_url=url)
            self._groups.append([part])
        if self.settings.redis_url is None and self._scale.doorbell:
            part, url = plan_valkey(self.folder)
            self.settings = replace(self.settings, redis_url=url)
            self._groups.append([part])
        self._begin(self._parts())

    def _check_no_service_login(self) -> None:
        for service in self.settings.service_database_urls:
            name = f"LEADMILL_{service.upper()}_DATABASE_URL"
            raise BadSetting(f"{name} is set, so LEADMILL_DATABASE_URL must be too: the owner's login, which migrates")

    def _prepare_ledger(self) -> None:
        ensure_secret_key(self.settings.secret_key_file)
        migrate.upgrade(self.settings.database_url())
        ensure_admin(self.settings.database_url(), self.folder.admin_token)

    def _start_services(self) -> None:
        environ = environ_of(self.settings, self._environ)
        clock = [plan_command("clock", "clock", self.folder, environ)] if self._scale.clock else []
        numbers = range(1, self._scale.workers + 1)
        workers = [plan_command(f"cleaner-{number}", "work", self.folder, environ) for number in numbers]
        web = [plan_web(name, listener, self.folder, environ) for name, listener in self._listeners.items()]
        self._groups += [clock, workers, web]
        self._begin([*clock, *workers, *web])

    def _begin(self, parts: list[Part]) -> None:
        for part in parts:
            part.begin()
        self._tell()
        for part in parts:
            part.wait_until_ready(_READY_S)
            self._tell()

    def _parts(self) -> list[Part]:
        return [part for group in self._groups for part in group]

    def _tell(self) -> None:
        write_state(self.folder, self.tell_state())


@contextmanager
def running_stack(
    settings: Settings, scale: Scale, environ: Mapping[str, str], *, empty: bool = False
) -> Iterator[Stack]:
    """Runs a stack for the length of the block, without restarts; for commands that need one for themselves.

    Call it from the main thread. `empty` removes all that the folder holds before the start; nobody else's folder is.

    Raises:
        StackFailed: it cannot be started, or another one runs the folder.
    """
    make_data_folder(settings.data)
    if empty:
        check_may_be_emptied(settings.data)
    with held_lock(DataFolder(settings.data)) as is_ours:
        if not is_ours:
            raise StackFailed(f"another leadmill runs {settings.data}: end it first")
        if empty:
            empty_data_folder(settings.data)
        stack = Stack(settings, scale, environ)
        try:
            stack.start()
            yield stack
        finally:
            stack.stop()
