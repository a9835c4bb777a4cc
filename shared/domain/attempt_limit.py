"""Limits of attempts: how often a number, a lead, a company may be called in a day, a week, ever. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

Limits = Mapping[str, int | None]
"""At most so many attempts by period; None or absent: no limit."""

PERIODS: Final[Mapping[str, timedelta]] = {
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "life": timedelta(days=36_525),
}
"""Any 24 hours, any seven times 24, any hundred years: wherever the client lives, no day of theirs has more."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Until when there may be no further attempt, and of which period the limit is."""

    until: datetime
    period: str


def join_strictest(*given: Mapping[str, Limits] | None) -> dict[str, dict[str, int]]:
    """Joins limits by subject, those of a policy and those of the law: of each period the lowest. Empty: nothing is limited."""
    joined: dict[str, dict[str, int]] = {}
    for limits in given:
        for subject, by_period in (limits or {}).items():
            for period, most in by_period.items():
                if most is not None:
                    own = joined.setdefault(subject, {})
                    own[period] = min(most, own.get(period, most))
    return joined


def find_bar(tries: Sequence[datetime], limits: Limits, *, at: datetime) -> Bar | None:
    """Says until when these tries, made until `at`, allow no further one; the strictest limit wins. None: there may be one."""
    past, bars = sorted(tries), []
    for period, length in PERIODS.items():
        most = limits.get(period)
        if most is not None and len(past) >= most and past[-most] + length > at:
            bars.append(Bar(past[-most] + length, period))
    return max(bars, key=lambda bar: bar.until, default=None)
