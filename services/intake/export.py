"""Rows as CSV for people: the file's own cells behind what became of them, harmless in a spreadsheet. Pure."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from services.intake.accepting import Evidence
from services.intake.reading.download import HEAD
from shared.domain.reason import hint_of
from shared.domain.spreadsheet import make_harmless
from shared.ids import encode
from shared.storage.row import JudgedRow
from shared.storage.vendor_claim import ClaimLine

EVIDENCE_HEAD: Final = ("row", "line", "ground", "reason", "evidence")
CLAIM_HEAD: Final = ("row", "line", "ground", "evidence")


def column_names(mapping: Sequence[Mapping[str, Any]]) -> list[str]:
    """Gives a name for every column of a list; one without a header is called by its place."""
    return [str(column.get("header") or f"column {place}") for place, column in enumerate(mapping, 1)]


def write_csv(columns: Sequence[str], pages: Iterable[Sequence[JudgedRow]]) -> Iterator[str]:
    """Gives the text of the CSV in pieces, one a page; memory does not grow with the list."""
    yield _write([[*HEAD, *map(make_harmless, columns)]])
    for page in pages:
        yield _write([_line(row) for row in page])


def write_evidence(columns: Sequence[str], pages: Iterable[Sequence[Evidence]]) -> Iterator[str]:
    """Gives the same of the rows that count against a list, with what shows it."""
    yield _write([[*EVIDENCE_HEAD, *map(make_harmless, columns)]])
    for page in pages:
        yield _write([_evidence(found) for found in page])


def write_claim(columns: Sequence[str], read_page: Callable[[int], Sequence[ClaimLine]]) -> Iterator[str]:
    """Gives the same of a claim's rows; `read_page` gives those behind a row's number, none at the end."""
    yield _write([[*CLAIM_HEAD, *map(make_harmless, columns)]])
    after = 0
    while page := read_page(after):
        yield _write([_claimed(line) for line in page])
        after = page[-1].row_no


def _claimed(line: ClaimLine) -> list[str]:
    return [str(line.row_no), str(line.line_no), line.ground, line.evidence, *map(make_harmless, line.cells or ())]


def _evidence(found: Evidence) -> list[str]:
    line = found.line
    told = [str(line.row_no), str(line.line_no), found.ground.value, line.reason, found.detail]
    return [*told, *map(make_harmless, line.cells)]


def _line(row: JudgedRow) -> list[str]:
    lead_id = encode("lead", row.lead_id) if row.lead_id is not None else ""
    told = [str(row.row_no), str(row.line_no), row.verdict or "", row.reason or "", hint_of(row.reason) or "", lead_id]
    return [*told, *map(make_harmless, row.cells)]


def _write(lines: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    # all quoted: where another separator is usual, a cell must not fall apart and begin anew with a formula
    csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(lines)
    return text.getvalue()
