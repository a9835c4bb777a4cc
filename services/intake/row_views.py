"""Views of rows: what became of each line of a list, on pages and as CSV."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import flask

from services.intake.export import column_names, write_csv
from services.intake.upload_schema import RowPage, RowQuery
from services.intake.uploads import read_upload
from shared.domain.reason import hint_of
from shared.ids import encode
from shared.storage.engine import Ledger
from shared.storage.row import JudgedRow, list_rows
from shared.web.blueprint import Blueprint
from shared.web.csv_file import CSV_ANSWER, send_csv
from shared.web.parts import parts

blueprint = Blueprint("rows", __name__, url_prefix="/v1/uploads", description="What became of each row")

_CSV_PAGE: Final = 2000


@blueprint.route("/<id(upload):upload_id>/rows", methods=["GET"])
@blueprint.arguments(RowQuery, location="query")
@blueprint.response(200, RowPage)
def show_rows(query: dict[str, Any], upload_id: int) -> dict[str, Any]:
    """List the rows of an upload in the order of the file, with verdict, reason, hint and original cells."""
    cursors, limit, verdict = parts().cursors, query["limit"], query["verdict"]
    listing = f"rows {upload_id} {verdict}"
    after = cursors.decode(listing, query["cursor"]) or 0
    with parts().ledger.reading() as connection:
        upload = read_upload(connection, upload_id)
        rows = list_rows(connection, upload_id, verdict=verdict, after=after, limit=limit + 1)
    page = cursors.page(listing, rows, limit, lambda row: row.row_no)
    return {**page, "columns": column_names(upload.mapping), "items": [_tell(row) for row in page["items"]]}


@blueprint.route("/<id(upload):upload_id>/rows.csv", methods=["GET"])
@blueprint.doc(**CSV_ANSWER)
def download_rows(upload_id: int) -> flask.Response:
    """Download all rows with what became of them."""
    return _download(upload_id, None, "rows")


@blueprint.route("/<id(upload):upload_id>/rejected.csv", methods=["GET"])
@blueprint.doc(**CSV_ANSWER)
def download_rejected(upload_id: int) -> flask.Response:
    """Download the rejected rows, each with its reason and what to do: to correct and upload again."""
    return _download(upload_id, "rejected", "rejected")


def _tell(row: JudgedRow) -> dict[str, Any]:
    return {
        "row": row.row_no,
        "line": row.line_no,
        "verdict": row.verdict,
        "reason": row.reason,
        "hint": hint_of(row.reason),
        "notes": row.notes or [],
        "lead_id": row.lead_id,
        "problem": row.problem,
        "cells": row.cells,
    }


def _download(upload_id: int, verdict: str | None, name: str) -> flask.Response:
    ledger = parts().ledger
    with ledger.reading() as connection:
        upload = read_upload(connection, upload_id)
    pages = _read_pages(ledger, upload_id, verdict)
    return send_csv(write_csv(column_names(upload.mapping), pages), f"{encode('upload', upload_id)}-{name}.csv")


def _read_pages(ledger: Ledger, upload_id: int, verdict: str | None) -> Iterator[Sequence[JudgedRow]]:
    """A short look a page: a slow reader holds no connection."""
    after = 0
    while True:
        with ledger.reading() as connection:
            page = list_rows(connection, upload_id, verdict=verdict, after=after, limit=_CSV_PAGE)
        if page:
            yield page
            after = page[-1].row_no
        if len(page) < _CSV_PAGE:
            return
