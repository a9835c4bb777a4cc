"""A new row proves that two known leads are one, while reps may be at work on them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import builders
from tests.integration.line import Line, open_line

FIRST = ("", "Anna Nowak", "601 202 303", "", "", "", "PL")
SECOND = ("Druk Polna", "A. Nowak", "602 303 404", "biuro.anny@druk-polna.pl", "ul. Polna 3", "Warszawa", "PL")
BOTH = (SECOND[0], FIRST[1], f"{FIRST[2]}; {SECOND[2]}", *SECOND[3:])


@pytest.fixture
def line(database_url: str, tmp_path: Path) -> Iterator[Line]:
    opened = open_line(database_url, tmp_path)
    builders.lift_hours(opened.db)
    yield opened
    opened.ledger.dispose()
    opened.db.close()


def two_leads(line: Line) -> list[int | None]:
    leads = [line.leads(line.take_list([row]))[0] for row in (FIRST, SECOND)]
    assert len(set(leads)) == 2
    return leads


def hold(line: Line, lead: int | None) -> None:
    """Lets a new rep hold this lead."""
    line.db.execute("UPDATE queue_entry SET rank = 0 WHERE lead_id = %s", (lead,))
    assignment = builders.one(line.db, "SELECT assignment_id FROM claim_next(%s)", builders.add_person(line.db))
    assert builders.one(line.db, "SELECT lead_id FROM assignment WHERE id = %s", assignment) == lead
    line.db.execute("SELECT refresh_queue(ARRAY[%s]::bigint[])", (lead,))


def states(line: Line, leads: list[int | None]) -> list[object]:
    return [builders.one(line.db, "SELECT state FROM lead WHERE id = %s", lead) for lead in leads]


def test_two_free_leads_are_joined(line: Line) -> None:
    leads = two_leads(line)
    upload = line.take_list([BOTH])
    assert states(line, leads) == ["active", "merged"]
    assert line.leads(upload) == leads[:1]
    assert line.violations() == []


def test_a_merge_names_the_pair_that_speaks_for_it(line: Line) -> None:
    two_leads(line)
    line.take_list([BOTH])
    pair = "SELECT m.decision FROM merge JOIN match AS m ON m.id = merge.match_id"
    assert builders.one(line.db, pair) == "merge"


def test_the_held_lead_stays(line: Line) -> None:
    leads = two_leads(line)
    hold(line, leads[1])
    upload = line.take_list([BOTH])
    assert states(line, leads) == ["merged", "active"]
    assert line.leads(upload) == leads[1:]
    assert line.violations() == []


def test_two_held_leads_wait(line: Line) -> None:
    leads = two_leads(line)
    for lead in leads:
        hold(line, lead)
    line.take_list([BOTH])
    assert states(line, leads) == ["active", "active"]
    assert builders.one(line.db, "SELECT count(*) FROM review WHERE origin = 'pending' AND state = 'open'") == 1
    assert line.violations() == []
