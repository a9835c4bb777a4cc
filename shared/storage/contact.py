"""Statements about contacts: append-only, a correction supersedes; with the words that go beside them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.storage.assignment import Held
from shared.storage.reach import WITHIN, Reach

GIVEN: Final = (
    "kind",
    "callback_at",
    "defer_until",
    "stage",
    "value",
    "currency",
    "lost_reason",
    "competitor",
    "duration_s",
    "external_call_id",
)
"""What a rep may say of a contact beside its disposition; kept as it was said."""

_COLUMNS: Final = (
    "assignment_id",
    "lead_id",
    "site_id",
    "number_id",
    "person_id",
    "pool_id",
    "disposition",
    "contact_made",
    "at",
    "late",
    "supersedes",
    "rest_until",
    "number_rest_until",
    *GIVEN,
)

_ADD: Final = sa.text(
    f"INSERT INTO leadmill.contact ({', '.join(_COLUMNS)}) VALUES ({', '.join(f':{name}' for name in _COLUMNS)}) RETURNING id"
)

_FIND: Final = sa.text(f"""
    SELECT c.*, leadmill.clock() - c.recorded_at AS age,
           EXISTS (SELECT 1 FROM leadmill.contact AS s WHERE s.supersedes = c.id) AS superseded
    FROM leadmill.contact AS c JOIN leadmill.assignment AS a ON a.id = c.assignment_id
    WHERE c.id = :contact AND {WITHIN}
""")

_ADD_NOTE: Final = sa.text("""
    INSERT INTO leadmill.note (lead_id, contact_id, person_id, body, spoke_with)
    VALUES (:lead, :contact, :person, :body, :spoke_with)
""")

_ADD_FACT: Final = sa.text("""
    INSERT INTO leadmill.fact (lead_id, field, value, person_id, contact_id)
    VALUES (:lead, :field, :value, :person, :contact)
""")

_TRIES: Final = sa.text("""
    SELECT c.at FROM leadmill.contact AS c JOIN leadmill.disposition AS d ON d.code = c.disposition
    WHERE c.lead_id IN (SELECT leadmill.lead_tree(:lead)) AND d.effect = 'attempt'
      AND NOT EXISTS (SELECT 1 FROM leadmill.contact AS s WHERE s.supersedes = c.id)
      AND c.id IS DISTINCT FROM CAST(:but AS bigint)
      AND leadmill.add_working_days(c.at, :days, CAST(:hours AS jsonb), :zone) > :at
      AND NOT EXISTS (SELECT 1 FROM leadmill.contact AS made
                      WHERE made.lead_id IN (SELECT leadmill.lead_tree(:lead)) AND made.contact_made AND made.at > c.at)
""")

_NUMBERS: Final = sa.text("""
    SELECT count(*) FILTER (WHERE n.callable) AS callable_left,
           count(*) FILTER (WHERE n.callable AND NOT EXISTS (
             SELECT 1 FROM leadmill.contact AS c
             WHERE c.number_id = n.id AND c.lead_id IN (SELECT leadmill.lead_tree(:lead))
               AND NOT EXISTS (SELECT 1 FROM leadmill.contact AS s WHERE s.supersedes = c.id)
               AND (c.at AT TIME ZONE w.zones[1])::date = (CAST(:at AS timestamptz) AT TIME ZONE w.zones[1])::date
           )) AS untried
    FROM leadmill.booking AS b
    JOIN leadmill.number AS n ON n.id = b.subject_id
    JOIN leadmill.lead AS l ON l.id = :lead
    LEFT JOIN leadmill.calling_window AS w ON w.id = l.window_id
    WHERE b.assignment_id = :assignment AND b.subject_kind = 'number' AND upper(b.period) > :at
      AND n.id IS DISTINCT FROM CAST(:number AS bigint)
""")

_SET_LEAD: Final = sa.text("""
    UPDATE leadmill.lead SET stage = coalesce(CAST(:stage AS text), stage),
      relation = coalesce(CAST(:relation AS text), relation),
      owner_id = CASE WHEN CAST(:relation AS text) IS NULL THEN owner_id ELSE coalesce(owner_id, :owner) END,
      changed_at = :at
    WHERE id = :lead
""")

_UNMAKE: Final = sa.text("""
    UPDATE leadmill.lead SET relation = 'prospect', owner_id = NULL, changed_at = :at
    WHERE id = :lead AND owner_id = :owner AND NOT EXISTS (
      SELECT 1 FROM leadmill.contact AS c JOIN leadmill.disposition AS d ON d.code = c.disposition
      WHERE c.lead_id IN (SELECT leadmill.lead_tree(:lead)) AND d.next_step ->> 'relation' IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM leadmill.contact AS s WHERE s.supersedes = c.id))
""")

_STATE: Final = sa.text("""
    SELECT l.id, l.stage, l.relation, leadmill.rest_of('lead', l.id) AS rest_until,
           (SELECT min(due_at) FROM leadmill.promise
            WHERE lead_id IN (SELECT leadmill.lead_tree(l.id)) AND state = 'open') AS promised_at
    FROM leadmill.lead AS l WHERE l.id = :lead
""")

_STAGE_BEFORE: Final = sa.text("""
    SELECT coalesce((
      SELECT c.stage FROM leadmill.contact AS c
      WHERE c.lead_id IN (SELECT leadmill.lead_tree(:lead)) AND c.stage IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM leadmill.contact AS s WHERE s.supersedes = c.id)
      ORDER BY c.at DESC, c.id DESC LIMIT 1), 'qualification')
""")

_STANDING: Final = sa.text("SELECT relation, rank FROM leadmill.lead WHERE id = :lead")

_PRODUCT_REST: Final = sa.text("""
    INSERT INTO leadmill.product_rest (lead_id, product_id, until, reason, contact_id)
    VALUES (:lead, :product, :until, :reason, :contact)
""")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A contact as it was written. `age_s` is how long ago; `given` are all its columns."""

    id: int
    assignment_id: int
    person_id: int
    number_id: int | None
    disposition: str
    at: datetime
    age_s: float
    superseded: bool
    given: Mapping[str, Any]


def add_contact(connection: Connection, values: Mapping[str, Any]) -> int:
    """Writes a contact; columns that are not named stay empty."""
    contact_id: int = connection.execute(_ADD, dict.fromkeys(_COLUMNS) | dict(values)).scalar_one()
    return contact_id


def find_contact(connection: Connection, contact_id: int, reach: Reach) -> Recorded | None:
    """Gives a contact of an assignment within the reach."""
    row = connection.execute(_FIND, {"contact": contact_id, **reach.values}).one_or_none()
    if row is None:
        return None
    return Recorded(
        row.id,
        row.assignment_id,
        row.person_id,
        row.number_id,
        row.disposition,
        row.at,
        row.age.total_seconds(),
        row.superseded,
        dict(row._mapping),
    )


def add_note(
    connection: Connection,
    *,
    lead_id: int,
    contact_id: int | None,
    person_id: int,
    body: str | None,
    spoke_with: str | None = None,
) -> None:
    """Keeps free words about a lead, apart from the contact so that they can be erased."""
    values = {"lead": lead_id, "contact": contact_id, "person": person_id, "body": body, "spoke_with": spoke_with}
    connection.execute(_ADD_NOTE, values)


def add_facts(
    connection: Connection, facts: Mapping[str, str], *, lead_id: int, contact_id: int, person_id: int
) -> None:
    """Keeps what a rep learned, a row a field."""
    for field, value in facts.items():
        values = {"lead": lead_id, "field": field, "value": value, "person": person_id, "contact": contact_id}
        connection.execute(_ADD_FACT, values)


def list_tries(connection: Connection, held: Held, *, days: int, but: int | None = None) -> list[datetime]:
    """Lists when nobody was reached since the last contact, within so many working days; `but` is left out."""
    values = {"lead": held.top_id, "but": but, "days": days, "hours": held.hours, "zone": held.zone, "at": held.at}
    return list(connection.execute(_TRIES, values).scalars())


def count_numbers(connection: Connection, held: Held, *, assignment_id: int, number_id: int | None) -> tuple[int, int]:
    """Counts the other numbers of an assignment: those untried today, and all that can be called."""
    values = {"lead": held.top_id, "assignment": assignment_id, "number": number_id, "at": held.at}
    row = connection.execute(_NUMBERS, values).one()
    return row.untried, row.callable_left


def set_lead(connection: Connection, held: Held, *, stage: str | None, relation: str | None) -> None:
    """Moves the lead to a stage or relation; None leaves it. Who makes a customer owns it, unless somebody does."""
    values = {"lead": held.top_id, "stage": stage, "relation": relation, "owner": held.person_id, "at": held.at}
    connection.execute(_SET_LEAD, values)


def unmake_customer(connection: Connection, held: Held) -> None:
    """Makes a lead a prospect again that only a corrected contact of this rep had made a customer."""
    connection.execute(_UNMAKE, {"lead": held.top_id, "owner": held.person_id, "at": held.at})


def read_state(connection: Connection, lead_id: int) -> Mapping[str, Any]:
    """Says where a lead stands after a contact: its stage, its rest and the promise due first."""
    return dict(connection.execute(_STATE, {"lead": lead_id}).one()._mapping)


def find_standing(connection: Connection, lead_id: int) -> tuple[str, str | None]:
    """Gives the relation of a lead and its rank."""
    row = connection.execute(_STANDING, {"lead": lead_id}).one()
    return row.relation, row.rank


def stage_by_contacts(connection: Connection, lead_id: int) -> str:
    """Gives the stage that the standing contacts of a lead say."""
    stage: str = connection.execute(_STAGE_BEFORE, {"lead": lead_id}).scalar_one()
    return stage


def add_product_rest(connection: Connection, held: Held, *, contact_id: int, until: datetime, reason: str) -> None:
    """Rests the lead for the product of the assignment's pool."""
    values = {
        "lead": held.top_id,
        "product": held.product_id,
        "until": until,
        "reason": reason,
        "contact": contact_id,
    }
    connection.execute(_PRODUCT_REST, values)
