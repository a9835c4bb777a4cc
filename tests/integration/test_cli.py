"""The command line as a person or a script meets it: exit codes, what goes where, how fast it starts."""

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from services.cli import COMMANDS, run
from shared.domain.errors import Refused, Superseded, Unavailable


def leadmill(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "services.cli", *arguments]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LEADMILL_")}
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**kept, **environ})


def test_help_lists_every_command() -> None:
    done = leadmill("--help")
    assert done.returncode == 0
    assert all(f"\n  {name} " in done.stdout for name in COMMANDS)


def test_unknown_command_is_usage_error() -> None:
    done = leadmill("fly")
    assert (done.returncode, done.stdout) == (2, "")
    assert "No such command 'fly'" in done.stderr


def test_bad_setting_is_usage_error_without_traceback() -> None:
    done = leadmill("status", LEADMILL_LOG_LEVEL="loud")
    assert done.returncode == 2
    assert done.stderr == "leadmill: LEADMILL_LOG_LEVEL is 'LOUD'; it must be one of DEBUG, INFO, WARNING, ERROR\n"


def test_status_of_nothing_is_unreachable(tmp_path: Path) -> None:
    done = leadmill("status", "--json", LEADMILL_DATA=str(tmp_path))
    assert (done.returncode, done.stdout) == (4, "")
    assert "leadmill up" in done.stderr


def test_schema_is_brought_up_to_date(empty_database_url: str) -> None:
    before = leadmill("db", "check", "--json", LEADMILL_DATABASE_URL=empty_database_url)
    upgrade = leadmill("db", "upgrade", LEADMILL_DATABASE_URL=empty_database_url)
    after = leadmill("db", "check", "--json", LEADMILL_DATABASE_URL=empty_database_url)
    assert (before.returncode, upgrade.returncode, after.returncode) == (1, 0, 0)
    assert json.loads(before.stdout)["schema"] is None
    assert json.loads(after.stdout)["current"] is True


def test_absent_database_is_unreachable() -> None:
    done = leadmill("db", "check", LEADMILL_DATABASE_URL="postgresql://x@127.0.0.1:1/x")
    assert done.returncode == 4
    assert "the database cannot be reached: connection failed: connection to server at" in done.stderr


def test_status_imports_little() -> None:
    program = "import sys; from services.stack import status_command; import services.cli; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {"sqlalchemy", "rq", "flask", "psycopg", "structlog"} & set(done.stdout.split())


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Unavailable("ledger_unavailable", "try again"), 4),
        (Refused("country_not_enabled", "switch it on"), 5),
        (Superseded("assignment_lost", "somebody was first"), 1),
        (FileNotFoundError(2, "No such file or directory", "list.csv"), 1),
        (ZeroDivisionError(), 1),
        (click.UsageError("no"), 2),
        (KeyboardInterrupt(), 130),
    ],
)
def test_every_error_has_its_exit_code(error: BaseException, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> object:
        raise error

    assert run(fail) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Traceback" not in captured.err


@pytest.mark.parametrize(("answer", "code"), [(None, 0), (3, 3)])
def test_answer_of_command_is_exit_code(answer: object, code: int) -> None:
    assert run(lambda: answer) == code
