"""Rests and attempts of contacts made before moving in."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from shared.domain.disposition import Disposition, Effect
from shared.domain.policy import Rules
from shared.hygiene.past_contact import PastContact, judge_contacts
from shared.normalise.history import Moment

DAY = datetime(2026, 5, 4, 10, tzinfo=UTC)
TRIED = Disposition("no_answer", contact_made=False, effect=Effect.ATTEMPT)
REFUSED = Disposition("not_interested", contact_made=True, effect=Effect.END, rests=True, product_rest_days=180)
RULES = Rules(
    rest_days=30,
    shared_rest_days=1,
    callback_grace_minutes=120,
    attempts_maximum=3,
    attempts_days=10,
    extend_days=30,
    releases_per_day=5,
    release_bar_days=30,
    lapse_bar_days=7,
    reveals_per_day=None,
    service_days={},
    other_part_of_day=True,
    working_days={"hunter": 5},
    working_hours=None,
)


def contact(day: int, disposition: Disposition, lead: int = 1) -> PastContact:
    return PastContact(lead, Moment(DAY + timedelta(days=day), is_day=False), disposition)


def judge(*contacts: PastContact) -> list[Mapping[str, Any]]:
    return judge_contacts(contacts, lambda _lead: RULES, lambda _lead, at: at + timedelta(days=14))


def test_a_refusal_rests_for_all_and_longer_for_its_product() -> None:
    [row] = judge(contact(0, REFUSED))
    assert row["rest_until"] == DAY + timedelta(days=30)
    assert row["product_until"] == DAY + timedelta(days=180)


def test_the_last_of_too_many_tries_rests() -> None:
    rows = judge(*(contact(day, TRIED) for day in range(3)))
    assert [row["rest_until"] is not None for row in rows] == [False, False, True]


def test_tries_of_long_ago_do_not_count() -> None:
    rows = judge(contact(0, TRIED), contact(20, TRIED), contact(21, TRIED))
    assert [row["rest_until"] for row in rows] == [None] * 3


def test_a_contact_ends_the_counting() -> None:
    rows = judge(contact(0, TRIED), contact(1, TRIED), contact(2, REFUSED), contact(3, TRIED))
    assert [row["rest_until"] is not None for row in rows] == [False, False, True, False]


def test_tries_count_a_lead() -> None:
    rows = judge(contact(0, TRIED), contact(1, TRIED, lead=2), contact(2, TRIED))
    assert [row["rest_until"] for row in rows] == [None] * 3
