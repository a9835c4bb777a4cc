"""A stack for the length of a block, as `clean` and `demo` need it, and the command that tells of it."""

import json
import os
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner

from services.stack.launch import StackFailed, wait_for
from services.stack.plan import Scale
from services.stack.state import find_state
from services.stack.status_command import status
from services.stack.supervisor import running_stack
from shared.config import BadSetting, Settings, read_settings

SERVERS_ONLY = Scale(workers=0, web=False, clock=False)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({"LEADMILL_DATA": str(tmp_path / "data")})


def test_ledger_is_there_inside_the_block_only(settings: Settings) -> None:
    with running_stack(settings, SERVERS_ONLY, os.environ) as stack:
        url = stack.settings.database_url("intake")
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT current_user").fetchone() == ("leadmill_intake",)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_given_servers_are_used_not_started(settings: Settings, database_url: str, redis_url: str) -> None:
    given = replace(settings, common_database_url=database_url, redis_url=redis_url)
    with running_stack(given, SERVERS_ONLY, os.environ) as stack:
        assert stack.tell_state().processes == []
        assert stack.settings.database_url() == database_url


def test_doorbell_can_be_left_out(settings: Settings) -> None:
    with running_stack(settings, replace(SERVERS_ONLY, doorbell=False), os.environ) as stack:
        assert [process.name for process in stack.tell_state().processes] == ["postgres"]


def test_second_stack_of_folder_is_refused(settings: Settings) -> None:
    with (
        running_stack(settings, replace(SERVERS_ONLY, doorbell=False), os.environ),
        pytest.raises(StackFailed, match="another leadmill runs"),
        running_stack(settings, SERVERS_ONLY, os.environ),
    ):
        pass


def test_emptied_folder_begins_anew(settings: Settings) -> None:
    scale = replace(SERVERS_ONLY, doorbell=False)
    with running_stack(settings, scale, os.environ) as stack:
        first = stack.folder.admin_token.read_text()
    with running_stack(settings, scale, os.environ, empty=True) as stack:
        assert stack.folder.admin_token.read_text() != first


def test_service_login_without_owners_is_refused(settings: Settings) -> None:
    incomplete = replace(settings, service_database_urls={"clock": "postgresql://x@h/b"})
    with (
        pytest.raises(BadSetting, match="LEADMILL_CLOCK_DATABASE_URL is set, so LEADMILL_DATABASE_URL"),
        running_stack(incomplete, SERVERS_ONLY, os.environ),
    ):
        pass


def test_tending_brings_back_what_died(settings: Settings) -> None:
    with running_stack(settings, replace(SERVERS_ONLY, doorbell=False), os.environ) as stack:
        before = stack.tell_state().processes[0].pid
        assert before is not None
        os.kill(before, 9)

        def is_back() -> bool:
            stack.tend()
            (process,) = stack.tell_state().processes
            return process.pid not in (None, before) and process.state == "running"

        assert wait_for(is_back, timeout_s=60)
        told = find_state(settings.data)
        assert told is not None
        assert told.processes == stack.tell_state().processes


def test_status_tells_people_and_programs(settings: Settings) -> None:
    with running_stack(settings, SERVERS_ONLY, os.environ) as stack:
        as_json = CliRunner().invoke(status, ["--json"], obj=settings)
        as_text = CliRunner().invoke(status, [], obj=settings)
        assert json.loads(as_json.stdout)["database_url"] == stack.settings.database_url()
        assert f"admin token  {stack.folder.admin_token}" in as_text.stdout
        assert stack.settings.database_url() not in as_text.stdout
    assert CliRunner().invoke(status, [], obj=settings).exit_code == 4
