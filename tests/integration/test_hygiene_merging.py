"""Leads that people join and part: exactly, with the fields that their records then support."""

from collections.abc import Iterator
from typing import Any

import pytest

from shared.domain.errors import Superseded
from shared.hygiene.merging import decide_review, merge_two, part
from shared.storage.engine import Ledger
from tests import builders
from tests.integration.line import Line

ANNA = ("Nowak Druk", "Anna Nowak", "601 202 303", "anna.nowak@nowak-druk.pl", "ul. Polna 3", "Warszawa", "PL")
PIOTR = ("Zieliński Okna", "Piotr Zieliński", "602 303 404", "piotr@zielinski-okna.pl", "ul. Leśna 8", "Kraków", "PL")


@pytest.fixture
def ledger(line: Line) -> Iterator[Ledger]:
    opened = Ledger(line.settings.database_url("dispatcher"), application_name="test", max_connections=1)
    yield opened
    opened.dispose()


def two_leads(line: Line) -> tuple[int, int]:
    first, second = line.leads(line.take_list([ANNA, PIOTR]))
    assert first is not None
    assert second is not None
    return first, second


def fields_of(line: Line, lead: int) -> dict[str, Any]:
    fields: dict[str, Any] = builders.one(line.db, "SELECT fields FROM lead WHERE id = %s", lead)
    return fields


def add_review(line: Line, leads: tuple[int, int]) -> int:
    return int(
        builders.one(
            line.db, "INSERT INTO review (lead_a, lead_b, origin) VALUES (%s, %s, 'matcher') RETURNING id", *leads
        )
    )


def test_a_joined_lead_has_both_numbers(line: Line, ledger: Ledger) -> None:
    first, second = two_leads(line)
    with ledger.transaction() as connection:
        assert merge_two(connection, first, second, reason="test", made_by=None) == first
    assert builders.one(line.db, "SELECT count(*) FROM lead_number WHERE lead_id = %s", first) == 2
    assert len(fields_of(line, first)["email"]) == 2
    assert line.violations() == []


def test_parted_leads_are_as_before(line: Line, ledger: Ledger) -> None:
    first, second = two_leads(line)
    before = fields_of(line, first), fields_of(line, second)
    with ledger.transaction() as connection:
        merge_two(connection, first, second, reason="test", made_by=None)
    with ledger.transaction() as connection:
        part(connection, builders.one(line.db, "SELECT max(id) FROM merge"), reason="wrong", made_by=None)
    assert (fields_of(line, first), fields_of(line, second)) == before
    assert line.violations() == []


def test_parted_leads_stay_apart(line: Line, ledger: Ledger) -> None:
    first, second = two_leads(line)
    with ledger.transaction() as connection:
        merge_two(connection, first, second, reason="test", made_by=None)
    with ledger.transaction() as connection:
        part(connection, builders.one(line.db, "SELECT max(id) FROM merge"), reason="wrong", made_by=None)
    line.take_list([(ANNA[0], ANNA[1], f"{ANNA[2]}; {PIOTR[2]}", f"{ANNA[3]}; {PIOTR[3]}", *ANNA[4:])])
    assert builders.one(line.db, "SELECT count(*) FROM lead WHERE state = 'active'") == 2


def test_a_merge_is_undone_once(line: Line, ledger: Ledger) -> None:
    first, second = two_leads(line)
    with ledger.transaction() as connection:
        merge_two(connection, first, second, reason="test", made_by=None)
        merge = connection.exec_driver_sql("SELECT max(id) FROM merge").scalar_one()
        part(connection, merge, reason="wrong", made_by=None)
    with ledger.transaction() as connection, pytest.raises(Superseded, match="merge_undone"):
        part(connection, merge, reason="again", made_by=None)


def test_a_merged_lead_cannot_be_joined_again(line: Line, ledger: Ledger) -> None:
    first, second = two_leads(line)
    with ledger.transaction() as connection:
        merge_two(connection, first, second, reason="test", made_by=None)
    with ledger.transaction() as connection, pytest.raises(Superseded, match="lead_gone"):
        merge_two(connection, first, second, reason="again", made_by=None)


def test_a_review_joins_its_leads(line: Line, ledger: Ledger) -> None:
    leads = two_leads(line)
    review = add_review(line, leads)
    with ledger.transaction() as connection:
        decide_review(connection, review, "merged", made_by=None)
    assert builders.one(line.db, "SELECT state FROM review WHERE id = %s", review) == "merged"
    assert builders.one(line.db, "SELECT merged_into FROM lead WHERE id = %s", leads[1]) == leads[0]


def test_a_review_tells_its_leads_apart(line: Line, ledger: Ledger) -> None:
    review = add_review(line, two_leads(line))
    with ledger.transaction() as connection:
        decide_review(connection, review, "later", made_by=None)
    with ledger.transaction() as connection:
        decide_review(connection, review, "distinct", made_by=None)
    assert builders.one(line.db, "SELECT count(*) FROM never_same") == 1
    assert line.violations() == []


def test_a_review_is_decided_once(line: Line, ledger: Ledger) -> None:
    review = add_review(line, two_leads(line))
    with ledger.transaction() as connection:
        decide_review(connection, review, "distinct", made_by=None)
    with ledger.transaction() as connection, pytest.raises(Superseded, match="review_decided"):
        decide_review(connection, review, "merged", made_by=None)
