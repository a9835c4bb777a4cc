"""What one lead by HTTP costs: against the bare commit of one row, and in a base with many leads."""

import secrets
import statistics
from itertools import count
from pathlib import Path
from typing import Final

import click

from tests.benchmarks.side_by_side import add_waiting_leads, report, time_once
from tests.builders import Connection, connect
from tests.integration.intake_app import Intake, running_intake

_LEADS: Final = 200
_serial = count(1)


def commit_row(db: Connection) -> None:
    """The least that keeps a lead: one row in one durable transaction."""
    db.execute("INSERT INTO raw_row VALUES (-1, %s, 1, '{Firma}')", (next(_serial),))


def post_lead(intake: Intake, source: str) -> None:
    """One lead of its own."""
    body = {"source": source, "company": f"Firma {secrets.token_hex(4)}", "phone": f"+48 601 {next(_serial):06d}"}
    assert intake.ask("POST", "/v1/leads", body).status == 201


def test_one_lead_costs_a_few_bare_commits(database_url: str, tmp_path: Path) -> None:
    with running_intake(database_url, tmp_path) as intake, connect(database_url) as db:
        add_waiting_leads(db, 100_000)
        source = intake.add_source(kind="form")
        post_lead(intake, source)
        pairs = [
            (time_once(lambda: commit_row(db)), time_once(lambda: post_lead(intake, source))) for _ in range(_LEADS)
        ]
    bare, ours = ([pair[place] for pair in pairs] for place in (0, 1))
    ratio = report(
        "one lead by HTTP", ("a bare commit", statistics.median(bare)), ("the answer", statistics.median(ours))
    )
    click.echo(f"99 of 100 answers within {statistics.quantiles(ours, n=100)[-1] * 1000:.1f} ms")
    assert ratio < 60
