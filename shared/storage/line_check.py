"""Statements about checks of lines: what is due, who was asked, what came back, and what it may cost."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

_TAKE: Final = sa.text("""
    SELECT check_id, number_id, e164, country, type, asked_at, verified_at
    FROM leadmill.take_checks(:provider, :limit, :lapse, CAST(:person AS bigint), CAST(:pool AS bigint))
""")

_RULES: Final = sa.text("SELECT leadmill.line_rules(leadmill.clock())")

_ADD_RULES: Final = sa.text("""
    INSERT INTO leadmill.line_rule (rules, made_by, reason) VALUES (:rules, :by, :reason)
""").bindparams(sa.bindparam("rules", type_=sa.JSON))

_FIND: Final = sa.text("""
    SELECT n.e164, n.id, leadmill.clock() AS now,
           (SELECT max(c.asked_at) FROM leadmill.line_check AS c WHERE c.number_id = n.id AND c.provider = :provider) AS asked_at
    FROM leadmill.number AS n WHERE n.e164 = ANY (:numbers)
""")

_ANSWER: Final = sa.text("""
    UPDATE leadmill.line_check SET state = 'answered', answered_at = leadmill.clock()
    WHERE number_id = ANY (:numbers) AND provider = :provider AND state <> 'answered'
""")

_MINE: Final = sa.text("""
    SELECT c.id, c.number_id, c.state, c.asked_at, c.lapses_at FROM leadmill.line_check AS c
    WHERE c.id = :check AND c.person_id = :person
""")

_OPEN: Final = sa.text("""
    SELECT c.id AS check_id, c.number_id, n.e164, n.country, n.type, c.asked_at, n.created_at AS verified_at
    FROM leadmill.line_check AS c JOIN leadmill.number AS n ON n.id = c.number_id
    WHERE c.person_id = :person AND c.state = 'out' AND c.lapses_at > leadmill.clock() AND n.e164 IS NOT NULL
    ORDER BY c.id LIMIT 1
""")

_RECHECK_POOL: Final = sa.text("""
    SELECT p.id, policy.rules, leadmill.line_rules(leadmill.clock()) AS line,
           (SELECT count(*) FROM leadmill.line_check AS c WHERE c.person_id = :person
            AND c.asked_at >= date_trunc('day', leadmill.clock(), leadmill.zone_of(:person))) AS rung,
           EXISTS (SELECT 1 FROM leadmill.number AS n WHERE n.recheck_at <= leadmill.clock()) AS any_due
    FROM leadmill.person AS me
    JOIN leadmill.pool AS p ON p.kind = 'recheck' AND p.state = 'active'
    CROSS JOIN LATERAL leadmill.policy_of(p.id, leadmill.clock()) AS policy
    WHERE me.id = :person
      AND (EXISTS (SELECT 1 FROM leadmill.pool_person AS pp WHERE pp.person_id = me.id AND pp.pool_id = p.id)
           OR NOT EXISTS (SELECT 1 FROM leadmill.pool_person AS pp WHERE pp.pool_id = p.id))
    ORDER BY p.id LIMIT 1 FOR NO KEY UPDATE OF me
""")

_FORGET: Final = sa.text("SELECT leadmill.forget_stranger(:number, :by)")

_BROUGHT: Final = sa.text("""
    SELECT n.id, brought.at FROM leadmill.number AS n
    CROSS JOIN LATERAL (SELECT max(e.at) AS at FROM leadmill.evidence AS e WHERE e.number_id = n.id AND e.kind <> 'suppressed') AS told
    CROSS JOIN LATERAL (
        SELECT max(r.created_at) AS at FROM leadmill.record_number AS rn JOIN leadmill.record AS r ON r.id = rn.record_id
        WHERE rn.number_id = n.id AND r.created_at > told.at AND NOT EXISTS (
            SELECT 1 FROM leadmill.record_number AS o JOIN leadmill.record AS old ON old.id = o.record_id
            WHERE o.number_id = n.id AND old.source_id = r.source_id AND old.created_at <= told.at)) AS brought
    WHERE n.line_status = 'wrong_party' AND brought.at IS NOT NULL ORDER BY n.id LIMIT :limit
""")


@dataclass(frozen=True, slots=True)
class Asked:
    """A number that was given to a provider; `verified_at`: when the client last answered, else since when it is known."""

    check_id: int
    number_id: int
    e164: str
    country: str | None
    type: str
    asked_at: datetime
    verified_at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """A number that somebody tells of; `asked_at`: when the provider was last asked, None when never."""

    number_id: int
    now: datetime
    asked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Ringing:
    """How a rep may ring numbers again: the pool, how many today, how many already, and whether any number waits for it."""

    pool_id: int
    most: int
    rung: int
    any_due: bool


def take_checks(
    connection: Connection,
    provider: str,
    *,
    limit: int,
    lapse: timedelta,
    person_id: int | None = None,
    pool_id: int | None = None,
) -> list[Asked]:
    """Gives due numbers, the cheapest first, within the day's checks and the month's money, and writes who was asked."""
    values = {"provider": provider, "limit": limit, "lapse": lapse, "person": person_id, "pool": pool_id}
    return [Asked(*row) for row in connection.execute(_TAKE, values)]


def find_rules(connection: Connection) -> Mapping[str, Any]:
    """Gives how rechecks are done now."""
    rules: Mapping[str, Any] = connection.execute(_RULES).scalar_one()
    return rules


def add_rules(connection: Connection, rules: Mapping[str, Any], *, by: int, reason: str) -> None:
    """Writes a new version of the rules."""
    connection.execute(_ADD_RULES, {"rules": dict(rules), "by": by, "reason": reason})


def list_known(connection: Connection, numbers: Collection[str], provider: str) -> dict[str, Known]:
    """Gives numbers by their digits; those that the base does not have (any more) are left out."""
    rows = connection.execute(_FIND, {"numbers": list(numbers), "provider": provider})
    return {e164: Known(*rest) for e164, *rest in rows}


def record_answers(connection: Connection, numbers: Collection[int], provider: str) -> int:
    """Ends what a provider was asked of these numbers; gives how many checks were not answered before."""
    return connection.execute(_ANSWER, {"numbers": list(numbers), "provider": provider}).rowcount


def find_own_check(connection: Connection, check_id: int, person_id: int) -> Any:
    """Gives a check that a rep rings: id, number_id, state, asked_at, lapses_at; None when it is not theirs."""
    return connection.execute(_MINE, {"check": check_id, "person": person_id}).one_or_none()


def find_open_check(connection: Connection, person_id: int) -> Asked | None:
    """Gives the check that a rep has before them."""
    row = connection.execute(_OPEN, {"person": person_id}).one_or_none()
    return None if row is None else Asked(*row)


def lock_ringing(connection: Connection, person_id: int, *, default_norm: int) -> Ringing | None:
    """Locks a rep and gives how many recheck calls of their day are left; None when no such pool serves them.

    A pool of kind recheck serves whom it names, and everybody as long as it names nobody.
    """
    row = connection.execute(_RECHECK_POOL, {"person": person_id}).one_or_none()
    if row is None:
        return None
    norm = (row.rules.get("daily_norm") or {}).get("maximum") or default_norm
    return Ringing(row.id, max(1, int(norm * row.line["recheck_share"])), row.rung, row.any_due)


def forget_stranger(connection: Connection, number_id: int, *, by: int) -> None:
    """Suppresses a private stranger's number and keeps its keyed hash only."""
    connection.execute(_FORGET, {"number": number_id, "by": by})


def list_brought(connection: Connection, limit: int) -> Sequence[tuple[int, datetime]]:
    """Gives wrong-party numbers that a source which did not have them before has brought since, and when."""
    return [(row.id, row.at) for row in connection.execute(_BROUGHT, {"limit": limit})]
