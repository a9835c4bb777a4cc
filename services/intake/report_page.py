"""The acceptance report as a page to read and print: no script, one style of its own, everything in it escaped."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

import flask
import jinja2
from markupsafe import Markup

from services.intake.accepting import Evidence
from shared.ids import encode
from shared.storage.source import Source
from shared.storage.upload import Upload

SHOWN_LINES: Final = 500
"""Rows on the page; all of them are in the CSV."""

_FOLDER: Final = Path(__file__).with_name("templates")
_UNTOLD: Final = "not told"
_UNKNOWN: Final = "–"


def render_page(
    told: Mapping[str, Any],
    upload: Upload,
    source: Source | None,
    *,
    columns: Sequence[str],
    lines: Sequence[Evidence],
    for_vendor: bool,
) -> flask.Response:
    """Makes the page of what `accepting.report` told; of more than `SHOWN_LINES` lines the last is not shown, but said to be there."""
    shown = lines[:SHOWN_LINES]
    page = _template().render(
        style=Markup(_style()),  # noqa: S704 - our own file
        upload_id=encode("upload", upload.id),
        filename=upload.filename,
        received=upload.created_at,
        source=source.name if source else None,
        for_vendor=for_vendor,
        figures=_figures(told, _UNTOLD if for_vendor else _UNKNOWN),
        grounds=[_ground(count, told["read"]) for count in told["grounds"]],
        ages=[
            {"name": _words(count["age"]), "rows": _number(count["rows"], _UNTOLD)} for count in told["stock_by_age"]
        ],
        columns=columns,
        lines=[_line(line) for line in shown],
        has_more=len(lines) > len(shown),
    )
    response = flask.Response(page, mimetype="text/html")
    allowed = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'sha256-{allowed}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    )
    return response


@cache
def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(_FOLDER)
    return jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined).get_template(
        "report.html"
    )


@cache
def _style() -> str:
    return (_FOLDER / "report.css").read_text(encoding="utf-8")


def _figures(told: Mapping[str, Any], absent: str) -> list[tuple[str, str]]:
    currency = told["currency"] or ""
    counts = [(name, _number(told[key], absent)) for name, key in _COUNTS]
    costs = [(name, _money(told[key], currency, absent)) for name, key in _COSTS]
    until, research = told["returns_until"], told["research"] or {}
    counts += [
        (f"without a phone: {_words(state)}", _number(leads, absent)) for state, leads in research.items() if leads
    ]
    return [*counts, *costs, *([("returns until", f"{until:%Y-%m-%d}")] if until else [])]


_COUNTS: Final = (
    ("rows read", "read"),
    ("rows of new leads called at least once", "called"),
    ("new leads that can be called now", "reachable"),
)
_COSTS: Final = (
    ("cost", "cost"),
    ("claimed from the vendor", "claimed"),
    ("credited by the vendor", "credited"),
    ("cost net of credits", "cost_net"),
    ("cost per new lead", "cost_per_new"),
    ("cost per reachable lead", "cost_per_reachable"),
)


def _ground(count: Mapping[str, Any], read: int) -> dict[str, str]:
    rows = count["rows"]
    share = f"{rows / read:.1%}" if rows is not None and read else ""
    return {"name": _words(count["ground"]), "rows": _number(rows, _UNTOLD), "share": share}


def _line(found: Evidence) -> dict[str, Any]:
    line = found.line
    return {
        "line": line.line_no,
        "ground": _words(found.ground.value),
        "evidence": found.detail,
        "cells": line.cells,
    }


def _words(code: str) -> str:
    return code.replace("_", " ")


def _number(value: int | None, absent: str) -> str:
    return absent if value is None else f"{value:,}"


def _money(value: Decimal | None, currency: str, absent: str) -> str:
    return absent if value is None else f"{value:,.2f} {currency}".strip()
