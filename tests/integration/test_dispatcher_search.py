"""A lead is found by what was typed, and by what was meant; only within the own reach, each search audited."""

from typing import Any

from shared.ids import encode
from tests.builders import add_lead
from tests.integration.desk import Office


def named(office: Office, company: str) -> str:
    lead = add_lead(office.db)
    office.db.execute("UPDATE lead SET fields = jsonb_build_object('company', %s::text) WHERE id = %s", (company, lead))
    return encode("lead", lead)


def found(desk: Any, text: str) -> list[tuple[str, bool]]:
    return [(item["id"], item["fuzzy"]) for item in desk.get(f"/v1/leads?q={text}")["items"]]


def test_slips_are_forgiven_and_told(office: Office) -> None:
    lead = named(office, "Kowalski Budownictwo")
    named(office, "Nordlicht Seafood")
    admin = office.desk("admin")
    assert found(admin, "Kowalski") == [(lead, False)]
    assert found(admin, "kovalsky budownictvo") == [(lead, True)]
    assert office.value("SELECT count(*) FROM audit WHERE action = 'leads_searched'") == 2


def test_a_rep_finds_only_what_they_have_worked(office: Office) -> None:
    lead = named(office, "Kowalski Budownictwo")
    rep, other = office.desk(), office.desk()
    rep.claim()
    assert found(rep, "kovalsky") == [(lead, True)]
    assert found(other, "kovalsky") == found(other, "Kowalski") == []


def test_a_number_is_never_nearly_right(office: Office) -> None:
    named(office, "Kowalski 600")
    number = office.value("SELECT e164 FROM number LIMIT 1")
    admin = office.desk("admin")
    assert len(found(admin, number.removeprefix("+"))) == 1
    assert found(admin, number.removeprefix("+")[:-1]) == []


def test_nothing_of_a_number_or_an_address_is_shown(office: Office) -> None:
    named(office, "Kowalski Budownictwo")
    (item,) = office.desk("admin").get("/v1/leads?q=kovalsky")["items"]
    assert not {"numbers", "emails", "email", "fields"} & set(item)
