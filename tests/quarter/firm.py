"""The firm at work in a simulated quarter: the services' own use cases on a clock that is set, and what was noticed on the way."""

from collections import Counter
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

from services import clock
from services.dispatcher import absences, holding
from shared.auth import Caller, Pass, Role, parse_authorization
from shared.storage.card import Card
from shared.storage.claim import Asked, Handed, claim_once
from shared.storage.reach import Reach
from shared.storage.token import add_token
from tests.builders import one
from tests.machine.world import EVERYTHING, World
from tests.quarter.checks import list_missed
from tests.quarter.scale import Scale

_SELLING: Final = (
    "expire",
    "wake",
    "lapse_promises",
    "escalate_requests",
    "foresee_windows",
    "foresee_floors",
    "end_absences",
    "lapse_checks",
    "guard_lines",
    "bring_back",
    "lift_expired",
    "seal",
)
"""The chores that bear on who is called; deliveries, files and rings have tests of their own."""

_SEARCHED_EVERY: Final = timedelta(hours=2)


@dataclass(slots=True)
class Noticed:
    """Attributes: dry: claims that found nothing, by reason; missed: those of them while the base had a lead for the rep."""

    calls: int = 0
    claims: int = 0
    dry: Counter[str] = field(default_factory=Counter)
    looked: int = 0
    missed: list[str] = field(default_factory=list)


class Firm(World):
    """Everybody works in one process, one after the other; time passes only when it is told to."""

    def __init__(self, database: AbstractContextManager[str], redis_url: str, folder: Path, scale: Scale) -> None:
        super().__init__(database, redis_url, folder)
        self.dispatcher = self._ledger("dispatcher", keeps_plans=True)  # as it is served
        self.scale = scale
        self.random = Random(20260330)
        self.noticed = Noticed()
        self.pools = {}  # by name, once they are open
        self._passes: dict[int, Pass] = {}
        self._looked_at: dict[frozenset[Any], datetime] = {}  # by the pools that serve a rep
        self.at = self.now()

    pools: dict[str, int]

    def move_to(self, at: datetime) -> None:
        """Sets the clock, never back."""
        self.at = at
        self.owner.execute(
            "UPDATE clock_offset SET shift = greatest(shift, %s::timestamptz - clock_timestamp())", (at,)
        )

    def open_day(self) -> None:
        """What the database does by itself in the night, which here is none: plans are made for the base as it is now."""
        self.owner.execute("ANALYZE")

    def run_clock(self) -> None:
        """The clock process does what is due."""
        clock.run_due(self.chores, {name: clock.DUTIES[name] for name in _SELLING})
        failed = self.owner.execute("SELECT name, failure FROM chore WHERE failure IS NOT NULL").fetchall()
        assert failed == []

    def pull(self, rep: int) -> Card | None:
        """A rep asks for the next lead; when there is none, the base is searched for one now and then."""
        asked = Asked(self._pass_of(rep), 1, None)
        handed = self.attempt(
            self.dispatcher.glancing, lambda connection: claim_once(connection, [asked], alone=True)[0]
        )
        assert isinstance(handed, Handed), handed
        self.noticed.claims += 1
        if not handed.cards:
            self._notice_dry(rep, str(handed.reason))
            return None
        return handed.cards[0]

    def _pass_of(self, rep: int) -> Pass:
        if rep not in self._passes:
            with self.dispatcher.transaction() as connection:
                _, token = add_token(connection, person_id=rep, name="desk")
            self._passes[rep] = Pass(parse_authorization(f"Bearer {token}"), (Role.REP,), None)
        return self._passes[rep]

    def _notice_dry(self, rep: int, reason: str) -> None:
        self.noticed.dry[reason] += 1
        served = frozenset(self.owner.execute("SELECT pool_id FROM pool_person WHERE person_id = %s", (rep,)))
        last = self._looked_at.get(served)
        if reason == "cap_reached" or (last is not None and self.at - last < _SEARCHED_EVERY):
            return
        self._looked_at[served] = self.at
        self.noticed.looked += 1
        if missed := list_missed(self.owner, rep):
            self.noticed.missed.append(f"{self.at}: rep {rep} was told {reason} while {missed} waited")

    def call(self, rep: int, card: Card, number: int, said: Mapping[str, Any]) -> Card | None:
        """A rep tells what came of a call; gives the assignment as it stands, None when it is not theirs any more."""
        body = {"fence": card.fence, "number_id": number, "kind": "call", **said}
        self.noticed.calls += 1
        return self.contact(rep, card.id, body).card

    def dial(self, rep: int, card: Card, number: int) -> None:
        """A rep opens the line."""
        body = {"fence": card.fence, "number_id": number}
        self._act(lambda connection: holding.open_call(connection, rep_of(rep), Reach(person_id=rep), card.id, body))

    def pass_to(self, rep: int, card: Card, pool: str, *, stage: str | None) -> None:
        """A rep hands a lead on to a pool."""
        body = {"fence": card.fence, "person_id": None, "pool_id": self.pools[pool], "note": None, "stage": stage}
        self._act(lambda connection: holding.hand_off(connection, rep_of(rep), Reach(person_id=rep), card.id, body))

    def send_home(self, rep: int, until: datetime, deputy: int | None) -> None:
        """Somebody is away."""
        body = {"until": until, "deputy_id": deputy, "reason": "sick"}
        self._act(lambda connection: absences.go_away(connection, self._admin(), EVERYTHING, rep, body))

    def welcome_back(self, rep: int) -> None:
        """Somebody is back, unless the clock has noticed already."""
        if one(self.owner, "SELECT state FROM person WHERE id = %s", rep) == "absent":
            self._act(lambda connection: absences.come_back(connection, self._admin(), EVERYTHING, rep))

    def dismiss(self, rep: int, successor: int | None) -> None:
        """Somebody leaves."""
        self._act(
            lambda connection: absences.dismiss(
                connection, self._admin(), EVERYTHING, rep, successor_id=successor, reason="left"
            )
        )

    def ask_for_call(self, lead: int, upload: int, row_no: int) -> None:
        """A client asks to be called."""
        self.owner.execute("SELECT add_request(%s, %s, %s)", (lead, upload, row_no))

    def _act(self, act: Any) -> None:
        self.attempt(self.dispatcher.transaction, act)

    def _admin(self) -> Caller:
        return Caller(0, self.supervisor, Role.ADMIN, None, "admin")


def rep_of(person: int) -> Caller:
    """A rep as the use cases know them."""
    return Caller(0, person, Role.REP, None, "rep")
