"""What a vendor may be asked to take back: on which grounds, and until when. Pure."""

from datetime import datetime, timedelta
from typing import Final

from shared.domain.acceptance import SECRET, USABLE, Ground

CLAIMABLE: Final = tuple(ground for ground in Ground if ground not in (*USABLE, *SECRET))
"""Grounds that show nothing but the list's own quality."""

LAST_DAYS: Final = timedelta(days=3)
"""So long before its end a window is warned of once more."""


def window_end(received_at: datetime, window_days: int | None) -> datetime | None:
    """Until when the contract takes rows back; None when it names no window."""
    return None if window_days is None else received_at + timedelta(days=window_days)


def window_warning(received_at: datetime, window_days: int | None, now: datetime) -> str | None:
    """How pressing a window is: `half` of it is over, `last_days`, or all of it is `over`."""
    end = window_end(received_at, window_days)
    if end is None or now < received_at + (end - received_at) / 2:
        return None
    if now >= end:
        return "over"
    return "last_days" if now >= end - LAST_DAYS else "half"
