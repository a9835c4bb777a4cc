"""One supervised process: started, found ready, started again with growing waits, ended."""

import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import structlog

from services.stack.launch import StackFailed, last_lines, stop, wait_for
from services.stack.state import ProcessState

_FIRST_WAIT_S: Final = 0.25
_LONGEST_WAIT_S: Final = 10.0
_STEADY_S: Final = 30.0
"""A process that ran this long has done well: its next start waits no more."""

_STARTS: Final = 3
"""How often a process may end before its first readiness until the start is given up."""

_LOG = structlog.get_logger(__name__)


@dataclass
class Part:
    """A process of the stack.

    Attributes:
        start: starts it; called again for each restart, so it also clears what a crash left.
        is_ready: asks whether it can be used; may take a second or two, never longer.
        log: where its output goes, quoted when it does not start.
        stop_signal: ends it in order; after `grace_s` it is killed.
    """

    name: str
    start: Callable[[], subprocess.Popen[bytes]]
    is_ready: Callable[[], bool]
    log: Path
    stop_signal: signal.Signals = signal.SIGTERM
    grace_s: float = 15.0
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    state: str = field(default="waiting", init=False)
    _ends: int = field(default=0, init=False)
    _wait_s: float = field(default=0.0, init=False)
    _start_at: float = field(default=0.0, init=False)
    _started_at: float = field(default=0.0, init=False)

    def begin(self) -> None:
        """Starts it now."""
        self.process = self.start()
        self.state, self._started_at = "starting", time.monotonic()

    def wait_until_ready(self, timeout_s: float) -> None:
        """Waits for its first readiness.

        Raises:
            StackFailed: it ended several times or did not answer in time; the message ends with its log.
        """
        wait_for(self._is_settled, timeout_s=timeout_s)
        if self.state != "running":
            raise StackFailed(f"{self.name} did not start:\n{last_lines(self.log)}")

    def look_after(self) -> bool:
        """Takes one turn: notices its end, starts it when its wait is over, notices readiness. True on a change."""
        before = (self.state, self.process and self.process.pid)
        if self.process is not None and self.process.poll() is not None:
            self._note_end(self.process.returncode)
        if self.process is None and time.monotonic() >= self._start_at:
            self._begin_again()
        elif self.state == "starting" and self.is_ready():
            self.state = "running"
        return before != (self.state, self.process and self.process.pid)

    def end(self, *, timeout_s: float | None = None) -> None:
        """Ends it in order, or kills it when it does not obey in time; does nothing when it is not running."""
        if self.process is not None:
            stop(self.process, self.stop_signal, timeout_s=self.grace_s if timeout_s is None else timeout_s)
        self.process, self.state = None, "waiting"

    def ask_to_end(self) -> None:
        """Sends the stop signal without waiting."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)

    def tell_state(self) -> ProcessState:
        """Gives what `leadmill status` shows of it."""
        return ProcessState(self.name, self.process.pid if self.process else None, self.state)

    def _is_settled(self) -> bool:
        self.look_after()
        return self.state == "running" or self._ends >= _STARTS

    def _note_end(self, code: int) -> None:
        self._ends += 1
        steady = time.monotonic() - self._started_at >= _STEADY_S
        wait_s = 0.0 if steady else self._wait_s
        self._wait_s = min(_LONGEST_WAIT_S, max(_FIRST_WAIT_S, 2 * wait_s))
        self._start_at = time.monotonic() + wait_s
        self.process, self.state = None, "waiting"
        _LOG.warning("process_ended", process=self.name, exit_code=code, restart_in_s=wait_s)

    def _begin_again(self) -> None:
        try:
            self.begin()
        except (StackFailed, OSError) as error:
            self._wait_s = min(_LONGEST_WAIT_S, max(_FIRST_WAIT_S, 2 * self._wait_s))
            self._start_at = time.monotonic() + self._wait_s
            _LOG.warning("process_not_started", process=self.name, reason=str(error), restart_in_s=self._wait_s)
