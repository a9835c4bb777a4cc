"""Statements about what reps did in a day, week and month of their team's zone, beside the rules that ask for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.storage.reach import Reach

_STARTS: Final = """
    SELECT p.id, p.name, leadmill.clock() AT TIME ZONE leadmill.zone_of(p.id) AS here, leadmill.zone_of(p.id) AS zone
    FROM leadmill.person AS p
    WHERE p.role = 'rep' AND p.state <> 'left' AND (CAST(:person AS bigint) IS NULL OR p.id = :person)
      AND (CAST(:own AS bigint) IS NULL OR p.id = :own) AND (CAST(:team AS bigint) IS NULL OR p.team_id = :team)
"""

_REPS: Final = sa.text(f"""
    WITH rep AS ({_STARTS})
    SELECT rep.id, rep.name, rep.here::date AS today,
           ARRAY(SELECT policy.rules FROM leadmill.pool_person AS pp
                 JOIN leadmill.pool AS pool ON pool.id = pp.pool_id AND pool.state = 'active'
                 CROSS JOIN LATERAL leadmill.policy_of(pool.id, leadmill.clock()) AS policy
                 WHERE pp.person_id = rep.id ORDER BY pool.id) AS rules
    FROM rep ORDER BY rep.name, rep.id
""")

_DONE: Final = sa.text(f"""
    WITH rep AS ({_STARTS})
    SELECT rep.id, c.kind, c.disposition, c.currency, per.name AS per, count(*) AS done, coalesce(sum(c.value), 0) AS value
    FROM rep
    CROSS JOIN (VALUES ('day'), ('week'), ('month')) AS per (name)
    JOIN leadmill.contact AS c ON c.person_id = rep.id AND c.assignment_id IS NOT NULL
      AND c.at >= date_trunc(per.name, rep.here) AT TIME ZONE rep.zone
    WHERE NOT EXISTS (SELECT 1 FROM leadmill.contact AS s WHERE s.supersedes = c.id)
    GROUP BY 1, 2, 3, 4, 5
    UNION ALL
    SELECT rep.id, 'claim', NULL, NULL, per.name, sum(d.count), 0
    FROM rep
    CROSS JOIN (VALUES ('day'), ('week'), ('month')) AS per (name)
    JOIN leadmill.day_count AS d ON d.subject_kind = 'person' AND d.subject_id = rep.id AND d.kind = 'claims'
      AND d.day >= date_trunc(per.name, rep.here)::date
    GROUP BY 1, 5
""")

_COUNT: Final = sa.text(f"""
    WITH rep AS MATERIALIZED ({_STARTS})
    SELECT asked.kind, asked.per, CASE WHEN asked.kind = 'claim'
      THEN (SELECT coalesce(sum(d.count), 0) FROM leadmill.day_count AS d
            WHERE d.subject_kind = 'person' AND d.subject_id = rep.id AND d.kind = 'claims'
              AND d.day >= date_trunc(asked.per, rep.here)::date)
      ELSE (SELECT count(*) FROM leadmill.contact AS c
            WHERE c.person_id = rep.id AND c.assignment_id IS NOT NULL AND c.kind = asked.kind
              AND c.at >= date_trunc(asked.per, rep.here) AT TIME ZONE rep.zone
              AND NOT EXISTS (SELECT 1 FROM leadmill.contact AS s WHERE s.supersedes = c.id)) END AS done
    FROM rep CROSS JOIN unnest(CAST(:kinds AS text[]), CAST(:periods AS text[])) AS asked (kind, per)
""")


@dataclass(frozen=True, slots=True)
class Rep:
    """A rep, which day it is for them, and the rules of the pools that serve them."""

    id: int
    name: str
    today: date
    rules: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Done:
    """How many contacts of one kind and disposition, or leads handed out (kind `claim`), a rep had in the present period."""

    person_id: int
    kind: str
    disposition: str | None
    currency: str | None
    per: str
    count: int
    value: Decimal


def list_reps(connection: Connection, reach: Reach, *, person_id: int | None) -> list[Rep]:
    """Lists the reps within the reach, by name; one, when `person_id` names them."""
    return [Rep(*row) for row in connection.execute(_REPS, {"person": person_id, **reach.values})]


def count_done(
    connection: Connection, asked: Sequence[tuple[str, str]], *, person_id: int
) -> dict[tuple[str, str], Decimal]:
    """Counts what a rep did of these kinds in these periods, and nothing else: what a contact asks for each time."""
    kinds, periods = [kind for kind, _ in asked], [per for _, per in asked]
    values = {"person": person_id, "kinds": kinds, "periods": periods, **Reach().values}
    return {(row.kind, row.per): Decimal(row.done) for row in connection.execute(_COUNT, values)}


def list_done(connection: Connection, reach: Reach, *, person_id: int | None) -> list[Done]:
    """Counts what these reps did in the present day, week and month; corrected contacts only as corrected."""
    return [Done(*row) for row in connection.execute(_DONE, {"person": person_id, **reach.values})]
