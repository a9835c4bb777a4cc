"""A row's cells to the values of a record."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.normalise.personal_id import is_personal_id
from shared.normalise.record import NORMALISER_VERSION, NormalisedRow, Problem, normalise

FIELDS = "company person given_name family_name job_title phone mobile fax email website street city region postcode country birth_date company_id external_id note industry ignore custom:size custom:PESEL".split()


def read(default_country: str | None = "PL", **cells: str | list[str]) -> NormalisedRow:
    fields = {name: [cell] if isinstance(cell, str) else cell for name, cell in cells.items()}
    return normalise(fields, default_country=default_country)


def test_row_becomes_values_for_people() -> None:
    row = read(
        company="Budex  Sp. z o.o.", person="KOWALSKI, JAN", phone="22 555 01 23", mobile="501 234 567", email="Jan@Budex.pl",
        website="http://www.budex.pl/", street="ul. Długa 5, 00-950 Warszawa", birth_date="3.05.1990", job_title=" Prezes ",
        note="one<br>two", ignore="x", industry="n/a",
    )  # fmt: skip
    assert row.values == {
        "company": "Budex Sp. z o.o.", "person": "Jan Kowalski", "given_name": "Jan", "family_name": "Kowalski",
        "website": "budex.pl", "street": "ul. Długa 5", "postcode": "00-950", "city": "Warszawa", "country": "PL",
        "birth_date": "1990-05-03", "job_title": "Prezes", "note": "one\ntwo",
    }  # fmt: skip
    assert [(n.e164, n.kind) for n in row.phones] == [("+48225550123", "phone"), ("+48501234567", "mobile")]
    assert (row.emails, row.country, row.problems, row.rejected) == (("jan@budex.pl",), "PL", (), None)


def test_country_of_the_row_wins_over_the_default() -> None:
    row = read(country="Deutschland", phone="030 123456", company="A")
    assert (row.country, row.phones[0].e164) == ("DE", "+4930123456")


def test_unknown_country_falls_back_and_is_a_problem() -> None:
    row = read(country=["Atlantis", "-"], company="A")
    assert (row.country, row.problems) == ("PL", (Problem("unknown_country", "country", "not_a_country"),))


def test_address_stands_in_for_a_missing_country() -> None:
    row = read(None, city="Kraków", phone="12 555 01 23")
    assert (row.country, row.phones[0].e164) == ("PL", "+48125550123")
    assert row.problems == (Problem("assumed_country", "country", "from_address"),)
    assert read(None, city="Springfield", company="A").country is None


def test_two_columns_of_one_meaning_are_both_kept() -> None:
    row = read(
        company=["A", "B", "a"],
        person=["Jan Nowak", "Ewa Nowak", ""],
        phone=["501 234 567", "501234567", "502345678"],
        tag=["hot", "cold"],
    )
    assert (row.values["company"], row.values["person"], row.values["tag"]) == (
        ["A", "B", "a"],
        ["Jan Nowak", "Ewa Nowak"],
        ["hot", "cold"],
    )
    assert [n.e164 for n in row.phones] == ["+48501234567", "+48502345678"]


def test_several_persons_without_a_first_are_kept() -> None:
    assert read(person=["n/a", "Jan Nowak"]).values["person"] == "Jan Nowak"


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"phone": "4.85012E+11"}, Problem("unreadable_phone", "phone", "digits_lost")),
        ({"fax": "10 123 45 67"}, Problem("invalid_phone", "fax", "not_in_plan")),
        ({"phone": "+49 30 123456"}, Problem("noted_phone", "phone", "other_country")),
        ({"email": "jan.firma.pl"}, Problem("unreadable_email", "email", "not_an_email")),
        ({"website": "nothing here"}, Problem("unreadable_website", "website", "not_an_address")),
        ({"birth_date": "soon"}, Problem("unreadable_date", "birth_date", "not_a_date")),
        ({"company_id": "44051401359"}, Problem("personal_id_refused", "company_id", "personal_id")),
        ({"custom:PESEL": "44051401359"}, Problem("personal_id_refused", "custom:PESEL", "personal_id")),
    ],
)
def test_what_cannot_be_taken_over_is_a_problem(cells: dict[str, str], problem: Problem) -> None:
    row = normalise({name: [cell] for name, cell in cells.items()} | {"company": ["A"]}, default_country="PL")
    assert row.problems == (problem,)
    assert "44051401359" not in json.dumps(row.values)


def test_number_without_area_code_is_kept_as_digits() -> None:
    row = read("US", phone=["555-0123", "999-999-9999"])
    assert (row.values["local_phone"], row.phones) == ("5550123", ())
    assert [problem.detail for problem in row.problems] == ["no_area_code", "placeholder"]


@pytest.mark.parametrize("cell", ["http://", "www.", "brak", " ", "https"])
def test_empty_website_is_no_problem(cell: str) -> None:
    assert read(website=cell, company="A").problems == (
        () if cell != "https" else (Problem("unreadable_website", "website", "not_an_address"),)
    )


def test_address_in_a_wrong_column_is_found() -> None:
    row = read(website="jan@firma.pl", phone="501 234 567 ewa@firma.pl")
    assert row.emails == ("ewa@firma.pl", "jan@firma.pl")


def test_id_of_a_company_is_kept() -> None:
    assert read(company_id="5260250274.0", company="A").values["company_id"] == "5260250274"


@pytest.mark.parametrize(
    "cells", [{}, {"person": "n/a", "phone": "-", "email": ""}, {"city": "Warszawa", "note": "call"}]
)
def test_row_without_any_handle_is_rejected(cells: dict[str, str]) -> None:
    row = normalise({name: [cell] for name, cell in cells.items()}, default_country=None)
    assert row.rejected == "empty_lead"


@pytest.mark.parametrize(
    "cells",
    [{"company": "A"}, {"person": "Jan"}, {"phone": "501 234 567"}, {"email": "jan@firma.pl"}, {"website": "firma.pl"}],
)
def test_one_handle_makes_a_lead(cells: dict[str, str]) -> None:
    assert read(**cells).rejected is None


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [("44051401359", "PL", True), ("44051401359", None, True), ("44051401359", "DE", False), ("39309030004", "LT", False), ("536-90-4399", "US", True), ("536904399", "US", False), ("12345678911", "PL", False), ("5260250274", "PL", False)],
)  # fmt: skip
def test_personal_numbers_are_recognised(text: str, country: str | None, *, expected: bool) -> None:
    assert is_personal_id(text, country) is expected


def test_version_names_the_numbering_plan() -> None:
    assert "phonenumbers-" in NORMALISER_VERSION


@settings(max_examples=200, deadline=None)
@given(
    fields=st.dictionaries(st.sampled_from(FIELDS), st.lists(st.text(max_size=40), max_size=3)),
    country=st.sampled_from([None, "PL", "US", "GB", "RU", "LT", "DE"]),
)
def test_any_row_of_text_is_read_without_error(fields: dict[str, list[str]], country: str | None) -> None:
    row = normalise(fields, default_country=country)
    json.dumps(row.values)
    assert all(isinstance(problem.detail, str) and " " not in problem.code for problem in row.problems)
