"""On which ground a row counts, and what a vendor may be told of it."""

from datetime import timedelta

import pytest

from shared.domain.acceptance import LEAST_TOLD, SECRET, USABLE, Ground, age_of, ground_of, may_tell_vendor


@pytest.mark.parametrize(
    ("verdict", "reason", "ground"),
    [
        ("new", "new", Ground.NEW),
        ("review", "possible_duplicate", Ground.REVIEW),
        ("merged", "duplicate", Ground.DUPLICATE_IN_FILE),
        ("merged", "known", Ground.DUPLICATE_OF_STOCK),
        ("suppressed", "suppressed_email", Ground.SUPPRESSED),
        ("quarantined", "dead", Ground.QUARANTINED),
        ("quarantined", "invalid", Ground.INVALID),
        ("quarantined", "number_lost", Ground.UNREADABLE),
        ("quarantined", "no_phone", Ground.NO_PHONE),
        ("rejected", "empty_lead", Ground.UNREADABLE),
    ],
)
def test_row_counts_on_one_ground(verdict: str, reason: str, ground: Ground) -> None:
    assert ground_of(verdict, reason) is ground


@pytest.mark.parametrize(
    ("days", "age"),
    [(0, "under_30_days"), (30, "under_90_days"), (89, "under_90_days"), (364, "under_a_year"), (400, "older")],
)
def test_age_says_how_long_a_lead_was_known(days: int, age: str) -> None:
    assert age_of(timedelta(days=days)) == age


@pytest.mark.parametrize(
    ("usable", "secret", "may"),
    [(LEAST_TOLD, LEAST_TOLD, True), (100, LEAST_TOLD - 1, False), (100, 0, False), (LEAST_TOLD - 1, 100, False)],
)
def test_vendor_is_told_no_count_of_few_or_all(usable: int, secret: int, may: bool) -> None:
    assert may_tell_vendor({USABLE[0]: usable, SECRET[1]: secret}) is may
