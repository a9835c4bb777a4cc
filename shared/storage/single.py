"""Statements for a record that comes alone: what `record` does for thousands by COPY, one behind the other in a pipeline."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection

from shared.storage.engine import driver
from shared.storage.match import lock_matching
from shared.storage.number import add_unknown
from shared.storage.pipeline import pipelined
from shared.storage.record import NewRecord, Origin, to_text

# A few rows of large tables, whatever their statistics say; planned once a connection.
_LOOK_UP: Final = """
    SELECT set_config('enable_seqscan', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true)
"""
_ADD: Final = """
    INSERT INTO leadmill.record (upload_id, row_no, source_id, country, fields, forms, problems, site_key,
                                 normaliser_version, plan_version)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_ADD_KEYS: Final = """
    INSERT INTO leadmill.match_key (key, record_id)
    SELECT key, currval('leadmill.record_id_seq') FROM unnest(%s::bigint[]) AS key
"""
_ADD_HASHES: Final = """
    INSERT INTO leadmill.record_hash (record_id, scope, key_hash)
    SELECT currval('leadmill.record_id_seq'), scope, key_hash FROM unnest(%s::text[], %s::bytea[]) AS h (scope, key_hash)
"""
_ADD_NUMBERS: Final = """
    INSERT INTO leadmill.record_number (record_id, number_id, position, kind, extension)
    SELECT currval('leadmill.record_id_seq'), n.id, given.place - 1, given.kind, given.extension
    FROM unnest(%s::bytea[], %s::text[], %s::text[]) WITH ORDINALITY AS given (key_hash, kind, extension, place)
    JOIN leadmill.number AS n USING (key_hash)
"""
_FIND: Final = """
    SELECT currval('leadmill.record_id_seq'), EXISTS (
      SELECT 1 FROM unnest(%s::bigint[]) AS own (key)
      WHERE EXISTS (SELECT 1 FROM leadmill.match_key AS k
                    WHERE k.key = own.key AND k.record_id <> currval('leadmill.record_id_seq') OFFSET 0))
"""


def look_up(connection: Connection) -> None:
    """Lets the rest of the transaction find its few rows by index, by plans that are kept."""
    driver(connection).execute(_LOOK_UP)


def add_record(connection: Connection, origin: Origin, record: NewRecord) -> tuple[int, bool]:
    """Writes a record with all that hangs on it, then holds the lock of matching.

    Gives its id, and whether any other record has one of its keys: else it can be nobody's duplicate.
    """
    execute, forms = driver(connection).execute, to_text(record.form)
    problems = to_text(record.problems) if record.problems else None
    of_row = (origin.upload_id, record.row_no, origin.source_id, record.country)
    versions = (record.site_key, origin.normaliser_version, origin.plan_version)
    keys = list(record.keys)
    with pipelined(connection):
        execute(_ADD, (*of_row, to_text(record.fields), forms, problems, *versions))
        execute(_ADD_KEYS, (keys,))
        if record.hashes:
            execute(_ADD_HASHES, _columns(record.hashes))
        if record.numbers:
            add_unknown(connection, [given.number for given in record.numbers], plan_version=origin.plan_version)
            execute(_ADD_NUMBERS, _columns([(one.number.key_hash, one.kind, one.extension) for one in record.numbers]))
        lock_matching(connection)
        row = execute(_FIND, (keys,)).fetchone()
    assert row is not None
    return row[0], row[1]


def _columns(rows: Sequence[Sequence[object]]) -> list[list[object]]:
    return [list(column) for column in zip(*rows, strict=True)]
