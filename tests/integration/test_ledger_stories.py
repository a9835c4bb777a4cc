"""Stories that the stateful machine told first: each was a broken invariant."""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from tests.builders import add_lead, add_number, add_site, one
from tests.machine.world import World


@pytest.fixture
def world(database_url: str, redis_url: str, tmp_path: Path) -> Iterator[World]:
    """A ledger with its people; in the end every invariant must hold."""
    world = World(nullcontext(database_url), redis_url, tmp_path)
    yield world
    assert world.find_violations() == []
    world.close()


def records_of(world: World, lead: int) -> list[tuple[Any, ...]]:
    statement = "SELECT record_id FROM membership WHERE lead_id = %s AND closed_by IS NULL"
    return world.owner.execute(statement, (lead,)).fetchall()


def outcome_of(disposition: str, number: int, fence: int) -> dict[str, Any]:
    return {"kind": "call", "disposition": disposition, "number_id": number, "fence": fence}


def test_an_older_merge_parts_before_a_newer(world: World) -> None:
    first, second, third = (add_lead(world.owner) for _ in range(3))
    before = [records_of(world, lead) for lead in (first, second, third)]
    older, newer = world.merge(second, first), world.merge(third, second)
    world.part(older)
    world.part(newer)
    assert [records_of(world, lead) for lead in (first, second, third)] == before


def test_a_parted_lead_outlives_the_erasure_of_the_other(world: World) -> None:
    lead, other = add_lead(world.owner), add_lead(world.owner)
    world.part(world.merge(lead, other))
    world.erase(lead)
    assert one(world.owner, "SELECT fields ->> 'company' FROM lead WHERE id = %s", other) is not None
    assert one(
        world.owner, "SELECT r.fields ->> 'company' FROM record AS r WHERE id = %s", records_of(world, other)[0][0]
    )


def test_a_number_of_two_leads_is_forgotten_with_the_second(world: World) -> None:
    number = add_number(world.owner)
    first, second = (add_lead(world.owner, numbers=[number]) for _ in range(2))
    world.erase(first)
    assert one(world.owner, "SELECT callable FROM number WHERE id = %s", number)
    world.erase(second)
    assert one(world.owner, "SELECT e164 FROM number WHERE id = %s", number) is None


def test_a_merge_with_a_suppressed_lead_revokes(world: World) -> None:
    """The union of both is barred, so nobody may go on calling it."""
    world.upload(world.sources[0], [["Stolarnia Dąb", "Anna Lis", "+48600100200", "", "anna@dab-meble.pl", "Kraków"]])
    world.upload(world.sources[0], [["Huta Mewa", "Ewa Nowak", "+48600100201", "", "", "Gdańsk"]])
    (suppressed,) = world.claim(world.reps[0])
    (held,) = world.claim(world.reps[1])
    number = suppressed.lead["numbers"][0]["id"]
    world.contact(world.reps[0], suppressed.id, outcome_of("do_not_call", number, suppressed.fence))
    world.merge(held.lead_id, suppressed.lead_id)
    assert one(world.owner, "SELECT end_reason FROM assignment WHERE id = %s", held.id) == "revoked"


def test_erasure_frees_the_site_of_a_withdrawn_promise(world: World) -> None:
    site = add_site(world.owner)
    lead, colleague = (add_lead(world.owner, site=site) for _ in range(2))
    (card,) = world.claim(world.reps[0])
    world.hand_off(world.reps[0], card.id, card.fence, world.reps[1])
    world.erase(lead)
    assert [card.lead_id for card in world.claim(world.reps[2])] == [colleague]


def test_a_row_of_a_suppressed_person_revokes(world: World) -> None:
    row = ["Stolarnia Dąb", "Anna Lis", "+48600100200", "", "", "Kraków"]
    world.upload(world.sources[0], [row])
    (card,) = world.claim(world.reps[0])
    world.suppress_email("anna@dab-meble.pl")
    world.upload(world.sources[1], [[*row[:4], "anna@dab-meble.pl", "Kraków"]])
    assert one(world.owner, "SELECT end_reason FROM assignment WHERE id = %s", card.id) == "revoked"


def test_a_stale_fence_leaves_the_stage(world: World) -> None:
    lead = add_lead(world.owner)
    (stale,) = world.claim(world.reps[0])
    world.reclaim([stale.id])
    world.claim(world.reps[1])
    number = stale.lead["numbers"][0]["id"]
    answer = world.contact(world.reps[0], stale.id, {**outcome_of("hung_up", number, stale.fence), "stage": "proposal"})
    assert answer.late
    assert one(world.owner, "SELECT stage FROM lead WHERE id = %s", lead) == "qualification"


def test_a_person_may_join_what_was_parted(world: World) -> None:
    first, second = add_lead(world.owner), add_lead(world.owner)
    world.part(world.merge(first, second))
    world.merge(first, second)
    assert world.top(second) == first


def test_a_promise_kept_after_a_merge_frees_both_sites(world: World) -> None:
    sites = [add_site(world.owner) for _ in range(2)]
    lead, other = (add_lead(world.owner, site=site) for site in sites)
    (card,) = world.claim(world.reps[0])
    world.hand_off(world.reps[0], card.id, card.fence, world.reps[1])
    world.merge(other, lead)
    colleague = add_lead(world.owner, site=sites[0])
    (kept,) = world.claim(world.reps[1])
    assert world.claim(world.reps[2]) == []
    number = kept.lead["numbers"][0]["id"]
    world.contact(world.reps[1], kept.id, outcome_of("company_closed", number, kept.fence))
    assert [card.lead_id for card in world.claim(world.reps[2])] == [colleague]
