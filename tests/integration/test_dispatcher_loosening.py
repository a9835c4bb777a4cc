"""The client is the company, unless a pool's policy loosens it to the person; and what a rule does to what stood before it."""

from typing import Any

from shared.ids import encode
from tests.builders import add_lead, add_site, move_clock
from tests.integration.desk import Desk, Office


def pool_of(admin: Desk) -> str:
    return str(admin.get("/v1/pools")["items"][0]["id"])


def change(admin: Desk, *, dry_run: bool = False, **rules: object) -> Any:
    answer = admin.ask("PATCH", f"/v1/pools/{pool_of(admin)}", {"policy": rules, "dry_run": dry_run})
    assert answer.status_code == 200, answer.text
    return answer.json


def colleagues(office: Office, count: int) -> list[str]:
    """Adds so many people of one company site."""
    site = add_site(office.db)
    return [encode("lead", add_lead(office.db, site=site)) for _ in range(count)]


def test_one_rep_holds_all_people_of_a_company(office: Office) -> None:
    colleagues(office, 2)
    assert office.desk().claim() is not None
    assert office.desk().claim() is None


def test_a_loosened_pool_gives_colleagues_to_two_reps(office: Office) -> None:
    leads = colleagues(office, 2)
    change(office.desk("admin"), exclusive="person")
    first, second = office.desk(), office.desk()
    given = [first.claim(), second.claim()]
    assert {one["lead"]["id"] for one in given} == set(leads)
    first.say(given[0], "not_interested")
    second.say(given[1], "interested")
    assert first.claim() is None


def test_colleagues_of_who_rests_are_free_at_once(office: Office) -> None:
    admin, rep, other = office.desk("admin"), office.desk(), office.desk()
    colleagues(office, 3)
    rep.say(rep.claim(), "not_interested")
    assert other.claim() is None
    would = change(admin, exclusive="person", dry_run=True)
    assert (would["before"]["waiting"], would["after"]["waiting"], would["after"]["parked"]) == (0, 2, 1)
    assert other.claim() is None
    assert change(admin, exclusive="person")["policy"]["exclusive"] == "person"
    assert office.value("SELECT count(*) FROM queue_entry WHERE parked_until IS NULL") == would["after"]["waiting"]
    assert other.claim() is not None


def test_what_is_held_ends_as_it_began(office: Office) -> None:
    """The rep was told that the company is theirs: the colleagues wait until that assignment ends, then they are free."""
    admin, rep, other = office.desk("admin"), office.desk(), office.desk()
    colleagues(office, 2)
    held = rep.claim()
    change(admin, exclusive="person")
    assert other.claim() is None
    rep.say(held, "not_interested")
    assert other.claim() is not None


def test_the_company_rests_again_when_the_rule_returns(office: Office) -> None:
    admin, rep, other = office.desk("admin"), office.desk(), office.desk()
    colleagues(office, 3)
    change(admin, exclusive="person")
    rep.say(rep.claim(), "not_interested")
    held = other.claim()
    would = change(admin, exclusive="default", dry_run=True)
    assert (would["before"]["waiting"], would["after"]["waiting"]) == (1, 0)
    change(admin, exclusive="default")
    other.say(held, "hung_up")
    assert rep.claim() is None
    move_clock(office.db, days=31)
    assert rep.claim() is not None


def test_a_stricter_pool_still_waits_for_the_company(office: Office) -> None:
    """Loosening frees the leads of its own pool: a company that another pool holds is barred to both."""
    admin = office.desk("admin")
    site = add_site(office.db)
    lead, loose = add_lead(office.db, site=site), add_lead(office.db, site=site)
    pool = admin.post("/v1/pools", {"name": "people"}, status=201)["id"]
    office.db.execute("UPDATE lead SET pool_id = (SELECT id FROM pool WHERE name = 'people') WHERE id = %s", (loose,))
    office.db.execute("SELECT refresh_queue(ARRAY[%s]::bigint[])", (loose,))
    rules = {"exclusive": "person", "calling_hours": None, "working_hours": None}
    assert admin.ask("PATCH", f"/v1/pools/{pool}", {"policy": rules}).status_code == 200
    holder, stranger = office.desk(), office.desk(pool="people")
    held = holder.claim()
    assert held["lead"]["id"] == encode("lead", lead)
    assert stranger.claim() is None
    holder.say(held, "not_interested")
    assert stranger.claim() is None


def test_a_promise_to_one_person_leaves_the_colleagues_free(office: Office) -> None:
    admin, rep, other = office.desk("admin"), office.desk(), office.desk()
    leads = colleagues(office, 2)
    change(admin, exclusive="person")
    mine = rep.claim()
    due = office.value("SELECT (clock() + interval '1 day')::text").replace(" ", "T")
    rep.say(mine, "callback", callback_at=due)
    assert other.claim()["lead"]["id"] == leads[1 - leads.index(mine["lead"]["id"])]
    move_clock(office.db, days=1, minutes=1)
    assert rep.claim()["lead"]["id"] == mine["lead"]["id"]


def test_a_shorter_rest_counts_from_the_next_contact(office: Office) -> None:
    """Whoever was promised a month is left alone for a month: the dry run says so too."""
    admin, rep = office.desk("admin"), office.desk()
    add_lead(office.db)
    rep.say(rep.claim(), "hung_up")
    would = change(admin, rest_days=2, dry_run=True)
    assert would["before"] == would["after"]
    change(admin, rest_days=2)
    move_clock(office.db, days=3)
    assert rep.claim() is None
    move_clock(office.db, days=28)
    rep.say(rep.claim(), "hung_up")
    move_clock(office.db, days=2, minutes=1)
    assert rep.claim() is not None


def test_a_dry_run_leaves_no_trace(office: Office) -> None:
    admin = office.desk("admin")
    colleagues(office, 2)
    before = office.value("SELECT count(*) FROM policy"), office.value("SELECT count(*) FROM audit")
    change(admin, exclusive="person", open_cap=1, dry_run=True)
    answer = admin.ask("PUT", "/v1/policies", {"policy": {"exclusive": "person"}, "dry_run": True})
    assert answer.json["policy"]["exclusive"] == "person"
    assert (office.value("SELECT count(*) FROM policy"), office.value("SELECT count(*) FROM audit")) == before
    assert office.value("SELECT count(*) FROM pool WHERE by_person") == 0


def test_a_pool_opened_later_inherits_who_the_client_is(office: Office) -> None:
    admin = office.desk("admin")
    admin.ask("PUT", "/v1/policies", {"policy": {"exclusive": "person"}})
    admin.post("/v1/pools", {"name": "later"}, status=201)
    assert office.value("SELECT count(*) FROM pool WHERE NOT by_person") == 0
