"""Statements that show leads to people: find one for somebody, search, and tell its history."""

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.storage.reach import KNOWN_LEADS, Reach

_FIND: Final = sa.text(f"""
    SELECT l.id, l.state, leadmill.top_lead(l.id) AS top_id, l.site_id, l.country, l.pool_id, l.fields, l.stage, l.rank,
           l.relation, l.owner_id, l.created_at, l.changed_at, w.zones, leadmill.rest_of('lead', l.id) AS rest_until,
           (SELECT a.id FROM leadmill.assignment AS a
            WHERE a.lead_id = l.id AND a.state <> 'ended' AND a.expires_at > leadmill.clock()) AS assignment_id,
           (SELECT a.person_id FROM leadmill.assignment AS a
            WHERE a.lead_id = l.id AND a.state <> 'ended' AND a.expires_at > leadmill.clock()) AS holder_id
    FROM leadmill.lead AS l LEFT JOIN leadmill.calling_window AS w ON w.id = l.window_id
    WHERE l.id = :lead AND {KNOWN_LEADS}
""")

_RANK: Final = sa.text("""
    UPDATE leadmill.lead SET rank = :rank, changed_at = leadmill.clock() WHERE id = :lead AND rank IS DISTINCT FROM :rank
""")

_REFRESH: Final = sa.text("SELECT leadmill.refresh_queue(ARRAY[CAST(:lead AS bigint)])")

_CONTACTS: Final = sa.text("""
    SELECT c.id, c.assignment_id, c.number_id, c.person_id, p.name AS rep, c.disposition, c.contact_made, c.kind, c.at, c.late,
           c.supersedes, s.id AS superseded_by, c.stage, c.value, c.currency, c.lost_reason, c.rest_until
    FROM leadmill.contact AS c
    LEFT JOIN leadmill.person AS p ON p.id = c.person_id
    LEFT JOIN leadmill.contact AS s ON s.supersedes = c.id
    WHERE c.lead_id IN (SELECT leadmill.lead_tree(:lead)) ORDER BY c.at DESC, c.id DESC LIMIT 500
""")

_PROMISES: Final = sa.text("""
    SELECT id, kind, state, person_id, pool_id, giver_id, contact_id, why, due_at, grace_until, closed_at
    FROM leadmill.promise
    WHERE lead_id IN (SELECT leadmill.lead_tree(:lead)) ORDER BY due_at DESC, id DESC LIMIT 500
""")

_NOTES: Final = sa.text("""
    SELECT contact_id, person_id, body, spoke_with, at FROM leadmill.note
    WHERE lead_id IN (SELECT leadmill.lead_tree(:lead)) ORDER BY at DESC, id DESC LIMIT 500
""")

_FACTS: Final = sa.text("""
    SELECT DISTINCT ON (f.field) f.field, f.value, f.person_id, f.contact_id, f.at,
           f.at + make_interval(days => d.best_before_days) < leadmill.clock() AS stale
    FROM leadmill.fact AS f JOIN leadmill.fact_field AS d ON d.name = f.field
    WHERE f.lead_id IN (SELECT leadmill.lead_tree(:lead)) AND :role = ANY (d.seen_by) ORDER BY f.field, f.id DESC
""")

_MERGES: Final = sa.text("""
    SELECT m.id, m.winner, m.loser, m.undoes, m.reason, m.made_by, m.at, x.score, x.levels, x.model_version,
           ra.fields AS fields_a, rb.fields AS fields_b
    FROM leadmill.merge AS m
    LEFT JOIN leadmill.match AS x ON x.id = m.match_id
    LEFT JOIN leadmill.record AS ra ON ra.id = x.record_a
    LEFT JOIN leadmill.record AS rb ON rb.id = x.record_b
    WHERE m.winner IN (SELECT leadmill.lead_tree(:lead)) OR m.loser IN (SELECT leadmill.lead_tree(:lead))
    ORDER BY m.id DESC LIMIT 500
""")

_RECORDS: Final = sa.text("""
    SELECT r.upload_id, r.row_no, r.source_id, src.name AS source, r.fields, r.created_at, x.score, x.levels
    FROM leadmill.membership AS m
    JOIN leadmill.record AS r ON r.id = m.record_id
    JOIN leadmill.source AS src ON src.id = r.source_id
    LEFT JOIN LATERAL (
      SELECT score, levels FROM leadmill.match
      WHERE record_b = r.id OR record_a = r.id ORDER BY score DESC, id LIMIT 1) AS x ON true
    WHERE m.lead_id = :lead AND m.closed_by IS NULL ORDER BY r.id LIMIT 200
""")

_SEARCH: Final = sa.text(f"""
    SELECT l.id, l.state, l.fields ->> 'company' AS company, l.fields ->> 'person' AS person, l.fields ->> 'city' AS city,
           l.country, l.stage, l.relation,
           (SELECT a.person_id FROM leadmill.assignment AS a
            WHERE a.lead_id = l.id AND a.state <> 'ended' AND a.expires_at > leadmill.clock()) AS holder_id
    FROM leadmill.lead AS l
    WHERE l.state = 'active' AND {KNOWN_LEADS}
      AND (l.fields ->> 'company' ILIKE :like OR l.fields ->> 'person' ILIKE :like OR l.fields ->> 'city' ILIKE :like
           OR l.fields ->> 'email' ILIKE :like OR l.fields ->> 'company_id' = :text
           OR EXISTS (SELECT 1 FROM leadmill.number AS n JOIN leadmill.lead_number AS ln ON ln.number_id = n.id
                      WHERE n.e164 = :e164 AND ln.lead_id = l.id))
    ORDER BY l.id LIMIT :limit
""")


def find_lead(connection: Connection, lead_id: int, reach: Reach) -> dict[str, Any] | None:
    """Gives a lead within the reach, merged ones too: `top_id` is what it has become."""
    row = connection.execute(_FIND, {"lead": lead_id, **reach.values}).one_or_none()
    return None if row is None else dict(row._mapping)


def set_rank(connection: Connection, lead_id: int, rank: str | None) -> bool:
    """Ranks a lead, or takes its rank away; False when it had it. Its place in the queue follows."""
    changed = connection.execute(_RANK, {"lead": lead_id, "rank": rank}).rowcount > 0
    if changed:
        connection.execute(_REFRESH, {"lead": lead_id})
    return changed


def read_history(connection: Connection, lead_id: int, *, role: str) -> dict[str, list[dict[str, Any]]]:
    """Reads all that happened to a lead and to what was merged into it, the newest first; facts that the role may see."""
    statements = {"contacts": _CONTACTS, "promises": _PROMISES, "notes": _NOTES}
    told = {name: _rows(connection, statement, lead_id) for name, statement in statements.items()}
    facts = connection.execute(_FACTS, {"lead": lead_id, "role": role})
    return told | {"facts": [dict(row._mapping) for row in facts]}


def read_merges(connection: Connection, lead_id: int) -> list[dict[str, Any]]:
    """Reads which leads were joined or parted, with the two records that decided, field by field."""
    return _rows(connection, _MERGES, lead_id)


def read_records(connection: Connection, lead_id: int) -> list[dict[str, Any]]:
    """Reads the records behind a lead, with the score that brought each in."""
    return _rows(connection, _RECORDS, lead_id)


def search_leads(connection: Connection, text: str, reach: Reach, *, limit: int) -> list[dict[str, Any]]:
    """Finds leads by a part of company, person, city or e-mail, or by a whole company id or number."""
    like = "%" + text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"
    digits = "".join(character for character in text if character.isdigit())
    values = {"like": like, "text": text, "e164": f"+{digits}", "limit": limit, **reach.values}
    return [dict(row._mapping) for row in connection.execute(_SEARCH, values)]


def _rows(connection: Connection, statement: Any, lead_id: int) -> list[dict[str, Any]]:
    return [dict(row._mapping) for row in connection.execute(statement, {"lead": lead_id})]
