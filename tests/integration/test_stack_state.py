"""What a running stack tells other commands, and what is left of one that crashed."""

from pathlib import Path

import pytest

from services.stack.folder import check_may_be_emptied, empty_data_folder
from services.stack.launch import StackFailed
from services.stack.state import DataFolder, ProcessState, StackState, attach, find_state, held_lock, write_state
from shared.config import read_settings

STATE = StackState(
    urls={"intake": "http://127.0.0.1:1", "dispatcher": "http://127.0.0.1:2"},
    processes=[ProcessState("postgres", 7, "running")],
    admin_token_file="/x/admin.token",
    database_url="postgresql://u:p@/base",
    redis_url="unix:///x.sock",
    ready=True,
)


def test_running_stack_tells_its_state(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    with held_lock(folder) as is_ours:
        assert is_ours
        write_state(folder, STATE)
        assert find_state(tmp_path) == STATE


def test_state_file_of_crash_tells_nothing(tmp_path: Path) -> None:
    with held_lock(DataFolder(tmp_path)):
        write_state(DataFolder(tmp_path), STATE)
    assert find_state(tmp_path) is None


def test_folder_that_never_was_tells_nothing(tmp_path: Path) -> None:
    assert find_state(tmp_path / "none") is None


def test_stack_without_state_yet_tells_nothing(tmp_path: Path) -> None:
    with held_lock(DataFolder(tmp_path)):
        assert find_state(tmp_path) is None


def test_second_holder_is_refused(tmp_path: Path) -> None:
    with held_lock(DataFolder(tmp_path)), held_lock(DataFolder(tmp_path)) as is_ours:
        assert not is_ours


def test_state_is_for_its_owner_only(tmp_path: Path) -> None:
    write_state(DataFolder(tmp_path), STATE)
    assert DataFolder(tmp_path).state.stat().st_mode & 0o777 == 0o600


def test_commands_find_running_stack(tmp_path: Path) -> None:
    with held_lock(DataFolder(tmp_path)):
        write_state(DataFolder(tmp_path), STATE)
        settings = attach(read_settings({"LEADMILL_DATA": str(tmp_path)}))
    assert (settings.database_url(), settings.redis_url) == (STATE.database_url, STATE.redis_url)


def test_given_url_wins_over_running_stack(tmp_path: Path) -> None:
    with held_lock(DataFolder(tmp_path)):
        write_state(DataFolder(tmp_path), STATE)
        settings = attach(read_settings({"LEADMILL_DATA": str(tmp_path), "LEADMILL_REDIS_URL": "redis://h/0"}))
    assert (settings.database_url(), settings.redis_url) == (STATE.database_url, "redis://h/0")


def test_ready_line_names_both_services() -> None:
    assert STATE.ready_line() == "ready intake=http://127.0.0.1:1 dispatcher=http://127.0.0.1:2"


def test_foreign_folder_is_not_emptied(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(StackFailed, match="no data folder of leadmill"):
        check_may_be_emptied(tmp_path)


def test_data_folder_is_emptied_but_for_lock(tmp_path: Path) -> None:
    with held_lock(DataFolder(tmp_path)):
        write_state(DataFolder(tmp_path), STATE)
        (tmp_path / "pg").mkdir()
        check_may_be_emptied(tmp_path)
        empty_data_folder(tmp_path)
        assert [entry.name for entry in tmp_path.iterdir()] == ["leadmill.lock"]
