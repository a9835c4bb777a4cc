"""Fixtures of every test: real servers, started once a run, and a fresh database a test."""

import itertools
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
import redis
from hypothesis import settings

from tests.servers import Servers, fast_folder, find_servers

MakeDatabase = Callable[[], AbstractContextManager[str]]

settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("dev", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
# the same examples for everybody and every time; who looks for new ones says `dev`

os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(fast_folder()))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what needs a database: CI runs it on Debian's servers too."""
    for item in items:
        if {"servers", "database_url", "empty_database_url"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.storage)


@pytest.fixture(scope="session")
def servers(request: pytest.FixtureRequest) -> Servers:
    """The servers of this run, shared by its workers."""
    is_worker = hasattr(request.config, "workerinput")
    return find_servers(os.getppid() if is_worker else os.getpid())


@pytest.fixture(scope="session")
def database_names(servers: Servers) -> Iterator[str]:
    """Names of databases that nobody else of this run uses."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    return (f"{servers.run}_{worker}_{number}" for number in itertools.count())


@pytest.fixture(scope="session")
def make_database(servers: Servers, database_names: Iterator[str]) -> MakeDatabase:
    """Makes a fresh migrated database for the length of a block, as often as it is called."""

    @contextmanager
    def fresh() -> Iterator[str]:
        name = next(database_names)
        try:
            yield servers.add_database(name, template=servers.template())
        finally:
            servers.drop_database(name)

    return fresh


@pytest.fixture
def database_url(make_database: MakeDatabase) -> Iterator[str]:
    """A fresh migrated database, whose clock can be moved; the URL is the owner's."""
    with make_database() as url:
        yield url


@pytest.fixture
def empty_database_url(servers: Servers, database_names: Iterator[str]) -> Iterator[str]:
    """A database without anything in it, for the migrations themselves."""
    name = next(database_names)
    try:
        yield servers.add_database(name)
    finally:
        servers.drop_database(name)


@pytest.fixture
def redis_url(servers: Servers) -> str:
    """An empty numbered database of Valkey that no other worker uses."""
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    address, _, _ = servers.redis_url.partition("?")
    by_query = address.startswith("unix:")
    url = f"{address}?db={number}" if by_query else f"{address.removesuffix('/0').rstrip('/')}/{number}"
    with redis.Redis.from_url(url) as client:
        client.flushdb()
    return url


@pytest.fixture(autouse=True)
def fresh_loggers() -> None:
    """Whatever a test before did to the loggers of this process (libraries set levels, switch off, take handlers) is undone."""
    for logger in logging.root.manager.loggerDict.values():
        if isinstance(logger, logging.Logger):
            logger.disabled, logger.propagate = False, True
            logger.setLevel(logging.NOTSET)
            logger.handlers.clear()
    logging.disable(logging.NOTSET)
