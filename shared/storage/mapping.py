"""Statements about what people said of headers before, a source and header at a time."""

from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import JSONB

_REMEMBER: Final = sa.text("""
    INSERT INTO leadmill.mapping_memory (source_id, fingerprint, mapping) VALUES (:source_id, :fingerprint, :mapping)
    ON CONFLICT (source_id, fingerprint) DO UPDATE SET mapping = excluded.mapping, remembered_at = leadmill.clock()
""").bindparams(sa.bindparam("mapping", type_=JSONB))

_LIST: Final = sa.text("SELECT fingerprint, mapping FROM leadmill.mapping_memory WHERE source_id = :source_id")


def remember_mapping(connection: Connection, source_id: int, fingerprint: bytes, mapping: Mapping[str, str]) -> None:
    """Keeps what a person said of this header, `{column: field}`, for the next list of the source."""
    values = {"source_id": source_id, "fingerprint": fingerprint, "mapping": dict(mapping)}
    connection.execute(_REMEMBER, values)


def find_mappings(connection: Connection, source_id: int) -> Mapping[bytes, Mapping[str, str]]:
    """Gives what a person said of the source's headers before, by fingerprint of the header."""
    return {bytes(row[0]): row[1] for row in connection.execute(_LIST, {"source_id": source_id})}
