"""The same mix for all reps of a pool: rank, source and age, whoever is slow, comes for the mornings only, or was away for a while."""

from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

import pytest

from tests.builders import Connection

DAYS, A_DAY, REPS = 60, 240, 6

# Two lists a day, one after the other, a small one of better leads every other day; what is handed out in a month, in its order.
_ORDER: Final = """
    SELECT source, rank, age FROM (
      SELECT CASE WHEN nr %% 240 < 140 THEN 'large' WHEN nr / 240 %% 2 = 0 AND nr %% 240 > 210 THEN 'small' ELSE 'second' END AS source, l.rank,
             (queue_rank(l.rank, at.since) + mix_s(nr)) / 86400 - extract(epoch FROM at.since)::bigint / 86400 AS age,
             queue_rank(l.rank, at.since) + mix_s(nr) AS place, nr
      FROM generate_series(0, %(leads)s) AS nr
      CROSS JOIN LATERAL (SELECT (ARRAY['A', 'B', 'C', 'C', 'D', NULL])[1 + get_byte(sha256(nr::text::bytea), 0) %% 6] AS rank) AS l
      CROSS JOIN LATERAL (SELECT '2026-03-02 08:00+00'::timestamptz + nr / 240 * interval '1 day' + nr %% 240 * interval '1 second' AS since) AS at) AS q
    ORDER BY place, nr OFFSET 20 * 240 LIMIT %(taken)s
"""


@pytest.fixture
def queue(db: Connection) -> list[tuple[str, str, str]]:
    values = {"leads": 100 * A_DAY, "taken": DAYS * A_DAY}
    rows = db.execute(_ORDER, values).fetchall()
    return [(f"source {source}", f"rank {rank}", f"age {age // 10}") for source, rank, age in rows]


def deal(queue: Sequence[tuple[str, str, str]]) -> Iterator[tuple[int, int, tuple[str, str, str]]]:
    """Says who pulls each lead on which day: reps work at different speeds, one in the mornings, one is away for ten days."""
    dice = Random(7)
    for nr, lead in enumerate(queue):
        day, of_day = divmod(nr, A_DAY)
        present = [
            rep for rep in range(REPS) if not (rep == 0 and of_day > A_DAY // 2) and not (rep == 1 and 8 <= day < 18)
        ]
        yield dice.choices(present, weights=[1 + rep % 3 for rep in present])[0], day, lead


def test_every_rep_has_the_mix_of_the_pool_within_a_twentieth(queue: list[tuple[str, str, str]]) -> None:
    pool: dict[int, Counter[str]] = {day: Counter() for day in range(DAYS)}
    own: dict[int, Counter[str]] = {rep: Counter() for rep in range(REPS)}
    worked: dict[int, Counter[int]] = {rep: Counter() for rep in range(REPS)}
    for rep, day, lead in deal(queue):
        pool[day].update(lead)
        own[rep].update(lead)
        worked[rep][day] += 1
    unevenness = {}
    for rep in range(REPS):
        for stratum in set().union(*pool.values()):
            fair = sum(count * pool[day][stratum] / A_DAY for day, count in worked[rep].items())
            unevenness[rep, stratum] = abs(own[rep][stratum] - fair) / worked[rep].total()
    assert min(day.total() for day in worked.values()) > 500
    assert len({stratum for _, stratum in unevenness}) > 8
    worst = max(unevenness, key=lambda one: unevenness[one])
    assert unevenness[worst] <= 0.05, (worst, unevenness[worst])
