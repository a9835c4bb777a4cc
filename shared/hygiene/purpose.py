"""What becomes of a slice of a list by the purpose it was brought for: one use case a purpose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from sqlalchemy import Connection

from shared.hygiene.applying import apply_matched
from shared.hygiene.base import COUNT_FROM, count_in
from shared.hygiene.filling import fill_known, find_known
from shared.hygiene.marking import close_leads, suppress_leads, suppress_list
from shared.hygiene.matching import Matched
from shared.hygiene.moving_in import begin_moving_in, estimate_contacts, suppress_opt_outs, write_history
from shared.storage.candidate import NewRecords
from shared.storage.lead import read_fields
from shared.storage.move_in import add_told, find_clients, forget_records, list_contact_only
from shared.storage.upload import Upload

_LISTED: Final = ("unknown_owners", "second_look")
"""Findings that are lists; all others are counts, or counts by code."""

_OF_CLIENTS: Final = ("clients", "customers", "owned")
_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Slice:
    """Records of one upload that have no verdict yet: those to be matched, and those that are about a lead in another way."""

    new: NewRecords
    others: Sequence[int]


def divide(connection: Connection, upload: Upload, found: NewRecords) -> Slice:
    """Tells rows that are compared with the base from those that name somebody by a key alone."""
    if upload.purpose == "suppress":
        return Slice(_only(found, np.zeros(len(found.ids), dtype=bool)), found.ids.tolist())
    if upload.purpose != "base":
        return Slice(found, [])
    others = list_contact_only(connection, found.ids.tolist())
    is_new = np.array([record not in others for record in found.ids.tolist()], dtype=bool)
    return Slice(_only(found, is_new), sorted(others))


def apply_slice(connection: Connection, upload: Upload, part: Slice, matched: Matched) -> dict[str, Any]:
    """Gives every row of the slice its verdict and does what the list is for; gives what it came to, beside the verdicts."""
    if upload.purpose == "suppress":
        return suppress_list(connection, upload, part.others)
    if upload.purpose == "update":
        return fill_known(connection, upload.id, matched, part.new)
    if upload.purpose == "closed":
        known = find_known(connection, matched, part.new)
        lead_of = dict(zip(known.records.tolist(), known.placement.leads, strict=True))
        return close_leads(connection, upload, lead_of, known.unknown)
    if upload.purpose == "base":
        return _move_in(connection, upload, part, matched)
    _apply(connection, upload, part, matched)
    return {}


def joined(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """What two slices of one list came to together."""
    told = dict(one)
    for name, value in other.items():
        before = told.get(name)
        if before is None:
            told[name] = value
        elif name in _LISTED:
            told[name] = [*before, *value][:_SHOWN]
        elif isinstance(value, Mapping):
            told[name] = {code: before.get(code, 0) + value.get(code, 0) for code in {**before, **value}}
        else:
            told[name] = before + value
    return told


def _only(found: NewRecords, wanted: Any) -> NewRecords:
    return replace(found, ids=found.ids[wanted], rows=found.rows[wanted], site_keys=found.site_keys[wanted])


def _apply(connection: Connection, upload: Upload, part: Slice, matched: Matched) -> Sequence[int]:
    """Gives the lead of each new record."""
    placement = apply_matched(connection, upload.id, matched, part.new.site_keys)
    if matched.new >= COUNT_FROM:
        count_in(connection, matched.gained)
    return placement.leads


def _move_in(connection: Connection, upload: Upload, part: Slice, matched: Matched) -> dict[str, Any]:
    records = part.new.ids.tolist()
    moving = begin_moving_in(connection, upload, records)
    opted_out = suppress_opt_outs(moving, records)
    leads = _apply(connection, upload, part, matched)
    told = write_history(moving, dict(zip(records, leads, strict=True))) | {"opted_out": opted_out}
    return joined(told, _move_in_contacts(connection, upload, part.others)) if part.others else told


def _move_in_contacts(connection: Connection, upload: Upload, records: Sequence[int]) -> dict[str, Any]:
    """Rows of a list of past contacts: of the client whom this source knows under the same id."""
    lead_of = find_clients(connection, upload.source_id, records)
    expected = _expect_clients(connection, upload, [record for record in records if record not in lead_of])
    moving = begin_moving_in(connection, upload, sorted([*lead_of, *expected]))
    estimate = estimate_contacts(moving, expected)
    told = write_history(moving, dict(sorted(lead_of.items())), contacts_only=True)
    opted_out = [lead for record, lead in lead_of.items() if moving.told[record].is_opt_out]
    told = joined(told | {"opted_out": suppress_leads(connection, upload, opted_out)}, estimate)
    client_of = lead_of | expected
    add_told(connection, "merged", [(record, client, "past_contact") for record, client in client_of.items()])
    add_told(
        connection, "rejected", [(record, None, "unknown_client") for record in records if record not in client_of]
    )
    forget_records(connection, records)
    return {name: value for name, value in told.items() if name not in _OF_CLIENTS}


def _expect_clients(connection: Connection, upload: Upload, records: Sequence[int]) -> dict[int, int]:
    """By record a number for its client, below zero: in a trial of contacts whose clients are to come first; else nobody."""
    if not (upload.dry_run and upload.terms.get("expect_clients")):
        return {}
    names = {record: str(fields.get("external_id")) for record, fields in read_fields(connection, records).items()}
    numbers = {name: -place for place, name in enumerate(dict.fromkeys(names.values()), 1)}
    return {record: numbers[name] for record, name in names.items()}
