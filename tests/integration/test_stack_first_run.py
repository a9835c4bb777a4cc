"""What a fresh data folder gets: a secret key and the token of the first admin."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from services.stack.first_run import ensure_admin, ensure_secret_key
from shared.auth import Role, parse_token
from shared.storage.token import find_caller


def test_token_is_the_first_admins(database_url: str, tmp_path: Path) -> None:
    ensure_admin(database_url, tmp_path / "admin.token")
    parsed = parse_token((tmp_path / "admin.token").read_text().strip())
    assert parsed is not None
    with psycopg.connect(database_url) as connection:
        caller = find_caller(connection, parsed)
    assert (caller.role, caller.name) == (Role.ADMIN, "first admin")


def test_second_start_keeps_the_token(database_url: str, tmp_path: Path) -> None:
    ensure_admin(database_url, tmp_path / "admin.token")
    token = (tmp_path / "admin.token").read_text()
    ensure_admin(database_url, tmp_path / "admin.token")
    assert (tmp_path / "admin.token").read_text() == token


def test_two_hosts_make_one_first_admin(database_url: str, tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as hosts:
        list(hosts.map(lambda number: ensure_admin(database_url, tmp_path / f"admin.{number}"), range(4)))
    with psycopg.connect(database_url) as connection:
        assert connection.execute("SELECT count(*) FROM leadmill.person WHERE role = 'admin'").fetchone() == (1,)


def test_making_the_token_is_audited(database_url: str, tmp_path: Path) -> None:
    ensure_admin(database_url, tmp_path / "admin.token")
    with psycopg.connect(database_url) as connection:
        assert connection.execute("SELECT action, actor FROM leadmill.audit").fetchall() == [("token_created", None)]


@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_secrets_are_for_their_owner_only(database_url: str, tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        ensure_secret_key(tmp_path / "secret.key")
        ensure_admin(database_url, tmp_path / "admin.token")
    finally:
        os.umask(before)
    assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}


def test_secret_key_is_made_once(tmp_path: Path) -> None:
    ensure_secret_key(tmp_path / "secret.key")
    first = (tmp_path / "secret.key").read_bytes()
    ensure_secret_key(tmp_path / "secret.key")
    assert len(first) == 32
    assert (tmp_path / "secret.key").read_bytes() == first
