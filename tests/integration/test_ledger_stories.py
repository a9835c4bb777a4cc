"""Stories that the stateful machine told first: each was a broken invariant."""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from tests.builders import add_lead, add_number, one
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
    assert one(world.owner, "SELECT r.fields ->> 'company' FROM record AS r WHERE id = %s", records_of(world, other)[0][0])


def test_a_number_of_two_leads_is_forgotten_with_the_second(world: World) -> None:
    number = add_number(world.owner)
    first, second = (add_lead(world.owner, numbers=[number]) for _ in range(2))
    world.erase(first)
    assert one(world.owner, "SELECT callable FROM number WHERE id = %s", number)
    world.erase(second)
    assert one(world.owner, "SELECT e164 FROM number WHERE id = %s", number) is None
