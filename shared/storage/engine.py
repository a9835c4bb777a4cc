"""The way to PostgreSQL: one pool a process, made after the fork, and the translation of its failures.

Here is no statement about our tables. A connection that died while it lay in the pool is told by its
socket (2 us, no round trip) and replaced before anybody uses it.
"""

import os
import select
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, NoReturn, Self, TypeAlias

import psycopg
import sqlalchemy as sa
from psycopg.pq import TransactionStatus
from sqlalchemy import event, exc
from sqlalchemy.engine import URL, Connection, Engine, make_url

from shared.domain.errors import LeadmillError, Refused, Unavailable

Driver: TypeAlias = psycopg.Connection[tuple[Any, ...]]

_CONNECT_TIMEOUT_S: Final = 2
_POOL_TIMEOUT_S: Final = 1.5
_NETWORK_TIMEOUT_MS: Final = 10_000

_AWAY: Final = ("ledger_unavailable", "the database cannot be reached; try again shortly")
_BUSY: Final = ("ledger_busy", "the database is busy; try again shortly")
_TIMEOUT: Final = ("ledger_timeout", "the database took too long for this; try again, or ask for less")
_FULL: Final = ("storage_full", "the disk of the database is full; try again later")
_UNAVAILABLE_BY_STATE: Final = (
    ("53100", _FULL),
    ("53", _BUSY),
    ("57014", _TIMEOUT),
    ("57", _AWAY),
    ("58", _AWAY),
    ("08", _AWAY),
    ("25006", _AWAY),
    ("40", _BUSY),
    ("55P03", _BUSY),
)
"""SQLSTATE, from its beginning, first match -> code and detail. Source: PostgreSQL 18, appendix A."""

# For statements that touch a few rows of any table: the planner thinks a small table is read faster than looked up.
_LOOK_UP: Final = "; ".join(f"SET enable_{way} = off" for way in ("seqscan", "bitmapscan", "hashjoin", "mergejoin"))

_DATABASE_ERRORS: Final = (exc.SQLAlchemyError, psycopg.Error)
_BAD_VALUE_STATES: Final = frozenset({"22001", "22003", "22007", "22008", "22021", "22P05"})
"""A value that no column can hold: too long, out of range, not text."""


class Ledger:
    """Transactions on one PostgreSQL under one login; safe in threads, connects when first used in a process.

    As a context it closes its connections at the end.
    """

    def __init__(
        self,
        url: str,
        *,
        application_name: str,
        max_connections: int,
        statement_timeout_s: float = 30,
        keeps_plans: bool = False,
    ) -> None:
        """Prepares without connecting.

        `keeps_plans`: statements are planned once a connection, for any values; right where each touches few rows. By
        default the server plans the first five calls of each anew, which was a third of a claim among fresh connections.
        """
        self._url = make_url(url).set(drivername="postgresql+psycopg")
        self._application_name = application_name
        self._max_connections = max_connections
        self._options = _options(self._url, statement_timeout_s, keeps_plans=keeps_plans)
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._glances: list[Driver] = []
        self._pid = 0

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Runs the body in one transaction: committed at its end, rolled back when anything is raised.

        Raises:
            Unavailable: the database is away, busy or full; nothing is written, except that a commit may
                have arrived when the connection broke under it: so whoever repeats needs a key.
            Refused: `value_not_storable`, a value that no column can hold.
        """
        try:
            with self._open_engine().begin() as connection:
                yield connection
        except _DATABASE_ERRORS as error:
            _raise_translated(error)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Runs the body without a transaction: each statement sees what is committed when it starts.

        Raises:
            Unavailable: as `transaction`.
        """
        try:
            with self._open_engine().connect() as connection:
                yield connection.execution_options(isolation_level="AUTOCOMMIT")
        except _DATABASE_ERRORS as error:
            _raise_translated(error)

    @contextmanager
    def glancing(self) -> Iterator[Driver]:
        """As `reading`, but on the driver itself, for what every request asks: much less CPU a statement.

        These connections are apart from the pool and never in a transaction, so that nothing has to be put right
        when one is given back. There are as many as bodies ever ran at once.

        Raises:
            Unavailable: as `transaction`.
        """
        try:
            glance = self._take_glance()
            try:
                yield glance
            finally:
                self._keep_glance(glance)
        except _DATABASE_ERRORS as error:
            _raise_translated(error)

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Runs the body read-only on one snapshot: all its statements see the same instant.

        Raises:
            Unavailable: as `transaction`.
        """
        with self.transaction() as connection:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield connection

    def dispose(self) -> None:
        """Closes the pooled connections; the next use opens new ones."""
        with self._lock:
            if self._engine is not None and self._pid == os.getpid():
                self._engine.dispose()
            self._engine = None
            glances, self._glances = self._glances, []
        for glance in glances:
            glance.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.dispose()

    def _open_engine(self) -> Engine:
        if self._engine is not None and self._pid == os.getpid():
            return self._engine
        with self._lock:
            if self._engine is None or self._pid != os.getpid():
                self._engine, self._pid, self._glances = self._make_engine(), os.getpid(), []
            return self._engine

    def _take_glance(self) -> Driver:
        engine = self._open_engine()
        while self._glances:
            try:
                glance = self._glances.pop()
            except IndexError:  # another thread was first
                break
            if not _is_dead(glance):
                return glance
            glance.close()
        pooled = engine.raw_connection()
        opened: Driver = pooled.driver_connection  # type: ignore[assignment]
        pooled.detach()
        opened.autocommit = True
        opened.execute(_LOOK_UP)
        return opened

    def _keep_glance(self, glance: Driver) -> None:
        if glance.info.transaction_status is TransactionStatus.IDLE:
            self._glances.append(glance)
        else:
            glance.close()

    def _make_engine(self) -> Engine:
        engine = sa.create_engine(
            self._url,
            pool_size=self._max_connections,
            max_overflow=0,
            pool_timeout=_POOL_TIMEOUT_S,
            pool_use_lifo=True,
            hide_parameters=True,
            use_native_hstore=False,
            connect_args={
                "application_name": self._application_name,
                "connect_timeout": _CONNECT_TIMEOUT_S,
                "tcp_user_timeout": _NETWORK_TIMEOUT_MS,
                "options": self._options,
            },
        )
        event.listen(engine, "checkout", _refuse_dead)
        return engine


def driver(connection: Connection) -> Driver:
    """Gives the driver under a connection, for a statement that every request makes; 90 us less CPU each.

    It takes part in the connection's transaction; what it raises is translated with the rest.
    """
    found: Driver = connection.connection.driver_connection  # type: ignore[assignment]
    return found


def translate(error: Exception) -> LeadmillError | None:
    """Gives our error for a failure of the database that is not a mistake of the code; None for any other."""
    if isinstance(error, exc.TimeoutError):
        return Unavailable(*_BUSY)
    cause = error.orig if isinstance(error, exc.DBAPIError) else error
    if not isinstance(cause, psycopg.Error):
        return None
    if cause.sqlstate is None:
        return _translate_client_error(cause)
    if cause.sqlstate in _BAD_VALUE_STATES:
        return _value_not_storable()
    told = next((told for prefix, told in _UNAVAILABLE_BY_STATE if cause.sqlstate.startswith(prefix)), None)
    return Unavailable(*told) if told else None


def _raise_translated(error: Exception) -> NoReturn:
    translated = translate(error)
    if translated is None:
        raise error
    raise translated from error


def _translate_client_error(error: psycopg.Error) -> LeadmillError | None:
    if isinstance(error, psycopg.DataError):
        return _value_not_storable()
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return Unavailable(*_AWAY)
    return None


def _value_not_storable() -> Refused:
    return Refused("value_not_storable", "a value is out of range or holds characters that cannot be stored")


def _options(url: URL, statement_timeout_s: float, *, keeps_plans: bool) -> str:
    given = url.query.get("options", ())
    asked = [given] if isinstance(given, str) else list(given)
    ours = [
        f"statement_timeout={int(statement_timeout_s * 1000)}",
        # a statement whose process was killed lets go of its locks, instead of waiting for another's
        "client_connection_check_interval=5s",
        "timezone=UTC",
        "jit=off",
        "search_path=leadmill",
    ]
    if keeps_plans:
        ours.append("plan_cache_mode=force_generic_plan")
    return " ".join([*asked, *(f"-c {option}" for option in ours)])


def _refuse_dead(dbapi_connection: Any, _record: object, _proxy: object) -> None:
    """Lets the pool open a new connection in the place of a dead one."""
    if _is_dead(dbapi_connection):
        raise exc.DisconnectionError


def _is_dead(connection: Driver) -> bool:
    """True when the server has closed it: then its socket can be read."""
    try:
        descriptor = connection.pgconn.socket
    except psycopg.Error:
        return True
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(0))
