"""What one lead by HTTP costs, in a base with many leads: against a bare endpoint around one INSERT, and known ones too.

Asked: a verdict within 50 ms; held by the median on a machine of the speed below, and the ratio against growing unseen.
"""

import secrets
import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final

import click
import flask
import psycopg
import pytest
from flask.testing import FlaskClient

from tests.benchmarks.side_by_side import add_waiting_leads, report, time_once
from tests.builders import connect
from tests.integration.intake_app import Intake, running_intake

_LEADS: Final = 200
_LOOPS: Final = 1_500_000
_ANSWER_S: Final = 0.05
_LOOP_S: Final = 0.1
"""How long the loop takes on the machine on which an answer may take `_ANSWER_S`."""
_serial = count(1)


@contextmanager
def bare_endpoint(url: str) -> Iterator[FlaskClient]:
    """The least that keeps a lead: Flask, its JSON, and one durable INSERT."""
    app = flask.Flask("bare")
    with psycopg.connect(url, autocommit=True) as db:

        @app.post("/leads")
        def add_lead() -> dict[str, str]:
            body = flask.request.get_json()
            values = (next(_serial), [body["company"], body["phone"]])
            db.execute("INSERT INTO leadmill.raw_row VALUES (-1, %s, 1, %s)", values)
            return {"verdict": "new"}

        yield app.test_client()


def make_body(source: str) -> dict[str, str]:
    """A lead of its own."""
    return {"source": source, "company": f"Firma {secrets.token_hex(4)}", "phone": f"+48 601 {next(_serial):06d}"}


def run_loop() -> None:
    """What figures are normalised to: so many additions of this Python."""
    total = 0
    for number in range(_LOOPS):
        total += number


def measure(intake: Intake, bare: FlaskClient, bodies: Sequence[dict[str, str]]) -> tuple[list[float], list[float]]:
    """Seconds of the bare endpoint and of ours, in turns; the first is not counted."""

    def post(body: dict[str, str]) -> None:
        assert intake.ask("POST", "/v1/leads", body).status == 201

    turns = [
        (time_once(lambda: bare.post("/leads", json=make_body(""))), time_once(partial(post, body))) for body in bodies
    ]
    return [turn[0] for turn in turns[1:]], [turn[1] for turn in turns[1:]]


@pytest.mark.parametrize("is_known", [False, True], ids=["new", "known"])
def test_one_lead_costs_a_few_bare_inserts(database_url: str, tmp_path: Path, is_known: bool) -> None:
    with (
        running_intake(database_url, tmp_path) as intake,
        connect(database_url) as db,
        bare_endpoint(database_url) as endpoint,
    ):
        add_waiting_leads(db, 20_000)
        source = intake.add_source(kind="form")
        bodies = [make_body(source) for _ in range(_LEADS + 1)]
        if is_known:
            measure(intake, endpoint, bodies)
        bare, ours = measure(intake, endpoint, bodies)
    loop_s = statistics.median(time_once(run_loop) for _ in range(5))
    median_s, p95_s = statistics.median(ours), statistics.quantiles(ours, n=20)[-1]
    ratio = report("one lead by HTTP", ("Flask and one INSERT", statistics.median(bare)), ("the verdict", median_s))
    click.echo(f"95 of 100 verdicts within {p95_s * 1000:.1f} ms, {p95_s / loop_s:.3f} of the loop's {loop_s:.3f} s")
    assert median_s / loop_s < _ANSWER_S / _LOOP_S
    assert ratio < 30
