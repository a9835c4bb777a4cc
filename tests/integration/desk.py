"""What the dispatcher's tests share: its app on a fresh database, and people at their desks."""

import atexit
import json
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import flask
from werkzeug.test import TestResponse

from services.dispatcher.app import create_app
from services.dispatcher.proposal_views import SECRET
from shared.config import Settings, read_settings
from shared.ids import encode
from shared.web.app import make_parts
from shared.web.parts import EXTENSION
from tests.builders import Connection, add_person, add_token, one


class Answer:
    """What came back; `json` is whatever the body held."""

    def __init__(self, response: TestResponse) -> None:
        self.status_code = response.status_code
        self.headers = response.headers
        self.text = response.text
        self.json: Any = response.get_json(silent=True)


class Desk:
    """One person with a token, who asks the dispatcher."""

    def __init__(self, app: flask.Flask, person: int, token: str) -> None:
        self.person = person
        self.id = encode("person", person)
        self._client = app.test_client()
        self._authorization = f"Bearer {token}"

    def ask(self, method: str, path: str, body: object = None, *, key: str | None = None) -> "Answer":
        """Sends one request."""
        headers = {"Authorization": self._authorization}
        if key is not None:
            headers["Idempotency-Key"] = key
        data = None if body is None else json.dumps(body)
        return Answer(
            self._client.open(path, method=method, data=data, headers=headers, content_type="application/json")
        )

    def get(self, path: str) -> Any:
        """Gives the JSON of a GET that succeeds."""
        answer = self.ask("GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json

    def post(self, path: str, body: object, *, status: int = 200) -> Any:
        """Gives the JSON of a POST that answers with this status."""
        answer = self.ask("POST", path, body)
        assert answer.status_code == status, answer.text
        return answer.json

    def claim(self) -> Any:
        """Pulls the next lead; None when there is none."""
        answer = self.ask("POST", "/v1/queue/next", {"count": 1})
        assert answer.status_code == 200, answer.text
        given = answer.json["assignments"]
        return given[0] if given else None

    def say(self, assignment: Any, disposition: str, *, number: int = 0, **fields: object) -> Any:
        """Records a contact on the assignment's first number, and gives the answer."""
        body = {"fence": assignment["fence"], "disposition": disposition, **fields}
        body.setdefault("number_id", assignment["lead"]["numbers"][number]["id"])
        answer = self.ask("POST", f"/v1/assignments/{assignment['id']}/contacts", body)
        assert answer.status_code == 201, answer.text
        return answer.json


@cache
def _settings_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="leadmill-dispatcher-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "secret.key").write_bytes(secrets.token_bytes(32))
    return folder


def settings_of(database_url: str) -> Settings:
    """What the environment would say with this database, a secret key and nothing else."""
    return read_settings({"LEADMILL_DATA": str(_settings_folder()), "LEADMILL_DATABASE_URL": database_url})


@cache
def _make_app() -> flask.Flask:
    """Makes the app once a process: its routes and schemas cost more than most tests."""
    return create_app(settings_of("postgresql://nowhere/none"))


@contextmanager
def running_dispatcher(settings: Settings) -> Iterator[flask.Flask]:
    """Gives the dispatcher's app on a database; closes its connections at the end."""
    app = _make_app()
    app.extensions[EXTENSION] = works_with = make_parts("dispatcher", settings)
    app.config[SECRET] = settings.secret_key_file.read_bytes()
    try:
        yield app
    finally:
        works_with.ledger.dispose()


def add_desk(
    app: flask.Flask,
    db: Connection,
    role: str = "rep",
    *,
    team: int | None = None,
    pool: str | None = None,
) -> Desk:
    """Adds a person with a token; reps are served by the pool `default`."""
    person = add_person(db, role=role, pool=pool or ("default" if role == "rep" else None), team=team)
    return Desk(app, person, add_token(db, person))


class Office:
    """The dispatcher on a fresh database, with people at their desks."""

    def __init__(self, app: flask.Flask, db: Connection, database_url: str) -> None:
        self.app = app
        self.db = db
        self.database_url = database_url

    def desk(self, role: str = "rep", *, team: int | None = None, pool: str | None = None) -> Desk:
        """Seats a person; reps are served by the pool `default`."""
        return add_desk(self.app, self.db, role, team=team, pool=pool)

    def team(self) -> int:
        """Adds a team."""
        return int(one(self.db, "INSERT INTO team (name) VALUES (%s) RETURNING id", f"team {secrets.token_hex(4)}"))

    def value(self, statement: str, *values: object) -> Any:
        """Reads one value from the ledger."""
        return one(self.db, statement, *values)
