"""What an outcome says of the number dialled: evidence, the line status derived from it, and a stranger leaves the lead."""

from datetime import datetime

from sqlalchemy import Connection

from shared.domain.disposition import Disposition
from shared.domain.evidence_kind import Meaning, meaning_of
from shared.domain.policy import Rules
from shared.domain.silence import is_silent_for_long
from shared.hygiene.line import derive_number
from shared.storage.assignment import Held
from shared.storage.evidence import Line, add_evidence, detach_number, observations_of


def observe_number(
    connection: Connection,
    held: Held,
    disposition: Disposition,
    number: Line | None,
    *,
    contact_id: int,
    at: datetime,
    desk: str | None,
) -> None:
    """Writes what the rep observed, and what follows: the line status, and a stranger's number leaves the lead."""
    kind = disposition.evidence
    if number is None or kind is None:
        return
    evidence_id = add_evidence(
        connection, number.id, kind, at=at, person_id=held.person_id, desk=desk, contact_id=contact_id
    )
    derive_number(connection, number.id)
    if meaning_of(kind) is Meaning.STRANGER_HINT and evidence_id is not None:
        detach_number(connection, lead_id=held.top_id, number_id=number.id, reason=kind, evidence_id=evidence_id)


def is_left_in_peace(
    connection: Connection, disposition: Disposition, number: Line | None, rules: Rules, at: datetime
) -> bool:
    """Whether a number rests now because nobody has answered it too often: whoever dialled it, for whichever lead."""
    if number is None or meaning_of(disposition.evidence) is not Meaning.SILENT:
        return False
    silent = [at]
    for seen in reversed(observations_of(connection, [number.id]).get(number.id, [])):
        if meaning_of(seen.kind) is Meaning.ANSWERED:
            break
        if meaning_of(seen.kind) is Meaning.SILENT:
            silent.append(seen.observed_at)
    return is_silent_for_long(silent, most=rules.attempts_maximum, working_days=rules.attempts_days)
