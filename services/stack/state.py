"""What a running stack tells the other commands: the layout of its data folder, its lock, its state file.

Whoever holds the lock runs the folder; the kernel lets go of it when the holder dies, so a state file
without a held lock is what a crash left.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO

from services.stack.folder import LOCK
from shared.config import Settings


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The layout of a data folder."""

    path: Path

    @property
    def postgres(self) -> Path:
        """The embedded PostgreSQL's home."""
        return self.path / "pg"

    @property
    def valkey(self) -> Path:
        """The embedded Valkey's home."""
        return self.path / "valkey"

    @property
    def logs(self) -> Path:
        """One log a process."""
        return self.path / "logs"

    @property
    def admin_token(self) -> Path:
        """The token of the first admin, made once."""
        return self.path / "admin.token"

    @property
    def state(self) -> Path:
        """What `leadmill status` prints."""
        return self.path / "stack.json"

    def log(self, name: str) -> Path:
        """Gives the log of one process."""
        return self.logs / f"{name}.log"


@dataclass(frozen=True, slots=True)
class ProcessState:
    """One process as `leadmill status` shows it; `state` is starting, running or waiting (to be started again)."""

    name: str
    pid: int | None
    state: str


@dataclass(frozen=True, slots=True)
class StackState:
    """A running stack; `ready` once every service has answered. The database URL holds its password."""

    urls: dict[str, str]
    processes: list[ProcessState]
    admin_token_file: str
    database_url: str
    redis_url: str
    ready: bool = False

    def ready_line(self) -> str:
        """Gives the one line that `leadmill up` prints."""
        return f"ready intake={self.urls['intake']} dispatcher={self.urls['dispatcher']}"


def write_state(folder: DataFolder, state: StackState) -> None:
    """Replaces the state file as a whole, readable by its owner only."""
    unfinished = folder.state.with_suffix(".new")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(asdict(state), file)
    unfinished.rename(folder.state)


def find_state(data: Path) -> StackState | None:
    """Gives the state of the stack that runs the folder; None when none does or it has not yet told."""
    folder = DataFolder(data)
    if not _is_locked(folder):
        return None
    try:
        given = json.loads(folder.state.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return StackState(**{**given, "processes": [ProcessState(**process) for process in given["processes"]]})


def attach(settings: Settings) -> Settings:
    """Fills the URLs that were not set with those of the stack that runs the data folder, if one does."""
    if settings.common_database_url and settings.redis_url:
        return settings
    state = find_state(settings.data)
    if state is None:
        return settings
    return replace(
        settings,
        common_database_url=settings.common_database_url or state.database_url,
        redis_url=settings.redis_url or state.redis_url,
    )


@contextmanager
def held_lock(folder: DataFolder) -> Iterator[bool]:
    """Takes the folder for this process until the end of the block; False when another one runs it."""
    with _open_lock(folder) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _is_locked(folder: DataFolder) -> bool:
    try:
        with _open_lock(folder) as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _open_lock(folder: DataFolder) -> IO[str]:
    return os.fdopen(os.open(folder.path / LOCK, os.O_RDWR | os.O_CREAT, 0o600), "w", encoding="utf-8")
