"""What a preview says will become of the rows of a list, against what became of them."""

from collections import Counter
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from services.intake.expecting import MAX_S, expect
from services.intake.reading.inspection import inspect_file
from shared.hygiene.reading import Rules
from shared.storage.engine import Ledger
from tests.integration.intake_app import Intake, ready_upload, run_line

HEAD = "company;phone;person;email;city\n"
BASE = HEAD + (
    "Kwiat Sp. z o.o.;+48 601 100 200;Jan Nowak;jan@kwiat.pl;Radom\n"
    "Las S.A.;22 555 01 10;;biuro@las.pl;Warszawa\n"
    "Sad S.A.;+48 601 100 300;Anna Lis;;Kielce\n"
)
MIXED = HEAD + (
    "Kwiat;601 100 200;Jan Nowak;;Radom\n"  # known by its number
    "Las SA;;;biuro@las.pl;Warszawa\n"  # known by its address
    "Sad S.A.;601100300;Ewa Gil;;Kielce\n"  # somebody else on a known number
    "Bez S.A.;+48 601 100 400;;;Opole\n"
    "Bez SA;601100400;;;Opole\n"  # the same again
    "Bez SA;601100400;Adam Bąk;;Opole\n"  # the same, now with a name
    ";;;;\n"
    "-;;;;\n"
    "Mak S.A.;brak;;info@mak.pl;Gdynia\n"
    "Dąb S.A.;4.479E+11;;;Gdynia\n"
    "Klon S.A.;+48 111 111 11;;;Gdynia\n"
    "Buk S.A.;+48 601 100 500;;x@zakaz.pl;Gdynia\n"
    "Grab S.A.;+48 601 100 600;;;Gdynia\n"
    "Jesion S.A.;+48 601 100 600, +48 601 100 601;;;Elbląg\n"
)


def suppress(intake: Intake, rows: str) -> None:
    answer = intake.upload(intake.add_source(kind="own"), rows.encode(), purpose="suppress", confirmed="true")
    assert answer.status == 202, answer.body
    run_line(intake)
    assert intake.show(answer.body["id"])["state"] == "ready"


def expected_of(intake: Intake, upload: str, query: str = "") -> Any:
    answer = intake.ask("GET", f"/v1/uploads/{upload}/preview{query}")
    assert answer.status == 200, answer.body
    return answer.body["expected"]


def verdicts_of(expected: Any) -> Counter[str]:
    """Rows by verdict; what is in doubt is expected to join."""
    rows = Counter(expected["rows"])
    rows["merged"] += rows.pop("review")
    return rows


def reasons_of(expected: Any) -> Counter[str]:
    """Rows by reason, those apart that join something."""
    joins = ("merged", "review")
    return Counter({one["reason"]: one["rows"] for one in expected["reasons"] if one["verdict"] not in joins})


def test_preview_says_what_will_become_of_all_rows(intake: Intake) -> None:
    ready_upload(intake, BASE.encode())
    suppress(intake, "email;phone\nx@zakaz.pl;\n;+48601100600\n")
    upload = intake.upload(intake.add_source(), MIXED.encode(), ask="true").body["id"]
    before = expected_of(intake, upload)
    intake.ask("POST", f"/v1/uploads/{upload}/start")
    run_line(intake)
    after = expected_of(intake, upload)
    assert (before["is_final"], before["is_whole"], after["is_final"]) == (False, True, True)
    assert after["rows"] == intake.show(upload)["rows"]
    assert verdicts_of(before) == verdicts_of(after)
    assert reasons_of(before) == reasons_of(after)


def test_dry_run_tells_at_once_and_in_the_end(intake: Intake) -> None:
    ready_upload(intake, BASE.encode())
    upload = intake.upload(intake.add_source(), MIXED.encode(), dry_run="true").body["id"]
    before = expected_of(intake, upload)
    run_line(intake)
    after = expected_of(intake, upload)
    assert before["rows"]["read"] == after["rows"]["read"] == 13
    assert verdicts_of(before) == verdicts_of(after)
    assert reasons_of(before) == reasons_of(after)


def test_another_mapping_changes_what_is_expected(intake: Intake) -> None:
    upload = intake.upload(intake.add_source(), MIXED.encode(), ask="true").body["id"]
    assert expected_of(intake, upload)["rows"]["new"] > 0
    answer = intake.ask("PATCH", f"/v1/uploads/{upload}", {"mapping": {"phone": "ignore", "email": "ignore"}})
    assert answer.status == 200, answer.body
    assert expected_of(intake, upload)["rows"]["new"] == 0


def test_preview_without_counts_looks_at_the_first_rows_only(intake: Intake) -> None:
    upload = intake.upload(intake.add_source(), MIXED.encode(), ask="true").body["id"]
    assert expected_of(intake, upload, "?counts=false") is None


@pytest.mark.parametrize("purpose", ["update", "closed"])
def test_list_that_creates_nothing_expects_no_new_lead(intake: Intake, purpose: str) -> None:
    ready_upload(intake, BASE.encode())
    rows = HEAD + "Kwiat;601 100 200;Jan Nowak;nowak@kwiat.pl;Radom\nIwa S.A.;601100900;;;Opole\n"
    upload = intake.upload(intake.add_source(), rows.encode(), purpose=purpose, ask="true").body["id"]
    before = expected_of(intake, upload)
    intake.ask("POST", f"/v1/uploads/{upload}/start")
    run_line(intake)
    assert before["rows"] == expected_of(intake, upload)["rows"]


def test_list_that_bars_expects_nothing(intake: Intake) -> None:
    upload = intake.upload(intake.add_source(), b"phone\n601100900\n", purpose="suppress", ask="true").body["id"]
    assert expected_of(intake, upload) is None


def test_list_too_long_for_seconds_says_that_it_is_not_whole(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("company;phone\n" + "".join(f"Firma {n};601 {n:06d}\n" for n in range(6000)))
    rules = Rules(bytes(32), ["company", "phone"], "PL", {"PL": True})
    hours = count(step=int(MAX_S) + 1)
    with ledger.reading() as connection:
        found = expect(
            connection, path, inspect_file(path).reading, rules, purpose="new", monotonic=lambda: float(next(hours))
        )
    assert (found.counts.total(), found.is_whole) == (5000, False)
