"""The settings: defaults, URLs of the services, values that come from files."""

from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import make_url

from shared.config import DATABASE_SERVICES, SETTINGS, BadSetting, read_settings, write_environ


def test_nothing_set_means_embedded_servers() -> None:
    settings = read_settings({})
    assert settings.common_database_url is None
    assert settings.redis_url is None


def test_files_live_in_data_folder_by_default(tmp_path: Path) -> None:
    settings = read_settings({"LEADMILL_DATA": str(tmp_path)})
    assert settings.blobs == str(tmp_path / "blobs")
    assert settings.secret_key_file == tmp_path / "secret.key"


def test_common_login_takes_role_of_service() -> None:
    settings = read_settings({"LEADMILL_DATABASE_URL": "postgresql://u:p%40@/base?host=/run/pg&options=-c%20jit%3Doff"})
    url = settings.database_url("cleaner")
    parsed = conninfo_to_dict(url)
    assert parsed["options"] == "-c jit=off -c role=leadmill_cleaner"
    assert (parsed["host"], parsed["user"], parsed["password"], parsed["dbname"]) == ("/run/pg", "u", "p@", "base")
    assert make_url(url).query["options"] == parsed["options"]


def test_url_without_query_takes_role_too() -> None:
    settings = read_settings({"LEADMILL_DATABASE_URL": "postgresql://u@db.example:5433/base"})
    assert conninfo_to_dict(settings.database_url("intake"))["options"] == "-c role=leadmill_intake"
    assert settings.database_url() == "postgresql://u@db.example:5433/base"


@pytest.mark.parametrize("service", DATABASE_SERVICES)
def test_own_login_of_service_wins(service: str) -> None:
    own = f"postgresql://{service}@h/base"
    settings = read_settings(
        {"LEADMILL_DATABASE_URL": "postgresql://x@h/b", f"LEADMILL_{service.upper()}_DATABASE_URL": own}
    )
    assert settings.database_url(service) == own


def test_local_url_without_host_takes_role_too() -> None:
    settings = read_settings({"LEADMILL_DATABASE_URL": "postgresql:///base"})
    assert conninfo_to_dict(settings.database_url("clock"))["dbname"] == "base"


def test_unknown_service_is_refused() -> None:
    with pytest.raises(BadSetting, match="no service 'cleener'"):
        read_settings({"LEADMILL_DATABASE_URL": "postgresql://x@h/b"}).database_url("cleener")


def test_missing_url_says_what_to_do() -> None:
    with pytest.raises(BadSetting, match="leadmill up"):
        read_settings({}).database_url("intake")


def test_value_may_come_from_file(tmp_path: Path) -> None:
    (tmp_path / "url").write_text("redis://h:1/0\n")
    assert read_settings({"LEADMILL_REDIS_URL_FILE": str(tmp_path / "url")}).redis_url == "redis://h:1/0"


def test_unreadable_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="LEADMILL_REDIS_URL_FILE"):
        read_settings({"LEADMILL_REDIS_URL_FILE": str(tmp_path / "none")})


def test_settings_survive_their_way_to_a_child(tmp_path: Path) -> None:
    settings = read_settings(
        {
            "LEADMILL_DATA": str(tmp_path),
            "LEADMILL_DATABASE_URL": "postgresql://x@h/b",
            "LEADMILL_ERASER_DATABASE_URL": "postgresql://eraser@h/b",
            "LEADMILL_LOG_LEVEL": "DEBUG",
        }
    )
    assert read_settings(write_environ(settings)) == settings
    assert set(write_environ(settings)) <= {setting.name for setting in SETTINGS}


def test_unknown_log_level_is_refused() -> None:
    with pytest.raises(BadSetting, match="DEBUG, INFO"):
        read_settings({"LEADMILL_LOG_LEVEL": "loud"})


def test_every_setting_has_prefix_and_meaning() -> None:
    assert all(setting.name.startswith("LEADMILL_") and setting.meaning for setting in SETTINGS)
    assert len({setting.name for setting in SETTINGS}) == len(SETTINGS)
