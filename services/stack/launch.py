"""Starts direct children that die with this process, and waits for conditions with a deadline."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from services.stack import child
from services.stack.ending import pause


class StackFailed(Exception):
    """Part of the stack cannot run as things stand; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Account:
    """Another user to run as; `capability` lets it pass folders that are closed to it (capabilities(7))."""

    uid: int
    gid: int
    capability: int | None = None


def launch(
    command: Sequence[str],
    *,
    log: Path,
    death_signal: signal.Signals = signal.SIGKILL,
    account: Account | None = None,
    environ: Mapping[str, str] | None = None,
    folder: Path | None = None,
    inherit: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Starts a command whose output goes to the end of `log` and which gets `death_signal` when this process dies.

    Call it from a thread that lives as long as the process: the kernel watches the thread that forks.
    A session of its own keeps Ctrl-C in the terminal for this process alone. `inherit` are open descriptors
    that the child gets under the same numbers; what it writes is for its own user only.
    """
    order = child.Order(
        parent_pid=os.getpid(),
        death_signal=death_signal,
        uid=account.uid if account else None,
        gid=account.gid if account else None,
        capability=account.capability if account else None,
    )
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603 - our own commands, never what a user sent
            [sys.executable, "-I", "-S", child.__file__, order.to_argument(), "--", *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=environ,
            cwd=folder,
            start_new_session=True,
            pass_fds=inherit,
            umask=0o077,
        )


def wait_for(condition: Callable[[], bool], *, timeout_s: float, interval_s: float = 0.02) -> bool:
    """Asks until the condition holds; False when it did not within the time."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            return False
        pause(interval_s)
    return True


def stop(process: subprocess.Popen[bytes], how: signal.Signals, *, timeout_s: float) -> None:
    """Ends a child by the signal it understands, by SIGKILL when it does not obey in time."""
    if process.poll() is None:
        process.send_signal(how)
    try:
        process.wait(timeout_s)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def last_lines(log: Path, count: int = 15) -> str:
    """Gives the end of a log for an error message."""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])
