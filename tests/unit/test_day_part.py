"""Another part of the day for the next attempt."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.day_part import PARTS, Working, list_times

WARSAW = "Europe/Warsaw"
OFFICE = Working({"opens": "09:00", "closes": "18:00", "weekdays": [1, 2, 3, 4, 5]}, WARSAW)


def at(day: int, hour: int, minute: int = 0, zone: str = WARSAW) -> datetime:
    """In April 2026, whose first Monday is the 6th."""
    return datetime(2026, 4, day, hour, minute, tzinfo=ZoneInfo(zone))


def next_time(*tries: datetime, earliest: datetime, zone: str = WARSAW, working: Working = OFFICE) -> datetime:
    return list_times(tries, earliest=earliest, zone=zone, working=working)[0]


def test_who_was_out_in_the_morning_is_called_in_the_afternoon() -> None:
    assert next_time(at(7, 9, 30), earliest=at(7, 13, 30)) == at(7, 13, 30)
    assert next_time(at(7, 9, 30), at(7, 13, 30), earliest=at(7, 17, 30)) == at(7, 17, 30)


def test_the_part_that_was_tried_least_comes_next() -> None:
    tries = [at(7, 9, 30), at(7, 12), at(7, 15), at(8, 10)]
    assert next_time(*tries, earliest=at(8, 14)) == at(8, 17)


def test_friday_evening_is_followed_by_monday() -> None:
    assert next_time(at(10, 15), at(10, 17, 15), earliest=at(10, 21)) == at(13, 9)


def test_the_clock_is_that_of_who_is_called() -> None:
    """Nine in New York is three in the afternoon in Warsaw: of their day we see its morning and midday only."""
    zone = "America/New_York"
    assert next_time(at(7, 10, zone=zone), earliest=at(7, 14, zone=zone), zone=zone) == at(8, 11, zone=zone)


def test_a_rest_of_a_part_is_too_short() -> None:
    assert next_time(earliest=at(7, 10, 45)) == at(7, 11)


def test_who_works_always_has_every_part() -> None:
    times = list_times([], earliest=at(7, 8), zone=WARSAW, working=Working(None, "UTC"))
    assert len(times) == 7 * (len(PARTS) - 1)


def test_where_days_never_meet_there_is_no_time() -> None:
    assert list_times([], earliest=at(7, 8), zone="Pacific/Honolulu", working=OFFICE) == []


@given(st.integers(0, 366 * 24 * 60), st.sampled_from([WARSAW, "UTC", "America/New_York"]))
def test_every_time_is_worked_and_not_too_early(minutes: int, zone: str) -> None:
    earliest = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    for begin in list_times([earliest], earliest=earliest + timedelta(hours=4), zone=zone, working=OFFICE):
        here, there = begin.astimezone(ZoneInfo(WARSAW)), begin.astimezone(ZoneInfo(zone))
        assert begin >= earliest + timedelta(hours=4)
        assert here.isoweekday() <= 5
        assert 9 <= here.hour < 18
        assert 9 <= there.hour < 20
