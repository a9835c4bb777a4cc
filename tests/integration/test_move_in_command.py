"""The command `move-in` against intake on a real port."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from services.move_in_command import move_in
from tests.builders import connect, one
from tests.integration.intake_app import Intake
from tests.integration.test_upload_command import intake, url, working  # noqa: F401 - fixtures

CLIENTS = """external_id;company;phone;city;owner;status;last contact at;do not call
C-1;Kwiat Sp. z o.o.;+48 601 100 200;Radom;Ewa Maj;klient;2026-01-05;
C-2;Las S.A.;+48 601 100 201;Lublin;E. Maj;potencjalny;;
C-3;Dom Sp. j.;+48 601 100 202;Opole;;;;x
"""
CONTACTS = "external_id;at;by;outcome;note\nC-2;2026-02-01 10:00;Ewa Maj;callback;wants a price\nC-9;2026-02-01;;;\n"
MAPPING = {"last contact at": "last_contact_at", "do not call": "do_not_call", "owner": "owner", "status": "status"}


def call(intake: Intake, url: str, *arguments: str) -> Result:  # noqa: F811 - fixtures
    folder = intake.settings.data
    (folder / "clients.csv").write_text(CLIENTS)
    (folder / "contacts.csv").write_text(CONTACTS)
    (folder / "mapping.json").write_text(json.dumps(MAPPING))
    (folder / "owners.json").write_text(json.dumps({"E. Maj": "Ewa Maj"}))
    given = [str(folder / "clients.csv"), "--contacts", str(folder / "contacts.csv"), "--country", "PL"]
    given += ["--mapping", str(folder / "mapping.json"), "--intake", url, "--token-file", str(folder / "token")]
    return CliRunner().invoke(move_in, [*given, *arguments], obj=intake.settings)


def add_ewa(intake: Intake) -> None:  # noqa: F811
    with connect(intake.database_url) as db:
        db.execute("INSERT INTO person (name, role) VALUES ('Ewa Maj', 'rep')")


def counts(intake: Intake, *tables: str) -> dict[str, Any]:  # noqa: F811
    with connect(intake.database_url) as db:
        return {table: one(db, f"SELECT count(*) FROM {table}") for table in tables}


@pytest.mark.usefixtures("working")
def test_a_base_moves_in_with_its_contacts(intake: Intake, url: str) -> None:  # noqa: F811
    add_ewa(intake)
    result = call(intake, url, "--owners", str(intake.settings.data / "owners.json"), "--json")
    assert result.exit_code == 3, result.output
    told = json.loads(result.stdout)
    found = told["clients"]["findings"]
    assert (found["clients"], found["customers"], found["owned"], found["opted_out"]) == (3, 1, 2, 1)
    assert (told["contacts"]["rows"]["merged"], told["contacts"]["rows"]["rejected"]) == (1, 1)
    assert counts(intake, "contact", "note") == {"contact": 2, "note": 1}


@pytest.mark.usefixtures("working")
def test_a_trial_shows_what_will_follow(intake: Intake, url: str) -> None:  # noqa: F811
    add_ewa(intake)
    result = call(intake, url, "--dry-run")
    assert "1  of them customers" in result.stdout
    assert "nobody here is 'E. Maj' (unknown): 1 rows" in result.stdout
    assert "2  contacts made before" in result.stdout
    assert counts(intake, "lead", "raw_row", "contact", "suppression") == {
        "lead": 0, "raw_row": 0, "contact": 0, "suppression": 0,
    }  # fmt: skip
    assert not [path for path in (intake.settings.data / "blobs").rglob("*") if path.is_file()]
