"""Statements about one person whose data is asked for: find, tell everything, restrict, erase.

Here a person is a lead with all that was merged into it. Whoever reads with these statements must be the owner of
the schema; `erase_person` alone runs as the eraser.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection, TextClause

_TOP: Final = sa.text("SELECT leadmill.top_lead(id) FROM leadmill.lead WHERE id = :lead")
_TREE: Final = sa.text("SELECT leadmill.lead_tree(:lead)")

_BY_NUMBERS: Final = sa.text("""
    SELECT DISTINCT m.lead_id FROM leadmill.number AS n
    JOIN leadmill.record_number AS rn ON rn.number_id = n.id
    JOIN leadmill.membership AS m ON m.record_id = rn.record_id AND m.closed_by IS NULL
    WHERE n.key_hash = ANY (CAST(:hashes AS bytea[]))
""")

_BY_EMAILS: Final = sa.text("""
    SELECT DISTINCT m.lead_id FROM leadmill.record_hash AS h
    JOIN leadmill.membership AS m ON m.record_id = h.record_id AND m.closed_by IS NULL
    WHERE h.scope = 'email' AND h.key_hash = ANY (CAST(:hashes AS bytea[]))
""")

_BY_NAME: Final = sa.text("""
    SELECT DISTINCT m.lead_id FROM leadmill.record AS r
    JOIN leadmill.membership AS m ON m.record_id = r.id AND m.closed_by IS NULL
    WHERE r.fields ->> 'company' ILIKE :like OR r.fields ->> 'person' ILIKE :like
       OR concat_ws(' ', r.fields ->> 'given_name', r.fields ->> 'family_name') ILIKE :like
""")

_FOUND: Final = sa.text("""
    SELECT l.id, l.state, l.country, l.restricted_at, l.fields,
           ARRAY(SELECT n.e164 FROM leadmill.lead_number AS ln JOIN leadmill.number AS n ON n.id = ln.number_id
                 WHERE ln.lead_id = l.id AND n.e164 IS NOT NULL ORDER BY ln.position, n.id) AS numbers
    FROM leadmill.lead AS l WHERE l.id = ANY (:leads) ORDER BY l.id LIMIT :limit
""")

_LOCK: Final = sa.text("SELECT leadmill.lock_leads(CAST(:leads AS bigint[]))")

_RESTRICT: Final = sa.text("""
    UPDATE leadmill.lead SET restricted_at = leadmill.clock(), changed_at = leadmill.clock()
    WHERE id = :lead AND restricted_at IS NULL
""")

_LIFT: Final = sa.text("""
    UPDATE leadmill.lead SET restricted_at = NULL, changed_at = leadmill.clock()
    WHERE id = :lead AND restricted_at IS NOT NULL
""")

_REVOKE: Final = sa.text(
    "SELECT leadmill.revoke_assignments(CAST(:leads AS bigint[]), '{}', CAST('restricted' AS text), NULL)"
)

_REFRESH: Final = sa.text("SELECT leadmill.refresh_queue(CAST(:leads AS bigint[]))")

_ERASE: Final = sa.text("SELECT leadmill.erase_person(:lead, NULL, :reason)")

_NUMBERS: Final = """SELECT rn.number_id FROM leadmill.record_number AS rn
                 WHERE rn.record_id IN (SELECT leadmill.records_of(CAST(:tree AS bigint[])))"""

_SECTIONS: Final[Mapping[str, str]] = {
    "leads": """
        SELECT id AS lead_id, state, merged_into, site_id, country, pool_id, fields, rank, stage, relation, owner_id,
               restricted_at, told_at, created_at, changed_at
        FROM leadmill.lead WHERE id = ANY (:tree) ORDER BY id""",
    "records": """
        SELECT r.source_id, s.name AS source, s.kind AS source_kind, s.legal_basis, r.upload_id, u.filename, r.row_no,
               w.line_no, r.created_at, r.fields, r.problems, w.cells, u.blob_key IS NOT NULL AS file_kept
        FROM leadmill.record AS r
        JOIN leadmill.source AS s ON s.id = r.source_id
        JOIN leadmill.upload AS u ON u.id = r.upload_id
        LEFT JOIN leadmill.raw_row AS w ON (w.upload_id, w.row_no) = (r.upload_id, r.row_no)
        WHERE r.id IN (SELECT leadmill.records_of(CAST(:tree AS bigint[]))) ORDER BY r.id""",
    "numbers": f"""
        SELECT id AS number_id, e164, country, type, valid, line_status, recheck_at, suppressed, shared, callable,
               created_at
        FROM leadmill.number WHERE id IN ({_NUMBERS}) ORDER BY id""",
    "evidence": f"""
        SELECT number_id, kind, detail, observed_at, person_id, contact_id, upload_id, provider
        FROM leadmill.evidence WHERE number_id IN ({_NUMBERS}) ORDER BY observed_at, id""",
    "assignments": """
        SELECT id AS assignment_id, lead_id, person_id, pool_id, state, offered_at, ended_at, end_reason, end_note
        FROM leadmill.assignment WHERE lead_id = ANY (:tree) ORDER BY id""",
    "contacts": """
        SELECT id AS contact_id, lead_id, assignment_id, number_id, person_id, disposition, contact_made, kind, at,
               late, supersedes, callback_at, defer_until, stage, value, currency, lost_reason, competitor, duration_s,
               external_call_id, rest_until
        FROM leadmill.contact WHERE lead_id = ANY (:tree) ORDER BY at, id""",
    "notes": """
        SELECT lead_id, contact_id, person_id, body, spoke_with, at
        FROM leadmill.note WHERE lead_id = ANY (:tree) ORDER BY at, id""",
    "facts": """
        SELECT lead_id, field, value, person_id, contact_id, at
        FROM leadmill.fact WHERE lead_id = ANY (:tree) ORDER BY id""",
    "promises": """
        SELECT id AS promise_id, lead_id, kind, state, person_id, contact_id, why, due_at, grace_until, closed_at
        FROM leadmill.promise WHERE lead_id = ANY (:tree) ORDER BY id""",
    "requests": """
        SELECT id AS request_id, lead_id, upload_id, row_no, state, asked_at, answer_by, answered_at
        FROM leadmill.request WHERE lead_id = ANY (:tree) ORDER BY id""",
    "proposals": """
        SELECT id AS proposal_id, lead_id, assignment_id, person_id, upload_id, row_no, body, at
        FROM leadmill.proposal WHERE lead_id = ANY (:tree) ORDER BY id""",
    "consents": """
        SELECT lead_id, channel, purpose, brand, given, given_at, words, proof, source_id
        FROM leadmill.consent WHERE lead_id = ANY (:tree)
           OR record_id IN (SELECT leadmill.records_of(CAST(:tree AS bigint[]))) ORDER BY id""",
    "suppressions": f"""
        SELECT DISTINCT s.id AS suppression_id, s.scope, s.channel, s.purpose, s.brand, s.reason, s.source,
               s.register_at, s.created_at, s.expires_at, s.lifted_at, s.lift_reason
        FROM leadmill.suppression AS s
        WHERE s.scope = 'number' AND s.key_hash IN (SELECT key_hash FROM leadmill.number WHERE id IN ({_NUMBERS}))
           OR (s.scope, s.key_hash) IN (SELECT scope, key_hash FROM leadmill.record_hash
                                        WHERE record_id IN (SELECT leadmill.records_of(CAST(:tree AS bigint[]))))
        ORDER BY suppression_id""",
    "merges": """
        SELECT id AS merge_id, winner, loser, undoes, reason, made_by, at
        FROM leadmill.merge WHERE winner = ANY (:tree) OR loser = ANY (:tree) ORDER BY id""",
    "audit": """
        SELECT action, entity, entity_id, actor, at FROM leadmill.audit
        WHERE entity = 'lead' AND entity_id = ANY (:tree)
           OR entity = 'assignment' AND entity_id IN (SELECT id FROM leadmill.assignment WHERE lead_id = ANY (:tree))
           OR entity = 'contact' AND entity_id IN (SELECT id FROM leadmill.contact WHERE lead_id = ANY (:tree))
        ORDER BY id""",
}
"""What is held about a person, by section; `:tree` are its leads. A column of ids is named after what it names."""

_STATEMENTS: Final[Mapping[str, TextClause]] = {name: sa.text(statement) for name, statement in _SECTIONS.items()}


def find_top(connection: Connection, lead_id: int) -> int | None:
    """Gives the lead that a lead has become; None when there is no such lead."""
    top: int | None = connection.execute(_TOP, {"lead": lead_id}).scalar_one_or_none()
    return top


def find_by_numbers(connection: Connection, hashes: Sequence[bytes]) -> list[int]:
    """Finds the leads of numbers by keyed hash, the erased ones too."""
    return list(connection.execute(_BY_NUMBERS, {"hashes": list(hashes)}).scalars())


def find_by_emails(connection: Connection, hashes: Sequence[bytes]) -> list[int]:
    """Finds the leads of e-mails by keyed hash, the erased ones too."""
    return list(connection.execute(_BY_EMAILS, {"hashes": list(hashes)}).scalars())


def find_by_name(connection: Connection, text: str) -> list[int]:
    """Finds leads any of whose records has the text in its company or name; reads the whole base."""
    like = "%" + text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"
    return list(connection.execute(_BY_NAME, {"like": like}).scalars())


def list_found(connection: Connection, lead_ids: Sequence[int], *, limit: int) -> list[dict[str, Any]]:
    """Reads what tells these leads from each other: id, state, country, restricted_at, fields, numbers."""
    rows = connection.execute(_FOUND, {"leads": list(lead_ids), "limit": limit})
    return [dict(row._mapping) for row in rows]


def read_person(connection: Connection, top_id: int) -> dict[str, list[dict[str, Any]]]:
    """Reads everything that is held about a person, by section."""
    tree = list(connection.execute(_TREE, {"lead": top_id}).scalars())
    return {
        name: [dict(row._mapping) for row in connection.execute(statement, {"tree": tree})]
        for name, statement in _STATEMENTS.items()
    }


def restrict_lead(connection: Connection, top_id: int) -> list[int] | None:
    """Hands a lead out no more and ends its open assignment; gives what ended, None when it was restricted already."""
    connection.execute(_LOCK, {"leads": [top_id]})
    if connection.execute(_RESTRICT, {"lead": top_id}).rowcount == 0:
        return None
    ended: list[int] = connection.execute(_REVOKE, {"leads": [top_id]}).scalar_one()
    connection.execute(_REFRESH, {"leads": [top_id]})
    return ended


def lift_restriction(connection: Connection, top_id: int) -> bool:
    """Lets a lead be handed out again; False when it was not restricted."""
    connection.execute(_LOCK, {"leads": [top_id]})
    lifted = connection.execute(_LIFT, {"lead": top_id}).rowcount == 1
    connection.execute(_REFRESH, {"leads": [top_id]})
    return lifted


def erase_person(connection: Connection, lead_id: int, *, reason: str) -> dict[str, Any]:
    """Blanks every personal value of a person, under the role of the eraser; gives what was blanked by kind.

    Under `kept_files` are the uploads whose kept file still holds rows of them. Empty when it was done before.
    """
    done: dict[str, Any] = connection.execute(_ERASE, {"lead": lead_id, "reason": reason}).scalar_one()
    return done
