"""Reserved companies go to their named rep or team, and nobody's claim has to pass them over."""

from typing import Any

from shared.ids import encode
from tests.builders import add_lead, add_site
from tests.integration.desk import Desk, Office


def company(office: Office, people: int = 2) -> list[str]:
    site = add_site(office.db)
    return [encode("lead", add_lead(office.db, site=site)) for _ in range(people)]


def reserve(boss: Desk, lead: str, **whom: object) -> Any:
    return boss.post(f"/v1/leads/{lead}/reserve", {"reason": "knows the owner", **whom})


def test_a_reserved_company_goes_to_its_rep_only(office: Office) -> None:
    leads = company(office)
    admin, rep, other = office.desk("admin"), office.desk(), office.desk()
    done = reserve(admin, leads[0], person_id=rep.id)
    assert (done["moved"], done["left"]) == (leads, [])
    assert other.claim() is None
    assert rep.claim()["lead"]["id"] in leads


def test_a_company_reserved_for_a_team_goes_to_whoever_joins_it(office: Office) -> None:
    leads = company(office)
    team = office.team()
    admin, other = office.desk("admin"), office.desk()
    name = office.value("SELECT name FROM team WHERE id = %s", team)
    reserve(admin, leads[0], team=name)
    assert other.claim() is None
    made = admin.post("/v1/people", {"name": "New", "role": "rep", "team": name, "pools": []}, status=201)
    assert len(made["pools"]) == 1
    assert office.desk(team=team, pool=f"default reserved for {name} {team}").claim()["lead"]["id"] in leads


def test_who_holds_somebody_of_it_keeps_them(office: Office) -> None:
    leads = company(office)
    admin, holder, rep = office.desk("admin"), office.desk(), office.desk()
    held = holder.claim()["lead"]["id"]
    done = reserve(admin, leads[0], person_id=rep.id)
    assert (done["left"], set(done["moved"])) == ([held], set(leads) - {held})


def test_a_reservation_is_undone_or_lifted(office: Office) -> None:
    leads = company(office)
    admin, rep, other = office.desk("admin"), office.desk(), office.desk()
    done = reserve(admin, leads[0], person_id=rep.id)
    undone = admin.post(f"/v1/actions/{done['action_id']}/undo", {})
    assert (undone["restored"], undone["left"]) == (leads, [])
    reserve(admin, leads[0], person_id=rep.id)
    assert reserve(admin, leads[1])["moved"] == leads
    assert other.claim()["lead"]["id"] in leads


def test_rules_of_entry_do_not_take_it_away(office: Office) -> None:
    (lead,) = company(office, 1)
    admin, rep = office.desk("admin"), office.desk()
    reserve(admin, lead, person_id=rep.id)
    assert admin.post("/v1/pools/reroute", {"reason": "territories"})["moved"] == 0


def test_what_was_kept_for_a_leaver_is_everybodys_again(office: Office) -> None:
    (lead,) = company(office, 1)
    team = office.team()
    boss, rep, other = office.desk("supervisor", team=team), office.desk(team=team), office.desk()
    reserve(boss, lead, person_id=rep.id)
    boss.post(f"/v1/people/{rep.id}/leave", {"reason": "resigned"})
    assert other.claim()["lead"]["id"] == lead


def test_a_supervisor_reserves_for_the_own_team_only(office: Office) -> None:
    (lead,) = company(office, 1)
    team = office.team()
    boss, stranger, _ = office.desk("supervisor", team=team), office.desk(), office.desk(team=team)
    body = {"reason": "x", "person_id": stranger.id}
    assert boss.post(f"/v1/leads/{lead}/reserve", body, status=404)["code"] == "not_found"
    assert boss.post(f"/v1/leads/{lead}/reserve", {**body, "person_id": None, "team": "nobody's"}, status=404)
    assert stranger.post(f"/v1/leads/{lead}/reserve", body, status=403)
    both = {**body, "team": "x"}
    assert office.desk("admin").post(f"/v1/leads/{lead}/reserve", both, status=422)["code"] == "invalid_body"


def test_the_pool_of_the_reserved_keeps_its_rules(office: Office) -> None:
    (lead,) = company(office, 1)
    admin, rep = office.desk("admin"), office.desk()
    reserve(admin, lead, person_id=rep.id)
    (before, after) = [pool for pool in admin.get("/v1/pools")["items"] if pool["kind"] == "sales"]
    assert before["own_policy"] == after["own_policy"]
