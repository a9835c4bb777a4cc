"""Learning from the base: told first, then standing for what comes later; what was decided keeps its version."""

import json

import pytest
from click.testing import CliRunner

from services import clock
from services.cleaner.training import look
from services.cli import COMMANDS, cli
from shared.domain.errors import Refused
from shared.hygiene.growth import is_due
from shared.hygiene.training import train_base
from shared.hygiene.weights import find_model
from shared.match.model import default_model
from tests import builders
from tests.integration.line import Line
from tests.unit.company_lists import company_list

_FIELDS = ("company", "street", "city", "postcode", "phone", "website", "email")


def take_companies(line: Line, rows: int = 220, *, seed: int = 1) -> None:
    made = [tuple(cells[field] for field in _FIELDS) for cells, _ in company_list(rows, seed=seed)]
    line.take_list(made, fields=_FIELDS)


def count(line: Line, table: str) -> int:
    return int(builders.one(line.db, f"SELECT count(*) FROM {table}"))


def test_a_dry_run_tells_what_would_move(line: Line) -> None:
    take_companies(line)
    models = count(line, "model")
    said = "UPDATE review SET state = 'distinct', decided_by = %s, decided_at = clock() WHERE id = (SELECT min(id) FROM review)"
    line.db.execute(said, (builders.add_person(line.db),))
    changes = train_base(line.ledger, dry_run=True)
    assert changes is not None
    assert changes.decided == 1
    assert (changes.records, changes.version_before) == (count(line, "record"), "1.shipped")
    assert sum(changes.counts.values()) == changes.pairs > changes.moved >= 0
    assert all(changes.examples[move] for move, found in changes.counts.items() if move[0] != move[1] and found)
    assert (count(line, "training"), count(line, "model")) == (0, models)


def test_the_same_base_teaches_the_same(line: Line) -> None:
    take_companies(line)
    first, second = (train_base(line.ledger, dry_run=False) for _ in range(2))
    assert first is not None
    assert second is not None
    assert (second.version, second.moved) == (first.version, 0)


def test_what_was_learnt_stands_for_single_rows(line: Line) -> None:
    take_companies(line)
    before = builders.one(line.db, "SELECT array_agg((id, model_version) ORDER BY id) FROM match")
    changes = train_base(line.ledger, dry_run=False)
    assert changes is not None
    again = builders.one(line.db, "SELECT array_agg((id, model_version) ORDER BY id) FROM match")
    assert before == again  # what was decided keeps the version that decided it
    row = builders.one(line.db, "SELECT cells FROM raw_row ORDER BY row_no LIMIT 1")
    line.take_list([row], fields=_FIELDS)
    assert builders.one(line.db, "SELECT model_version FROM match ORDER BY id DESC LIMIT 1") == changes.version
    assert line.violations() == []


def test_a_small_base_keeps_the_shipped_weights(line: Line) -> None:
    take_companies(line, 20)
    with pytest.raises(Refused, match="base_too_small"):
        train_base(line.ledger, dry_run=False)
    with line.ledger.reading() as connection:
        assert find_model(connection) == default_model()


def test_growth_by_half_is_due_again(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADMILL_DATABASE_URL", line.settings.database_url())
    monkeypatch.setenv("LEADMILL_DATA", str(line.settings.data))
    with line.ledger.reading() as connection:
        assert not is_due(connection)
    take_companies(line)
    look()
    look()
    assert count(line, "training") == 1
    line.db.execute("SELECT setval('record_id_seq', 10000)")
    take_companies(line, 5, seed=2)
    look()
    assert count(line, "training") == 2


def test_the_clock_looks_for_growth() -> None:
    assert clock.DUTIES["train"].run is clock.ring_for_training


def test_the_command_tells_in_words_and_json(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    take_companies(line)
    monkeypatch.setenv("LEADMILL_DATABASE_URL", line.settings.database_url())
    assert "train" in COMMANDS
    said = CliRunner().invoke(cli, ["train", "--dry-run"])
    assert (said.exit_code, said.output.split(" ")[1:3]) == (0, ["after", "1.shipped:"])
    told = json.loads(CliRunner().invoke(cli, ["train", "--json"]).output)
    assert told["dry_run"] is False
    assert told["pairs"] == sum(change["pairs"] for change in told["changes"])
    assert builders.one(line.db, "SELECT model_version FROM training") == told["version"]
