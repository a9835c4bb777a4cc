"""Statements about what was observed of a number, and the line status that follows from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.domain.number import LineVerdict, Observation, derive_line

_ADD: Final = sa.text("""
    INSERT INTO leadmill.evidence (number_id, kind, detail, observed_at, person_id, desk, contact_id, provider)
    VALUES (:number, :kind, :detail, :at, :person, :desk, :contact, :provider) ON CONFLICT DO NOTHING RETURNING id
""")

_ADD_MANY: Final = sa.text("""
    INSERT INTO leadmill.evidence (number_id, kind, observed_at, detail, person_id, desk, provider)
    SELECT number_id, kind, observed_at, detail, :person, :desk, :provider
    FROM unnest(CAST(:numbers AS bigint[]), CAST(:kinds AS text[]), CAST(:times AS timestamptz[]), CAST(:details AS text[]))
        AS seen (number_id, kind, observed_at, detail)
    ON CONFLICT DO NOTHING RETURNING number_id, id
""")

_LIST: Final = sa.text("""
    SELECT e.id, e.number_id, e.kind, e.detail, e.observed_at, e.person_id, e.contact_id, e.provider,
           EXISTS (SELECT 1 FROM leadmill.holds_on(e.number_id, e.person_id, e.desk, e.provider, e.at)) AS held
    FROM leadmill.evidence AS e
    WHERE e.number_id = ANY (:numbers)
      AND NOT EXISTS (SELECT 1 FROM leadmill.contact AS s WHERE s.supersedes = e.contact_id)
    ORDER BY e.number_id, e.observed_at, e.id
""")

_ALL: Final = sa.text("""
    WITH judged AS (
        SELECT n.id, n.line_status, n.recheck_at FROM leadmill.number AS n
        WHERE n.id > :after AND n.line_status <> 'invalid'
          AND (n.line_status <> 'unverified' OR EXISTS (SELECT 1 FROM leadmill.evidence AS e WHERE e.number_id = n.id))
        ORDER BY n.id LIMIT :limit
    )
    SELECT n.id AS number, n.line_status, n.recheck_at, coalesce(q.cycle, 0) AS stay,
           e.id, e.number_id, e.kind, e.detail, e.observed_at, e.person_id, e.contact_id, e.provider,
           EXISTS (SELECT 1 FROM leadmill.holds_on(e.number_id, e.person_id, e.desk, e.provider, e.at)) AS held
    FROM judged AS n
    LEFT JOIN leadmill.quarantine AS q ON q.number_id = n.id AND q.closed_at IS NULL
    LEFT JOIN leadmill.evidence AS e ON e.number_id = n.id
        AND NOT EXISTS (SELECT 1 FROM leadmill.contact AS s WHERE s.supersedes = e.contact_id)
    ORDER BY n.id
""")

_AT_ONCE: Final = 5_000

_STATUS: Final = sa.text("""
    SELECT id, shared, key_hash,
           EXISTS (SELECT 1 FROM leadmill.booking WHERE assignment_id = :assignment AND subject_kind = 'number'
                   AND subject_id = :number) AS booked,
           EXISTS (SELECT 1 FROM leadmill.lead_number
                   WHERE lead_id IN (SELECT leadmill.lead_tree(:lead)) AND number_id = :number)
        OR EXISTS (SELECT 1 FROM leadmill.detachment
                   WHERE lead_id IN (SELECT leadmill.lead_tree(:lead)) AND number_id = :number) AS known
    FROM leadmill.number WHERE id = :number
""")

_LINES: Final = sa.text("""
    SELECT n.id, n.line_status, n.recheck_at, coalesce(q.cycle, 0) AS stay
    FROM leadmill.number AS n LEFT JOIN leadmill.quarantine AS q ON q.number_id = n.id AND q.closed_at IS NULL
    WHERE n.line_status <> 'invalid' AND n.id = ANY (:numbers) ORDER BY n.id
""")

_LOCK: Final = sa.text("SELECT leadmill.lock_lines(CAST(:numbers AS bigint[]))")

_SET: Final = sa.text("""
    SELECT leadmill.set_line_statuses(CAST(:numbers AS bigint[]), CAST(:statuses AS text[]), CAST(:reasons AS text[]),
                                      CAST(:rechecks AS timestamptz[]), CAST(:stays AS integer[]))
""")

_REVOKE: Final = sa.text(
    "SELECT leadmill.revoke_assignments('{}', CAST(:numbers AS bigint[]), :note, CAST(:by AS bigint))"
)

_DETACH: Final = sa.text("SELECT leadmill.detach_number(:lead, :number, :reason, :evidence)")

_DETACH_STRANGERS: Final = sa.text(
    "SELECT leadmill.detach_strangers(CAST(:numbers AS bigint[]), CAST(:evidence AS bigint[]))"
)

_UNDO: Final = sa.text("SELECT leadmill.undo_detachments(:contact)")

_DATED: Final = "extended"
"""The kind whose detail is a time."""


@dataclass(frozen=True, slots=True)
class Line:
    """What the ledger says of a number now; `booked`: the assignment that was asked about books it, or did."""

    id: int
    shared: bool
    key_hash: bytes
    booked: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """The line status of a number as it is written; `stay` counts its stays in quarantine in a row, 0 outside."""

    id: int
    status: str
    recheck_at: datetime | None
    stay: int

    def is_as(self, verdict: LineVerdict) -> bool:
        """Whether it is what the evidence says."""
        return (self.status, self.recheck_at, self.stay) == (verdict.status.value, verdict.recheck_at, verdict.stay)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One observation as it was written, with what it means."""

    id: int
    number_id: int
    kind: str
    detail: str | None
    observed_at: datetime
    person_id: int | None
    contact_id: int | None
    provider: str | None
    held: bool

    @property
    def observation(self) -> Observation:
        """What it says for the line; its days are days of UTC, whatever the session's zone."""
        until = datetime.fromisoformat(self.detail) if self.kind == _DATED and self.detail else None
        return Observation(self.kind, self.observed_at.astimezone(UTC), self.person_id, held=self.held, until=until)


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody saw of a number, before it is written."""

    number_id: int
    kind: str
    at: datetime
    detail: str | None = None


def add_evidence(
    connection: Connection,
    number_id: int,
    kind: str,
    *,
    at: datetime,
    person_id: int | None = None,
    desk: str | None = None,
    contact_id: int | None = None,
    provider: str | None = None,
    detail: str | None = None,
) -> int | None:
    """Writes one observation and gives its id; None when the same provider told the same before."""
    values = {
        "number": number_id,
        "kind": kind,
        "detail": detail,
        "at": at,
        "person": person_id,
        "desk": desk,
        "contact": contact_id,
        "provider": provider,
    }
    evidence_id: int | None = connection.execute(_ADD, values).scalar_one_or_none()
    return evidence_id


def add_seen(
    connection: Connection,
    seen: Sequence[Seen],
    *,
    person_id: int | None = None,
    desk: str | None = None,
    provider: str | None = None,
) -> list[tuple[int, int]]:
    """Writes what one teller saw of many numbers; gives (number, evidence) of what the provider had not told before."""
    values = {
        "numbers": [one.number_id for one in seen],
        "kinds": [one.kind for one in seen],
        "times": [one.at for one in seen],
        "details": [one.detail for one in seen],
        "person": person_id,
        "desk": desk,
        "provider": provider,
    }
    return [(row.number_id, row.id) for row in connection.execute(_ADD_MANY, values)]


def list_evidence(connection: Connection, number_id: int) -> Sequence[Evidence]:
    """Lists what was observed of a number, in time; what a corrected contact said is left out."""
    return [Evidence(*row) for row in connection.execute(_LIST, {"numbers": [number_id]})]


def observations_of(connection: Connection, numbers: Sequence[int]) -> dict[int, list[Observation]]:
    """Gives what was observed of each of these numbers; those of which nothing was are left out."""
    told: dict[int, list[Observation]] = {}
    for row in connection.execute(_LIST, {"numbers": list(numbers)}):
        told.setdefault(row.number_id, []).append(Evidence(*row).observation)
    return told


def list_standings(connection: Connection, numbers: Sequence[int]) -> list[Standing]:
    """Gives the line status of these numbers, by id; those that the plan denies have none."""
    return [Standing(*row) for row in connection.execute(_LINES, {"numbers": list(numbers)})]


def list_misjudged(connection: Connection) -> list[int]:
    """Gives every number whose written line status is not what its evidence says: reads the whole ledger, in parts."""
    misjudged: list[int] = []
    after = 0
    while rows := connection.execute(_ALL, {"after": after, "limit": _AT_ONCE}).all():
        for number_id, told in groupby(rows, key=lambda row: row.number):
            if not _is_judged_right(list(told)):
                misjudged.append(number_id)
        after = rows[-1].number
    return misjudged


def _is_judged_right(told: Sequence[Any]) -> bool:
    observed = [Evidence(*row[4:]).observation for row in told if row.id is not None]
    standing = Standing(*told[0][:4])
    return standing.is_as(derive_line(observed, seed=standing.id))


def lock_lines(connection: Connection, numbers: Sequence[int]) -> None:
    """Locks numbers with their leads, before what is learned of them is written."""
    connection.execute(_LOCK, {"numbers": list(numbers)})


def revoke_numbers(connection: Connection, numbers: Sequence[int], *, note: str, by: int | None) -> None:
    """Takes numbers out of what is open; an assignment that has no other ends. They are locked, with their leads."""
    connection.execute(_REVOKE, {"numbers": list(numbers), "note": note, "by": by})


def find_line(connection: Connection, number_id: int, *, assignment_id: int, lead_id: int) -> Line | None:
    """Gives what the ledger says of a number that is, or was, the lead's or the assignment's."""
    values = {"number": number_id, "assignment": assignment_id, "lead": lead_id}
    row = connection.execute(_STATUS, values).one_or_none()
    if row is None or not (row.booked or row.known):
        return None
    return Line(row.id, row.shared, bytes(row.key_hash), row.booked)


def set_lines(connection: Connection, verdicts: Mapping[int, LineVerdict]) -> None:
    """Writes what the evidence says of numbers; opens or closes their quarantine and tells the queue. They are locked."""
    values = {
        "numbers": list(verdicts),
        "statuses": [verdict.status.value for verdict in verdicts.values()],
        "reasons": [verdict.reason for verdict in verdicts.values()],
        "rechecks": [verdict.recheck_at for verdict in verdicts.values()],
        "stays": [verdict.stay for verdict in verdicts.values()],
    }
    connection.execute(_SET, values)


def detach_number(connection: Connection, *, lead_id: int, number_id: int, reason: str, evidence_id: int) -> None:
    """Takes a number from a lead whose it proved not to be."""
    values = {"lead": lead_id, "number": number_id, "reason": reason, "evidence": evidence_id}
    connection.execute(_DETACH, values)


def detach_strangers(connection: Connection, evidence: Mapping[int, int]) -> None:
    """Takes numbers that have a new owner from every lead; `evidence` is by number what told so. They are locked."""
    values = {"numbers": list(evidence), "evidence": list(evidence.values())}
    connection.execute(_DETACH_STRANGERS, values)


def undo_detachments(connection: Connection, contact_id: int) -> None:
    """Gives back what a contact detached: it was corrected."""
    connection.execute(_UNDO, {"contact": contact_id})
