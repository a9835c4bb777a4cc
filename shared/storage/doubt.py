"""Statements about what reps doubt: two leads that are one, or one that is two."""

from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

_ADD: Final = sa.text("""
    INSERT INTO leadmill.review (lead_a, lead_b, origin, match_id)
    VALUES (least(CAST(:a AS bigint), CAST(:b AS bigint)), greatest(CAST(:a AS bigint), CAST(:b AS bigint)), 'rep',
            (SELECT m.match_id FROM leadmill.merge AS m WHERE m.loser IN (:a, :b) AND m.undoes IS NULL
               AND NOT EXISTS (SELECT 1 FROM leadmill.merge AS u WHERE u.undoes = m.id) ORDER BY m.id DESC LIMIT 1))
    ON CONFLICT DO NOTHING RETURNING id
""")

_STANDING: Final = sa.text("""
    SELECT id FROM leadmill.review
    WHERE (lead_a, lead_b) = (least(CAST(:a AS bigint), CAST(:b AS bigint)), greatest(CAST(:a AS bigint), CAST(:b AS bigint)))
      AND state = 'open'
""")

_LAST_MERGE: Final = sa.text("""
    SELECT m.loser FROM leadmill.merge AS m
    WHERE m.undoes IS NULL AND m.winner IN (SELECT leadmill.lead_tree(:lead))
      AND NOT EXISTS (SELECT 1 FROM leadmill.merge AS u WHERE u.undoes = m.id)
      AND (CAST(:number AS bigint) IS NULL OR EXISTS (
        SELECT 1 FROM leadmill.membership AS born JOIN leadmill.record_number AS rn ON rn.record_id = born.record_id
        WHERE born.opened_by IS NULL AND born.lead_id IN (SELECT leadmill.lead_tree(m.loser)) AND rn.number_id = :number))
    ORDER BY m.id DESC LIMIT 1
""")

_NUMBERS_OF: Final = sa.text("""
    SELECT DISTINCT rn.number_id FROM leadmill.membership AS born
    JOIN leadmill.record_number AS rn ON rn.record_id = born.record_id
    WHERE born.opened_by IS NULL AND born.lead_id IN (SELECT leadmill.lead_tree(:loser))
    EXCEPT
    SELECT rn.number_id FROM leadmill.membership AS born
    JOIN leadmill.record_number AS rn ON rn.record_id = born.record_id
    WHERE born.opened_by IS NULL AND born.lead_id IN (SELECT leadmill.lead_tree(:lead))
      AND born.lead_id NOT IN (SELECT leadmill.lead_tree(:loser))
""")

_BOOKED: Final = sa.text("""
    SELECT subject_id FROM leadmill.booking
    WHERE assignment_id = :assignment AND subject_kind = 'number' AND upper(period) > :at ORDER BY subject_id
""")


def open_review(connection: Connection, lead_id: int, other_id: int) -> int:
    """Lets a person look at two leads, with the pair that joined them if one did; gives the review, the open one if there is."""
    values = {"a": lead_id, "b": other_id}
    added: int | None = connection.execute(_ADD, values).scalar_one_or_none()
    return added if added is not None else int(connection.execute(_STANDING, values).scalar_one())


def find_last_merge(connection: Connection, lead_id: int, number_id: int | None) -> int | None:
    """Gives the lead that was joined to this one last, of those that brought the number if one is named."""
    values = {"lead": lead_id, "number": number_id}
    loser: int | None = connection.execute(_LAST_MERGE, values).scalar_one_or_none()
    return loser


def numbers_only_of(connection: Connection, loser_id: int, lead_id: int) -> set[int]:
    """Gives the numbers that a lead has only from one that was joined to it."""
    return set(connection.execute(_NUMBERS_OF, {"loser": loser_id, "lead": lead_id}).scalars())


def booked_numbers(connection: Connection, assignment_id: int, *, at: object) -> list[int]:
    """Gives the numbers that an assignment may dial now."""
    return list(connection.execute(_BOOKED, {"assignment": assignment_id, "at": at}).scalars())
