"""What the machine was told, kept in Python: the promises are judged from it, independently of the ledger's own SQL."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from shared.storage.card import Card
from tests.machine.world import World

GRACE = timedelta(minutes=15)
REST = timedelta(days=30)


@dataclass(slots=True)
class Hold:
    """An assignment as its rep knows it. `e164s` are the numbers shown, `ids` their ids."""

    id: int
    rep: int
    lead: int
    site: int | None
    fence: int
    numbers: dict[int, str]
    expires_at: datetime
    is_over: bool = False

    def is_open(self, at: datetime) -> bool:
        """Whether its rep may still work on it."""
        return not self.is_over and at < self.expires_at

    def bars_others(self, at: datetime) -> bool:
        """Whether nobody else may have what it holds: also in the fifteen minutes after it lapsed."""
        return not self.is_over and at < self.expires_at + GRACE


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact that was acknowledged."""

    id: int
    hold: int
    rep: int
    lead: int
    site: int | None
    number: int
    disposition: str
    at: datetime
    rest_until: datetime | None
    superseded: bool = False


@dataclass(slots=True)
class Memory:
    """Everything that was acknowledged, and the checks against it.

    Attributes:
        uploads: rows staged by upload.
        verdicts: what became of each row, once told.
        suppressed: number by suppression that stands.
        opted_out: lead by the contact in which somebody asked not to be called.
    """

    world: World
    holds: dict[int, Hold] = field(default_factory=dict)
    contacts: dict[int, Contact] = field(default_factory=dict)
    uploads: dict[int, int] = field(default_factory=dict)
    verdicts: dict[tuple[int, int], str] = field(default_factory=dict)
    suppressed: dict[int, str] = field(default_factory=dict)
    opted_out: dict[int, int] = field(default_factory=dict)
    erased: set[int] = field(default_factory=set)

    def open_holds(self, at: datetime) -> list[Hold]:
        """Holds whose reps may go on, the oldest first."""
        return [hold for hold in self.holds.values() if hold.is_open(at)]

    def end(self, holds: Iterable[int]) -> None:
        """These have ended: their reps were told."""
        for hold in holds:
            if hold in self.holds:
                self.holds[hold].is_over = True

    def drop_number(self, e164: str) -> None:
        """A number is in nobody's hands any more."""
        for hold in self.holds.values():
            hold.numbers = {number: shown for number, shown in hold.numbers.items() if shown != e164}

    def learn(self, card: Card) -> None:
        """A rep sees how an assignment of theirs stands now."""
        hold = self.holds[card.id]
        hold.is_over, hold.expires_at = card.state == "ended", card.expires_at
        if not hold.is_over:
            hold.numbers = {number["id"]: number["e164"] for number in card.lead["numbers"]}

    def hand_out(self, card: Card, *, resumed: bool = False) -> Hold:
        """A lead was handed out: nothing may have barred it. `resumed`: taken back with a contact, past its own rest."""
        at, lead = card.offered_at, self.world.top(card.lead_id)
        numbers = {number["id"]: number["e164"] for number in card.lead["numbers"]}
        site = self.world.site(lead)
        hold = Hold(card.id, card.person_id, card.lead_id, site, card.fence, numbers, card.expires_at)
        hold.is_over = card.state == "ended"
        assert card.id not in self.holds, "handed out twice"
        assert numbers or hold.is_over, "handed out without a number"
        self._check_held_by_nobody(hold, at)
        self._check_rested(card, site, at, resumed=resumed)
        assert not set(numbers.values()) & set(self.suppressed.values()), "a suppressed number was handed out"
        assert lead not in {self.world.top(other) for other in self.opted_out.values()}, "handed out after an opt-out"
        assert card.lead_id not in self.erased, "an erased lead was handed out"
        older = [other for other in self.holds.values() if self.world.top(other.lead) == lead]
        assert all(other.fence < card.fence for other in older if other.lead == card.lead_id), "the fence did not rise"
        self.holds[card.id] = hold
        return hold

    def keep(self, contact: Contact) -> None:
        """A contact was acknowledged."""
        assert contact.id not in self.contacts
        self.contacts[contact.id] = contact

    def supersede(self, contact: int) -> None:
        """A contact was corrected: it counts no more, but stays."""
        self.contacts[contact] = replace(self.contacts[contact], superseded=True)
        self.opted_out.pop(contact, None)

    def rest_of(self, lead: int, site: int | None, at: datetime) -> Contact | None:
        """A contact whose rest stands over a lead or its site."""
        for contact in self.contacts.values():
            resting = contact.rest_until is not None and contact.rest_until > at and not contact.superseded
            if resting and (self.world.top(contact.lead) == lead or (site is not None and contact.site == site)):
                return contact
        return None

    def _check_held_by_nobody(self, new: Hold, at: datetime) -> None:
        for other in self.holds.values():
            if not other.bars_others(at) or (other.rep == new.rep and not other.is_open(at)):
                continue
            assert self.world.top(other.lead) != self.world.top(new.lead), f"lead of hold {other.id} handed out again"
            assert new.site is None or other.site != new.site, f"site of hold {other.id} handed out again"
            assert not new.numbers.keys() & other.numbers.keys(), f"number of hold {other.id} handed out again"

    def _check_rested(self, card: Card, site: int | None, at: datetime, *, resumed: bool) -> None:
        rest = self.rest_of(self.world.top(card.lead_id), site, at)
        if rest is not None and not resumed:
            assert card.promise is not None, f"handed out in the rest of contact {rest.id}"
