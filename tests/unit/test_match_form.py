"""What a record offers for comparison."""

import pytest
from hypothesis import given

from shared.match.form import Form, form_of, from_json, to_json
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


def test_empty_record_offers_nothing() -> None:
    assert form_of({}, (), (), None) == Form()
