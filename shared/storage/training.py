"""Statements about learning from the base: which weights stand, what to learn from, what people decided."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

_LOCK_KEY: Final = 7_305_261_121
_LOCK: Final = sa.text("SELECT pg_advisory_xact_lock(:key)")
_NEWEST: Final = sa.text("SELECT current_database(), coalesce(max(id), 0) FROM leadmill.training")
_READ: Final = sa.text("""
    SELECT t.id, t.model_version, m.weights, t.last_record, t.told, t.at
    FROM leadmill.training AS t JOIN leadmill.model AS m ON m.version = t.model_version WHERE t.id = :id
""")
_ADD: Final = sa.text("""
    INSERT INTO leadmill.training (model_version, last_record, told) VALUES (:version, :last_record, CAST(:told AS jsonb))
""")
_LAST_RECORD: Final = sa.text("SELECT coalesce(max(id), 0) FROM leadmill.record")
# A pair is what the matcher compared; where a rep began, the newest record that each of the leads was born with. The latest
# word about a pair stands: a review, or a merge that was undone.
_DECIDED: Final = sa.text("""
    WITH said AS (
      SELECT r.decided_at AS at, r.state = 'merged' AS same, x.score,
             coalesce(x.record_a, (SELECT max(m.record_id) FROM leadmill.membership AS m
                                   WHERE m.lead_id = r.lead_a AND m.opened_by IS NULL)) AS record_a,
             coalesce(x.record_b, (SELECT max(m.record_id) FROM leadmill.membership AS m
                                   WHERE m.lead_id = r.lead_b AND m.opened_by IS NULL)) AS record_b
      FROM leadmill.review AS r LEFT JOIN leadmill.match AS x ON x.id = r.match_id
      WHERE r.state IN ('merged', 'distinct') AND r.decided_by IS NOT NULL
      UNION ALL
      SELECT u.at, false, x.score, x.record_a, x.record_b
      FROM leadmill.merge AS u
      JOIN leadmill.merge AS m ON m.id = u.undoes
      JOIN leadmill.match AS x ON x.id = m.match_id
      JOIN leadmill.never_same AS n ON (n.record_a, n.record_b) = (x.record_a, x.record_b)
      WHERE u.made_by IS NOT NULL
    ), latest AS (
      SELECT DISTINCT ON (record_a, record_b) * FROM said WHERE record_a IS NOT NULL AND record_b IS NOT NULL
      ORDER BY record_a, record_b, at DESC
    )
    SELECT record_a, record_b, same, score FROM latest ORDER BY at DESC, record_a, record_b LIMIT :limit
""")


@dataclass(frozen=True, slots=True)
class Training:
    """Weights that were learnt from the base; `last_record`: the newest record of then."""

    id: int
    model_version: str
    weights: Mapping[str, Any]
    last_record: int
    told: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class DecidedPair:
    """Two records of which a person said whether they are one lead; `score_bits` is what the matcher said, if it was asked."""

    record_a: int
    record_b: int
    same: bool
    score_bits: float | None


def lock_training(connection: Connection) -> None:
    """Waits until nobody else learns from the base, and holds that till the end of the transaction."""
    connection.execute(_LOCK, {"key": _LOCK_KEY})


def find_newest(connection: Connection) -> tuple[str, int]:
    """Gives the database and the number of the training that stands, 0 when there was none."""
    row = connection.execute(_NEWEST).one()
    return row[0], row[1]


def read_training(connection: Connection, number: int) -> Training:
    """Reads a training that exists."""
    return Training(*connection.execute(_READ, {"id": number}).one())


def add_training(connection: Connection, version: str, *, last_record: int, told: Mapping[str, Any]) -> None:
    """Lets these weights stand from now on; the model is kept already."""
    connection.execute(_ADD, {"version": version, "last_record": last_record, "told": json.dumps(dict(told))})


def find_last_record(connection: Connection) -> int:
    """Gives the newest record, 0 when there is none: how far the base has grown."""
    last: int = connection.execute(_LAST_RECORD).scalar_one()
    return last


def list_decided(connection: Connection, *, limit: int) -> list[DecidedPair]:
    """Gives what people decided about pairs of records, the latest first."""
    return [DecidedPair(*row) for row in connection.execute(_DECIDED, {"limit": limit})]
