"""Golden records and sites."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shared.match.form import Form
from shared.match.golden import GoldenInput, Value, golden
from shared.match.site import site_key
from tests.unit.match_lists import ANNA, ELSEWHERE, JAN

START = datetime(2026, 1, 1, tzinfo=UTC)


def _record(number: int, values: dict[str, Value], trust: int = 0) -> GoldenInput:
    return GoldenInput(number, values, trust, START + timedelta(days=number))


def test_trusted_source_wins() -> None:
    values, origin = golden([_record(1, {"company": "Nova"}, trust=5), _record(2, {"company": "Nova Dental"})])
    assert (values, origin) == ({"company": "Nova"}, {"company": 1})


def test_witnesses_outvote_a_newer_spelling() -> None:
    spellings = ["Anna Maj", "Anna Maj", "Ana Maj"]
    values, _ = golden([_record(number, {"person": spelling}) for number, spelling in enumerate(spellings)])
    assert values["person"] == "Anna Maj"


def test_latest_address_wins_whole() -> None:
    old, new = {"street": "Długa 1", "city": "Łódź"}, {"street": "Krótka 2", "city": "Opole"}
    values, origin = golden([_record(1, {**old}), _record(2, {**new})])
    assert (values, set(origin.values())) == (new, {2})


def test_fuller_address_beats_a_newer_fragment() -> None:
    values, _ = golden([_record(1, {"street": "Długa 1", "city": "Łódź"}), _record(2, {"city": "Łódź"})])
    assert values["street"] == "Długa 1"


def test_all_numbers_are_kept_once() -> None:
    values, origin = golden([_record(1, {"phone": ["+481", "+482"]}), _record(2, {"phone": ["+482", "+483"]})])
    assert (values["phone"], origin["phone"]) == (["+482", "+483", "+481"], 2)


def test_value_and_list_of_one_field_are_joined() -> None:
    values, _ = golden([_record(1, {"email": "a@x.pl"}), _record(2, {"email": ["b@x.pl", ""]})])
    assert values["email"] == ["b@x.pl", "a@x.pl"]


def test_nothing_stated_gives_nothing() -> None:
    assert golden([_record(1, {"person": "", "phone": []})]) == ({}, {})


@given(st.permutations([_record(n, {"person": p, "city": c}, t) for n, (p, c, t) in enumerate(
    [("Anna Maj", "Łódź", 0), ("ANNA MAJ", "Lodz", 0), ("A. Maj", "", 1), ("", "Opole", 0)])]))  # fmt: skip
def test_order_of_records_does_not_matter(records: list[GoldenInput]) -> None:
    assert golden(records) == golden(sorted(records, key=lambda record: record.record_id))


def test_colleagues_share_a_site() -> None:
    assert site_key(ANNA) == site_key(JAN) is not None


def test_branch_is_a_site_of_its_own() -> None:
    assert site_key(ANNA) != site_key(ELSEWHERE)


def test_private_person_has_no_site() -> None:
    assert site_key(Form(given="anna", city="lodz")) is None
    assert site_key(Form(company=("nova",))) is None
    assert site_key(Form(company=("nova",), city="lodz")) is not None
