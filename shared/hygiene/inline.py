"""One row through the whole line in the caller's transaction, with its verdict at once: a form, a rep's proposal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from sqlalchemy import Connection

from shared.domain.errors import Superseded, absent
from shared.hygiene.applying import apply_matched
from shared.hygiene.matching import Matched, check_current, match_records
from shared.hygiene.reading import CUSTOM, NORMALISER_VERSION, PLAN_VERSION, Rejected, read_row, rules_of
from shared.match.base import EMPTY_BASE
from shared.match.decision import Decision
from shared.match.model import default_model
from shared.storage.candidate import hold_leads
from shared.storage.cleaning import add_rejected
from shared.storage.outcome import find_outcome
from shared.storage.packed import Integers
from shared.storage.pipeline import pipelined
from shared.storage.record import NewRecord, Origin
from shared.storage.single import add_record, look_up
from shared.storage.standing import StandingUpload, add_standing_row, hold_standing_upload

_NOBODY: Final = np.array([-1], dtype=np.int64)
_shipped_model: Final = cache(default_model)
"""What stands for weights where nothing is compared."""


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


def take_row(
    connection: Connection,
    *,
    secret: bytes,
    source_id: int,
    fields: Mapping[str, Sequence[str]],
    of_lead: int | None = None,
) -> Taken:
    """Takes one row of a source: kept verbatim in the source's standing upload, cleaned, matched, given a lead and its verdict.

    Rows of one source wait for each other, and for whoever is putting an upload into leads. May be repeated only with an
    idempotency key: the same row again is another row.

    `fields` has the contract's field names (`custom:<name>` for others) with their cells as typed; `secret` is the key of the keyed hashes.
    `of_lead` is the lead that a person says it is about: then nothing is compared.

    Raises:
        Refused: `not_found`, no such source.
        Superseded: `lead_gone`, the lead that it is about is no longer active; nothing may stay of this transaction.
    """
    with pipelined(connection):
        look_up(connection)
        held = hold_standing_upload(connection, source_id)
    if held is None:
        raise absent("source")
    mapping, cells = _as_row(held.mapping, fields)
    rules = rules_of(mapping, secret=secret, default_country=held.default_country, may_store=held.may_store)
    result = read_row(rules, held.rows_read + 1, fields)
    with pipelined(connection):
        row_no = add_standing_row(connection, held, cells, mapping)
    if isinstance(result, Rejected):
        add_rejected(connection, held.id, [(row_no, result.reason)])
    else:
        _apply(connection, held, source_id, result, of_lead)
    outcome = find_outcome(connection, held.id, row_no)
    assert outcome is not None
    return Taken(held.id, row_no, outcome.verdict, outcome.reason, outcome.lead_id, outcome.record_id, outcome.notes)


def _apply(connection: Connection, held: StandingUpload, source_id: int, new: NewRecord, of_lead: int | None) -> None:
    """A record that shares no key with any other is compared with none: it begins a lead of its own."""
    origin = Origin(held.id, source_id, NORMALISER_VERSION, PLAN_VERSION)
    record_id, has_company = add_record(connection, origin, new)
    records = np.array([record_id], dtype=np.int64)
    if of_lead is not None:
        matched = _as_told(connection, record_id, of_lead)
    elif has_company:
        matched = match_records(connection, records)
        check_current(connection, matched)
    else:
        matched = _alone(records)
    apply_matched(connection, held.id, matched, np.array([new.site_key or 0], dtype=np.int64))


def _alone(records: Integers) -> Matched:
    decision = Decision(np.zeros(1, dtype=np.int64), [], [])
    return Matched(records, 1, _NOBODY, decision, _shipped_model(), EMPTY_BASE, 0)


def _as_told(connection: Connection, record_id: int, lead_id: int) -> Matched:
    if not hold_leads(connection, [lead_id]):
        raise Superseded("lead_gone", "this lead is no longer active: look at what it has become")
    decision = Decision(np.zeros(2, dtype=np.int64), [], [])
    lines, leads = np.array([record_id, 0], dtype=np.int64), np.array([-1, lead_id], dtype=np.int64)
    return Matched(lines, 1, leads, decision, _shipped_model(), EMPTY_BASE, 0)


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
