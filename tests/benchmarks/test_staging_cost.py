"""What reading and staging a list costs, against a bare csv.reader that feeds a binary COPY.

Asked: a million rows of ten columns within 2.5 times.
"""

import csv
from pathlib import Path
from typing import Final

import pytest

from tests.benchmarks.side_by_side import report, time_once
from tests.builders import Connection, connect, one
from tests.integration.intake_app import read_lists, running_intake

_ROWS: Final = 1_000_000
_HEADER: Final = "company;person;phone;email;street;city;postcode;country;website;note"
_COPY: Final = b"COPY raw_row (upload_id, row_no, line_no, cells) FROM STDIN (FORMAT binary)"


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    """A list of companies."""
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(_HEADER + "\r\n")
        for n in range(_ROWS):
            place = f"ul. Łąkowa {n % 200};Łódź;90-{n % 1000:03d};PL"
            file.write(
                f"Firma {n} Sp. z o.o.;Jan Lis;+48 601 {n:06d};biuro@firma{n}.pl;{place};firma{n}.pl;uwaga {n}\r\n"
            )
    return path


def stage_barely(db: Connection, path: Path, upload: int) -> None:
    """The least that could stage a list: no encoding, dialect, chunk, fence or complaint."""
    with path.open(encoding="utf-8", newline="") as file, db.cursor() as cursor, cursor.copy(_COPY) as copy:
        copy.set_types(("int8", "int8", "int8", "text[]"))
        rows = csv.reader(file, delimiter=";")
        next(rows)
        for number, cells in enumerate(rows, 1):
            copy.write_row((upload, number, number + 1, cells))


def test_staging_costs_a_few_bare_copies(database_url: str, tmp_path: Path, listing: Path) -> None:
    with running_intake(database_url, tmp_path) as intake, connect(database_url) as db:
        before = time_once(lambda: stage_barely(db, listing, -1))
        answer = intake.upload(intake.add_source(), listing.read_bytes())
        assert answer.status == 202, answer.text
        ours = time_once(lambda: read_lists(intake))
        after = time_once(lambda: stage_barely(db, listing, -2))
        assert one(db, "SELECT count(*) FROM raw_row") == 3 * _ROWS
    bare = (before + after) / 2
    ratio = report(f"reading and staging {_ROWS} rows of 10", ("a bare COPY", bare), ("the read job", ours))
    assert ratio < 2.5
