"""One rep holds all people of a company and sees them as one card."""

from typing import Any

from shared.ids import encode
from tests.builders import add_lead, add_number, add_site, move_clock
from tests.integration.desk import Desk, Office


def add_company(office: Office) -> list[int]:
    """Two people of one site, by name, each with a number."""
    site = add_site(office.db)
    leads = [add_lead(office.db, site=site) for _ in range(2)]
    for lead, person in zip(leads, ("Anna Kowalska", "Jan Nowak"), strict=True):
        office.db.execute(
            "UPDATE lead SET fields = fields || jsonb_build_object('person', %s::text, 'job_title', 'CEO') WHERE id = %s",
            (person, lead),
        )
    return leads


def company(desk: Desk, held: Any) -> list[Any]:
    items: list[Any] = desk.get(f"/v1/assignments/{held['id']}/company")["items"]
    return items


def call(desk: Desk, held: Any, lead: int, status: int = 200) -> Any:
    body = {"fence": held["fence"], "lead_id": encode("lead", lead)}
    return desk.post(f"/v1/assignments/{held['id']}/company", body, status=status)


def test_who_holds_one_sees_and_calls_the_others(office: Office) -> None:
    _, other = add_company(office)
    rep = office.desk()
    held = rep.claim()
    (told,) = company(rep, held)
    assert (told["lead_id"], told["person"], told["callable"]) == (encode("lead", other), "Jan Nowak", 1)
    bound = call(rep, held, other)
    assert (list(bound["results"].values()), len(bound["lead"]["numbers"])) == (["bound"], 2)
    number = next(iter(bound["results"]))
    rep.say(held, "not_interested", number_id=number, spoke_with="Jan Nowak")
    assert office.desk().claim() is None


def test_a_number_that_rests_is_not_bound(office: Office) -> None:
    site = add_site(office.db)
    number = add_number(office.db)
    first, second = add_lead(office.db, site=site), add_lead(office.db, numbers=[number], site=site)
    add_lead(office.db, numbers=[number])
    rep, other = office.desk(), office.desk()
    held = rep.claim()
    assert held["lead"]["id"] == encode("lead", first)
    other.say(other.claim(), "hung_up")
    assert list(call(rep, held, second)["results"].values()) == ["resting"]


def test_strangers_are_no_colleagues(office: Office) -> None:
    add_company(office)
    stranger = add_lead(office.db)
    rep, other = office.desk(), office.desk()
    held = rep.claim()
    assert call(rep, held, stranger, status=404)["code"] == "not_found"
    assert other.ask("GET", f"/v1/assignments/{held['id']}/company").status_code == 404


def test_who_refused_is_not_called_through_a_colleague(office: Office) -> None:
    first, second = add_company(office)
    rep = office.desk()
    rep.say(rep.claim(), "not_interested")
    move_clock(office.db, days=31)
    held = rep.claim()
    assert held["lead"]["id"] == encode("lead", second)
    assert company(rep, held)[0]["refused_until"] is not None
    assert call(rep, held, first, status=422)["code"] == "refused_for_product"


def test_where_the_person_is_the_client_there_is_no_company(office: Office) -> None:
    add_company(office)
    admin, rep = office.desk("admin"), office.desk()
    pool = admin.get("/v1/pools")["items"][0]["id"]
    admin.ask("PATCH", f"/v1/pools/{pool}", {"policy": {"exclusive": "person"}})
    assert company(rep, rep.claim()) == []
