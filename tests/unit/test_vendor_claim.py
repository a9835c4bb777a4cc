"""Until when a vendor takes rows back, and what may be claimed at all."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.acceptance import SECRET, USABLE, Ground
from shared.domain.vendor_claim import CLAIMABLE, LAST_DAYS, window_end, window_warning

RECEIVED = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "warning"),
    [(0, None), (9, None), (10, "half"), (16, "half"), (17, "last_days"), (20, "over"), (99, "over")],
)
def test_window_presses_at_half_and_in_its_last_days(day: int, warning: str | None) -> None:
    assert window_warning(RECEIVED, 20, RECEIVED + timedelta(days=day)) == warning


def test_contract_without_a_window_never_presses() -> None:
    assert window_end(RECEIVED, None) is None
    assert window_warning(RECEIVED, None, RECEIVED + timedelta(days=999)) is None


@given(st.integers(1, 3650), st.integers(0, 4000 * 24))
def test_warning_follows_the_end_of_the_window(days: int, hours: int) -> None:
    now, end = RECEIVED + timedelta(hours=hours), window_end(RECEIVED, days)
    assert end is not None
    assert (window_warning(RECEIVED, days, now) == "over") == (now >= end)
    assert (window_warning(RECEIVED, days, now) is None) == (hours < days * 12)
    if window_warning(RECEIVED, days, now) == "last_days":
        assert end - LAST_DAYS <= now < end


def test_usable_and_secret_rows_are_never_claimed() -> None:
    assert {*CLAIMABLE, *USABLE, *SECRET} == set(Ground)
    assert not {*CLAIMABLE} & {*USABLE, *SECRET}
