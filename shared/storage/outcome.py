"""The statement that gives rows their verdicts once their records have leads: one a row, never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.storage.engine import driver

# What applies first decides. `part` says how the record came to its lead: new, duplicate (of a row of this list), known, review.
# The queue's rule for a lead without a callable number is `quarantined`, whatever else is known of it; one without any is to be researched.
_ADD: Final = sa.text("""
    WITH placed AS MATERIALIZED (
      SELECT record_id, lead_id, part
      FROM unnest(CAST(:records AS bigint[]), CAST(:leads AS bigint[]), CAST(:parts AS text[])) AS p (record_id, lead_id, part)),
    own_number AS (
      SELECT rn.record_id, bool_and(n.suppressed) AS all_suppressed
      FROM placed JOIN leadmill.record_number AS rn USING (record_id) JOIN leadmill.number AS n ON n.id = rn.number_id
      GROUP BY rn.record_id),
    lead_reach AS (
      SELECT ln.lead_id, bool_or(n.callable AND ln.kind <> 'fax') AS any_callable,
             bool_or(n.line_status IN ('dead', 'wrong_party', 'retired')) AS any_dead, bool_and(NOT n.valid) AS all_invalid
      FROM leadmill.lead_number AS ln JOIN leadmill.number AS n ON n.id = ln.number_id
      WHERE ln.lead_id IN (SELECT lead_id FROM placed WHERE part IN ('new', 'review')) GROUP BY ln.lead_id),
    barred AS (
      SELECT h.record_id, min(s.scope) AS scope
      FROM placed JOIN leadmill.record_hash AS h USING (record_id) JOIN leadmill.suppression AS s USING (key_hash)
      WHERE s.scope = h.scope AND s.lifted_at IS NULL AND (s.expires_at IS NULL OR s.expires_at > leadmill.clock())
      GROUP BY h.record_id),
    judged AS (
      SELECT r.upload_id, r.row_no, p.lead_id, p.record_id, p.part, r.problems, r.country, lr.any_dead, lr.all_invalid,
             lr.lead_id IS NOT NULL AS any_number,
             CASE WHEN b.scope IS NOT NULL THEN 'suppressed_' || b.scope
                  WHEN o.all_suppressed THEN 'suppressed_number' END AS barred,
             CASE WHEN b.scope IS NOT NULL OR o.all_suppressed THEN 'suppressed'
                  WHEN p.part IN ('known', 'duplicate') THEN 'merged'
                  WHEN p.part = 'review' THEN 'review'
                  WHEN NOT coalesce(lr.any_callable, false) THEN 'quarantined' ELSE 'new' END AS verdict
      FROM placed AS p JOIN leadmill.record AS r ON r.id = p.record_id
      LEFT JOIN own_number AS o ON o.record_id = p.record_id
      LEFT JOIN lead_reach AS lr ON lr.lead_id = p.lead_id
      LEFT JOIN barred AS b ON b.record_id = p.record_id),
    added AS (
    INSERT INTO leadmill.outcome (upload_id, row_no, verdict, reason, lead_id, record_id, notes)
    SELECT j.upload_id, j.row_no, j.verdict,
           CASE j.verdict WHEN 'suppressed' THEN j.barred WHEN 'merged' THEN j.part
             WHEN 'review' THEN 'possible_duplicate' WHEN 'new' THEN 'new'
             ELSE CASE WHEN j.any_dead THEN 'dead' WHEN j.all_invalid THEN 'invalid' WHEN j.any_number THEN 'not_callable'
                       WHEN j.problems @> '[{"detail": "no_area_code"}]' THEN 'no_area_code'
                       WHEN j.problems @> '[{"detail": "digits_lost"}]' THEN 'number_lost'
                       WHEN j.problems @> '[{"code": "unreadable_phone"}]' THEN 'unreadable_phone' ELSE 'no_phone' END END,
           j.lead_id, j.record_id,
           array_remove(ARRAY[w.problem, CASE WHEN NOT c.may_call THEN 'country_not_enabled' END], NULL)
    FROM judged AS j
    LEFT JOIN leadmill.raw_row AS w ON (w.upload_id, w.row_no) = (j.upload_id, j.row_no)
    LEFT JOIN leadmill.country AS c ON c.code = j.country
    RETURNING upload_id, lead_id, verdict, reason)
    INSERT INTO leadmill.research (lead_id, upload_id, reason)
    SELECT lead_id, upload_id, reason FROM added
    WHERE verdict = 'quarantined' AND reason IN ('no_phone', 'no_area_code', 'number_lost', 'unreadable_phone')
    ORDER BY lead_id ON CONFLICT (lead_id) DO NOTHING
""")
_FIND: Final = """
    SELECT verdict, reason, lead_id, record_id, notes FROM leadmill.outcome WHERE upload_id = %s AND row_no = %s
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row; without lead and record it was rejected."""

    verdict: str
    reason: str
    lead_id: int | None
    record_id: int | None
    notes: Sequence[str]


def add_outcomes(connection: Connection, records: Sequence[int], leads: Sequence[int], parts: Sequence[str]) -> None:
    """Gives each record's row its verdict; what comes without a number is to be researched from now on.

    It follows from how the record came to its lead (`new`, `duplicate`, `known`, `review`) and from what is known of its
    numbers and suppressions; memberships and lead numbers are there already.
    """
    connection.execute(_ADD, {"records": list(records), "leads": list(leads), "parts": list(parts)})


def find_outcome(connection: Connection, upload_id: int, row_no: int) -> Outcome | None:
    """Gives what became of a row; None while it is on its way."""
    row = driver(connection).execute(_FIND, (upload_id, row_no)).fetchone()
    return Outcome(*row) if row else None
