"""Views of the acceptance report: what a list was worth, and what is claimed from its vendor."""

from collections.abc import Mapping
from typing import Any, Final

import flask
from sqlalchemy import Connection

from services.intake.accepting import Evidence, list_evidence, read_evidence, report
from services.intake.export import column_names, write_evidence
from services.intake.report_page import SHOWN_LINES, render_page
from services.intake.report_schema import AcceptanceAnswer, EvidencePage, EvidenceQuery, ReportQuery
from services.intake.uploads import read_upload
from shared.domain.reason import hint_of
from shared.ids import encode
from shared.storage.row import count_reasons
from shared.storage.source import find_source
from shared.storage.upload import Upload
from shared.storage.upload_progress import count_verdicts
from shared.web.blueprint import Blueprint
from shared.web.csv_file import CSV_ANSWER, send_csv
from shared.web.parts import parts

blueprint = Blueprint("reports", __name__, url_prefix="/v1/uploads", description="What a list was worth")

_VENDOR: Final = "vendor"
_HTML_ANSWER: Final = {
    "responses": {"200": {"description": "a page", "content": {"text/html": {"schema": {"type": "string"}}}}}
}


@blueprint.route("/<id(upload):upload_id>/report", methods=["GET"])
@blueprint.arguments(ReportQuery, location="query")
@blueprint.response(200, AcceptanceAnswer)
def show_report(query: dict[str, Any], upload_id: int) -> dict[str, Any]:
    """Show what a list was worth: its rows by ground, what the first calls found, and what a usable row cost."""
    for_vendor = query["audience"] == _VENDOR
    with parts().ledger.reading() as connection:
        upload = read_upload(connection, upload_id)
        counts = _count(connection, upload)
        source = find_source(connection, upload.source_id)
        told = report(connection, upload, source, counts=counts, for_vendor=for_vendor)
        reasons = count_reasons(connection, upload_id)
    if for_vendor:
        return told
    shown = [
        {"verdict": verdict, "reason": reason, "hint": hint_of(reason), "rows": rows}
        for verdict, reason, rows in reasons
    ]
    return {**told, "verdicts": counts, "reasons": shown, "warnings": upload.warnings}


@blueprint.route("/<id(upload):upload_id>/report.html", methods=["GET"])
@blueprint.arguments(ReportQuery, location="query")
@blueprint.doc(**_HTML_ANSWER)
def show_page(query: dict[str, Any], upload_id: int) -> flask.Response:
    """Show the same as a page to read and print, with the first rows that count against the list."""
    for_vendor = query["audience"] == _VENDOR
    with parts().ledger.reading() as connection:
        upload = read_upload(connection, upload_id)
        source = find_source(connection, upload.source_id)
        told = report(connection, upload, source, counts=_count(connection, upload), for_vendor=for_vendor)
        lines = list_evidence(connection, upload_id, after=0, limit=SHOWN_LINES + 1, for_vendor=for_vendor)
    columns = column_names(upload.mapping)
    return render_page(told, upload, source, columns=columns, lines=lines, for_vendor=for_vendor)


@blueprint.route("/<id(upload):upload_id>/report/lines", methods=["GET"])
@blueprint.arguments(EvidenceQuery, location="query")
@blueprint.response(200, EvidencePage)
def show_lines(query: dict[str, Any], upload_id: int) -> dict[str, Any]:
    """List the rows that count against a list, with what shows it."""
    cursors, limit, for_vendor = parts().cursors, query["limit"], query["audience"] == _VENDOR
    listing = f"report {upload_id} {for_vendor}"
    after = cursors.decode(listing, query["cursor"]) or 0
    with parts().ledger.reading() as connection:
        upload = read_upload(connection, upload_id)
        found = list_evidence(connection, upload_id, after=after, limit=limit + 1, for_vendor=for_vendor)
    page = cursors.page(listing, found, limit, lambda evidence: evidence.line.row_no)
    return {**page, "columns": column_names(upload.mapping), "items": [_tell(item) for item in page["items"]]}


@blueprint.route("/<id(upload):upload_id>/report.csv", methods=["GET"])
@blueprint.arguments(ReportQuery, location="query")
@blueprint.doc(**CSV_ANSWER)
def download_report(query: dict[str, Any], upload_id: int) -> flask.Response:
    """Download the rows that count against a list, with what shows it: what is sent to the vendor as a claim."""
    ledger = parts().ledger
    with ledger.reading() as connection:
        upload = read_upload(connection, upload_id)
    pages = read_evidence(ledger, upload_id, for_vendor=query["audience"] == _VENDOR)
    return send_csv(write_evidence(column_names(upload.mapping), pages), f"{encode('upload', upload_id)}-report.csv")


def _count(connection: Connection, upload: Upload) -> Mapping[str, int]:
    """The rows by verdict; of a dry run nothing but these is kept."""
    return upload.counts or count_verdicts(connection, upload.id)


def _tell(found: Evidence) -> dict[str, Any]:
    return {
        "row": found.line.row_no,
        "line": found.line.line_no,
        "ground": found.ground.value,
        "reason": found.line.reason,
        "evidence": found.detail,
        "cells": found.line.cells,
    }
