"""How alike whole names are: what replaces a word costs more than what leaves one out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.match.company import PART, grade_company
from shared.match.likeness import company_words, name_likeness, person_words, word_likeness, words_likeness
from shared.match.similar import NEAR, grade_words
from shared.match.sound import consonants, sound_of

_NAMES = st.text("abcdehikostuwyz '.1а", max_size=14)


@pytest.mark.parametrize(
    ("one", "nearer", "farther"),
    [
        ("Anna Kowalska", "Anna Maria Kowalska", "Anna Nowak"),
        ("Anna Kowalska", "A. Kowalska", "O. Kowalska"),
        ("Anna Kowalska", "AnnaKowalska", "Hanna Kowal"),
        ("Сергей Щербаков", "Sergej Schtscherbakow", "Sergej Starikow"),
        ("Jan Nowak", "Jan Nowka", "Jan Nowicki"),
        ("Omar bin Tarik al Masri", "Omar Tarik Masri", "Omar bin Tarik al Basri Hadid"),
        ("Marta Lis Wrona", "Lis Marta Wrona", "Marta Lis Sowa"),
    ],
)
def test_people_are_laid_word_by_word(one: str, nearer: str, farther: str) -> None:
    assert name_likeness(one, nearer) > name_likeness(one, farther)


@pytest.mark.parametrize(
    ("one", "nearer", "farther"),
    [
        ("Nova Dental GmbH", "NOVA DENTAL Ges. mbH", "Nova Legal GmbH"),
        ("Three Rivers Ltd", "3 Rivers", "Four Rivers Ltd"),
        ("Baltic Metal Works UAB", "BMW", "BMX"),
        ("ООО «Северный Ветер»", "Severny Veter LLC", "Severny Bereg LLC"),
        ("Good Roof Inc.", "Goodroof", "Good Floor Inc."),
    ],
)
def test_companies_are_compared_without_their_forms(one: str, nearer: str, farther: str) -> None:
    assert name_likeness(one, nearer, words=company_words) > name_likeness(one, farther, words=company_words)


def test_name_without_a_word_is_like_nothing() -> None:
    assert name_likeness("", "Anna") == name_likeness("…", "…") == 0.0
    assert company_words("-") == []


def test_initials_of_many_words_contain_the_name() -> None:
    assert grade_company("bmw", "baltic metal works", {}) == grade_company("baltic metal works", "bmw", {}) == PART


def test_other_transcription_is_near() -> None:
    assert grade_words(["chekhov", "kovacs"], ["tchekhov", "kovacz"]).tolist() == [NEAR, NEAR]
    assert sound_of("zhukov") == sound_of("shukow")
    assert consonants(sound_of("mahmud")) == consonants(sound_of("mehmed"))


@given(_NAMES, _NAMES)
def test_likeness_is_a_symmetric_share(one: str, other: str) -> None:
    there, back = name_likeness(one, other), name_likeness(other, one)
    assert there == back
    assert 0 <= there <= 1


@given(_NAMES)
def test_name_is_like_itself(name: str) -> None:
    words = person_words(name)
    assert words_likeness(words, words) == (1.0 if words else 0.0)
    assert all(word_likeness(word, word) == 1.0 for word in words)
