"""One row through the whole line at once, as a form or a rep brings it."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.hygiene.inline import Taken, take_row
from shared.storage.engine import Ledger
from tests import builders
from tests.integration.line import SECRET, Line

ANNA = {"company": ["Nowak Druk"], "person": ["Anna Nowak"], "phone": ["601 202 303"], "email": ["anna@nowak-druk.pl"]}


@pytest.fixture(params=["intake", "dispatcher"])
def ledger(line: Line, request: pytest.FixtureRequest) -> Iterator[Ledger]:
    opened = Ledger(line.settings.database_url(request.param), application_name="test", max_connections=4)
    yield opened
    opened.dispose()


def take(ledger: Ledger, source: int, fields: Mapping[str, Sequence[str]]) -> Taken:
    with ledger.transaction() as connection:
        return take_row(connection, secret=SECRET, source_id=source, fields=fields)


def test_a_new_row_is_a_queued_lead(line: Line, ledger: Ledger) -> None:
    taken = take(ledger, builders.add_source(line.db, kind="form"), ANNA)
    assert (taken.verdict, taken.row_no) == ("new", 1)
    assert builders.one(line.db, "SELECT count(*) FROM queue_entry WHERE lead_id = %s", taken.lead_id) == 1
    assert line.violations() == []


def test_the_same_row_again_is_merged(line: Line, ledger: Ledger) -> None:
    source = builders.add_source(line.db, kind="form")
    first, second = take(ledger, source, ANNA), take(ledger, source, {**ANNA, "city": ["Warszawa"]})
    assert (second.verdict, second.reason, second.lead_id) == ("merged", "known", first.lead_id)
    assert second.row_no == 2
    assert line.violations() == []


def test_an_empty_row_is_rejected(line: Line, ledger: Ledger) -> None:
    taken = take(ledger, builders.add_source(line.db, kind="form"), {"city": ["Warszawa"]})
    assert (taken.verdict, taken.reason, taken.lead_id) == ("rejected", "empty_lead", None)


def test_several_values_of_a_field_are_kept(line: Line, ledger: Ledger) -> None:
    source = builders.add_source(line.db, kind="form")
    take(ledger, source, ANNA)
    taken = take(
        ledger, source, {"company": ["Lipowa"], "phone": ["602 303 404", "603 404 505"], "custom:range": ["oak"]}
    )
    cells = builders.one(line.db, "SELECT cells FROM raw_row WHERE upload_id = %s AND row_no = 2", taken.upload_id)
    assert [cell for cell in cells if cell] == ["Lipowa", "602 303 404", "603 404 505", "oak"]
    assert builders.one(line.db, "SELECT count(*) FROM lead_number WHERE lead_id = %s", taken.lead_id) == 2


def test_the_same_row_by_two_at_once_is_one_lead(line: Line, ledger: Ledger) -> None:
    sources = [builders.add_source(line.db, kind="form") for _ in range(3)]
    with ThreadPoolExecutor(3) as threads:
        taken = list(threads.map(lambda source: take(ledger, source, ANNA), sources))
    assert len({one.lead_id for one in taken}) == 1
    assert sorted(one.verdict for one in taken) == ["merged", "merged", "new"]
