"""Statements that find what new records may be duplicates of: keys, forms, leads. Numpy columns in and out, nothing is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.storage.engine import driver
from shared.storage.packed import Integers, read_bigints

_FORMS_A_TURN: Final = 5_000
_SAMPLE: Final = 20  # records by whose leads a crowded key is judged
_MOST_RECORDS: Final = 2_000  # looked at of one key
_LATEST_RECORDS: Final = 3  # compared of one lead by one key
_ROWS_OF_A_RECORD: Final = 60  # by all keys together, of a long list on average
_FEWEST_ROWS: Final = 50_000
_ALWAYS: Final = 10  # records of a key that is looked at whatever the others cost

_OF_UPLOAD: Final = """
    COPY (SELECT r.id, r.row_no, coalesce(r.site_key, 0) FROM leadmill.record AS r
          WHERE r.upload_id = %s AND NOT EXISTS (SELECT 1 FROM leadmill.membership AS m WHERE m.record_id = r.id)
          ORDER BY r.row_no LIMIT %s)
    TO STDOUT (FORMAT binary)
"""
_OWN_KEYS: Final = """
    COPY (SELECT k.key, k.record_id FROM unnest(%s::bigint[]) AS own (id) JOIN leadmill.match_key AS k ON k.record_id = own.id)
    TO STDOUT (FORMAT binary)
"""

# A key that more leads share than the limit is dropped before its records are looked at: the cost is bounded whatever the base holds.
# Most keys are settled by their first records. One of too many is asked again only if few leads hold the first of them, as when
# one list came a hundred times, and then up to a bound. Of one lead the latest records speak for all. In a larger base every key has
# more records: the keys of fewest are looked at first, those of more as far as the list may cost.
_BASE_KEYS: Final = """
    COPY (
      WITH mine AS MATERIALIZED (
        SELECT k.key FROM unnest(%(records)s::bigint[]) AS own (id) JOIN leadmill.match_key AS k ON k.record_id = own.id
        GROUP BY k.key HAVING count(*) <= %(limit)s),
      first AS MATERIALIZED (
        SELECT mine.key, holders.ids
        FROM mine CROSS JOIN LATERAL (SELECT array_agg(record_id) AS ids FROM (
          SELECT record_id FROM leadmill.match_key WHERE key = mine.key LIMIT %(limit)s + 1) AS few) AS holders
        WHERE cardinality(holders.ids) >= 2),
      crowded AS MATERIALIZED (
        SELECT first.key FROM first CROSS JOIN LATERAL (
          SELECT count(DISTINCT m.lead_id) AS leads FROM unnest(first.ids[1:%(sample)s]) AS held (id)
          JOIN leadmill.membership AS m ON m.record_id = held.id AND m.closed_by IS NULL) AS seen
        WHERE cardinality(first.ids) > %(limit)s AND seen.leads <= %(sample)s / 2),
      afforded AS MATERIALIZED (
        SELECT coalesce(max(size), 0) AS size
        FROM (SELECT size, sum(rows) OVER (ORDER BY size) AS cost
              FROM (SELECT cardinality(ids) AS size, sum(cardinality(ids)) AS rows FROM first GROUP BY 1) AS sized) AS grown
        WHERE size <= %(always)s OR (size <= %(limit)s AND cost <= %(rows)s)),
      found AS MATERIALIZED (
        SELECT key, unnest(ids) AS record_id FROM first WHERE cardinality(ids) <= (SELECT size FROM afforded)
        UNION ALL
        SELECT crowded.key, more.record_id FROM crowded CROSS JOIN LATERAL (
          SELECT record_id FROM leadmill.match_key WHERE key = crowded.key LIMIT %(most)s) AS more),
      held AS (
        SELECT found.key, found.record_id, m.lead_id,
               row_number() OVER (PARTITION BY found.key, m.lead_id ORDER BY found.record_id DESC) AS age,
               dense_rank() OVER (PARTITION BY found.key ORDER BY m.lead_id) AS place
        FROM found
        JOIN leadmill.membership AS m ON m.record_id = found.record_id AND m.closed_by IS NULL
        JOIN leadmill.lead AS l ON l.id = m.lead_id AND l.state = 'active'),
      counted AS (SELECT key, record_id, lead_id, age, max(place) OVER (PARTITION BY key) AS leads FROM held)
      SELECT key, record_id, lead_id FROM counted WHERE age <= %(latest)s AND leads <= %(limit)s)
    TO STDOUT (FORMAT binary)
"""
# A table that has grown within the hour has no statistics, and each of these looks goes by an index whatever they say.
_BY_INDEX: Final = sa.text("SET LOCAL enable_seqscan = off")
_AS_BEFORE: Final = sa.text("SET LOCAL enable_seqscan = DEFAULT")
_FORMS: Final = "SELECT id, forms FROM leadmill.record WHERE id = ANY (%s)"
# Both numbers only grow, so their sum stays the same only if neither changed.
_HOLD: Final = sa.text("""
    SELECT count(*) FROM (SELECT 1 FROM leadmill.lead WHERE id = ANY (CAST(:leads AS bigint[])) AND state = 'active'
                          ORDER BY id FOR SHARE) AS held
""")
_LAST_MEMBERSHIP: Final = sa.text("""
    SELECT coalesce(max(id), 0) + (SELECT count(*) FROM leadmill.upload WHERE state = 'withdrawn') FROM leadmill.membership
""")
_NEVER_SAME: Final = sa.text("""
    SELECT DISTINCT a.lead_id, b.lead_id
    FROM leadmill.never_same AS n
    JOIN leadmill.membership AS a ON a.record_id = n.record_a AND a.closed_by IS NULL
    JOIN leadmill.membership AS b ON b.record_id = n.record_b AND b.closed_by IS NULL
    WHERE a.lead_id = ANY (:leads) AND b.lead_id = ANY (:leads)
""")

# What was said of the rows of a list holds for the same rows of its next version.
_CARRY_NEVER_SAME: Final = sa.text("""
    WITH moved AS (
      SELECT old.id AS before, new.id AS after
      FROM leadmill.upload AS u
      JOIN leadmill.record AS old ON old.upload_id = u.replaces
      JOIN leadmill.record AS new ON new.upload_id = u.id AND new.row_no = old.row_no
      WHERE u.id = :upload
    ), said AS (
      SELECT coalesce(a.after, n.record_a) AS one, coalesce(b.after, n.record_b) AS other, n.said_by, n.at
      FROM leadmill.never_same AS n LEFT JOIN moved AS a ON a.before = n.record_a LEFT JOIN moved AS b ON b.before = n.record_b
      WHERE a.after IS NOT NULL OR b.after IS NOT NULL
    )
    INSERT INTO leadmill.never_same (record_a, record_b, said_by, at)
    SELECT DISTINCT ON (1, 2) least(one, other), greatest(one, other), said_by, at FROM said ORDER BY 1, 2, at
    ON CONFLICT DO NOTHING
""")
_NEVER_SAME_RECORDS: Final = sa.text("""
    SELECT n.record_a, n.record_b, coalesce(a.lead_id, -1), coalesce(b.lead_id, -1)
    FROM leadmill.never_same AS n
    LEFT JOIN leadmill.membership AS a ON a.record_id = n.record_a AND a.closed_by IS NULL
    LEFT JOIN leadmill.membership AS b ON b.record_id = n.record_b AND b.closed_by IS NULL
    WHERE n.record_b >= :first AND (a.lead_id IS NULL OR b.lead_id IS NULL)
""")


@dataclass(frozen=True, slots=True)
class NewRecords:
    """Records that have no lead yet, in the order of their rows; `site_keys` has 0 where there is none."""

    ids: Integers
    rows: Integers
    site_keys: Integers


@dataclass(frozen=True, slots=True)
class BaseKeys:
    """Keys of records that have a lead, of every record each key by which a new one may find it."""

    keys: Integers
    records: Integers
    leads: Integers


def list_new_records(connection: Connection, upload_id: int, *, limit: int) -> NewRecords:
    """Gives the first records of an upload that have no lead yet."""
    return NewRecords(*read_bigints(connection, _OF_UPLOAD, (upload_id, limit), 3))


def list_own_keys(connection: Connection, records: Integers) -> tuple[Integers, Integers]:
    """Gives key and record for every key of these records."""
    keys, holders = read_bigints(connection, _OWN_KEYS, (records.tolist(),), 2)
    return keys, holders


def list_base_keys(connection: Connection, records: Integers, *, limit: int, rows: int | None = None) -> BaseKeys:
    """Gives who else in the base has a key of these records; keys of more than `limit` leads are left out.

    Of a lead with many records under one key the latest are given. The rarest keys come first, until they have cost `rows`
    rows, by default what a list of this length may cost. Needs a transaction.
    """
    connection.execute(_BY_INDEX)
    cost = max(_ROWS_OF_A_RECORD * len(records), _FEWEST_ROWS) if rows is None else rows
    bounds = {"limit": limit, "sample": _SAMPLE, "most": _MOST_RECORDS, "latest": _LATEST_RECORDS, "rows": cost}
    found = read_bigints(connection, _BASE_KEYS, {"records": records.tolist(), "always": _ALWAYS, **bounds}, 3)
    connection.execute(_AS_BEFORE)
    return BaseKeys(*found)


def read_forms(connection: Connection, records: Sequence[int]) -> Iterator[tuple[int, list[Any]]]:
    """Yields id and stored form of these records, some thousands at a time, within a turn in any order."""
    for start in range(0, len(records), _FORMS_A_TURN):
        yield from driver(connection).execute(_FORMS, (list(records[start : start + _FORMS_A_TURN]),))


def find_last_membership(connection: Connection) -> int:
    """Gives a mark: when it is the same later, no record has entered the base meanwhile, and none has left it with its upload."""
    mark: int = connection.execute(_LAST_MEMBERSHIP).scalar_one()
    return mark


def hold_leads(connection: Connection, leads: Sequence[int]) -> bool:
    """Keeps these leads from being merged, withdrawn or erased until the end of the transaction; False when one is already."""
    held: int = connection.execute(_HOLD, {"leads": list(leads)}).scalar_one()
    return held == len(leads)


def list_never_same(connection: Connection, leads: Sequence[int]) -> Sequence[tuple[int, int]]:
    """Gives the pairs among these leads of which a person said that they are two."""
    return [(row[0], row[1]) for row in connection.execute(_NEVER_SAME, {"leads": list(leads)})]


def carry_never_same(connection: Connection, upload_id: int) -> None:
    """Lets what people said of the rows of the version before hold for the same rows of this one; may be repeated."""
    connection.execute(_CARRY_NEVER_SAME, {"upload": upload_id})


def list_never_same_records(connection: Connection, first: int) -> Sequence[tuple[int, int, int, int]]:
    """Gives pairs with a record from `first` on that has no lead yet, and of which a person said that they are two.

    Two records and the lead of each, -1 for none.
    """
    return [tuple(row) for row in connection.execute(_NEVER_SAME_RECORDS, {"first": first})]
