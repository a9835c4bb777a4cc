"""One row through the whole line in the caller's transaction, with its verdict at once: a form, a rep's proposal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Connection

from shared.hygiene.applying import apply_matched
from shared.hygiene.cleaning import find_rules, write_results
from shared.hygiene.matching import check_current, match_records
from shared.hygiene.reading import CUSTOM, read_row
from shared.storage.cleaning import find_cleaning_upload
from shared.storage.match import lock_matching
from shared.storage.outcome import find_outcome
from shared.storage.record import NewRecord
from shared.storage.standing import add_standing_row, hold_standing_upload


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the row; without lead and record it was rejected. `notes`: further reason codes."""

    upload_id: int
    row_no: int
    verdict: str
    reason: str
    lead_id: int | None
    record_id: int | None
    notes: Sequence[str]


def take_row(connection: Connection, *, secret: bytes, source_id: int, fields: Mapping[str, Sequence[str]]) -> Taken:
    """Takes one row of a source: kept verbatim in the source's standing upload, cleaned, matched, given a lead and its verdict.

    Rows of one source wait for each other, and for whoever is putting an upload into leads. May be repeated only with an
    idempotency key: the same row again is another row.

    `fields` has the contract's field names (`custom:<name>` for others) with their cells as typed; `secret` is the key of the keyed hashes.
    """
    held = hold_standing_upload(connection, source_id)
    mapping, cells = _as_row(held.mapping, fields)
    row_no = add_standing_row(connection, held, cells, mapping)
    upload = find_cleaning_upload(connection, held.id)
    result = read_row(find_rules(connection, upload, secret), row_no, fields)
    records = write_results(connection, upload, [result])
    if isinstance(result, NewRecord):
        lock_matching(connection)
        matched = match_records(connection, np.array(records, dtype=np.int64))
        check_current(connection, matched)
        apply_matched(connection, held.id, matched, np.array([result.site_key or 0], dtype=np.int64))
    outcome = find_outcome(connection, held.id, row_no)
    assert outcome is not None
    return Taken(held.id, row_no, outcome.verdict, outcome.reason, outcome.lead_id, outcome.record_id, outcome.notes)


def _as_row(
    mapping: Sequence[Mapping[str, Any]], fields: Mapping[str, Sequence[str]]
) -> tuple[list[dict[str, Any]], list[str]]:
    """The cells under the upload's columns, to which a field that has none yet, or not enough, is added."""
    columns = [dict(column) for column in mapping]
    places: dict[str, list[int]] = {}
    for place, column in enumerate(columns):
        places.setdefault(column["field"], []).append(place)
    cells = [""] * len(columns)
    for field, values in fields.items():
        for number, value in enumerate(values):
            if number == len(places.setdefault(field, [])):
                places[field].append(len(columns))
                columns.append(
                    {"header": field.removeprefix(CUSTOM), "field": field, "confidence": 1.0, "by": "header"}
                )
                cells.append("")
            cells[places[field][number]] = value
    return columns, cells
