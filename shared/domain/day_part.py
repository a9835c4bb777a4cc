"""When to try again somebody who did not answer: in another part of their day. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Any, Final
from zoneinfo import ZoneInfo

PARTS: Final = (time(9), time(11), time(14), time(17), time(20))
"""Where the parts of a day begin, on the clock of who is called; the last is the end of the last."""

LINE_MINUTES: Final = 60
"""A shorter wait is about the line, which was busy or out of order, and not about the hour."""

_DAYS: Final = 7
_LEAST: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Working:
    """When a rep works: the rule `working_hours` (None: always), on the clock of their zone."""

    hours: Mapping[str, Any] | None
    zone: str

    def cut(self, begin: datetime, end: datetime) -> tuple[datetime, datetime]:
        """Gives what the rep works of a time within one of their days; the end is not later than the begin when nothing."""
        if self.hours is None:
            return begin, end
        here = ZoneInfo(self.zone)
        day = begin.astimezone(here).date()
        if day.isoweekday() not in self.hours["weekdays"]:
            return begin, begin
        opens, closes = (
            datetime.combine(day, time.fromisoformat(self.hours[name]), here) for name in ("opens", "closes")
        )
        return max(begin, opens), min(end, closes)


def list_times(tries: Sequence[datetime], *, earliest: datetime, zone: str, working: Working) -> list[datetime]:
    """Lists when to try again, the best first: the part of the day least tried, the soonest of it, within a week.

    Args:
        tries: when nobody was reached before.
        earliest: before that never.
        zone: of who is called.
        working: of who calls; empty when no part of the week falls into it.
    """
    there = ZoneInfo(zone)
    tried = Counter(_part_of(at.astimezone(there).time()) for at in tries)
    found = []
    first = earliest.astimezone(there).date()
    for ahead in range(_DAYS):
        for part, (opens, closes) in enumerate(pairwise(PARTS)):
            begin, end = (datetime.combine(first + timedelta(days=ahead), at, there) for at in (opens, closes))
            begin, end = working.cut(max(begin, earliest), end)
            if end - begin >= _LEAST:
                found.append((tried[part], begin))
    return [begin for _, begin in sorted(found)]


def _part_of(at: time) -> int:
    return max(0, sum(at >= opens for opens in PARTS[:-1]) - 1)
