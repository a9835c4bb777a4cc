"""Intake's app on a fresh database, callers for it, and turns of the read job; for the tests of intake."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from services.cleaner.jobs import open_ledger, turn
from services.intake.app import create_app
from services.intake.lead_views import SECRET
from services.intake.staging import Stager
from shared.auth import Role
from shared.blobs import BlobStore
from shared.config import Settings, read_settings
from shared.storage.engine import Ledger
from shared.web.app import make_parts
from shared.web.parts import EXTENSION
from shared.work import Task, work_batches
from tests.integration.desk import settings_of
from tests.integration.sample_app import add_login

BOUNDARY = "leadmill-test"
LIST = b"company;phone;city\nKwiat Sp. z o.o.;+48 601 100 200;Radom\nLas S.A.;22 555 01 10;Warszawa\n"


@dataclass(frozen=True)
class Answer:
    """What came back; `body` is its JSON object, empty for anything else."""

    status: int
    headers: Mapping[str, str]
    body: dict[str, Any]
    text: str

    @property
    def problem(self) -> tuple[int, str]:
        return self.status, self.body["code"]


def answer_of(response: TestResponse) -> Answer:
    body = response.get_json(silent=True)
    return Answer(response.status_code, dict(response.headers), body if isinstance(body, dict) else {}, response.text)


def make_form(content: bytes, name: str, fields: Mapping[str, str]) -> bytes:
    """A multipart body, made in memory: werkzeug's own leaves a temporary file open."""
    parts = [(f'name="{field}"', value.encode()) for field, value in fields.items()]
    parts.append((f'name="file"; filename="{name}"', content))
    lines = [f"--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + body for head, body in parts]
    return b"\r\n".join([*lines, f"--{BOUNDARY}--\r\n".encode()])


@dataclass(frozen=True)
class Intake:
    """A client of intake with the headers of somebody who may upload."""

    client: FlaskClient
    headers: dict[str, str]
    settings: Settings
    database_url: str

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        return answer_of(self.client.open(path, method=method, json=body, headers={**self.headers, **headers}))

    def add_source(self, **fields: Any) -> str:
        body = {"name": secrets.token_hex(6), "kind": "purchased", "default_country": "PL", "legal_basis": "consent"}
        answer = self.ask("POST", "/v1/sources", {**body, **fields})
        assert answer.status == 201, answer.body
        return str(answer.body["id"])

    def upload(
        self,
        source: str,
        content: bytes = LIST,
        *,
        name: str = "list.csv",
        form: dict[str, str] | None = None,
        key: str | None = None,
        **query: str,
    ) -> Answer:
        body = make_form(content, name, form or {})
        headers = {**self.headers, "Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        headers |= {"Idempotency-Key": key} if key else {}
        query = {"source": source, **query}
        return answer_of(
            self.client.application.test_client().post("/v1/uploads", query_string=query, data=body, headers=headers)
        )

    def show(self, upload: str) -> dict[str, Any]:
        answer = self.ask("GET", f"/v1/uploads/{upload}")
        assert answer.status == 200
        return answer.body

    def as_role(self, role: Role) -> "Intake":
        _, headers = add_login(self.database_url, role)
        return Intake(self.client, headers, self.settings, self.database_url)


@cache
def _make_app() -> flask.Flask:
    """Makes the app once a process: its routes and schemas cost more than most tests."""
    return create_app(settings_of("postgresql://nowhere/none"))


def _app_with(settings: Settings) -> flask.Flask:
    app = _make_app()
    app.extensions[EXTENSION] = make_parts("intake", settings)
    app.config[SECRET] = settings.secret_key_file.read_bytes()
    return app


@contextmanager
def running_intake(database_url: str, folder: Path, **environ: str) -> Iterator[Intake]:
    """Gives intake to a marketing person; `environ` are further settings."""
    (folder / "secret.key").write_bytes(secrets.token_bytes(32))
    settings = read_settings({"LEADMILL_DATA": str(folder), "LEADMILL_DATABASE_URL": database_url, **environ})
    app = create_app(settings) if environ else _app_with(settings)
    _, headers = add_login(database_url, Role.MARKETING)
    try:
        yield Intake(app.test_client(), headers, settings, database_url)
    finally:
        app.extensions[EXTENSION].ledger.dispose()


def read_lists(intake: Intake) -> list[str]:
    """Takes one turn of the read job under its role; gives the queues it rang."""
    rung: list[str] = []
    ledger = Ledger(intake.settings.database_url("cleaner"), application_name="leadmill-test", max_connections=2)
    stager = Stager(ledger, BlobStore(Path(intake.settings.blobs)), rung.append)
    try:
        work_batches(ledger, Task(("read",), stager.stage, stager.give_up), worker="test", is_over=lambda: False)
    finally:
        ledger.dispose()
    return rung


def run_line(intake: Intake) -> None:
    """Reads, cleans and matches until nothing waits."""
    read_lists(intake)
    with open_ledger(intake.settings) as ledger:
        while turn(ledger, intake.settings):
            pass


def ready_upload(intake: Intake, content: bytes = LIST, *, source: str | None = None) -> str:
    """Takes a list through the whole line; gives its upload."""
    answer = intake.upload(source or intake.add_source(), content)
    assert answer.status == 202, answer.body
    run_line(intake)
    shown = intake.show(answer.body["id"])
    assert shown["state"] == "ready", shown
    return str(shown["id"])
