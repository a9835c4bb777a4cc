"""Statements that make leads out of records and keep what is derived from their records: fields, numbers, queue entries."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.storage.engine import driver

_LEADS_A_TURN: Final = 2_000

_IDS: Final = sa.text("SELECT nextval('leadmill.lead_id_seq') FROM generate_series(1, :count)")
_ADD_SITES: Final = sa.text("""
    INSERT INTO leadmill.site (key) SELECT DISTINCT key FROM unnest(CAST(:keys AS bigint[])) AS key
    WHERE key IS NOT NULL ORDER BY key ON CONFLICT DO NOTHING
""")
# Rules are few and mostly none: asking once spares a call a lead.
_ADD: Final = sa.text("""
    INSERT INTO leadmill.lead (id, site_id, country, window_id, pool_id, fields, provenance)
    SELECT new.id, s.id, c.code, w.id,
           CASE WHEN EXISTS (SELECT 1 FROM leadmill.pool_rule) THEN leadmill.pool_for(c.code, source.kind, r.fields, leadmill.clock())
                ELSE (SELECT id FROM leadmill.pool WHERE name = 'default') END,
           coalesce(new.fields, r.fields), new.provenance
    FROM unnest(CAST(:ids AS bigint[]), CAST(:records AS bigint[]), CAST(:site_keys AS bigint[]),
                CAST(:fields AS jsonb[]), CAST(:provenance AS jsonb[]))
      AS new (id, record_id, site_key, fields, provenance)
    JOIN leadmill.record AS r ON r.id = new.record_id
    JOIN leadmill.source AS source ON source.id = r.source_id
    LEFT JOIN leadmill.site AS s ON s.key = new.site_key
    LEFT JOIN leadmill.country AS c ON c.code = r.country
    LEFT JOIN leadmill.calling_window AS w ON w.country = c.code AND w.zones = c.zones
    ORDER BY new.id
""")
_ADD_MEMBERS: Final = sa.text("""
    INSERT INTO leadmill.membership (record_id, lead_id)
    SELECT record_id, lead_id FROM unnest(CAST(:records AS bigint[]), CAST(:leads AS bigint[])) AS m (record_id, lead_id)
""")
_REFRESH_NUMBERS: Final = sa.text("SELECT leadmill.refresh_lead_numbers(CAST(:leads AS bigint[]))")
_ENQUEUE: Final = sa.text("SELECT leadmill.enqueue_new_leads(CAST(:leads AS bigint[]))")
_REFRESH_QUEUE: Final = sa.text("SELECT leadmill.refresh_queue(CAST(:leads AS bigint[]))")
_MEMBERS: Final = sa.text("""
    SELECT m.lead_id, r.id, r.fields, s.trust, r.created_at
    FROM leadmill.membership AS m
    JOIN leadmill.record AS r ON r.id = m.record_id
    JOIN leadmill.source AS s ON s.id = r.source_id
    WHERE m.closed_by IS NULL AND m.lead_id = ANY (CAST(:leads AS bigint[])) ORDER BY m.lead_id
""")
_RECORDS: Final = sa.text("SELECT id, fields FROM leadmill.record WHERE id = ANY (CAST(:records AS bigint[]))")
_WRITE_FIELDS: Final = sa.text("""
    UPDATE leadmill.lead AS l SET fields = w.fields, provenance = w.provenance, changed_at = leadmill.clock()
    FROM unnest(CAST(:ids AS bigint[]), CAST(:fields AS jsonb[]), CAST(:provenance AS jsonb[])) AS w (id, fields, provenance)
    WHERE l.id = w.id AND l.state = 'active'
""")
# A record that says nothing but what its lead says already changes no field: most of a list that comes again.
_TOLD_MORE: Final = """
    SELECT DISTINCT l.id
    FROM unnest(%s::bigint[], %s::bigint[]) AS m (record_id, lead_id)
    JOIN leadmill.record AS r ON r.id = m.record_id
    JOIN leadmill.lead AS l ON l.id = m.lead_id
    WHERE NOT l.fields @> r.fields
"""
_TOPS: Final = sa.text("SELECT id, leadmill.top_lead(id) FROM leadmill.lead WHERE id = ANY (CAST(:leads AS bigint[]))")


Golden: TypeAlias = tuple[Mapping[str, Any], Mapping[str, int] | None]
"""The fields of a lead, and by field the record that gave it; None for a lead of one record."""


@dataclass(frozen=True, slots=True)
class NewLead:
    """A lead that begins as one record says, or as `golden` says of several; `site_key` None for a private person."""

    id: int
    record_id: int
    site_key: int | None
    golden: Golden | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A record of a lead, as the golden record weighs it."""

    lead_id: int
    record_id: int
    fields: Mapping[str, Any]
    trust: int
    received_at: datetime


def next_lead_ids(connection: Connection, count: int) -> list[int]:
    """Takes ids for leads that are about to be added."""
    return list(connection.execute(_IDS, {"count": count}).scalars()) if count else []


def add_leads(connection: Connection, leads: Sequence[NewLead]) -> None:
    """Adds leads with their sites, windows and pools; they are not in the queue yet."""
    if not leads:
        return
    keys = [lead.site_key for lead in leads]
    connection.execute(_ADD_SITES, {"keys": keys})
    values = {
        "ids": [lead.id for lead in leads],
        "records": [lead.record_id for lead in leads],
        "site_keys": keys,
        "fields": [lead.golden and json.dumps(lead.golden[0]) for lead in leads],
        "provenance": [lead.golden and json.dumps(lead.golden[1]) for lead in leads],
    }
    connection.execute(_ADD, values)


def add_members(connection: Connection, records: Sequence[int], leads: Sequence[int]) -> None:
    """Opens a membership for each record in the lead beside it."""
    connection.execute(_ADD_MEMBERS, {"records": list(records), "leads": list(leads)})


def refresh_lead_numbers(connection: Connection, leads: Sequence[int]) -> None:
    """Brings the numbers of leads up to their records, and tells which numbers are shared now."""
    connection.execute(_REFRESH_NUMBERS, {"leads": list(leads)})


def enqueue_new(connection: Connection, leads: Sequence[int]) -> None:
    """Makes the queue entries of new leads."""
    if leads:
        connection.execute(_ENQUEUE, {"leads": list(leads)})


def refresh_queue(connection: Connection, leads: Sequence[int]) -> None:
    """Brings the queue entries of leads up to date; called by whatever changes a lead."""
    if leads:
        connection.execute(_REFRESH_QUEUE, {"leads": list(leads)})


def read_members(connection: Connection, leads: Sequence[int]) -> Iterator[list[Member]]:
    """Yields the records of leads, some thousands of leads at a time, those of a lead together."""
    for start in range(0, len(leads), _LEADS_A_TURN):
        rows = connection.execute(_MEMBERS, {"leads": list(leads[start : start + _LEADS_A_TURN])})
        yield [Member(*row) for row in rows]


def read_fields(connection: Connection, records: Sequence[int]) -> dict[int, Mapping[str, Any]]:
    """Gives the fields of records."""
    return {row[0]: row[1] for row in connection.execute(_RECORDS, {"records": list(records)})}


def list_told_more(connection: Connection, records: Sequence[int], leads: Sequence[int]) -> list[int]:
    """Gives the leads whose fields lack something that the record beside them says."""
    return [row[0] for row in driver(connection).execute(_TOLD_MORE, (list(records), list(leads)))]


def write_fields(connection: Connection, fields: Mapping[int, Golden]) -> None:
    """Writes fields and provenance of active leads."""
    ids = sorted(fields)
    values = {
        "ids": ids,
        "fields": [json.dumps(fields[lead_id][0]) for lead_id in ids],
        "provenance": [own and json.dumps(own) for own in (fields[lead_id][1] for lead_id in ids)],
    }
    connection.execute(_WRITE_FIELDS, values)


def find_tops(connection: Connection, leads: Sequence[int]) -> dict[int, int]:
    """Gives what each lead has become through merges; ids that are no lead are left out."""
    return {row[0]: row[1] for row in connection.execute(_TOPS, {"leads": list(leads)})}
