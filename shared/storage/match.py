"""Statements about what the matcher found: pairs with their levels, reviews, merges, the weights it used."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.storage.engine import driver

_LOCK_KEY: Final = 7_305_261_120
_LOCK: Final = sa.text("SELECT pg_advisory_xact_lock(:key)")
_IDS: Final = sa.text("SELECT nextval('leadmill.match_id_seq') FROM generate_series(1, :count)")
_COPY: Final = b"""
    COPY leadmill.match (id, upload_id, record_a, record_b, score, decision, levels, model_version) FROM STDIN
"""
_ADD_REVIEWS: Final = sa.text("""
    INSERT INTO leadmill.review (lead_a, lead_b, match_id, origin)
    SELECT least(a.id, b.id), greatest(a.id, b.id), min(w.match_id), 'matcher'
    FROM unnest(CAST(:leads_a AS bigint[]), CAST(:leads_b AS bigint[]), CAST(:matches AS bigint[])) AS w (lead_a, lead_b, match_id)
    JOIN leadmill.lead AS a ON a.id = w.lead_a AND a.state = 'active'
    JOIN leadmill.lead AS b ON b.id = w.lead_b AND b.state = 'active'
    WHERE a.id <> b.id GROUP BY 1, 2 ORDER BY 1, 2 ON CONFLICT DO NOTHING
""")
_MERGE: Final = sa.text("SELECT leadmill.merge_leads(:winner, :loser, :match_id, :reason, :made_by)")
_UNMERGE: Final = sa.text("SELECT leadmill.unmerge(:merge_id, :reason, :made_by)")
_SPLIT: Final = sa.text("SELECT leadmill.split_lead(:lead, :new, CAST(:records AS bigint[]), :reason, :made_by)")
_SITE_KEY: Final = sa.text("SELECT site_key FROM leadmill.record WHERE id = :record")
_ADD_MODEL: Final = sa.text("""
    INSERT INTO leadmill.model (version, weights, rows_seen) VALUES (:version, CAST(:weights AS jsonb), :rows_seen)
    ON CONFLICT DO NOTHING
""")


@dataclass(frozen=True, slots=True)
class FoundPair:
    """A pair of records; `decision` is merge or review, `levels` names the level of every field both have."""

    record_a: int
    record_b: int
    score_bits: float
    decision: str
    levels: Mapping[str, str]


def lock_matching(connection: Connection) -> None:
    """Waits until nobody else puts records into leads, and holds that till the end of the transaction."""
    connection.execute(_LOCK, {"key": _LOCK_KEY})


def add_pairs(connection: Connection, upload_id: int, model_version: str, pairs: Sequence[FoundPair]) -> list[int]:
    """Keeps pairs; gives their ids in the same order."""
    ids = list(connection.execute(_IDS, {"count": len(pairs)}).scalars())
    with driver(connection).cursor() as cursor, cursor.copy(_COPY) as copy:
        for pair_id, pair in zip(ids, pairs, strict=True):
            ends = sorted((pair.record_a, pair.record_b))
            found = (pair.score_bits, pair.decision, json.dumps(dict(pair.levels)), model_version)
            copy.write_row((pair_id, upload_id, *ends, *found))
    return ids


def add_reviews(connection: Connection, reviews: Sequence[tuple[int, int, int]]) -> None:
    """Asks people about pairs of leads (lead, lead, match); a pair that is asked about already is left as it is."""
    if not reviews:
        return
    leads_a, leads_b, matches = ([review[part] for review in reviews] for part in range(3))
    connection.execute(_ADD_REVIEWS, {"leads_a": leads_a, "leads_b": leads_b, "matches": matches})


def merge_leads(
    connection: Connection, winner: int, loser: int, *, match_id: int | None, reason: str, made_by: int | None
) -> str:
    """Joins two leads: merged, pending (both are in work: a review waits) or gone. Held by one rep, the loser wins."""
    values = {"winner": winner, "loser": loser, "match_id": match_id, "reason": reason, "made_by": made_by}
    outcome: str = connection.execute(_MERGE, values).scalar_one()
    return outcome


def unmerge(connection: Connection, merge_id: int, *, reason: str, made_by: int | None) -> str:
    """Parts what a merge joined: parted, or gone."""
    values = {"merge_id": merge_id, "reason": reason, "made_by": made_by}
    outcome: str = connection.execute(_UNMERGE, values).scalar_one()
    return outcome


def split(
    connection: Connection, lead: int, new: int, records: Sequence[int], *, reason: str, made_by: int | None
) -> str:
    """Moves records that a lead was born with into a new one: split, or gone."""
    values = {"lead": lead, "new": new, "records": list(records), "reason": reason, "made_by": made_by}
    outcome: str = connection.execute(_SPLIT, values).scalar_one()
    return outcome


def find_site_key(connection: Connection, record: int) -> int | None:
    """Gives the key of the site that a record names."""
    key: int | None = connection.execute(_SITE_KEY, {"record": record}).scalar_one_or_none()
    return key


def add_model(connection: Connection, version: str, weights: Mapping[str, Any], *, rows_seen: int) -> None:
    """Keeps the weights that a list was matched with."""
    values = {"version": version, "weights": json.dumps(dict(weights)), "rows_seen": rows_seen}
    connection.execute(_ADD_MODEL, values)
