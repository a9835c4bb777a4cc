"""What an outcome says of the number dialled: evidence, and the line status derived from all of it."""

from datetime import datetime

from sqlalchemy import Connection

from shared.domain.disposition import Disposition
from shared.domain.number import MEANING_BY_KIND, LineStatus, Meaning, derive_line
from shared.storage.assignment import Held
from shared.storage.evidence import Line, add_evidence, detach_number, list_evidence, set_line


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
    derive_number(connection, number)
    if MEANING_BY_KIND.get(kind) is Meaning.STRANGER_HINT:
        detach_number(connection, lead_id=held.top_id, number_id=number.id, reason=kind, evidence_id=evidence_id)


def derive_number(connection: Connection, number: Line) -> None:
    """Derives a number's line status anew from its evidence; one the plan denies or retired keeps its own."""
    if number.status not in tuple(LineStatus):
        return
    verdict = derive_line(evidence.observation for evidence in list_evidence(connection, number.id))
    if (verdict.status.value, verdict.recheck_at) != (number.status, number.recheck_at):
        set_line(connection, number.id, verdict)
