"""How large a simulated quarter is, and when it lies: around the Sunday on which Europe's clocks change."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

SHIFT_HOURS: Final = 8
_FIRST_HOUR, _LAST_HOUR = 6, 23


@dataclass(frozen=True, slots=True)
class Scale:
    """Attributes: calls: a rep's day; requests: how many clients ask for a call on a working day."""

    reps: int
    companies: int
    leads: int
    weeks: int
    calls: int
    requests: int
    chores_every_minutes: int

    @property
    def tick(self) -> timedelta:
        """How long a call takes with what belongs to it."""
        return timedelta(hours=SHIFT_HOURS) / self.calls


def first_day(now: datetime, weeks: int) -> date:
    """The Monday with which the quarter begins, so that the change of the clocks lies in its middle; always ahead of now."""
    year = now.year
    while True:
        change = date(year, 3, 31)
        change -= timedelta(days=(change.weekday() + 1) % 7)
        first = change - timedelta(days=6 + 7 * (weeks // 2 - 1 if weeks > 2 else 0))
        if first > now.date() + timedelta(days=1):
            return first
        year += 1


def ticks(day: date, length: timedelta) -> list[datetime]:
    """The moments of a day at which somebody may be at work; on a weekend a few, for the clock alone."""
    at, end = (datetime.combine(day, time(hour), UTC) for hour in (_FIRST_HOUR, _LAST_HOUR))
    if day.weekday() >= 5:
        length = timedelta(hours=4)
    moments = []
    while at < end:
        moments.append(at)
        at += length
    return moments
