"""Statements about the pairs that made a lead: which of its records the matcher joined, and under which weights."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

_COLUMNS: Final = """
    SELECT x.id, x.decision, x.model_version, m.weights, a.id AS id_a, a.fields AS fields_a, a.forms AS forms_a, sa.name AS source_a,
           a.row_no AS row_a, b.id AS id_b, b.fields AS fields_b, b.forms AS forms_b, sb.name AS source_b, b.row_no AS row_b
"""
_SIDES: Final = """
    JOIN leadmill.record AS a ON a.id = x.record_a JOIN leadmill.source AS sa ON sa.id = a.source_id
    JOIN leadmill.record AS b ON b.id = x.record_b JOIN leadmill.source AS sb ON sb.id = b.source_id
    LEFT JOIN leadmill.model AS m ON m.version = x.model_version
"""
_PAIR: Final = sa.text(f"{_COLUMNS} FROM leadmill.match AS x {_SIDES} WHERE x.id = :match")
_PAIRS: Final = sa.text(f"""
    {_COLUMNS}
    FROM leadmill.membership AS ma
    JOIN leadmill.match AS x ON x.record_a = ma.record_id
    JOIN leadmill.membership AS mb ON mb.record_id = x.record_b AND mb.lead_id = ma.lead_id AND mb.closed_by IS NULL
    {_SIDES}
    WHERE ma.lead_id = :lead AND ma.closed_by IS NULL ORDER BY x.score DESC, x.id LIMIT :limit
""")
# What a lead was born with and what was merged into it brought, less what belongs to the other lead when that one is among these.
_BORN: Final = sa.text("""
    SELECT r.id, s.name, r.row_no, r.fields, r.forms
    FROM leadmill.membership AS m
    JOIN leadmill.record AS r ON r.id = m.record_id JOIN leadmill.source AS s ON s.id = r.source_id
    WHERE m.opened_by IS NULL AND coalesce(m.closed_by, 1) > 0 AND m.lead_id IN (SELECT leadmill.lead_tree(:lead))
      AND (:other NOT IN (SELECT leadmill.lead_tree(:lead)) OR m.lead_id NOT IN (SELECT leadmill.lead_tree(:other)))
    ORDER BY r.id DESC LIMIT :limit
""")
_HOLDERS: Final = sa.text("""
    SELECT own.key, (SELECT count(*) FROM (SELECT 1 FROM leadmill.match_key WHERE key = own.key LIMIT :most) AS held)
    FROM unnest(CAST(:keys AS bigint[])) AS own (key)
""")


@dataclass(frozen=True, slots=True)
class Side:
    """One record of a pair as it came in."""

    record_id: int
    source: str
    row_no: int
    fields: dict[str, Any]
    forms: list[Any]


@dataclass(frozen=True, slots=True)
class JoinedPair:
    """A pair that the matcher looked at within one lead; `weights` are None where the shipped ones decided."""

    match_id: int
    decision: str
    model_version: str
    weights: dict[str, Any] | None
    a: Side
    b: Side


def list_joined_pairs(connection: Connection, lead_id: int, *, limit: int) -> list[JoinedPair]:
    """Gives the pairs of records of one lead, the surest first; none for a lead of one record."""
    return [_pair(row) for row in connection.execute(_PAIRS, {"lead": lead_id, "limit": limit})]


def find_pair(connection: Connection, match_id: int) -> JoinedPair | None:
    """Gives a pair that the matcher looked at; None when one of its records is gone."""
    row = connection.execute(_PAIR, {"match": match_id}).one_or_none()
    return _pair(row) if row else None


def list_sides(connection: Connection, lead_id: int, other_id: int, *, limit: int) -> list[Side]:
    """Gives the newest records of a lead, without those of another lead that is one with it now."""
    values = {"lead": lead_id, "other": other_id, "limit": limit}
    return [Side(*row) for row in connection.execute(_BORN, values)]


def count_holders(connection: Connection, keys: Sequence[int], *, most: int) -> dict[int, int]:
    """Gives how many records have each of these keys, counted up to `most`."""
    return {row[0]: row[1] for row in connection.execute(_HOLDERS, {"keys": list(keys), "most": most})}


def _pair(row: sa.Row[Any]) -> JoinedPair:
    sides = (
        Side(row.id_a, row.source_a, row.row_a, row.fields_a, row.forms_a),
        Side(row.id_b, row.source_b, row.row_b, row.fields_b, row.forms_b),
    )
    return JoinedPair(row.id, row.decision, row.model_version, row.weights, *sides)
