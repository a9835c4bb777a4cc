"""What an old base says of a client: dates, words for status and outcome, marks."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.normalise.history import outcome_word, read_history, read_moment


@pytest.mark.parametrize(
    ("cell", "at"),
    [
        ("2026-11-20 14:30", datetime(2026, 11, 20, 14, 30, tzinfo=UTC)),
        ("2026-11-20T14:30:05+02:00", datetime(2026, 11, 20, 12, 30, tzinfo=UTC)),
        ("2026-11-20T14:30:05Z", datetime(2026, 11, 20, 14, 30, tzinfo=UTC)),
        ("20.11.2026 14:30", datetime(2026, 11, 20, 14, 30, tzinfo=UTC)),
        ("20/11/2026, 2:30 pm", datetime(2026, 11, 20, 14, 30, tzinfo=UTC)),
        ("2026-11-20 12:30 pm", datetime(2026, 11, 20, 12, 30, tzinfo=UTC)),
        ("2026-11-20T14:30-05:00", datetime(2026, 11, 20, 19, 30, tzinfo=UTC)),
    ],
)
def test_an_instant_is_read_with_its_offset(cell: str, at: datetime) -> None:
    moment = read_moment(cell)
    assert moment is not None
    assert (moment.at, moment.is_day, moment.latest) == (at, False, at)


@pytest.mark.parametrize("cell", ["2026-11-20", "20.11.2026", "46346", "2026-11-20 99:99", "20 November 2026"])
def test_a_day_is_the_whole_day(cell: str) -> None:
    moment = read_moment(cell)
    assert moment is not None
    assert moment.is_day
    assert moment.latest == datetime(2026, 11, 20, 23, 59, 59, tzinfo=UTC)


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    names = ("owner", "status", "last_contact_at", "last_outcome", "next_contact_at", "do_not_call", "consent_at")
    read_history(dict.fromkeys(names, text))


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Nie odbiera", "no_answer"),
        ("Отказ", "not_interested"),
        ("not_interested", "not_interested"),
        ("Kein Interesse.", "not_interested"),
        ("told a joke", "told_a_joke"),
        (" ", None),
    ],
)
def test_outcomes_are_known_by_their_words(word: str, code: str | None) -> None:
    assert outcome_word(word) == code


@pytest.mark.parametrize(
    ("said", "relation"),
    [
        ({"status": "Klient"}, "customer"),
        ({"status": "Бывший клиент"}, "prospect"),
        ({"status": "Partner"}, "partner"),
        ({"status": "prospect", "customer_since": "2019"}, "prospect"),
        ({"status": "partner", "customer_since": "2019"}, "customer"),
        ({"customer_since": "2019-01-01"}, "customer"),
        ({}, None),
    ],
)
def test_a_status_says_what_a_client_is(said: dict[str, str], relation: str | None) -> None:
    assert read_history(said).relation == relation


def test_an_unknown_status_is_no_prospect() -> None:
    history = read_history({"status": "VIP"})
    assert (history.relation, history.doubts) == ("customer", ("unknown_status",))


@pytest.mark.parametrize("mark", ["x", "1", "tak", "ДА", "✓", "2025-05-01", "do not call", "nie dzwonić"])
def test_any_mark_is_an_opt_out(mark: str) -> None:
    history = read_history({"do_not_call": mark})
    assert (history.opt_out, history.doubts) == (True, ())


@pytest.mark.parametrize("mark", ["", "0", "no", "Nie", "нет", "false"])
def test_a_no_is_none(mark: str) -> None:
    assert not read_history({"do_not_call": mark}).opt_out


def test_an_unknown_mark_is_one_and_is_told() -> None:
    history = read_history({"do_not_call": "ask first"})
    assert (history.opt_out, history.doubts) == (True, ("unknown_opt_out",))


def test_a_status_may_say_the_opt_out() -> None:
    history = read_history({"status": "Do not call"})
    assert (history.opt_out, history.relation) == (True, None)


def test_of_two_columns_the_first_counts() -> None:
    assert read_history({"owner": ["Ewa Maj", "Jan Lis"]}).owner == "Ewa Maj"


def test_a_date_that_cannot_be_read_is_told() -> None:
    assert read_history({"last_contact_at": "last week"}).doubts == ("unreadable_date",)
