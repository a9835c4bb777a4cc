"""The way to PostgreSQL, and what becomes of its failures."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

import psycopg
import pytest
import sqlalchemy as sa

from services.stack.launch import wait_for
from shared.domain.errors import LeadmillError, Refused, Unavailable
from shared.storage.engine import Ledger, driver


@pytest.fixture
def ledger(empty_database_url: str) -> Iterator[Ledger]:
    ledger = Ledger(empty_database_url, application_name="leadmill-test", max_connections=2)
    with ledger.transaction() as connection:
        connection.exec_driver_sql("CREATE SCHEMA leadmill")
        connection.exec_driver_sql("CREATE TABLE kept (n bigint)")
    yield ledger
    ledger.dispose()


def kept(ledger: Ledger) -> list[int]:
    with ledger.reading() as connection:
        return list(connection.execute(sa.text("SELECT n FROM kept ORDER BY n")).scalars())


def kill_connections(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_a_transaction_is_kept_whole(ledger: Ledger) -> None:
    with ledger.transaction() as connection:
        connection.execute(sa.text("INSERT INTO kept VALUES (1)"))
        connection.execute(sa.text("INSERT INTO kept VALUES (2)"))
    assert kept(ledger) == [1, 2]


def test_what_raises_leaves_nothing(ledger: Ledger) -> None:
    def fail_after_writing() -> None:
        with ledger.transaction() as connection:
            connection.execute(sa.text("INSERT INTO kept VALUES (1)"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_writing()
    assert kept(ledger) == []


def test_connections_that_died_in_the_pool_are_replaced(ledger: Ledger, empty_database_url: str) -> None:
    with ledger.transaction() as first, ledger.transaction() as second:
        first.execute(sa.text("SELECT 1"))
        second.execute(sa.text("SELECT 1"))
    kill_connections(empty_database_url)
    with ledger.transaction() as first, ledger.transaction() as second:
        assert first.execute(sa.text("SELECT 1")).scalar_one() == 1
        assert second.execute(sa.text("SELECT 1")).scalar_one() == 1


@pytest.mark.parametrize(
    "use",
    [
        lambda connection: connection.execute(sa.text("SELECT 1")),
        lambda connection: driver(connection).execute("SELECT 1"),
        lambda connection: None,
    ],
    ids=["statement", "driver", "commit"],
)
def test_a_connection_lost_in_use_is_unavailable(
    ledger: Ledger, empty_database_url: str, use: Callable[[sa.Connection], object]
) -> None:
    def lose_connection(use: Callable[[sa.Connection], object]) -> None:
        with ledger.transaction() as connection:
            connection.execute(sa.text("INSERT INTO kept VALUES (1)"))
            kill_connections(empty_database_url)
            use(connection)

    with pytest.raises(Unavailable) as failure:
        lose_connection(use)
    assert failure.value.code == "ledger_unavailable"
    assert kept(ledger) == []


def test_a_connection_lost_at_a_glance_is_unavailable(ledger: Ledger, empty_database_url: str) -> None:
    def lose_connection() -> None:
        with ledger.glancing() as connection:
            connection.execute("SELECT 1")
            kill_connections(empty_database_url)
            connection.execute("SELECT 1")

    with pytest.raises(Unavailable) as failure:
        lose_connection()
    assert failure.value.code == "ledger_unavailable"
    with ledger.glancing() as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_glance_leaves_no_transaction_behind(ledger: Ledger) -> None:
    def fail_at_a_glance() -> None:
        with ledger.glancing() as connection:
            connection.execute("INSERT INTO kept VALUES (1)")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_at_a_glance()
    with pytest.raises(ZeroDivisionError), ledger.transaction() as connection:
        add_and_fail(connection)
    assert kept(ledger) == [1]


def add_and_fail(connection: sa.Connection) -> None:
    connection.execute(sa.text("INSERT INTO kept VALUES (2)"))
    raise ZeroDivisionError


def test_an_absent_server_is_unavailable() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"postgresql://nobody@127.0.0.1:{taken.getsockname()[1]}/none"
        ledger = Ledger(url, application_name="leadmill-test", max_connections=1)
        with pytest.raises(Unavailable) as failure, ledger.transaction():
            pytest.fail("there is no server")
    assert failure.value.code == "ledger_unavailable"


@pytest.mark.parametrize(
    ("statement", "family", "code"),
    [
        ("SELECT pg_sleep(5)", Unavailable, "ledger_timeout"),
        ("SELECT 99999999999999999999::bigint", Refused, "value_not_storable"),
        ("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$", Unavailable, "ledger_busy"),
        ("DO $$ BEGIN RAISE SQLSTATE '40P01'; END $$", Unavailable, "ledger_busy"),
        ("DO $$ BEGIN RAISE SQLSTATE '53100'; END $$", Unavailable, "storage_full"),
        ("DO $$ BEGIN RAISE SQLSTATE '53300'; END $$", Unavailable, "ledger_busy"),
        ("DO $$ BEGIN RAISE SQLSTATE '57P03'; END $$", Unavailable, "ledger_unavailable"),
    ],
)
def test_failures_of_the_server_are_told_by_family(
    empty_database_url: str, statement: str, family: type[LeadmillError], code: str
) -> None:
    ledger = Ledger(empty_database_url, application_name="leadmill-test", max_connections=1, statement_timeout_s=0.05)
    with pytest.raises(family) as failure, ledger.transaction() as connection:
        connection.exec_driver_sql(statement)
    assert failure.value.code == code
    ledger.dispose()


def test_text_that_cannot_be_kept_is_refused(ledger: Ledger) -> None:
    with pytest.raises(Refused) as failure, ledger.transaction() as connection:
        connection.execute(sa.text("SELECT length(:text)"), {"text": "a\0b"})
    assert failure.value.code == "value_not_storable"


@pytest.mark.parametrize("statement", ["SELECT 1 / 0", "SELECT * FROM nowhere"])
def test_mistakes_of_the_code_stay_what_they_are(ledger: Ledger, statement: str) -> None:
    with pytest.raises(sa.exc.DBAPIError), ledger.reading() as connection:
        connection.exec_driver_sql(statement)


def test_errors_quote_no_values(ledger: Ledger) -> None:
    with pytest.raises(sa.exc.DBAPIError) as failure, ledger.transaction() as connection:
        connection.execute(sa.text("SELECT :secret / 0"), {"secret": 4711})
    assert "4711" not in str(failure.value)


def test_a_pool_that_is_used_up_is_busy(empty_database_url: str) -> None:
    ledger = Ledger(empty_database_url, application_name="leadmill-test", max_connections=1)
    with ledger.transaction() as first:
        first.execute(sa.text("SELECT 1"))
        with pytest.raises(Unavailable) as failure, ledger.transaction():
            pytest.fail("there was one connection")
    assert failure.value.code == "ledger_busy"
    ledger.dispose()


def test_sessions_keep_the_options_of_the_url(empty_database_url: str) -> None:
    mark = "&" if "?" in empty_database_url else "?"
    url = f"{empty_database_url}{mark}options=-c%20work_mem%3D3MB"
    ledger = Ledger(url, application_name="leadmill-test", max_connections=1)
    with ledger.reading() as connection:
        shown = [connection.exec_driver_sql(f"SHOW {name}").scalar_one() for name in ("work_mem", "timezone", "jit")]
        name = connection.exec_driver_sql("SHOW application_name").scalar_one()
    assert (shown, name) == (["3MB", "UTC", "off"], "leadmill-test")
    ledger.dispose()


def test_a_child_makes_connections_of_its_own(ledger: Ledger) -> None:
    backend = "SELECT pg_backend_pid()"
    with ledger.reading() as connection:
        parent_backend = connection.exec_driver_sql(backend).scalar_one()
    received, sent = os.pipe()
    child = os.fork()
    if child == 0:
        with ledger.reading() as connection:
            os.write(sent, str(connection.exec_driver_sql(backend).scalar_one()).encode())
        os._exit(0)
    os.waitpid(child, 0)
    assert int(os.read(received, 20)) != parent_backend
    with ledger.reading() as connection:
        assert connection.exec_driver_sql(backend).scalar_one() == parent_backend
    os.close(received)
    os.close(sent)


def test_threads_share_one_pool(ledger: Ledger) -> None:
    def add(n: int) -> Callable[[], None]:
        def run() -> None:
            with ledger.transaction() as connection:
                connection.execute(sa.text("INSERT INTO kept VALUES (:n)"), {"n": n})

        return run

    threads = [threading.Thread(target=add(n)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept(ledger) == list(range(8))


_LOCK_BOTH = """
import sys
from shared.storage.engine import Ledger
with Ledger(sys.argv[1], application_name="killed", max_connections=1).transaction() as connection:
    connection.exec_driver_sql("SELECT id FROM public.first FOR UPDATE")
    connection.exec_driver_sql("SELECT id FROM public.second FOR UPDATE")
"""


def test_a_killed_process_lets_go_of_its_locks(empty_database_url: str) -> None:
    with psycopg.connect(empty_database_url, autocommit=True) as holder:
        holder.execute("CREATE TABLE first AS SELECT 1 AS id; CREATE TABLE second AS SELECT 1 AS id")
        with holder.transaction():
            holder.execute("SELECT id FROM second FOR UPDATE")
            killed = subprocess.Popen([sys.executable, "-c", _LOCK_BOTH, empty_database_url])
            try:
                assert wait_for(lambda: _count_waiting(empty_database_url) == 1, timeout_s=30)
            finally:
                killed.kill()
                killed.wait()
            assert wait_for(lambda: _count_waiting(empty_database_url) == 0, timeout_s=30)
            holder.execute("SELECT id FROM first FOR UPDATE NOWAIT")


def _count_waiting(url: str) -> int:
    with psycopg.connect(url) as connection:
        waiting = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        return len(connection.execute(waiting).fetchall())
