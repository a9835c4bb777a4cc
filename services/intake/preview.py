"""The first rows of a list as they stand in its file and as they will be understood, and what will become of all its rows."""

from collections.abc import Sequence
from dataclasses import asdict
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection

from services.intake.expecting import expect, tell_expected
from services.intake.reading.rows import Row, read_rows
from shared.blobs import BlobStore
from shared.domain.reason import hint_of
from shared.hygiene.reading import Rules, fields_of, rules_of
from shared.normalise.record import normalise
from shared.storage.cleaning import find_cleaning_upload, find_storable
from shared.storage.row import count_reasons, list_rows
from shared.storage.upload import Upload

_ROWS: Final = 20
_DONE: Final = ("ready", "withdrawn")
_SHOWN: Final = ("format", "encoding", "delimiter", "sheet", "header_line")


def preview_upload(
    connection: Connection, blobs: BlobStore, upload: Upload, *, secret: bytes, with_counts: bool
) -> dict[str, Any]:
    """Gives the preview; it reads the kept file, or the staged rows when that is kept no longer."""
    country = find_cleaning_upload(connection, upload.id).default_country
    may_store = find_storable(connection)
    rules = rules_of(upload.mapping, secret=secret, default_country=country, may_store=may_store)
    rows = [_show(rules, line, cells) for line, cells in _first_rows(connection, blobs, upload)]
    shown = {name: upload.reading.get(name) for name in _SHOWN}
    expected = _expect(connection, blobs, upload, rules) if with_counts else None
    return {**shown, "columns": upload.mapping, "warnings": upload.warnings, "rows": rows, "expected": expected}


def _expect(connection: Connection, blobs: BlobStore, upload: Upload, rules: Rules) -> dict[str, Any] | None:
    """What will become of the rows, or has; None when the file is kept no longer, or the list bars whom it names."""
    if upload.state in _DONE:
        return _tell_outcome(connection, upload)
    if upload.blob_key is None or upload.purpose == "suppress":
        return None
    path, plan = blobs.find_path(upload.blob_key), upload.reading["plan"]
    try:
        expected = expect(connection, path, plan, rules, purpose=upload.purpose)
    except FileNotFoundError:
        return None
    return tell_expected(expected.counts, is_whole=expected.is_whole, is_final=False)


def _tell_outcome(connection: Connection, upload: Upload) -> dict[str, Any]:
    """Of a dry run the verdicts are gone and their counts stand among its findings."""
    if upload.dry_run:
        counts = {(one["verdict"], one["reason"]): one["rows"] for one in (upload.findings or {}).get("reasons", ())}
    else:
        counts = {(verdict, reason): rows for verdict, reason, rows in count_reasons(connection, upload.id)}
    return tell_expected(counts, is_whole=True, is_final=True)


def _first_rows(connection: Connection, blobs: BlobStore, upload: Upload) -> list[tuple[int, Sequence[str]]]:
    if upload.blob_key is None:
        rows = list_rows(connection, upload.id, verdict=None, after=0, limit=_ROWS)
        return [(row.line_no, row.cells) for row in rows]
    items = read_rows(blobs.find_path(upload.blob_key), upload.reading["plan"])
    return [(row.line_no, row.cells) for row in islice((item for item in items if isinstance(item, Row)), _ROWS)]


def _show(rules: Rules, line: int, cells: Sequence[str]) -> dict[str, Any]:
    row = normalise(fields_of(rules, cells), default_country=rules.default_country)
    phones = [{"e164": phone.e164, "valid": phone.valid, "type": phone.type} for phone in row.phones]
    problems = [
        {**asdict(problem), "hint": hint_of(problem.detail) or hint_of(problem.code)} for problem in row.problems
    ]
    after = {**row.values, "phones": phones, "emails": list(row.emails), "country": row.country}
    return {"line": line, "before": list(cells), "after": {**after, "problems": problems, "rejected": row.rejected}}
