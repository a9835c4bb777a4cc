"""A rep of a simulated quarter: at the desk in working hours, calls what is given, forgets a little, hands on what has grown."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

from shared.domain.errors import Refused, Superseded
from shared.storage.card import Card
from tests.quarter.base import NEXT_POOL, Seat
from tests.quarter.firm import Firm
from tests.quarter.scale import SHIFT_HOURS

_UNANSWERED: Final = {"no_answer": 58, "busy": 25, "answering_machine": 15, "technical": 2}
_ANSWERED: Final = {
    "hunter": {"not_interested": 36, "callback": 18, "deferred": 8, "gatekeeper": 8, "interested": 14, "hung_up": 6, "wrong_number": 3,
               "not_our_profile": 3, "do_not_call": 2, "away_until": 2},
    "closer": {"interested": 34, "callback": 22, "appointment": 16, "not_interested": 20, "under_contract_until": 4, "do_not_call": 1, "hung_up": 3},
    "farmer": {"sale": 40, "interested": 20, "callback": 28, "not_interested": 10, "complaint": 2},
}  # fmt: skip
_PAUSE: Final = timedelta(minutes=30)
_NEXT_STAGE: Final = {"hunter": "proposal", "closer": "activation"}


@dataclass(slots=True)
class Rep:
    """One at the desk.

    Attributes:
        follow_ups: what they go on with, and when.
        forgotten: what they were given and never touched.
        busy_until: until when they do something else, since there was nothing to call.
    """

    person: int
    seat: Seat
    starts: time
    away_until: datetime | None = None
    gone: bool = False
    follow_ups: list[tuple[datetime, Card]] = field(default_factory=list)
    forgotten: list[Card] = field(default_factory=list)
    busy_until: datetime | None = None

    def is_on_shift(self, at: datetime) -> bool:
        """Whether they sit at the desk."""
        here = at.astimezone(ZoneInfo(self.seat.zone))
        away = self.gone or (self.away_until is not None and at < self.away_until)
        starts = datetime.combine(here.date(), self.starts, here.tzinfo)
        return not away and here.weekday() < 5 and starts <= here < starts + timedelta(hours=SHIFT_HOURS)

    def work(self, firm: Firm) -> None:
        """One call, with what belongs to it."""
        if self.away_until is not None:
            firm.welcome_back(self.person)
            self.away_until = None
        try:
            if not (self._remember(firm) or self._follow_up(firm)):
                self._take_next(firm)
        except Superseded:  # what they went on with is not theirs any more
            return

    def _remember(self, firm: Firm) -> bool:
        """Something comes to mind that was lost a while ago: a late outcome."""
        lapsed = [card for card in self.forgotten if firm.at - card.expires_at > timedelta(hours=1)]
        if not lapsed:
            return False
        card = lapsed[0]
        self.forgotten.remove(card)
        if firm.random.random() < 0.5:
            return False
        self._talk(firm, card, card.lead["numbers"][:1])
        return True

    def _follow_up(self, firm: Firm) -> bool:
        due = [one for one in self.follow_ups if one[0] <= firm.at]
        if not due:
            return False
        self.follow_ups.remove(due[0])
        card = due[0][1]
        try:
            firm.dial(self.person, card, card.lead["numbers"][0]["id"])
        except Refused:  # not at this hour
            self.follow_ups.append((firm.at + timedelta(days=1), card))
            return False
        self._talk(firm, card, card.lead["numbers"])
        return True

    def _take_next(self, firm: Firm) -> None:
        if self.busy_until is not None and firm.at < self.busy_until:
            return
        card = firm.pull(self.person)
        if card is None:
            self.busy_until = firm.at + _PAUSE
            return
        dice = firm.random.random()
        if dice < 0.01:
            self.forgotten.append(card)
        elif dice < 0.02:
            try:
                firm.release(self.person, card.id, card.fence)
            except Refused:  # five a day
                self._talk(firm, card, card.lead["numbers"])
        else:
            self._talk(firm, card, card.lead["numbers"])

    def _talk(self, firm: Firm, card: Card, numbers: list[dict[str, Any]]) -> None:
        """Dials one number after the other until somebody answers."""
        for number in numbers:
            said = self._say(firm)
            told = firm.call(self.person, card, number["id"], said)
            if told is None or told.state == "ended":
                return
            card = told
            if said["disposition"] in ("gatekeeper", "interested"):
                self._go_on(firm, card, said["disposition"])
                return

    def _go_on(self, firm: Firm, card: Card, said: str) -> None:
        pool = next(name for name, own in firm.pools.items() if own == card.pool_id)
        dice = firm.random.random()
        if said == "interested" and dice < 0.5 and pool in NEXT_POOL:
            firm.pass_to(self.person, card, NEXT_POOL[pool], stage=_NEXT_STAGE[self.seat.duty])
        elif said == "interested" and dice < 0.55 and self.seat.duty == "closer":
            back = "hunt-america" if pool == "close-america" else "hunt-poland"
            firm.pass_to(self.person, card, back, stage="qualification")
        elif dice < 0.95:
            self.follow_ups.append((self._later(firm.random, firm.at, 1, 4), card))

    def _say(self, firm: Firm) -> dict[str, Any]:
        dice = firm.random
        if dice.random() < 0.03:
            return {"disposition": "disconnected"}
        words = _UNANSWERED if dice.random() < 0.5 else _ANSWERED[self.seat.duty]
        said = dice.choices(list(words), weights=list(words.values()))[0]
        if said in ("callback", "appointment"):
            return {"disposition": said, "callback_at": self._later(dice, firm.at, 0, 5)}
        if said in ("deferred", "away_until", "under_contract_until"):
            return {"disposition": said, "defer_until": self._later(dice, firm.at, 7, 21)}
        return {"disposition": said}

    def _later(self, dice: Random, at: datetime, soonest: int, latest: int) -> datetime:
        """A quarter of an hour of their shift, some days on."""
        zone = ZoneInfo(self.seat.zone)
        day = at.astimezone(zone).date() + timedelta(days=dice.randint(soonest, latest))
        while True:
            start = datetime.combine(day, self.starts, zone) + timedelta(
                minutes=15 * dice.randrange(4 * SHIFT_HOURS - 4)
            )
            if day.weekday() < 5 and start > at:
                return start
            day += timedelta(days=1)
