"""The counts of the whole base, kept beside it: a few records are judged by how rare their values are there."""

from typing import Final

from sqlalchemy import Connection

from shared.match.base import EMPTY_BASE, Base, base_from_json, base_sum, base_to_json
from shared.storage.base_count import add_counts, find_newest, read_counts

COUNT_FROM: Final = 200
"""New records from which on an upload changes the counts: fewer change no frequency."""

_known: dict[str, tuple[int, Base]] = {}
"""By database the counts that were read last: half a megabyte that a single row should not wait for."""


def find_base(connection: Connection) -> Base:
    """Gives the counts that stand."""
    database, number = find_newest(connection)
    if number == 0:
        return EMPTY_BASE
    known = _known.get(database)
    if known is None or known[0] != number:
        known = _known[database] = (number, base_from_json(read_counts(connection, number)))
    return known[1]


def count_in(connection: Connection, gained: Base) -> None:
    """Adds the counts of records that entered the base; the caller holds the lock of matching."""
    add_counts(connection, base_to_json(base_sum(find_base(connection), gained)))
