"""When a line that rings and rings is left in peace for a while: it rests, it is not dead. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

_HOURS: Final = 2
"""At so many different hours of the day at least: who is out every noon is not away."""

_WEEK: Final = 7 / 5
"""Calendar days in a working day."""


def is_silent_for_long(tries: Sequence[datetime], *, most: int | None, working_days: int) -> bool:
    """Whether the newest try without an answer was one too many of its time.

    Args:
        tries: when nobody answered since somebody last did, in any order; the newest is the one that is judged.
        most: how many make a number rest; None for no limit.
        working_days: within how long they count.
    """
    if most is None or not tries:
        return False
    since = max(tries) - timedelta(days=working_days * _WEEK)
    counted = [at for at in tries if at >= since]
    return len(counted) >= most and len({at.hour for at in counted}) >= _HOURS
