"""Statements about how often somebody's word on dead lines was refuted."""

from collections.abc import Collection
from typing import Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.storage.reach import Reach

_LIST: Final = sa.text("""
    SELECT e.person_id, count(*) AS told, count(*) FILTER (WHERE EXISTS (
        SELECT 1 FROM leadmill.evidence AS later WHERE later.number_id = e.number_id AND later.kind = ANY (:alive)
            AND later.observed_at > e.observed_at AND later.observed_at < e.observed_at + interval '3 months')) AS refuted
    FROM leadmill.evidence AS e JOIN leadmill.person AS p ON p.id = e.person_id
    WHERE e.kind = ANY (:dead) AND e.at >= leadmill.clock() - make_interval(days => :days)
      AND (CAST(:own AS bigint) IS NULL OR p.id = :own) AND (CAST(:team AS bigint) IS NULL OR p.team_id = :team)
      AND NOT EXISTS (SELECT 1 FROM leadmill.contact AS s WHERE s.supersedes = e.contact_id)
    GROUP BY e.person_id ORDER BY refuted DESC, told DESC, e.person_id
""")


class Witness(NamedTuple):
    """How many lines somebody called dead, and how many of them lived within three months."""

    person_id: int
    told: int
    refuted: int


def list_witnesses(
    connection: Connection, reach: Reach, *, days: int, dead: Collection[str], alive: Collection[str]
) -> list[Witness]:
    """Lists the people within the reach who called lines dead in so many days, the most often refuted first."""
    values = {"days": days, "dead": list(dead), "alive": list(alive), **reach.values}
    return [Witness(*row) for row in connection.execute(_LIST, values)]
