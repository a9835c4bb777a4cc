"""Statements that write records and all that hangs on them: numbers, hashes, keys. Records are immutable."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import sqlalchemy as sa
from sqlalchemy import Connection

from shared.storage.engine import driver
from shared.storage.number import NewNumber, add_numbers
from shared.storage.packed import write_bigints

_IDS: Final = sa.text("SELECT nextval('leadmill.record_id_seq') FROM generate_series(1, :count)")
_COPY_RECORDS: Final = b"""
    COPY leadmill.record (id, upload_id, row_no, source_id, country, fields, forms, problems, site_key,
                          normaliser_version, plan_version) FROM STDIN
"""
_COPY_NUMBERS: Final = b"COPY leadmill.record_number (record_id, number_id, position, kind, extension) FROM STDIN"
_COPY_HASHES: Final = b"COPY leadmill.record_hash (record_id, scope, key_hash) FROM STDIN"
_COPY_KEYS: Final = "COPY leadmill.match_key (key, record_id) FROM STDIN (FORMAT binary)"


@dataclass(frozen=True, slots=True)
class GivenNumber:
    """A number as one record gave it."""

    number: NewNumber
    kind: str
    extension: str | None


@dataclass(frozen=True, slots=True)
class NewRecord:
    """What one row said, normalised. `problems`: JSON objects of code, field, detail; `hashes`: scope and keyed hash."""

    row_no: int
    country: str | None
    fields: dict[str, Any]
    form: list[Any]
    problems: list[dict[str, str]]
    site_key: int | None
    keys: Sequence[int]
    hashes: Sequence[tuple[str, bytes]]
    numbers: Sequence[GivenNumber]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where records come from, and which rules read them."""

    upload_id: int
    source_id: int
    normaliser_version: str
    plan_version: str


def add_records(connection: Connection, origin: Origin, records: Sequence[NewRecord]) -> list[int]:
    """Writes records with their keys, hashes and numbers; gives their ids in the same order, each higher than the last."""
    ids = list(connection.execute(_IDS, {"count": len(records)}).scalars())
    _copy_records(connection, origin, ids, records)
    counts = [len(record.keys) for record in records]
    keys = np.fromiter((key for record in records for key in record.keys), dtype=np.int64, count=sum(counts))
    holders = np.repeat(np.array(ids, dtype=np.int64), counts)
    order = np.argsort(keys, kind="stable")  # neighbours in the index come together: a tenth off their writing
    write_bigints(connection, _COPY_KEYS, keys[order], holders[order])
    with driver(connection).cursor() as cursor, cursor.copy(_COPY_HASHES) as copy:
        for record_id, record in zip(ids, records, strict=True):
            for scope, key_hash in record.hashes:
                copy.write_row((record_id, scope, key_hash))
    _copy_numbers(connection, origin, ids, records)
    return ids


def _copy_records(connection: Connection, origin: Origin, ids: Sequence[int], records: Sequence[NewRecord]) -> None:
    with driver(connection).cursor() as cursor, cursor.copy(_COPY_RECORDS) as copy:
        for record_id, record in zip(ids, records, strict=True):
            row = (record_id, origin.upload_id, record.row_no, origin.source_id, record.country, to_text(record.fields))
            problems = to_text(record.problems) if record.problems else None
            versions = (origin.normaliser_version, origin.plan_version)
            copy.write_row((*row, to_text(record.form), problems, record.site_key, *versions))


def _copy_numbers(connection: Connection, origin: Origin, ids: Sequence[int], records: Sequence[NewRecord]) -> None:
    given = (one.number for record in records for one in record.numbers)
    number_ids = add_numbers(connection, given, plan_version=origin.plan_version)
    with driver(connection).cursor() as cursor, cursor.copy(_COPY_NUMBERS) as copy:
        for record_id, record in zip(ids, records, strict=True):
            for position, one in enumerate(record.numbers):
                number_id = number_ids[one.number.key_hash]
                copy.write_row((record_id, number_id, position, one.kind, one.extension))


def to_text(value: object) -> str:
    """Gives the JSON text of a value, as short as it can be."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
