"""Levels, weights, explanations."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from shared.match.explain import explain
from shared.match.field import FIELDS, LEVELS
from shared.match.form import Form
from shared.match.model import default_model, model_from_json, model_to_json
from shared.match.score import score_pairs
from tests.unit.match_lists import ANNA, ANNA_AGAIN, JAN, crowd, forms

MODEL = default_model()


def _levels(one: Form, other: Form) -> dict[str, str]:
    scored = score_pairs(MODEL, [one, other], np.array([[0, 1]]))
    return {field: LEVELS[field][level] for field, level in zip(FIELDS, scored.levels[0], strict=True) if level}


def _log_odds(one: Form, other: Form) -> float:
    scored = score_pairs(MODEL, [one, other, *crowd(300)], np.array([[0, 1]]))
    return float(scored.log_odds[0])


@settings(max_examples=200)
@given(forms(), forms())
def test_score_is_symmetric(one: Form, other: Form) -> None:
    scored = score_pairs(MODEL, [one, other], np.array([[0, 1], [1, 0]]))
    assert scored.log_odds[0] == pytest.approx(scored.log_odds[1], abs=1e-4)
    assert scored.levels[0].tolist() == scored.levels[1].tolist()


def test_slips_are_forgiven_where_the_rest_agrees() -> None:
    assert _log_odds(ANNA, ANNA_AGAIN) > 0


def test_colleague_is_not_a_duplicate() -> None:
    assert _log_odds(ANNA, JAN) < 0
    scored = score_pairs(MODEL, [ANNA, JAN, *crowd(300)], np.array([[0, 1]]))
    assert scored.same_site[0] > 0


def test_same_name_in_another_town_is_a_namesake() -> None:
    bare = Form(given="anna", family="kowalska", country="PL")
    assert _log_odds(replace(bare, city="lodz"), replace(bare, city="opole")) < 0


def test_lone_name_and_town_ask_a_person_on_a_short_list() -> None:
    bare = Form(given="anna", family="kowalska", city="lodz", country="PL")
    scored = score_pairs(MODEL, [bare, bare, *crowd(20)], np.array([[0, 1]]))
    assert MODEL.review_from < scored.log_odds[0] < MODEL.merge_from
    met = replace(bare, phones=("+48221234567",), sevens=("1234567",))
    assert _log_odds(met, met) > MODEL.merge_from


def test_company_in_another_town_is_a_branch() -> None:
    here = Form(company=("nova", "dental"), city="lodz", street="dluga", house="1", country="PL")
    assert _log_odds(here, replace(here, city="opole", street="krotka", house="9")) < 0
    assert _log_odds(here, replace(here, company=("nova", "dentals"))) > 0


def test_record_without_a_person_stays_in_doubt() -> None:
    assert _log_odds(ANNA, replace(ANNA, given="", family="", emails=(), mail_domains=())) < _log_odds(ANNA, ANNA_AGAIN)


def test_number_of_many_names_weighs_less() -> None:
    crowded = [replace(person, phones=("+48221234567",), sevens=("1234567",)) for person in crowd(40)]
    one, other = (
        Form(phones=("+48221234567",), sevens=("1234567",)),
        Form(phones=("+48221234567",), sevens=("1234567",)),
    )
    alone = score_pairs(MODEL, [one, other, *crowd(40)], np.array([[0, 1]])).log_odds[0]
    among = score_pairs(MODEL, [one, other, *crowded], np.array([[0, 1]])).log_odds[0]
    assert among < alone


@pytest.mark.parametrize(
    ("one", "other", "field", "level"),
    [
        (Form(given="anna", family="maj"), Form(given="maj", family="anna"), "order", "swapped"),
        (Form(given="anna", family="maj"), Form(given="a", family="maj"), "given", "initial"),
        (Form(given="anna", family="kowalska"), Form(given="anna", family="kowalksa"), "family", "near"),
        (Form(given="anna maria", family="maj"), Form(given="maria", family="maj anna"), "family", "exact"),
        (Form(birth="1980-02-03"), Form(birth="1980-03-02"), "birth", "near"),
        (Form(birth="1980-02-03"), Form(birth="1981-02-14"), "birth", "one_part"),
        (Form(birth="1980-02-03"), Form(birth="1980-01-01"), "birth", "year"),
        (Form(postcode="90001"), Form(postcode="90077"), "locality", "close"),
        (Form(postcode="90001"), Form(postcode="10077"), "locality", "different"),
        (Form(birth="1980-02-03"), Form(birth="1975-02-03"), "birth", "two_parts"),
        (Form(sevens=("1234567",)), Form(phones=("+48221234567",), sevens=("1234567",)), "phone", "last_seven"),
        (Form(company=("nova", "dental")), Form(company=("novadental",)), "company", "close"),
        (Form(company=("nova", "dental")), Form(company=("dental", "nova")), "company", "close"),
        (Form(street="dluga", house="1", unit="2"), Form(street="dluga", house="1", unit="3"), "address", "other_unit"),
        (Form(street="dluga", house="1"), Form(street="dluga", house="2"), "address", "other_house"),
        (Form(street="dluga", house="1"), Form(street="dluga"), "address", "street"),
        (Form(city="lodz", postcode="90001"), Form(city="lodz"), "locality", "same"),
        (Form(city="lodz", postcode="90001"), Form(city="lodz", postcode="90999"), "locality", "mixed"),
    ],
)
def test_levels_say_what_was_found(one: Form, other: Form, field: str, level: str) -> None:
    assert _levels(one, other)[field] == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("anna23@gmail.com", "anna25@gmail.com", "different"),
        ("a.kowalska@wp.pl", "a.kowalska@interia.eu", "local_part"),
        ("anna.kowalska@wp.pl", "anna.kowalksa@wp.pl", "close"),
        ("info@wp.pl", "info@onet.pl", "different"),
        ("info@wp.pl", "info@wp.pl", "shared"),
    ],
)
def test_mailboxes_are_told_apart(one: str, other: str, level: str) -> None:
    assert _levels(Form(emails=(one,), mail_domains=("",)), Form(emails=(other,), mail_domains=("",)))["email"] == level


def test_explanation_adds_up_to_the_score() -> None:
    lines = explain(MODEL, ANNA, ANNA_AGAIN)
    assert [line["field"] for line in lines[-2:]] == ["prior", "total"]
    assert lines[-1]["weight"] == pytest.approx(sum(line["weight"] for line in lines[:-1]), abs=0.1)
    assert next(line for line in lines if line["field"] == "family")["words"] == "the same but for a slip"


def test_every_level_has_words() -> None:
    lines = explain(MODEL, ANNA, JAN)
    assert all(line["words"] for line in lines[:-1])


def test_model_travels_as_json() -> None:
    assert model_from_json(model_to_json(MODEL)) == MODEL


def test_model_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="another version"):
        model_from_json({**model_to_json(MODEL), "version": 0})


def test_model_without_a_field_is_refused() -> None:
    stored = model_to_json(MODEL)
    del stored["shares"]["match"]["birth"]
    with pytest.raises(ValueError, match="lacks the weights of match"):
        model_from_json(stored)
