"""From cells to a record, or to the reason why there is none."""

from hypothesis import given
from hypothesis import strategies as st

from shared.hygiene.reading import Rejected, Rules, fields_of, read_row, rules_of
from shared.storage.record import NewRecord

SECRET = bytes(32)
STORABLE = {"PL": True, "FR": False}
ANNA = {
    "company": ["Nowak Druk"],
    "person": ["Anna Nowak"],
    "phone": ["601 202 303"],
    "email": ["Anna@Nowak-Druk.pl"],
    "city": ["Łódź"],
}


def rules(*columns: dict[str, object]) -> Rules:
    return rules_of(columns, secret=SECRET, default_country="PL", may_store=STORABLE)


def read(fields: dict[str, list[str]]) -> NewRecord:
    record = read_row(rules(), 7, fields)
    assert isinstance(record, NewRecord)
    return record


def test_unmapped_columns_are_kept_under_their_header() -> None:
    given = rules(
        {"header": "Telefon", "field": "phone"}, {"header": "Kolor", "field": None}, {"header": None, "field": None}
    )
    assert given.columns == ["phone", "custom:Kolor", "custom:column 3"]


def test_columns_to_be_ignored_are_left_out() -> None:
    given = rules({"header": "Telefon", "field": "phone"}, {"header": "Uwagi", "field": "ignore"})
    assert fields_of(given, ["601 202 303", "?"]) == {"phone": ["601 202 303"]}


def test_cells_past_the_last_column_are_kept() -> None:
    assert fields_of(rules({"header": "a", "field": "phone"}), ["1", "", "x"]) == {
        "phone": ["1"],
        "custom:column 3": ["x"],
    }


def test_columns_of_one_meaning_stand_together() -> None:
    given = rules({"header": "a", "field": "phone"}, {"header": "b", "field": "phone"})
    assert fields_of(given, ["1", "2"]) == {"phone": ["1", "2"]}


def test_a_row_becomes_a_record() -> None:
    record = read(ANNA)
    assert (record.row_no, record.country, record.fields["email"]) == (7, "PL", ["anna@nowak-druk.pl"])
    assert [one.number.e164 for one in record.numbers] == ["+48601202303"]
    assert record.site_key is not None
    assert record.keys


def test_a_record_can_be_named_by_everything_it_says() -> None:
    assert {scope for scope, _ in read(ANNA).hashes} == {"email", "domain", "company", "site", "person"}


def test_a_record_names_nothing_it_does_not_say() -> None:
    assert read({"phone": ["601 202 303"]}).hashes == []


def test_free_mail_names_no_domain() -> None:
    assert {scope for scope, _ in read({"email": ["anna@gmail.com"]}).hashes} == {"email"}


def test_a_number_the_plan_denies_is_kept_as_invalid() -> None:
    (given,) = read({"phone": ["+48 111 111 112"], "company": ["x y"]}).numbers
    assert (given.number.valid, given.number.dialable) == (False, False)


def test_nobody_to_reach_is_rejected() -> None:
    assert read_row(rules(), 7, {"city": ["Łódź"]}) == Rejected(7, "empty_lead")


def test_a_country_not_to_be_stored_is_rejected() -> None:
    assert read_row(rules(), 7, {**ANNA, "country": ["France"]}) == Rejected(7, "country_not_storable")


def test_an_unknown_country_is_none() -> None:
    assert read({**ANNA, "country": ["Germany"]}).country is None


@given(
    st.dictionaries(
        st.sampled_from(["company", "person", "phone", "email", "city", "custom:x"]), st.lists(st.text(), max_size=2)
    )
)
def test_any_text_is_read_the_same_twice(fields: dict[str, list[str]]) -> None:
    assert read_row(rules(), 1, fields) == read_row(rules(), 1, fields)
