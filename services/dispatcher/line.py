"""What an outcome says of the number dialled: evidence, the line status derived from it, and a stranger leaves the lead."""

from datetime import datetime

from sqlalchemy import Connection

from shared.domain.disposition import Disposition
from shared.domain.evidence_kind import Meaning, meaning_of
from shared.hygiene.line import derive_number
from shared.storage.assignment import Held
from shared.storage.evidence import Line, add_evidence, detach_number


def observe_number(
    connection: Connection,
    held: Held,
    disposition: Disposition,
    number: Line | None,
    *,
    contact_id: int,
    at: datetime,
) -> None:
    """Writes what the rep observed, and what follows: the line status, and a stranger's number leaves the lead."""
    kind = disposition.evidence
    if number is None or kind is None:
        return
    evidence_id = add_evidence(connection, number.id, kind, at=at, person_id=held.person_id, contact_id=contact_id)
    derive_number(connection, number.id)
    if meaning_of(kind) is Meaning.STRANGER_HINT and evidence_id is not None:
        detach_number(connection, lead_id=held.top_id, number_id=number.id, reason=kind, evidence_id=evidence_id)
