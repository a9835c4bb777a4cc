"""Many at once on a small base, with time running: nobody is turned away by a crossing, and no number is in two hands."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from services.dispatcher.attempt import run_crossed
from shared.domain.errors import Refused, Superseded, Unavailable
from shared.storage.card import Card
from tests.builders import add_lead, add_number, add_person, add_site
from tests.machine.world import World

LASTS_S = 6.0


class Crowd:
    """Reps and supervisors who work without looking at each other."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.reps = [add_person(world.owner) for _ in range(5)]
        self.ends_at = time.monotonic() + LASTS_S
        self.cards: list[Card] = []
        self.lock = threading.Lock()
        self.done = 0

    def keep_on(self, act: Callable[[random.Random], object], seed: int) -> int:
        """Does it again and again; being refused is an answer, anything else would be a 5xx."""
        chance, times = random.Random(seed), 0
        while time.monotonic() < self.ends_at:
            try:
                act(chance)
                times += 1
            except (Refused, Superseded):
                continue
        return times

    def claim(self, chance: random.Random) -> None:
        cards = self.world.claim(chance.choice(self.reps), 2)
        with self.lock:
            self.cards += cards

    def call(self, chance: random.Random) -> None:
        card = self.any_card(chance)
        number = card.lead["numbers"][0]["id"]
        disposition = chance.choice(["no_answer", "busy", "interested", "hung_up", "wrong_number"])
        body = {"kind": "call", "disposition": disposition, "number_id": number, "fence": card.fence}
        self.world.contact(card.person_id, card.id, body)

    def take_back(self, chance: random.Random) -> None:
        self.world.reclaim([self.any_card(chance).id for _ in range(3)])

    def stop_and_allow(self, chance: random.Random) -> None:
        e164 = chance.choice(self.any_card(chance).lead["numbers"])["e164"]
        entry, _ = self.world.suppress(e164)
        self.world.lift(entry)

    def join_and_part(self, chance: random.Random) -> None:
        self.world.part(self.world.merge(self.any_card(chance).lead_id, self.any_card(chance).lead_id))

    def let_time_pass(self, _chance: random.Random) -> None:
        self.world.wait(timedelta(seconds=4))  # no more than a transaction could take: it may read the clock twice
        with suppress(Unavailable):  # the clock comes back at its next turn
            self.world.run_chores()

    def any_card(self, chance: random.Random) -> Card:
        with self.lock:
            if not self.cards:
                raise Superseded("nothing_yet", "nothing was handed out yet")
            return chance.choice(self.cards[-30:])


@pytest.fixture
def crowd(database_url: str, redis_url: str, tmp_path: Path) -> Iterator[Crowd]:
    """Forty leads of fifteen sites that share some numbers."""
    world = World(nullcontext(database_url), redis_url, tmp_path, attempt=run_crossed)
    world.owner.execute("""UPDATE policy SET rules = rules || '{"offered_minutes": 1}' WHERE pool_id IS NOT NULL""")
    sites = [add_site(world.owner) for _ in range(15)]
    shared = [add_number(world.owner) for _ in range(5)]
    for turn in range(40):
        add_lead(world.owner, site=sites[turn % 15], numbers=[add_number(world.owner), shared[turn % 5]])
    yield Crowd(world)
    world.close()


def test_crossing_work_breaks_nothing(crowd: Crowd) -> None:
    acts = [
        crowd.claim,
        crowd.claim,
        crowd.call,
        crowd.call,
        crowd.take_back,
        crowd.stop_and_allow,
        crowd.join_and_part,
        crowd.let_time_pass,
    ]
    with ThreadPoolExecutor(len(acts)) as threads:
        done = list(threads.map(crowd.keep_on, acts, range(len(acts))))
    assert all(done)
    assert crowd.world.find_violations() == []
    held = crowd.world.owner.execute(
        "SELECT b.subject_id FROM booking AS b JOIN assignment AS a ON a.id = b.assignment_id"
        " WHERE a.state <> 'ended' AND b.subject_kind = 'number' AND b.period @> clock()"
    ).fetchall()
    assert len(held) == len(set(held))
