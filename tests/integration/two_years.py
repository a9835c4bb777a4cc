"""Two years of a base in days: lines die and come back with new owners, reps call, a dialer tells, checks are made, one outage."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from services.cleaner.linecheck.job import turn
from shared.domain.line_check import Result
from shared.hygiene.line import decide, guard_lines
from shared.hygiene.line_check import receive
from shared.ids import decode
from shared.storage.engine import Ledger
from shared.storage.line_check import Asked
from tests.benchmarks.side_by_side import add_waiting_leads
from tests.builders import move_clock, one
from tests.integration.desk import Desk, Office

DAYS: Final = 730
OUTAGE_DAY: Final = 300

_REPS: Final = 6
_IN_CIRCULATION: Final = ("unverified", "live", "no_answer", "busy", "suspect")
_LINES: Final = "SELECT id, e164, line_status FROM number WHERE id = ANY (%s)"
_SWEEPS: Final = "SELECT expire_lapsed(2000), wake_due(5000), lapse_promises(2000), lapse_checks(5000)"
_SAYS: Final = {
    "alive": ("no_answer", "not_interested", "interested", "busy", "answering_machine"),
    "dead": ("disconnected", "disconnected", "no_answer"),
    "stranger": ("wrong_number", "no_answer"),
}


@dataclass(frozen=True, slots=True)
class Life:
    """When a line dies, and when somebody else gets its number; None: never."""

    dies: int | None
    comes_back: int | None

    def on(self, day: int) -> str:
        """What is there on a day."""
        if self.dies is None or day < self.dies:
            return "alive"
        return "dead" if self.comes_back is None or day < self.comes_back else "stranger"


def share_out(calls: int, people: int) -> list[int]:
    """Shares calls out among people, as evenly as can be."""
    return [calls // people + (place < calls % people) for place in range(people)]


class World:
    """The base, who works on it, and what is true."""

    def __init__(self, office: Office, *, numbers: int, seed: int, step_days: int) -> None:
        self.office, self.db, self.step_days = office, office.db, step_days
        self.random = Random(seed)
        self.day = 0
        add_waiting_leads(office.db, numbers)
        self.lives = {
            row[0]: self._live() for row in office.db.execute("SELECT e164 FROM number ORDER BY id").fetchall()
        }
        self.numbers = list(self.lives)
        self.reps = [office.desk() for _ in range(_REPS)]
        self.boss = office.desk("supervisor")
        self.handed_out_dead: list[int] = []
        self.outage_ended_with = 0

    def _live(self) -> Life:
        if self.random.random() > 0.35:
            return Life(None, None)
        dies = self.random.randrange(-100, DAYS)
        return Life(dies, dies + self.random.randrange(200, 600) if self.random.random() < 0.5 else None)

    def is_outage(self) -> bool:
        """Whether the dialer's trunk is down, so that every line looks dead to it."""
        return OUTAGE_DAY <= self.day < OUTAGE_DAY + self.step_days

    def pass_days(self, ledger: Ledger, *, calls: int, dialled: int) -> None:
        """One step: the sweeps, the reps' calls, the dialer's results, the rechecks, the guard."""
        self.db.execute(_SWEEPS.encode())
        with ThreadPoolExecutor(len(self.reps)) as at_once:  # as people do
            list(at_once.map(self._call, self.reps, share_out(calls, len(self.reps))))
        self._dial(ledger, dialled)
        turn(ledger, self)
        with ledger.transaction() as connection:
            guard_lines(connection)
        if self.is_outage():
            self._refute(ledger)
        move_clock(self.db, days=self.step_days)
        self.day += self.step_days

    def _call(self, rep: Desk, count: int) -> None:
        """A rep pulls some leads and says what came of each, on its first number."""
        for given in rep.post("/v1/queue/next", {"count": count})["assignments"] if count else ():
            ids = [decode("number", number["id"]) for number in given["lead"]["numbers"]]
            lines = {row[0]: row[1:] for row in self.db.execute(_LINES, (ids,)).fetchall()}
            self.handed_out_dead += [number for number in ids if lines[number][1] not in _IN_CIRCULATION]
            rep.say(given, self.random.choice(_SAYS[self.lives[lines[ids[0]][0]].on(self.day)]))

    def _dial(self, ledger: Ledger, count: int) -> None:
        """A dialer tells causes of what it dialled: of lines in circulation."""
        dialled = self.random.sample(self.numbers, min(count, len(self.numbers)))
        rows = self.db.execute("SELECT e164 FROM number WHERE callable AND e164 = ANY (%s) ORDER BY id", (dialled,))
        results = [Result(row[0], self._cause(row[0])) for row in rows.fetchall()]
        with ledger.transaction() as connection:
            receive(connection, "dialer", results)

    def _cause(self, e164: str) -> str:
        if self.is_outage():
            return "unallocated"
        state = self.lives[e164].on(self.day)
        return "unallocated" if state == "dead" else self.random.choice(("no_answer", "active", "busy", "inconclusive"))

    def _refute(self, ledger: Ledger) -> None:
        """A supervisor looks at what the outage brought, and says what it was."""
        for (hold,) in self.db.execute("SELECT id FROM line_hold WHERE state = 'open'").fetchall():
            with ledger.transaction() as connection:
                decide(connection, hold, confirmed=False, by=self.boss.person, reason="the trunk was down")
            self.outage_ended_with += 1

    name = "lists"
    at_once = 2_000

    def send(self, asked: Sequence[Asked]) -> Iterator[Result]:
        """A provider of checks who knows the truth, mostly."""
        for number in asked:
            state = "unknown" if self.random.random() < 0.03 else self.lives[number.e164].on(self.day)
            yield Result(number.e164, {"unknown": "inconclusive", "dead": "unallocated"}.get(state, "active"))

    def collect(self) -> Iterator[Sequence[Result]]:
        """Answers at once."""
        return iter(())

    def count(self, condition: str, table: str = "number") -> Any:
        """Counts rows."""
        return one(self.db, f"SELECT count(*) FROM {table} WHERE {condition}")
