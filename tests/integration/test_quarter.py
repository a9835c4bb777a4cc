"""A quarter of a firm on a moved clock: nobody is called by two, rests hold, promises are kept, no rep waits in vain, no lead starves."""

from datetime import timedelta
from pathlib import Path

import click
import pytest

from tests.conftest import MakeDatabase
from tests.quarter.checks import count_clashes, count_starved, find_unevenness, read_promises
from tests.quarter.firm import Firm
from tests.quarter.run import Quarter
from tests.quarter.scale import Scale

SMALL = Scale(reps=6, companies=250, leads=400, weeks=2, calls=20, requests=2, chores_every_minutes=90)
WHOLE = Scale(reps=60, companies=25_000, leads=40_000, weeks=13, calls=80, requests=60, chores_every_minutes=15)


def live(make_database: MakeDatabase, redis_url: str, folder: Path, scale: Scale) -> Firm:
    firm = Firm(make_database(), redis_url, folder, scale)
    Quarter(firm).pass_by()
    return firm


def check(firm: Firm) -> None:
    """All that a quarter must show, from the ledger's history."""
    clashes = count_clashes(firm.owner)
    assert clashes == dict.fromkeys(clashes, 0)
    promises = read_promises(firm.owner)
    for told in promises:
        click.echo(str(told))
    owed = [told for told in promises if told["kind"] != "retry"]  # a retry is ours, nobody was promised it
    assert sum(told["lost"] for told in owed) <= 0.01 * sum(told["due"] for told in owed), promises
    assert firm.noticed.looked > 0
    assert firm.noticed.missed == []
    assert count_starved(firm.owner, timedelta(days=1), any_rank=False) == 0  # a day's list is mixed within the day
    assert count_starved(firm.owner, timedelta(days=42), any_rank=True) == 0
    assert firm.find_violations() == []


@pytest.mark.slow
def test_two_weeks_of_a_small_firm(make_database: MakeDatabase, redis_url: str, tmp_path: Path) -> None:
    firm = live(make_database, redis_url, tmp_path, SMALL)
    try:
        check(firm)
    finally:
        firm.close()


@pytest.mark.long
def test_a_quarter_of_sixty_reps(make_database: MakeDatabase, redis_url: str, tmp_path: Path) -> None:
    firm = live(make_database, redis_url, tmp_path, WHOLE)
    try:
        check(firm)
        unevenness = find_unevenness(firm.owner, 500)
        click.echo(f"a rank's share of a rep's cold leads differs by {unevenness:.3f} at most")
        assert 0 < unevenness <= 0.05
    finally:
        firm.close()
