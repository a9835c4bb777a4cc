"""Statements about what was observed of a number, and the line status that follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.domain.number import LineVerdict, Observation

_ADD: Final = sa.text("""
    INSERT INTO leadmill.evidence (number_id, kind, observed_at, person_id, contact_id)
    VALUES (:number, :kind, :at, :person, :contact) RETURNING id
""")

_LIST: Final = sa.text("""
    SELECT e.id, e.kind, e.detail, e.observed_at, e.person_id, e.contact_id, e.provider
    FROM leadmill.evidence AS e
    WHERE e.number_id = :number AND NOT EXISTS (SELECT 1 FROM leadmill.contact AS s WHERE s.supersedes = e.contact_id)
    ORDER BY e.observed_at, e.id
""")

_STATUS: Final = sa.text("""
    SELECT id, line_status, recheck_at, shared, key_hash,
           EXISTS (SELECT 1 FROM leadmill.booking WHERE assignment_id = :assignment AND subject_kind = 'number'
                   AND subject_id = :number) AS booked,
           EXISTS (SELECT 1 FROM leadmill.lead_number
                   WHERE lead_id IN (SELECT leadmill.lead_tree(:lead)) AND number_id = :number)
        OR EXISTS (SELECT 1 FROM leadmill.detachment
                   WHERE lead_id IN (SELECT leadmill.lead_tree(:lead)) AND number_id = :number) AS known
    FROM leadmill.number WHERE id = :number
""")

_SET: Final = sa.text("SELECT leadmill.set_line_status(:number, :status, :reason, :recheck_at)")

_DETACH: Final = sa.text("SELECT leadmill.detach_number(:lead, :number, :reason, :evidence)")

_UNDO: Final = sa.text("SELECT leadmill.undo_detachments(:contact)")

DEFINITE: Final = "definite"
"""The detail of evidence by which a machine decides alone."""


@dataclass(frozen=True, slots=True)
class Line:
    """What the ledger says of a number now; `booked`: the assignment that was asked about books it, or did."""

    id: int
    status: str
    recheck_at: datetime | None
    shared: bool
    key_hash: bytes
    booked: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """One observation as it was written, with what it means."""

    id: int
    kind: str
    detail: str | None
    observed_at: datetime
    person_id: int | None
    contact_id: int | None
    provider: str | None

    @property
    def observation(self) -> Observation:
        """What it says for the line."""
        return Observation(self.kind, self.observed_at, self.person_id, definite=self.detail == DEFINITE)


def add_evidence(
    connection: Connection, number_id: int, kind: str, *, at: datetime, person_id: int | None, contact_id: int | None
) -> int:
    """Writes one observation of a rep and gives its id."""
    values = {"number": number_id, "kind": kind, "at": at, "person": person_id, "contact": contact_id}
    evidence_id: int = connection.execute(_ADD, values).scalar_one()
    return evidence_id


def list_evidence(connection: Connection, number_id: int) -> Sequence[Evidence]:
    """Lists what was observed of a number, in time; what a corrected contact said is left out."""
    return [_evidence(row) for row in connection.execute(_LIST, {"number": number_id})]


def find_line(connection: Connection, number_id: int, *, assignment_id: int, lead_id: int) -> Line | None:
    """Gives what the ledger says of a number that is, or was, the lead's or the assignment's."""
    values = {"number": number_id, "assignment": assignment_id, "lead": lead_id}
    row = connection.execute(_STATUS, values).one_or_none()
    if row is None or not (row.booked or row.known):
        return None
    return Line(row.id, row.line_status, row.recheck_at, row.shared, bytes(row.key_hash), row.booked)


def set_line(connection: Connection, number_id: int, verdict: LineVerdict) -> None:
    """Writes what the evidence says; opens or closes the quarantine and tells the queue. The number is locked."""
    values = {
        "number": number_id,
        "status": verdict.status.value,
        "reason": verdict.reason,
        "recheck_at": verdict.recheck_at,
    }
    connection.execute(_SET, values)


def detach_number(connection: Connection, *, lead_id: int, number_id: int, reason: str, evidence_id: int) -> None:
    """Takes a number from a lead whose it proved not to be."""
    values = {"lead": lead_id, "number": number_id, "reason": reason, "evidence": evidence_id}
    connection.execute(_DETACH, values)


def undo_detachments(connection: Connection, contact_id: int) -> None:
    """Gives back what a contact detached: it was corrected."""
    connection.execute(_UNDO, {"contact": contact_id})


def _evidence(row: Any) -> Evidence:
    return Evidence(row.id, row.kind, row.detail, row.observed_at, row.person_id, row.contact_id, row.provider)
