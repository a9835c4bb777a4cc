"""What a supervisor does: give, take back, ask why not; and who sees what."""

from typing import Any

import pytest

from shared.ids import encode
from tests.builders import add_lead, add_number, add_site, move_clock, observe
from tests.integration.desk import Desk, Office


def gate(explained: Any, name: str) -> Any:
    return next(item for item in explained["gates"] if item["gate"] == name)


def give(boss: Desk, lead: int, rep: Desk, *, status: int = 201) -> Any:
    body = {"lead_id": encode("lead", lead), "person_id": rep.id, "reason": "knows them"}
    return boss.post("/v1/assignments", body, status=status)


def test_a_supervisor_gives_a_lead_past_the_order(office: Office) -> None:
    add_lead(office.db)
    second = add_lead(office.db)
    boss, rep = office.desk("admin"), office.desk()
    given = give(boss, second, rep)
    assert (given["lead"]["id"], given["person_id"], given["warnings"]) == (encode("lead", second), rep.id, [])


def test_nobody_is_given_what_another_holds(office: Office) -> None:
    lead = add_lead(office.db)
    office.desk().claim()
    assert give(office.desk("admin"), lead, office.desk(), status=409)["code"] == "lead_held"


def test_nobody_is_given_a_resting_lead(office: Office) -> None:
    lead = add_lead(office.db)
    rep = office.desk()
    rep.say(rep.claim(), "hung_up")
    assert give(office.desk("admin"), lead, rep, status=409)["code"] == "lead_resting"


def test_nobody_is_given_a_suppressed_lead(office: Office) -> None:
    lead = add_lead(office.db)
    boss = office.desk("admin")
    boss.post("/v1/suppressions", {"scope": "lead", "lead_id": encode("lead", lead), "reason": "asked"}, status=201)
    assert give(boss, lead, office.desk(), status=409)["code"] == "lead_no_free_number"


def test_a_reclaim_takes_what_is_stale_in_one_recorded_action(office: Office) -> None:
    add_lead(office.db), add_lead(office.db)
    office.db.execute(
        'INSERT INTO policy (pool_id, version, rules) SELECT id, 2, \'{"calling_hours": null, "offered_minutes": 6000}\' FROM pool'
    )
    boss, rep = office.desk("admin"), office.desk()
    old = rep.claim()
    move_clock(office.db, hours=3)
    rep.claim()
    body = {"stale_for": "2h", "reason": "forgotten"}
    would = boss.post("/v1/assignments/reclaim", {**body, "dry_run": True})
    assert (would["reclaimed"], would["dry_run"]) == ([old["id"]], True)
    assert boss.post("/v1/assignments/reclaim", body)["reclaimed"] == [old["id"]]
    assert [item["id"] for item in rep.get("/v1/queue")["items"]] != [old["id"]]
    assert office.value("SELECT count(*) FROM audit WHERE action = 'reclaimed'") == 1


def test_the_board_shows_what_is_near_its_end(office: Office) -> None:
    add_lead(office.db), add_lead(office.db)
    boss, rep = office.desk("admin"), office.desk()
    rep.say(rep.claim(), "interested")
    soon = rep.claim()
    assert [item["id"] for item in boss.get("/v1/assignments?expires_within=1h")["items"]] == [soon["id"]]


def test_a_reclaim_of_everything_must_be_meant(office: Office) -> None:
    answer: Any = office.desk("admin").ask("POST", "/v1/assignments/reclaim", {"reason": "tidy"})
    assert answer.status_code == 422


def test_a_supervisor_reaches_the_own_team_only(office: Office) -> None:
    add_lead(office.db)
    ours, theirs = office.team(), office.team()
    rep, boss, other = (
        office.desk(team=ours),
        office.desk("supervisor", team=ours),
        office.desk("supervisor", team=theirs),
    )
    given = rep.claim()
    assert [item["id"] for item in boss.get("/v1/assignments?state=open")["items"]] == [given["id"]]
    assert other.get("/v1/assignments?state=open")["items"] == []
    assert other.ask("GET", f"/v1/assignments/{given['id']}").status_code == 404
    assert other.post("/v1/assignments/reclaim", {"assignment_ids": [given["id"]], "reason": "x"})["reclaimed"] == []


def test_the_board_turns_its_pages(office: Office) -> None:
    for _ in range(3):
        add_lead(office.db)
    rep, boss = office.desk(), office.desk("admin")
    given = [rep.claim()["id"] for _ in range(3)]
    first = boss.get("/v1/assignments?limit=2")
    rest = boss.get(f"/v1/assignments?limit=2&cursor={first['next']}")
    assert [item["id"] for item in first["items"] + rest["items"]] == given[::-1]
    assert rest["next"] is None


def test_every_gate_of_a_free_lead_is_open(office: Office) -> None:
    lead = add_lead(office.db)
    office.desk()
    explained = office.desk("admin").get(f"/v1/leads/{encode('lead', lead)}/gates")
    assert explained["open"], [item for item in explained["gates"] if not item["open"]]
    assert len(explained["gates"]) >= 10


@pytest.mark.parametrize(
    ("disposition", "name", "reason"),
    [
        ("hung_up", "booking_lead", "resting"),
        ("not_interested", "product", "refused_for_product"),
        ("do_not_call", "numbers", "no_free_number"),
    ],
)
def test_a_shut_gate_says_why(office: Office, disposition: str, name: str, reason: str) -> None:
    lead = add_lead(office.db)
    rep = office.desk()
    rep.say(rep.claim(), disposition)
    explained = office.desk("admin").get(f"/v1/leads/{encode('lead', lead)}/gates")
    assert (explained["open"], gate(explained, name)["reason"]) == (False, reason)


def test_closed_hours_say_when_they_open(office: Office) -> None:
    lead = add_lead(office.db)
    office.db.execute(
        'INSERT INTO policy (pool_id, version, rules) SELECT id, 2, \'{"calling_hours": "pack"}\' FROM pool'
    )
    office.db.execute("UPDATE rule_pack SET opens = '00:00', closes = '00:01', weekdays = '{1}'")
    explained = office.desk("admin").get(f"/v1/leads/{encode('lead', lead)}/gates")
    shut = gate(explained, "hours")
    assert (shut["open"], shut["reason"]) == (False, "closed_hours")
    assert shut["opens_at"] is not None
    assert give(office.desk("admin"), lead, office.desk(), status=422)["code"] == "closed_hours"


def test_a_sibling_in_work_shuts_the_site(office: Office) -> None:
    site = add_site(office.db)
    add_lead(office.db, site=site)
    sibling = add_lead(office.db, site=site)
    office.desk().claim()
    explained = office.desk("admin").get(f"/v1/leads/{encode('lead', sibling)}/gates")
    assert gate(explained, "booking_site")["reason"] == "held"


def test_a_merged_lead_points_to_what_it_became(office: Office) -> None:
    winner, loser = add_lead(office.db), add_lead(office.db)
    office.value("SELECT merge_leads(%s, %s, NULL, 'test', NULL)", winner, loser)
    answer = office.desk("admin").ask("GET", f"/v1/leads/{encode('lead', loser)}")
    assert (answer.status_code, answer.headers["Location"]) == (308, f"/v1/leads/{encode('lead', winner)}")


def test_a_rep_sees_a_lead_only_once_held(office: Office) -> None:
    lead = add_lead(office.db)
    rep = office.desk()
    path = f"/v1/leads/{encode('lead', lead)}"
    assert rep.ask("GET", path).status_code == 404
    rep.claim()
    assert rep.get(path)["holder_id"] == rep.id


def test_a_search_finds_for_reps_only_what_they_know(office: Office) -> None:
    lead = add_lead(office.db)
    company = office.value("SELECT fields ->> 'company' FROM lead")
    found = office.desk("admin").get(f"/v1/leads?q={company}")["items"]
    assert [item["id"] for item in found] == [encode("lead", lead)]
    assert office.desk().get(f"/v1/leads?q={company}")["items"] == []


def test_a_number_is_shown_with_its_evidence(office: Office) -> None:
    number = add_number(office.db)
    add_lead(office.db, numbers=[number])
    rep = office.desk()
    rep.say(rep.claim(), "disconnected")
    shown = rep.get(f"/v1/numbers/{encode('number', number)}")
    assert shown["line_status"] == "suspect"
    assert [seen["kind"] for seen in shown["evidence"]] == ["disconnected"]


def test_the_quarantine_lists_the_dead(office: Office) -> None:
    add_lead(office.db)
    number = office.value("SELECT id FROM number")
    observe(office.database_url, number, "unallocated", provider="lists")
    (stay,) = office.desk("supervisor").get("/v1/quarantine")["items"]
    assert stay["number_id"] == encode("number", number)


def test_a_rank_says_who_is_called_first(office: Office) -> None:
    """Unknown ranks count as middle."""
    add_lead(office.db), add_lead(office.db)
    best, worst = add_lead(office.db), add_lead(office.db)
    admin, rep = office.desk("admin"), office.desk()
    for lead, rank in ((best, "A"), (worst, "E")):
        assert admin.ask("PATCH", f"/v1/leads/{encode('lead', lead)}", {"rank": rank}).json["rank"] == rank
    order = [rep.claim()["lead"]["id"] for _ in range(4)]
    assert (order[0], order[-1]) == (encode("lead", best), encode("lead", worst))


def test_a_customer_ranked_e_is_not_called_on_our_initiative(office: Office) -> None:
    lead = add_lead(office.db)
    farmer, admin = office.desk(), office.desk("admin")
    office.db.execute("UPDATE pool SET duty = 'farmer'")
    office.db.execute("UPDATE lead SET relation = 'customer'")
    office.db.execute("SELECT refresh_queue(ARRAY[%s]::bigint[])", (lead,))
    path = f"/v1/leads/{encode('lead', lead)}"
    admin.ask("PATCH", path, {"rank": "E"})
    assert farmer.claim() is None
    assert gate(admin.get(f"{path}/gates"), "rank")["reason"] == "rank_e"
    admin.ask("PATCH", path, {"rank": "C"})
    assert farmer.claim() is not None
