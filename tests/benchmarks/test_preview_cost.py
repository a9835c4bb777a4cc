"""What it costs to say what will become of a whole list, against cleaning a tenth of it: time of this process."""

import time
from itertools import islice
from pathlib import Path
from typing import Final

import pytest

from services.intake.expecting import expect
from services.intake.reading.inspection import inspect_file
from services.intake.reading.rows import Row, read_rows
from shared.hygiene.reading import Rules, fields_of, read_row
from shared.storage.engine import Ledger
from tests.benchmarks.side_by_side import report, time_once

_ROWS: Final = 200_000
_HEADER: Final = "company;person;phone;email;street;city;postcode;country;website;note"
_FIELDS: Final = _HEADER.split(";")
_RULES: Final = Rules(bytes(32), _FIELDS, "PL", {"PL": True})


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    """A list of companies, each with a number of its own."""
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(_HEADER + "\r\n")
        for n in range(_ROWS):
            place = f"ul. Łąkowa {n % 200};Łódź;90-{n % 1000:03d};PL"
            person, number = f"Jan Lis {n % 900}", f"+48 601 {n // 1000:03d} {n % 1000:03d}"
            file.write(f"Firma {n} Sp. z o.o.;{person};{number};biuro@firma{n}.pl;{place};firma{n}.pl;uwaga {n}\r\n")
    return path


def test_counts_of_a_whole_list_cost_less_than_cleaning_a_third(database_url: str, listing: Path) -> None:
    plan = inspect_file(listing, sample_only=True).reading
    rows = [item.cells for item in islice(read_rows(listing, plan), _ROWS // 10) if isinstance(item, Row)]
    ledger = Ledger(database_url, application_name="leadmill-bench", max_connections=1)

    def clean() -> None:
        for number, cells in enumerate(rows, 1):
            read_row(_RULES, number, fields_of(_RULES, cells))

    def count() -> None:
        with ledger.reading() as connection:
            still = expect(connection, listing, plan, _RULES, purpose="new", monotonic=lambda: 0.0)
        assert (still.counts["new", "new"], still.is_whole) == (_ROWS, True)

    try:
        before, counting, after = (time_once(action, time.process_time) for action in (clean, count, clean))
    finally:
        ledger.dispose()
    ratio = report(f"{_ROWS} rows", ("cleaning a tenth", (before + after) / 2), ("the counts of all", counting))
    assert ratio < 10 / 3
