"""Statements about the pairs that made a lead: which of its records the matcher joined, and under which weights."""

from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

_PAIRS: Final = sa.text("""
    SELECT x.id, x.decision, x.model_version, m.weights, a.id AS id_a, a.fields AS fields_a, a.forms AS forms_a, sa.name AS source_a,
           a.row_no AS row_a, b.id AS id_b, b.fields AS fields_b, b.forms AS forms_b, sb.name AS source_b, b.row_no AS row_b
    FROM leadmill.membership AS ma
    JOIN leadmill.match AS x ON x.record_a = ma.record_id
    JOIN leadmill.membership AS mb ON mb.record_id = x.record_b AND mb.lead_id = ma.lead_id AND mb.closed_by IS NULL
    JOIN leadmill.record AS a ON a.id = x.record_a JOIN leadmill.source AS sa ON sa.id = a.source_id
    JOIN leadmill.record AS b ON b.id = x.record_b JOIN leadmill.source AS sb ON sb.id = b.source_id
    LEFT JOIN leadmill.model AS m ON m.version = x.model_version
    WHERE ma.lead_id = :lead AND ma.closed_by IS NULL ORDER BY x.score DESC, x.id LIMIT :limit
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
    return [
        JoinedPair(
            row.id,
            row.decision,
            row.model_version,
            row.weights,
            Side(row.id_a, row.source_a, row.row_a, row.fields_a, row.forms_a),
            Side(row.id_b, row.source_b, row.row_b, row.fields_b, row.forms_b),
        )
        for row in connection.execute(_PAIRS, {"lead": lead_id, "limit": limit})
    ]
