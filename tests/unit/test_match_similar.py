"""How alike words, companies, mailboxes and dates are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.match.company import CLOSE, DIFFERENT, PART, WEAK, grade_companies, grade_company
from shared.match.field import LEVELS
from shared.match.similar import DIFFERENT as OTHER_STREET
from shared.match.similar import NEAR, grade_dates, grade_emails, grade_postcodes, grade_streets, grade_words

WEIGHTS = {"nova": 5.0, "dental": 2.0, "legal": 2.0, "bistro": 2.0, "vertex": 6.0}


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("nova dental", "dental nova", CLOSE),
        ("nova dental", "novadental", CLOSE),
        ("nova dental", "nova dentla", CLOSE),
        ("nova vertex dental", "nova vertex", CLOSE),
        ("nova dental bistro legal", "nova", PART),
        ("nova dental", "nova dent", CLOSE),
        ("nova dental", "nova legal", WEAK),
        ("vertex dental", "nova dental", DIFFERENT),
        ("antonios restaurant", "antonio srestaurant", CLOSE),
        ("alfa", "beta", DIFFERENT),
        ("meisterbau kontor", "meister baukantor", CLOSE),
    ],
)
def test_companies_are_weighed_by_rare_words(one: str, other: str, level: int) -> None:
    assert grade_company(one, other, WEIGHTS) == grade_company(other, one, WEIGHTS) == level
    assert grade_companies([one], [other], WEIGHTS).tolist() == [level]


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("anna", "hanna", "near"),
        ("kowalksa", "kowalska", "near"),
        ("margaret", "marguerite", "similar"),
        ("anna", "a", "initial"),
        ("anna", "o", "different"),
        ("anna", "piotr", "different"),
    ],
)
def test_words_are_graded(one: str, other: str, level: str) -> None:
    assert LEVELS["given"][grade_words([one], [other])[0]] == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("anna.maj@novadental.pl", "anna.maj@novadentla.pl", "close"),
        ("a.maj@wp.pl", "b.maj@wp.pl", "different"),
        ("ab@wp.pl", "ac@wp.pl", "different"),
        ("anna.maj@novadental.pl", "ana.maj@novadentla.pl", "close"),
        ("anna.maj@novadental.pl", "q@x.com", "different"),
        ("a.kowalska@novadental.pl", "b.kowalska@novalegal.pl", "different"),
    ],
)
def test_mailboxes_are_graded(one: str, other: str, level: str) -> None:
    assert LEVELS["email"][grade_emails([one], [other])[0]] == level


@pytest.mark.parametrize(
    ("one", "other", "grade"),
    [
        ("shelis", "north shelis", NEAR),
        ("south finley between yaror and gilfield sts", "south finley", NEAR),
        ("oak", "royal oaks", OTHER_STREET),
        ("north shelis", "south shelford", OTHER_STREET),
    ],
)
def test_street_may_say_more(one: str, other: str, grade: int) -> None:
    assert grade_streets([one], [other]).tolist() == grade_streets([other], [one]).tolist() == [grade]


def test_most_telling_word_in_common_tells_a_little() -> None:
    weights = {"hammer": 6.0, "sickle": 6.0, "head": 2.5, "start": 2.5, "early": 2.5, "learning": 2.0, "academy": 2.5}
    assert grade_company("hammer head start", "hammer early learning academy", weights) == WEAK
    assert grade_company("hammer head start", "sickle head start", weights) == DIFFERENT


def test_vague_date_is_another_day() -> None:
    assert LEVELS["birth"][grade_dates(["1980"], ["1980-01-02"])[0]] == "different"


def test_nothing_gives_nothing() -> None:
    grades = (grade([], []) for grade in (grade_words, grade_emails, grade_dates, grade_postcodes))
    assert [len(found) for found in grades] == [0, 0, 0, 0]
    assert len(grade_companies([], [], {})) == 0


@given(st.text("abcdefg ", min_size=1, max_size=12), st.text("abcdefg ", min_size=1, max_size=12))
def test_company_grade_is_symmetric(one: str, other: str) -> None:
    assert grade_company(one, other, WEIGHTS) == grade_company(other, one, WEIGHTS)
