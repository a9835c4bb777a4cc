"""When so many numbers look dead at once that rather the one who tells it is broken: a list, a headset, a desk, a trunk, an hour. Pure."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

WINDOWS: Final = {
    "rep": timedelta(hours=4),
    "desk": timedelta(hours=4),
    "trunk": timedelta(hours=4),
    "hour": timedelta(hours=1),
    "upload": timedelta(days=2),
}
"""Kind of source that is watched -> over how long. `desk`: a place with its telephone, whoever sits there; `trunk`: a provider or
dialer; `hour`: everybody together."""

USUAL: Final = timedelta(days=30)
"""Over how long before the window the usual rate is taken."""

FEWEST_DEAD: Final = 12
_TIMES: Final = 3.0
_MORE: Final = 0.15
_SHIPPED_RATE, _SHIPPED_SEEN = 0.05, 100


@dataclass(frozen=True, slots=True)
class Rate:
    """How many observations spoke of a dead line, among how many."""

    dead: int
    seen: int


def usual_rate(before: Rate) -> float:
    """The usual share of dead lines; with little history it leans on one in twenty."""
    return (before.dead + _SHIPPED_RATE * _SHIPPED_SEEN) / (before.seen + _SHIPPED_SEEN)


def could_leap(now: Rate) -> bool:
    """Whether the share of dead lines leaps if none is usual: only then the usual is worth counting."""
    return now.dead >= FEWEST_DEAD and now.dead / now.seen >= _MORE


def leaps(now: Rate, before: Rate) -> bool:
    """Whether the share of dead lines leaps: a dozen at least, three times and fifteen points over the usual."""
    usual = usual_rate(before)
    return could_leap(now) and now.dead / now.seen >= max(_TIMES * usual, usual + _MORE)
