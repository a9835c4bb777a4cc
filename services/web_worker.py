"""The process of a web server: gunicorn's threads, and new connections go to whoever has fewest.

All processes wait at one socket, and the kernel wakes whom it likes: of a thousand reps who came at once one process took
637 and then worked alone, and of a few who stay connected one process often has all.
"""

import mmap
import time
from collections.abc import Sequence
from socket import socket
from typing import Final

from gunicorn.workers.gthread import ThreadWorker

_SLACK: Final = 4
_PASS_S: Final = 0.001
_PASSES: Final = 20
_AWAY: Final = 2**31 - 1


class ConnectionCounts:
    """How many connections each process has, in memory that they share; made before they are forked.

    Processes that somebody adds by a signal share the slots of others.
    """

    def __init__(self, processes: int) -> None:
        self._counts = memoryview(mmap.mmap(-1, 4 * processes)).cast("i")
        for slot in range(processes):
            self.leave(slot)

    def tell(self, slot: int, count: int) -> None:
        """Says how many the process of this slot has."""
        self._counts[slot % len(self._counts)] = count

    def leave(self, slot: int) -> None:
        """Says that the process of this slot takes none."""
        self.tell(slot, _AWAY)

    def fewest(self) -> int:
        """Gives how many the process has that has fewest of those that take any."""
        return min(self._counts)


class WebWorker(ThreadWorker):  # type: ignore[misc]
    """Leaves a new connection for a moment to another process that has fewer; who does not come for it is not waited for long."""

    counts: ConnectionCounts
    slot: int
    _passed = 0

    def notify(self) -> None:
        """Says with each turn of the loop, beside being alive, how many connections are here."""
        super().notify()
        if self.alive:
            self.counts.tell(self.slot, self.nr_conns)
        else:
            self.counts.leave(self.slot)

    def accept(self, listener: socket) -> None:
        """Takes a connection, or passes for a moment."""
        if self.nr_conns > self.counts.fewest() + _SLACK and self._passed < _PASSES:
            self._passed += 1
            time.sleep(_PASS_S)
            return
        self._passed = 0
        super().accept(listener)


def give_slot(worker: WebWorker, others: Sequence[WebWorker], counts: ConnectionCounts) -> None:
    """Gives a process that is about to be forked a place of its own among the counts."""
    taken = {other.slot for other in others}
    worker.counts = counts
    worker.slot = next(slot for slot in range(len(taken) + 1) if slot not in taken)
