"""What a list is accepted or reclaimed for: the ground on which each of its rows counts for or against it. Pure."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Final


class Ground(StrEnum):
    """How a row counts; each row has one, what the first call found comes on top of `new` and `review`."""

    NEW = "new"
    REVIEW = "review"
    DUPLICATE_IN_FILE = "duplicate_in_file"
    DUPLICATE_OF_STOCK = "duplicate_of_stock"
    UNREADABLE = "unreadable"
    INVALID = "invalid"
    NO_PHONE = "no_phone"
    SUPPRESSED = "suppressed"
    QUARANTINED = "quarantined"
    DEAD_ON_FIRST_CALL = "dead_on_first_call"
    WRONG_PARTY_ON_FIRST_CALL = "wrong_party_on_first_call"


USABLE: Final = (Ground.NEW, Ground.REVIEW)
SECRET: Final = (Ground.DUPLICATE_OF_STOCK, Ground.SUPPRESSED)
"""What these count is our knowledge of people, not the list's quality: a vendor sees no line of it."""
LEAST_TOLD: Final = 5
"""A count below this could tell of a single person."""

# Verdict and reason -> ground; a verdict alone decides where no reason is named.
_BY_VERDICT: Final[Mapping[str, Ground]] = {
    "new": Ground.NEW,
    "review": Ground.REVIEW,
    "suppressed": Ground.SUPPRESSED,
    "rejected": Ground.UNREADABLE,
    "quarantined": Ground.QUARANTINED,
    "merged": Ground.DUPLICATE_OF_STOCK,
}
_BY_REASON: Final[Mapping[tuple[str, str], Ground]] = {
    ("merged", "duplicate"): Ground.DUPLICATE_IN_FILE,
    ("quarantined", "invalid"): Ground.INVALID,
    ("quarantined", "unreadable_phone"): Ground.UNREADABLE,
    ("quarantined", "number_lost"): Ground.UNREADABLE,
    ("quarantined", "no_area_code"): Ground.UNREADABLE,
    ("quarantined", "no_phone"): Ground.NO_PHONE,
}

AGES: Final[tuple[tuple[str, timedelta | None], ...]] = (
    ("under_30_days", timedelta(days=30)),
    ("under_90_days", timedelta(days=90)),
    ("under_a_year", timedelta(days=365)),
    ("older", None),
)
"""How long the base had a lead when the list brought it again, and up to where; each without the ones before."""


def ground_of(verdict: str, reason: str) -> Ground:
    """The ground of a row by its verdict."""
    return _BY_REASON.get((verdict, reason)) or _BY_VERDICT[verdict]


def age_of(known_for: timedelta) -> str:
    """The name of an age."""
    return next(name for name, limit in AGES if limit is None or known_for < limit)


def may_tell_vendor(rows: Mapping[Ground, int]) -> bool:
    """Whether a vendor may see how many rows were new and how many known or suppressed.

    Both must be several: each is what the other leaves over, and a count of none or all tells of every single person.
    """
    return all(sum(rows.get(ground, 0) for ground in part) >= LEAST_TOLD for part in (USABLE, SECRET))
