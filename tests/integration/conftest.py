"""Fixtures over HTTP: a sample app of what both services share, and an office whose ledger must hold every invariant at the end."""

from collections.abc import Iterator
from pathlib import Path

import flask
import pytest
from flask.testing import FlaskClient

from shared.storage.engine import Ledger
from shared.storage.invariant import find_violations
from tests.builders import connect, lift_hours
from tests.integration.desk import Office, running_dispatcher
from tests.integration.sample_app import close, make_sample_app


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    """The dispatcher on a fresh database that hands out at any hour."""
    with connect(database_url) as db, running_dispatcher(database_url) as app:
        lift_hours(db)
        yield Office(app, db, database_url)
    ledger = Ledger(database_url, application_name="leadmill-test", max_connections=1)
    with ledger.reading() as connection:
        violations = list(find_violations(connection))
    ledger.dispose()
    assert violations == []


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[flask.Flask]:
    app = make_sample_app(database_url, tmp_path / "data")
    yield app
    close(app)


@pytest.fixture
def client(app: flask.Flask) -> FlaskClient:
    return app.test_client()
