"""What a record offers for comparison."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from shared.match.field import FIELDS
from shared.match.form import Form, form_of, from_json, to_json
from shared.match.mailbox import name_in_mailbox
from shared.match.model import default_model
from shared.match.score import score_pairs
from tests.unit.match_lists import ANNA, forms


@given(forms())
def test_stored_form_comes_back_equal(form: Form) -> None:
    assert from_json(to_json(form)) == form


def test_form_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="another version"):
        from_json([0, *to_json(ANNA)[1:]])


def test_record_offers_folded_words() -> None:
    values = {
        "person": "Łukasz O'Brien",
        "company": "Nova Dental Sp. z o.o.",
        "street": "ul. Długa 15/3",
        "city": "Warsaw",
    }
    form = form_of(values, ("+48221234567",), ("l@nova.pl", "lukasz@gmail.com"), "PL")
    assert (form.given, form.family, form.company) == ("lukasz", "obrien", ("nova", "dental"))
    assert (form.house, form.unit, form.city) == ("15", "3", "warszawa")
    assert (form.mail_domains, form.sevens) == (("nova.pl", ""), ("1234567",))


def test_unreadable_number_still_offers_its_end() -> None:
    form = form_of({"local_phone": ["5550142", "0000000"]}, (), (), "US")
    assert form.sevens == ("5550142",)


@pytest.mark.parametrize(
    ("local", "given_name", "family_name", "found"),
    [
        ("a.kowalska", "", "", ("a", "kowalska")),
        ("kowalska.a", "", "", ("a", "kowalska")),
        ("kowalska_anna77", "", "", ("anna", "kowalska")),
        ("annakowalska", "", "kowalska", ("anna", "kowalska")),
        ("kowalskaa", "", "kowalska", ("a", "kowalska")),
        ("annakowalska", "anna", "", ("anna", "kowalska")),
        ("anna1", "anna", "", ("anna", "")),
        ("someone", "", "kowalska", ("", "kowalska")),
        ("annakowalska", "", "", ("", "")),
        ("a.b", "", "", ("", "")),
        ("office.lodz", "", "", ("", "")),
        ("info", "", "kowalska", ("", "kowalska")),
    ],
)
def test_mailbox_completes_a_name(local: str, given_name: str, family_name: str, found: tuple[str, str]) -> None:
    assert name_in_mailbox(local, given_name, family_name) == found


def test_guessed_parts_are_marked() -> None:
    guesses = [
        form_of({"family_name": family}, (), ("info@nova.pl", "anna.maj@nova.pl"), "PL").guessed
        for family in ("", "Maj", "Kos")
    ]
    assert guesses == ["gf", "g", ""]


def test_one_mailbox_is_one_witness() -> None:
    stated = Form(given="anna", family="maj", emails=("anna.maj@wp.pl",), mail_domains=("",))
    read = replace(stated, guessed="gf")
    levels = [
        score_pairs(default_model(), [stated, other], np.array([[0, 1]])).levels[0].tolist() for other in (stated, read)
    ]
    named = [{field: level for field, level in zip(FIELDS, found, strict=True) if level} for found in levels]
    assert named == [{"given": 1, "family": 1, "order": 1, "email": 1}, {"email": 1}]


def test_empty_record_offers_nothing() -> None:
    assert form_of({}, (), (), None) == Form()
