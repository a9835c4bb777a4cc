"""What a claim costs at a million leads and at twenty thousand: at any hour, and with nine of ten zones closed.

Asked: at a million at most 1.3 times what it costs at twenty thousand; held by the CPU of the database. Of 24 zones an hour
apart two or three are open at a time: 87 to 92 % are closed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from typing import Final

import click
import pytest

from tests.benchmarks.cpu import Desk, measure_in_turns
from tests.benchmarks.side_by_side import add_waiting_leads, report
from tests.benchmarks.zones import mind_hours, spread_over_zones
from tests.builders import Connection, add_person, connect, lift_hours, one
from tests.conftest import MakeDatabase

SMALL: Final = 20_000
LARGE: Final = 1_000_000
_CLAIMS: Final = 600
_REPS: Final = 20


@pytest.fixture(scope="module")
def bases(make_database: MakeDatabase) -> Iterator[tuple[Connection, Connection]]:
    """Two bases of the same make."""
    with (
        make_database() as small_url,
        make_database() as large_url,
        connect(small_url) as small,
        connect(large_url) as large,
    ):
        for db, leads in ((small, SMALL), (large, LARGE)):
            add_waiting_leads(db, leads)
            spread_over_zones(db)
            lift_hours(db)
        yield small, large


@contextmanager
def claiming(db: Connection) -> Iterator[tuple[Callable[[], None], Desk]]:
    """Gives an action that claims one lead for the next of some reps, and where it does."""
    reps = cycle([add_person(db) for _ in range(_REPS)])
    desk = Desk(db)
    try:

        def claim() -> None:
            desk.ask("SELECT assignment_id FROM claim_next(%s)", next(reps))

        for _ in range(50):
            claim()
        yield claim, desk
    finally:
        desk.close()


def compare(small: Connection, large: Connection, title: str) -> float:
    """Prints both times of a claim in both bases; gives the ratio of the CPU."""
    with claiming(small) as one_small, claiming(large) as one_large:
        few, many = measure_in_turns(_CLAIMS, one_small, one_large)
    report(f"{title}, on the clock", (f"at {SMALL} leads", few[0]), (f"at {LARGE}", many[0]))
    return report(f"{title}, CPU of the database", (f"at {SMALL} leads", few[1]), (f"at {LARGE}", many[1]))


def test_a_claim_costs_the_same_at_a_million_leads(bases: tuple[Connection, Connection]) -> None:
    small, large = bases
    assert compare(small, large, "a claim") <= 1.3


def test_a_claim_costs_the_same_while_nine_of_ten_zones_are_closed(bases: tuple[Connection, Connection]) -> None:
    small, large = bases
    closed = [mind_hours(db) for db in bases]
    click.echo(f"\nclosed: {closed[1]:.0%} of the windows")
    assert min(closed) >= 0.87
    assert one(large, "SELECT count(*) FROM queue_entry WHERE parked_until IS NULL") > 0.9 * LARGE
    assert compare(small, large, "a claim by the hours") <= 1.3
