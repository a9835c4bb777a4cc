"""What processes cost in CPU, which tells the same on a busy machine; wall time does not."""

import statistics
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import psycopg

from tests.benchmarks.side_by_side import time_once
from tests.builders import Connection

_TURN: Final = 20


class Desk:
    """A connection that works as those of the dispatcher do: planned once, by look-ups."""

    def __init__(self, db: Connection) -> None:
        self._db = psycopg.connect(
            db.info.dsn, password=db.info.password, autocommit=True, options="-c search_path=leadmill"
        )
        for way in ("seqscan", "bitmapscan", "hashjoin", "mergejoin"):
            self._db.execute(f"SET enable_{way} = off".encode())
        self._db.execute("SET plan_cache_mode = force_generic_plan")
        self.pid = self._db.info.backend_pid

    def ask(self, statement: str, *values: object) -> None:
        """Runs a statement that gives something."""
        row = self._db.execute(statement.encode(), values).fetchone()
        assert row is not None
        assert row[0] is not None

    def close(self) -> None:
        """Leaves."""
        self._db.close()


def cpu_s(pids: Iterable[int]) -> float:
    """Seconds that all threads of these processes have run so far (proc(5), schedstat)."""
    files = (file for pid in pids for file in Path(f"/proc/{pid}/task").glob("*/schedstat"))
    return sum(int(file.read_text().split()[0]) for file in files) / 1e9


def family(pid: int) -> list[int]:
    """A process and its children."""
    stats = {int(file.parent.name): file.read_text() for file in Path("/proc").glob("[0-9]*/stat")}
    return [pid, *(own for own, stat in stats.items() if int(stat.rpartition(")")[2].split()[1]) == pid)]


def measure(claim: Callable[[], object], desk: Desk, count: int) -> list[tuple[float, float]]:
    """Gives the seconds on the clock and of the server's CPU, for each of so many claims."""
    seconds = []
    for _ in range(count):
        before = cpu_s([desk.pid])
        wall = time_once(claim)
        seconds.append((wall, cpu_s([desk.pid]) - before))
    return seconds


def measure_in_turns(times: int, *claims: tuple[Callable[[], object], Desk]) -> list[tuple[float, float]]:
    """Runs each so many times, in turns of a few; gives the medians of both."""
    seconds: list[list[tuple[float, float]]] = [[] for _ in claims]
    for _ in range(times // _TURN):
        for (claim, desk), own in zip(claims, seconds, strict=True):
            own.extend(measure(claim, desk, _TURN))
    return [(statistics.median(one[0] for one in own), statistics.median(one[1] for one in own)) for own in seconds]
