"""How long a pool lasts: what waits, what comes back each day, and what its reps call away. Pure."""

from collections.abc import Mapping, Set
from datetime import date, timedelta


def dry_day(
    ready: int, returning: Mapping[date, int], capacity_a_day: int, *, weekdays: Set[int], today: date, days: int
) -> date | None:
    """Gives the first working day whose calls the pool cannot serve; None when it lasts all these days.

    `returning` are the leads whose bar ends, by day; those due earlier count today. `weekdays` as ISO 1 to 7.
    Nobody calls without capacity, so a pool without reps never runs dry.
    """
    waiting = ready + sum(count for day, count in returning.items() if day < today)
    for ahead in range(days):
        day = today + timedelta(days=ahead)
        waiting += returning.get(day, 0)
        if capacity_a_day == 0 or day.isoweekday() not in weekdays:
            continue
        if waiting < capacity_a_day:
            return day
        waiting -= capacity_a_day
    return None
