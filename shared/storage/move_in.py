"""Statements of moving in: what the old base knew of clients, and forgetting rows that belong to no lead."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

_A_TURN: Final = 5_000
_SETTLED_A_TURN: Final = 1_000

_CLIENTS: Final = sa.text("SELECT leadmill.move_in_clients(CAST(:rows AS jsonb))")
_CONTACTS: Final = sa.text("SELECT leadmill.move_in_contacts(CAST(:rows AS jsonb))")
_PROMISES: Final = sa.text("SELECT leadmill.move_in_promises(CAST(:rows AS jsonb))")
_SETTLE: Final = sa.text("SELECT leadmill.settle_moved(CAST(:leads AS bigint[]))")
_FORGET: Final = sa.text("SELECT leadmill.forget_records(CAST(:records AS bigint[]))")
_FORGET_TRIAL: Final = sa.text("SELECT leadmill.forget_trial(:upload_id)")
_REST_MISREAD: Final = sa.text("SELECT leadmill.rest_misread(:before, :after)")
_CONSENTS: Final = sa.text("""
    INSERT INTO leadmill.consent (lead_id, record_id, channel, purpose, given, given_at, words, source_id)
    SELECT c.lead, c.record, 'any', 'any', true, c.given_at, c.words, :source_id
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS c (lead bigint, record bigint, given_at timestamptz, words text)
    WHERE NOT EXISTS (SELECT 1 FROM leadmill.consent AS old WHERE old.lead_id = c.lead AND old.given_at = c.given_at
                      AND old.words IS NOT DISTINCT FROM c.words)
""")

# A name that two people share names nobody; who has left owns nothing.
_PEOPLE: Final = sa.text("""
    SELECT lower(btrim(name)), CASE WHEN count(*) = 1 THEN min(id) FILTER (WHERE state <> 'left') END,
           CASE WHEN count(*) > 1 THEN 'ambiguous' ELSE min(state) END
    FROM leadmill.person GROUP BY lower(btrim(name))
""")

_CONTACT_ONLY: Final = sa.text("""
    SELECT r.id FROM leadmill.record AS r WHERE r.id = ANY (CAST(:records AS bigint[]))
      AND NOT (r.fields ?| ARRAY['company', 'person', 'website', 'local_phone', 'email'])
      AND NOT EXISTS (SELECT 1 FROM leadmill.record_number AS n WHERE n.record_id = r.id)
""")

_CLIENTS_OF: Final = sa.text("""
    WITH told AS MATERIALIZED (
      SELECT id, fields ->> 'external_id' AS name FROM leadmill.record WHERE id = ANY (CAST(:records AS bigint[])))
    SELECT told.id, min(m.lead_id)
    FROM told
    JOIN leadmill.record AS r ON r.source_id = :source_id AND r.fields ->> 'external_id' = told.name
      AND r.id <> ALL (CAST(:records AS bigint[]))
    JOIN leadmill.membership AS m ON m.record_id = r.id AND m.closed_by IS NULL
    GROUP BY told.id HAVING count(DISTINCT m.lead_id) = 1
""")

_RULES_BY_POOL: Final = sa.text("""
    SELECT p.id, r.rules FROM leadmill.pool AS p CROSS JOIN LATERAL leadmill.policy_of(p.id, :at) AS r
""")
_POOLS: Final = sa.text("SELECT id, pool_id, relation FROM leadmill.lead WHERE id = ANY (CAST(:leads AS bigint[]))")
_WORKING_DAYS: Final = sa.text("""
    SELECT told, leadmill.add_working_days(told, :days, CAST(:hours AS jsonb), 'UTC') FROM unnest(CAST(:ats AS timestamptz[])) AS told
""")

_OUTCOMES: Final = sa.text("""
    INSERT INTO leadmill.outcome (upload_id, row_no, verdict, reason, lead_id)
    SELECT r.upload_id, r.row_no, CAST(:verdict AS text), told.reason, told.lead
    FROM unnest(CAST(:records AS bigint[]), CAST(:leads AS bigint[]), CAST(:reasons AS text[])) AS told (record, lead, reason)
    JOIN leadmill.record AS r ON r.id = told.record
""")

_FIND_FINDINGS: Final = sa.text("SELECT findings FROM leadmill.upload WHERE id = :id")
_WRITE_FINDINGS: Final = sa.text("UPDATE leadmill.upload SET findings = CAST(:findings AS jsonb) WHERE id = :id")


def list_people(connection: Connection) -> dict[str, tuple[int | None, str]]:
    """Gives by lower-case name the person who can own something, and why nobody can: ambiguous or left."""
    return {row[0]: (row[1], row[2]) for row in connection.execute(_PEOPLE)}


def list_contact_only(connection: Connection, records: Sequence[int]) -> set[int]:
    """Gives the records that name a client by the old base's id alone: rows about past contacts."""
    return set(connection.execute(_CONTACT_ONLY, {"records": list(records)}).scalars())


def find_clients(connection: Connection, source_id: int, records: Sequence[int]) -> dict[int, int]:
    """Gives by record the one lead that the source knows under the same id."""
    rows = connection.execute(_CLIENTS_OF, {"source_id": source_id, "records": list(records)})
    return {row[0]: row[1] for row in rows}


def list_rules(connection: Connection, at: datetime) -> dict[int, Mapping[str, Any]]:
    """Gives by pool the rules of handing out."""
    return {row[0]: row[1] for row in connection.execute(_RULES_BY_POOL, {"at": at})}


def list_standing(connection: Connection, leads: Sequence[int]) -> dict[int, tuple[int | None, str]]:
    """Gives by lead its pool and its relation."""
    return {row[0]: (row[1], row[2]) for row in connection.execute(_POOLS, {"leads": list(leads)})}


def add_working_days(
    connection: Connection, ats: Sequence[datetime], days: int, hours: Mapping[str, Any] | None
) -> dict[datetime, datetime]:
    """Gives for each instant when so many working days after it are over."""
    values = {
        "ats": list(dict.fromkeys(ats)),
        "days": days,
        "hours": None if hours is None else json.dumps(dict(hours)),
    }
    return {row[0]: row[1] for row in connection.execute(_WORKING_DAYS, values)}


def move_in_clients(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> int:
    """Writes relations and owners, one row a lead; gives how many leads changed."""
    return sum(_run(connection, _CLIENTS, rows))


def move_in_contacts(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> int:
    """Writes contacts made before moving in; gives how many were not here already."""
    return sum(_run(connection, _CONTACTS, rows))


def move_in_promises(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> int:
    """Writes promises made before moving in; gives how many were not here already."""
    return sum(_run(connection, _PROMISES, rows))


def add_consents(connection: Connection, source_id: int, rows: Sequence[Mapping[str, Any]]) -> int:
    """Writes consents in the words that were used; gives how many were not here already."""
    values = {"source_id": source_id, "rows": _as_json(rows)}
    return connection.execute(_CONSENTS, values).rowcount if rows else 0


def settle_moved(connection: Connection, leads: Sequence[int]) -> None:
    """Lets what was written bear on bookings and the queue: rests stand, promises are kept free, customers leave it."""
    for start in range(0, len(leads), _SETTLED_A_TURN):
        connection.execute(_SETTLE, {"leads": list(leads[start : start + _SETTLED_A_TURN])})


def add_told(connection: Connection, verdict: str, told: Sequence[tuple[int, int | None, str]]) -> None:
    """Writes one verdict for the rows of records that join no lead, each as (record, the lead it is about, reason)."""
    if told:
        records, leads, reasons = zip(*told, strict=True)
        values = {"verdict": verdict, "records": list(records), "leads": list(leads), "reasons": list(reasons)}
        connection.execute(_OUTCOMES, values)


def forget_records(connection: Connection, records: Sequence[int]) -> None:
    """Removes what was understood of rows that belong to no lead; their verdicts stay."""
    if records:
        connection.execute(_FORGET, {"records": list(records)})


def forget_trial(connection: Connection, upload_id: int) -> None:
    """Removes the rows of a dry run and all that was understood of them."""
    connection.execute(_FORGET_TRIAL, {"upload_id": upload_id})


def rest_misread(connection: Connection, before: int, after: int) -> int:
    """Rests the numbers that were called because a list was misread, and that its next version does not give; gives how many."""
    count: int = connection.execute(_REST_MISREAD, {"before": before, "after": after}).scalar_one()
    return count


def find_findings(connection: Connection, upload_id: int) -> dict[str, Any]:
    """Gives what an upload came to so far, beside its verdicts."""
    return dict(connection.execute(_FIND_FINDINGS, {"id": upload_id}).scalar_one() or {})


def write_findings(connection: Connection, upload_id: int, findings: Mapping[str, Any]) -> None:
    """Keeps what an upload came to, beside its verdicts."""
    connection.execute(_WRITE_FINDINGS, {"id": upload_id, "findings": json.dumps(dict(findings), ensure_ascii=False)})


def _run(connection: Connection, statement: sa.TextClause, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    turns = (rows[start : start + _A_TURN] for start in range(0, len(rows), _A_TURN))
    return [connection.execute(statement, {"rows": _as_json(turn)}).scalar_one() for turn in turns]


def _as_json(rows: Sequence[Mapping[str, Any]]) -> str:
    return json.dumps([dict(row) for row in rows], ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
