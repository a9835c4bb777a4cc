"""The first rows of a list as they stand in its file and as they will be understood."""

from collections.abc import Sequence
from dataclasses import asdict
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection

from services.intake.reading.rows import Row, read_rows
from shared.blobs import BlobStore
from shared.domain.reason import hint_of
from shared.hygiene.reading import Rules, fields_of, rules_of
from shared.normalise.record import normalise
from shared.storage.row import list_rows
from shared.storage.upload import Upload

_ROWS: Final = 20
_SHOWN: Final = ("format", "encoding", "delimiter", "sheet", "header_line")


def preview_upload(connection: Connection, blobs: BlobStore, upload: Upload) -> dict[str, Any]:
    """Gives the preview; it reads the kept file, or the staged rows when that is kept no longer."""
    rules = rules_of(upload.mapping, secret=b"", default_country=upload.country, may_store={})
    rows = [_show(rules, line, cells) for line, cells in _first_rows(connection, blobs, upload)]
    shown = {name: upload.reading.get(name) for name in _SHOWN}
    return {**shown, "columns": upload.mapping, "warnings": upload.warnings, "rows": rows}


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
