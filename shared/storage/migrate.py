"""Brings a database to the schema of this code: roles, migrations, functions, grants, the table of moves.

Run by the owner of the schema, who needs CREATE on the database and CREATEROLE, never superuser. Every step may be repeated.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

import psycopg
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from shared.domain import lifecycle
from shared.domain.errors import Refused, Unavailable

SCHEMA = "leadmill"
ROLES = ("leadmill_intake", "leadmill_cleaner", "leadmill_dispatcher", "leadmill_clock", "leadmill_eraser")
_LOCK = 7_305_261_113
_HERE = Path(str(resources.files("shared.storage")))


def upgrade(url: str) -> str:
    """Brings the database to the newest schema; gives its version. Whoever comes second waits and finds it done.

    Raises:
        Refused: `roles_missing`; the login may not create roles, and the detail holds the SQL for an administrator.
    """
    with _owner_connection(url) as connection:
        raw = _raw(connection)
        raw.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
        _make_roles(raw)
        raw.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        raw.execute(f"CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA {SCHEMA}")
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        with raw.transaction():
            for path in sorted((_HERE / "functions").glob("*.sql")):
                run_script(raw, path.read_text(encoding="utf-8"))
            _write_moves(raw)
        return head()


def head() -> str:
    """Gives the version that this code needs."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def current(url: str) -> str | None:
    """Gives the version that the database has; None when it holds no ledger."""
    with _owner_connection(url) as connection:
        return MigrationContext.configure(connection, opts={"version_table_schema": SCHEMA}).get_current_revision()


def run_script(raw: "psycopg.Connection[tuple[object, ...]]", script: str) -> None:
    """Runs several statements at once, as they stand: no placeholder, no percent sign to double."""
    raw.execute(script.encode())


@contextmanager
def _owner_connection(url: str) -> Iterator[sa.Connection]:
    target = sa.make_url(url).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(target, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT", hide_parameters=True)
    try:
        opened = engine.connect()
    except sa.exc.OperationalError as error:
        reason = str(error.orig).partition("\n")[0]
        raise Unavailable("ledger_unavailable", f"the database cannot be reached: {reason}") from error
    with opened as connection:
        _raw(connection).execute(f"SET search_path = {SCHEMA}")
        yield connection


def _raw(connection: sa.Connection) -> "psycopg.Connection[tuple[object, ...]]":
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    return driver


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


def _make_roles(raw: "psycopg.Connection[tuple[object, ...]]") -> None:
    script = "\n".join(f"CREATE ROLE {role} NOLOGIN;\nGRANT {role} TO {raw.info.user};" for role in _roles_missing(raw))
    if not script:
        return
    try:
        with raw.transaction():
            raw.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK + 1,))
            for role in _roles_missing(raw):
                if not raw.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone():
                    raw.execute(f"CREATE ROLE {role} NOLOGIN")
                raw.execute(f"GRANT {role} TO CURRENT_USER")
    except psycopg.errors.InsufficientPrivilege as error:
        raise Refused("roles_missing", f"an administrator must run this first:\n{script}") from error


def _roles_missing(raw: "psycopg.Connection[tuple[object, ...]]") -> list[str]:
    """Roles that are absent, or that this login may not take."""
    usable = {
        str(name)
        for (name,) in raw.execute(
            "SELECT rolname FROM pg_roles WHERE rolname = ANY (%s) AND pg_has_role(current_user, oid, 'MEMBER')"
            " AND (rolname = current_user OR EXISTS (SELECT 1 FROM pg_auth_members WHERE roleid = pg_roles.oid"
            " AND member = current_user::regrole) OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user))",
            (list(ROLES),),
        )
    }
    return [role for role in ROLES if role not in usable]


def _write_moves(raw: "psycopg.Connection[tuple[object, ...]]") -> None:
    raw.execute("DELETE FROM move")
    with raw.cursor().copy("COPY move (entity, from_state, to_state) FROM STDIN") as copy:
        for move in lifecycle.MOVES:
            copy.write_row(move[:3])
