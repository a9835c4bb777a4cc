"""Fixtures on a fresh database: a sample app, the services and the line; what shall leave every invariant whole is `sound`."""

from collections.abc import Iterator
from pathlib import Path

import flask
import pytest
from flask.testing import FlaskClient

from services.verify_command import check_ledger
from shared.storage.engine import Ledger
from tests.builders import Connection, connect, lift_hours
from tests.integration.desk import Office, running_dispatcher, settings_of
from tests.integration.intake_app import Intake, running_intake
from tests.integration.line import Line, running_line
from tests.integration.sample_app import close, make_sample_app


@pytest.fixture
def sound(database_url: str) -> Iterator[None]:
    """At the end every invariant must hold."""
    yield
    assert check_ledger(database_url) == []


@pytest.fixture
def office(database_url: str, sound: None) -> Iterator[Office]:
    """The dispatcher on a fresh database that hands out at any hour."""
    with connect(database_url) as db, running_dispatcher(settings_of(database_url)) as app:
        lift_hours(db)
        yield Office(app, db, database_url)


@pytest.fixture
def intake(database_url: str, tmp_path: Path) -> Iterator[Intake]:
    with running_intake(database_url, tmp_path) as intake:
        yield intake


@pytest.fixture
def line(database_url: str, tmp_path: Path) -> Iterator[Line]:
    with running_line(database_url, tmp_path) as line:
        yield line


@pytest.fixture
def db(database_url: str) -> Iterator[Connection]:
    """The owner's connection; the pool `default` hands out at any hour."""
    with connect(database_url) as db:
        lift_hours(db)
        yield db


@pytest.fixture
def ledger(database_url: str) -> Iterator[Ledger]:
    ledger = Ledger(database_url, application_name="leadmill-test", max_connections=2)
    yield ledger
    ledger.dispose()


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[flask.Flask]:
    app = make_sample_app(database_url, tmp_path / "data")
    yield app
    close(app)


@pytest.fixture
def client(app: flask.Flask) -> FlaskClient:
    return app.test_client()
