"""A new numbering plan: told first, then written; what may no longer be called leaves the rep who holds it."""

import json
from dataclasses import replace
from typing import Any

import pytest
from click.testing import CliRunner

from services.cli import COMMANDS, cli
from shared.hygiene.renormalising import judge, renormalise
from shared.normalise.phone import PLAN_VERSION
from shared.storage.engine import Ledger
from shared.storage.number_plan import Judged
from tests.builders import add_lead, add_number, add_person, observe, one

pytestmark = pytest.mark.usefixtures("sound")


def deny(old: Judged) -> Judged:
    return replace(old, valid=False, dialable=False, type="unknown")


def test_a_dry_run_tells_and_writes_nothing(db: Any, ledger: Ledger) -> None:
    number = add_number(db, "+48221234567")
    changes = renormalise(ledger, dry_run=True)
    assert (changes.judged, changes.changed, dict(changes.counts)) == (1, 1, {"type: mobile -> fixed_line": 1})
    assert changes.examples == {"type: mobile -> fixed_line": [number]}
    assert one(db, "SELECT type FROM number") == "mobile"


def test_a_number_is_judged_once_by_a_plan(db: Any, ledger: Ledger) -> None:
    add_number(db, "+48221234567"), add_number(db, "+48600000001")
    changes = renormalise(ledger, dry_run=False)
    assert (changes.judged, changes.changed) == (2, 1)
    assert one(db, "SELECT type FROM number ORDER BY id") == "fixed_line"
    assert one(db, "SELECT array_agg(DISTINCT plan_version) FROM number") == [PLAN_VERSION]
    assert renormalise(ledger, dry_run=False).judged == 0


def test_a_number_that_the_plan_denies_leaves_its_rep(db: Any, ledger: Ledger) -> None:
    add_lead(db)
    db.execute("SELECT claim_next(%s)", (add_person(db),))
    renormalise(ledger, dry_run=False, judge_number=deny)
    assert one(db, "SELECT line_status FROM number") == "invalid"
    assert one(db, "SELECT end_reason FROM assignment") == "revoked"
    assert one(db, "SELECT count(*) FROM queue_entry") == 0


def test_what_comes_back_into_the_plan_is_what_its_evidence_says(db: Any, ledger: Ledger, database_url: str) -> None:
    number = add_number(db)
    lead = add_lead(db, numbers=[number])
    observe(database_url, number, "unallocated", provider="probe")
    renormalise(ledger, dry_run=False, plan_version="next", judge_number=deny)
    assert one(db, "SELECT closed_reason FROM quarantine") == "renormalised"
    renormalise(ledger, dry_run=False)
    assert one(db, "SELECT line_status FROM number") == "dead"
    assert one(db, "SELECT count(*) FROM queue_entry WHERE lead_id = %s", lead) == 0


def test_what_cannot_be_read_is_denied() -> None:
    assert not judge(Judged(1, "+999123456", None, "mobile", True, True)).valid


def test_the_command_tells_in_lines_and_json(db: Any, ledger: Ledger, database_url: str) -> None:
    add_number(db, "+48221234567")
    runner, environ = CliRunner(), {"LEADMILL_DATABASE_URL": database_url}
    told = json.loads(runner.invoke(cli, ["renormalise", "--dry-run", "--json"], env=environ).output)
    assert (told["judged"], told["changed"], told["changes"][0]["count"]) == (1, 1, 1)
    assert "1 would change" in runner.invoke(cli, ["renormalise", "--dry-run"], env=environ).output
    assert "1 changed" in runner.invoke(cli, ["renormalise"], env=environ).output
    assert "renormalise" in COMMANDS
