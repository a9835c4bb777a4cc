"""The stateful machine: what people and time may do to the ledger, in any order; after each step everything is checked."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from shared.domain.errors import Refused, Superseded
from tests.machine.audit import check_all
from tests.machine.lists import NUMBERS, ROWS
from tests.machine.memory import REST, Contact, Hold, Memory
from tests.machine.world import REPS, Answer, World

_ANY = st.integers(0, 11)
_REP = st.integers(0, REPS - 1)
_DISPOSITION = st.sampled_from(
    (
        *("no_answer", "busy", "disconnected", "wrong_number", "gatekeeper", "interested", "hung_up"),
        *("not_interested", "sale", "callback", "callback", "appointment", "deferred", "company_closed", "do_not_call"),
    )
)
_STAGE = st.sampled_from([None, None, "proposal"])
_AHEAD = st.sampled_from(
    (
        *(timedelta(minutes=4), timedelta(minutes=40), timedelta(hours=3)),
        *(timedelta(days=1), timedelta(days=7), timedelta(days=31), timedelta(days=190)),
    )
)
_DUE = st.sampled_from([timedelta(minutes=30), timedelta(days=1), timedelta(days=40)])


_LATE = ("correction_late", "needs_supervisor")

T = TypeVar("T")


def allow(act: Callable[[], T], *refusals: str) -> T | None:
    """Does it; None when it was refused for one of these reasons."""
    try:
        return act()
    except (Refused, Superseded) as refused:
        if refused.code in refusals:
            return None
        raise


class LedgerMachine(RuleBasedStateMachine):
    """People work, lists come, time passes; the clock process may never run."""

    def __init__(self, database: AbstractContextManager[str], redis_url: str, folder: Path) -> None:
        super().__init__()
        self.world = World(database, redis_url, folder)
        self.memory = Memory(self.world)

    def teardown(self) -> None:
        self.world.close()

    @invariant()
    def everything_holds(self) -> None:
        check_all(self.memory)

    # lists and the base

    @rule(source=st.integers(0, 1), rows=ROWS)
    def upload(self, source: int, rows: list[tuple[str, ...]]) -> None:
        upload = self.world.upload(self.world.sources[source], rows)
        self.memory.uploads[upload] = len(rows)
        self.revoked()

    @precondition(lambda self: len(self.leads()) > 1)
    @rule(first=_ANY, second=_ANY)
    def merge(self, first: int, second: int) -> None:
        winner, loser = self.pick(self.leads(), first), self.pick(self.leads(), second)
        if winner != loser:
            with suppress(Superseded):
                self.world.merge(winner, loser)
            self.revoked()

    @precondition(lambda self: self.standing_merges())
    @rule(which=_ANY)
    def part(self, which: int) -> None:
        with suppress(Superseded):  # one of the leads was erased
            self.world.part(self.pick(self.standing_merges(), which))

    @rule(number=st.sampled_from(NUMBERS[:4]))
    def stop_calls(self, number: str) -> None:
        entry, ended = self.world.suppress(number)
        self.memory.suppressed[entry] = number
        self.memory.end(ended)
        self.memory.drop_number(number)

    @precondition(lambda self: self.memory.suppressed)
    @rule(which=_ANY)
    def lift(self, which: int) -> None:
        entry = self.pick(sorted(self.memory.suppressed), which)
        assert self.world.lift(entry)
        del self.memory.suppressed[entry]

    @precondition(lambda self: self.leads())
    @rule(which=_ANY)
    def erase(self, which: int) -> None:
        tree = self.world.erase(self.pick(self.leads(), which))
        self.memory.erased |= set(tree)
        self.memory.end(hold.id for hold in self.memory.holds.values() if hold.lead in tree)

    # reps

    @precondition(lambda self: self.leads())
    @rule(rep=_REP, count=st.sampled_from([1, 1, 3]))
    def claim(self, rep: int, count: int) -> None:
        for card in self.world.claim(self.world.reps[rep], count):
            assert card.person_id == self.world.reps[rep]
            self.memory.hand_out(card)

    @precondition(lambda self: self.open_holds())
    @rule(which=_ANY, number=_ANY, disposition=_DISPOSITION, due=_DUE, stage=_STAGE)
    def contact(self, which: int, number: int, disposition: str, due: timedelta, stage: str | None) -> None:
        hold = self.pick(self.open_holds(), which)
        self.tell(hold, hold.fence, self.body(hold, number, disposition, due, stage))

    @precondition(lambda self: self.memory.holds)
    @rule(which=_ANY, behind=st.integers(0, 1), number=_ANY, disposition=_DISPOSITION, due=_DUE, stage=_STAGE)
    def late_contact(
        self, which: int, behind: int, number: int, disposition: str, due: timedelta, stage: str | None
    ) -> None:
        hold = self.pick([*self.memory.holds.values()], which)
        is_open = hold.is_open(self.world.now())
        fence = hold.fence - behind
        before = self.others(hold)
        body = self.body(hold, number, disposition, due, stage)
        answer = self.tell(hold, fence, body)
        if answer is None or (is_open and not behind):
            return
        assert answer.late
        if not self.world.dispositions[disposition]["opt_out"]:
            assert before == self.others(hold), "a stale fence changed a present holder"

    @precondition(lambda self: self.standing_contacts())
    @rule(which=_ANY, by_rep=st.booleans(), number=_ANY, disposition=_DISPOSITION, due=_DUE)
    def correct(self, which: int, by_rep: bool, number: int, disposition: str, due: timedelta) -> None:
        old = self.pick(self.standing_contacts(), which)
        hold = self.memory.holds[old.hold]
        body = {**self.body(hold, number, disposition, due, None), "number_id": old.number}
        who = old.rep if by_rep else self.world.supervisor
        answer = allow(lambda: self.world.correct(who, old.id, body), *(_LATE if by_rep else ()))
        if answer is None:
            return
        self.memory.supersede(old.id)
        self.remember(answer, hold, body, at=old.at)

    @precondition(lambda self: self.memory.holds)
    @rule(which=_ANY, behind=st.sampled_from([0, 0, 1]))
    def extend(self, which: int, behind: int) -> None:
        hold = self.pick([*self.memory.holds.values()], which)
        is_valid = hold.is_open(self.world.now()) and not behind
        refusal = "extension_exhausted" if is_valid else "assignment_lost"
        card = allow(lambda: self.world.extend(hold.rep, hold.id, hold.fence - behind), refusal)
        if card is not None:
            assert is_valid
            self.memory.learn(card)

    @precondition(lambda self: self.memory.holds)
    @rule(which=_ANY, behind=st.sampled_from([0, 0, 1]))
    def release(self, which: int, behind: int) -> None:
        hold = self.pick([*self.memory.holds.values()], which)
        is_valid = hold.is_open(self.world.now()) and not behind
        refusal = "release_limit" if is_valid else "assignment_lost"
        released = allow(lambda: self.world.release(hold.rep, hold.id, hold.fence - behind), refusal)
        if released is not None:
            assert is_valid
            self.memory.end([hold.id])

    @precondition(lambda self: self.open_holds())
    @rule(which=_ANY, to=st.one_of(st.none(), _REP))
    def hand_off(self, which: int, to: int | None) -> None:
        hold = self.pick(self.open_holds(), which)
        taker = None if to is None else self.world.reps[to]
        if taker != hold.rep:
            self.world.hand_off(hold.rep, hold.id, hold.fence, taker)
            self.memory.end([hold.id])

    # the supervisor

    @precondition(lambda self: self.leads())
    @rule(which=_ANY, rep=_REP)
    def give(self, which: int, rep: int) -> None:
        with suppress(Refused, Superseded):
            self.memory.hand_out(self.world.give(self.pick(self.leads(), which), self.world.reps[rep]))

    @precondition(lambda self: self.open_holds())
    @rule(which=_ANY, count=st.integers(1, 2))
    def reclaim(self, which: int, count: int) -> None:
        wanted = {self.pick(self.open_holds(), which + more).id for more in range(count)}
        taken = self.world.reclaim(sorted(wanted))
        assert set(taken) == wanted
        self.memory.end(taken)

    # time

    @rule(ahead=_AHEAD)
    def wait(self, ahead: timedelta) -> None:
        self.world.wait(ahead)

    @rule()
    def run_chores(self) -> None:
        self.world.run_chores()
        self.revoked()

    # what the rules share

    @staticmethod
    def pick(of: list[Any], which: int) -> Any:
        return of[which % len(of)]

    def leads(self) -> list[int]:
        rows = self.world.owner.execute("SELECT id FROM lead WHERE state = 'active' ORDER BY id").fetchall()
        return [int(row[0]) for row in rows]

    def open_holds(self) -> list[Hold]:
        return self.memory.open_holds(self.world.now())

    def standing_contacts(self) -> list[Contact]:
        return [contact for contact in self.memory.contacts.values() if not contact.superseded]

    def standing_merges(self) -> list[int]:
        rows = self.world.owner.execute(
            "SELECT id FROM merge AS m WHERE undoes IS NULL AND NOT EXISTS (SELECT 1 FROM merge AS u WHERE u.undoes = m.id) ORDER BY id"
        ).fetchall()
        return [int(row[0]) for row in rows]

    def body(self, hold: Hold, number: int, disposition: str, due: timedelta, stage: str | None) -> dict[str, Any]:
        at = self.world.now() + due
        shown = self.pick(sorted(hold.numbers), number) if hold.numbers else None
        asked = dict.fromkeys(self.world.dispositions[disposition]["required"], at)
        return {"kind": "call", "disposition": disposition, "number_id": shown, "stage": stage, **asked}

    def tell(self, hold: Hold, fence: int, body: dict[str, Any]) -> Answer | None:
        if body["number_id"] is None:
            return None
        answer = self.world.contact(hold.rep, hold.id, {**body, "fence": fence})
        self.remember(answer, hold, body, at=self.world.now())
        return answer

    def remember(self, answer: Answer, hold: Hold, body: Mapping[str, Any], *, at: Any) -> None:
        """Keeps what the answer says: the contact, its rest, and how the assignment stands now."""
        disposition = self.world.dispositions[body["disposition"]]
        rest = at + REST if disposition["rest"] == "contact" else None
        number = body["number_id"]
        told = (answer.contact, hold.id, hold.rep, hold.lead, hold.site, number, body["disposition"], at, rest)
        if answer.card is None or answer.card.id in self.memory.holds:
            if answer.card is not None:
                self.memory.learn(answer.card)
        else:
            self.memory.end([hold.id])
            self.memory.hand_out(answer.card, resumed=True)
        self.memory.keep(Contact(*told))
        if disposition["opt_out"]:
            self.memory.opted_out[answer.contact] = hold.lead
            self.revoked()

    def revoked(self) -> None:
        """A suppression, however it came, takes leads out of everybody's hands, and so does a merge with one that another rep has spoken to."""
        rows = self.world.owner.execute(
            "SELECT id FROM assignment WHERE end_reason IN ('revoked', 'merged')"
        ).fetchall()
        self.memory.end(int(row[0]) for row in rows)

    def others(self, mine: Hold) -> list[tuple[Any, ...]]:
        """How the open assignments of others stand, with the stages and promises of their leads."""
        at = self.world.now()
        ids = [hold.id for hold in self.memory.open_holds(at) if hold.rep != mine.rep]
        return self.world.owner.execute(
            "SELECT a.id, a.person_id, a.fence, a.state, a.expires_at, l.stage, (SELECT array_agg((p.id, p.state, p.due_at, p.person_id)::text ORDER BY p.id)"
            " FROM promise AS p WHERE p.lead_id = l.id) FROM assignment AS a JOIN lead AS l ON l.id = a.lead_id WHERE a.id = ANY (%s) ORDER BY a.id",
            (ids,),
        ).fetchall()
