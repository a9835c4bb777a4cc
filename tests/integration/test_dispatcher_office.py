"""Pools, people, tokens and suppressions: who may change what."""

from typing import Any

from shared.ids import encode
from tests.builders import add_lead, add_number
from tests.integration.desk import Desk, Office


def default_pool(desk: Desk) -> Any:
    return next(pool for pool in desk.get("/v1/pools")["items"] if pool["name"] == "default")


def patch(desk: Desk, policy: object, *, status: int = 200) -> Any:
    answer = desk.ask("PATCH", f"/v1/pools/{default_pool(desk)['id']}", {"policy": policy})
    assert answer.status_code == status, answer.text
    return answer.json


def test_a_policy_is_changed_lifted_and_inherited_again(office: Office) -> None:
    admin = office.desk("admin")
    assert patch(admin, {"open_cap": 7, "rest_days": 3})["policy"]["open_cap"] == 7
    changed = patch(admin, {"open_cap": None, "rest_days": "default"})
    assert (changed["policy"]["open_cap"], changed["policy"]["rest_days"], changed["policy_version"]) == (None, 30, 3)
    assert "rest_days" not in changed["own_policy"]


def test_only_an_admin_lifts_calling_hours(office: Office) -> None:
    team = office.team()
    office.desk(team=team)
    boss = office.desk("supervisor", team=team)
    assert patch(boss, {"open_cap": 5})["policy"]["open_cap"] == 5
    assert patch(boss, {"calling_hours": None}, status=403)["code"] == "forbidden"


def test_a_supervisor_leaves_pools_of_others_alone(office: Office) -> None:
    office.desk(team=office.team())
    boss = office.desk("supervisor", team=office.team())
    assert patch(boss, {"open_cap": 5}, status=403)["code"] == "forbidden"


def test_a_rule_that_is_none_is_refused(office: Office) -> None:
    admin = office.desk("admin")
    for policy in ({"no_such": 1}, {"open_cap": "many"}, {"offered_minutes": None}, {"working_hours": {"opens": "9"}}):
        patch(admin, policy, status=422)


def test_a_new_rep_can_claim_at_once(office: Office) -> None:
    add_lead(office.db)
    admin = office.desk("admin")
    pool = default_pool(admin)["id"]
    person = admin.post("/v1/people", {"name": "Ann", "role": "rep", "pools": [pool]}, status=201)
    token = admin.post(f"/v1/people/{person['id']}/tokens", {}, status=201)["token"]
    assert Desk(office.app, 0, token).claim() is not None


def test_a_token_is_shown_once(office: Office) -> None:
    admin, rep = office.desk("admin"), office.desk()
    path = f"/v1/people/{rep.id}/tokens"
    assert admin.ask("POST", path, {}, key="k").status_code == 201
    again: Any = admin.ask("POST", path, {}, key="k")
    assert (again.status_code, again.json["code"]) == (409, "token_shown_once")
    assert office.value("SELECT count(*) FROM token WHERE person_id = %s", rep.person) == 2


def test_nobody_makes_a_stronger_person(office: Office) -> None:
    boss = office.desk("supervisor", team=office.team())
    assert boss.post("/v1/people", {"name": "x", "role": "admin"}, status=403)["code"] == "forbidden"
    assert office.desk().post("/v1/people", {"name": "x", "role": "rep"}, status=403)["code"] == "forbidden"


def test_a_supervisor_makes_tokens_of_the_own_reps_only(office: Office) -> None:
    team = office.team()
    boss, admin = office.desk("supervisor", team=team), office.desk("admin")
    mine = boss.post("/v1/people", {"name": "x", "role": "rep"}, status=201)
    boss.post(f"/v1/people/{mine['id']}/tokens", {}, status=201)
    boss.post(f"/v1/people/{office.desk().id}/tokens", {}, status=404)
    boss.post(f"/v1/people/{admin.id}/tokens", {}, status=404)


def test_a_person_is_added_once_under_a_key(office: Office) -> None:
    admin = office.desk("admin")
    body = {"name": "Ann", "role": "rep", "team": "north"}
    first, again = (admin.ask("POST", "/v1/people", body, key="k").json for _ in range(2))
    assert first == again
    assert first is not None
    assert first["team"] == "north"


def test_an_unknown_pool_looks_absent(office: Office) -> None:
    body = {"name": "x", "role": "rep", "pools": [encode("pool", 4711)]}
    assert office.desk("admin").post("/v1/people", body, status=404)["code"] == "not_found"


def test_a_suppression_ends_what_is_open(office: Office) -> None:
    from shared.keyed_hash import hash_of

    number = add_number(office.db, "+48601234567")
    key_hash = hash_of(office.app.config["LEADMILL_SECRET"], "number", "+48601234567")
    office.db.execute("UPDATE number SET key_hash = %s WHERE id = %s", (key_hash, number))
    add_lead(office.db, numbers=[number])
    given, boss = office.desk().claim(), office.desk("supervisor", team=office.team())
    made = boss.post("/v1/suppressions", {"scope": "number", "value": "+48 601 234 567", "reason": "asked"}, status=201)
    assert made["ended"] == [given["id"]]
    (entry,) = boss.get("/v1/suppressions")["items"]
    assert boss.post(f"/v1/suppressions/{entry['id']}/lift", {"reason": "letter of 3 May"})["lifted_at"] is not None
    assert office.desk().claim() is not None


def test_a_free_mail_domain_is_too_wide(office: Office) -> None:
    body = {"scope": "domain", "value": "gmail.com", "reason": "spam"}
    assert office.desk("admin").post("/v1/suppressions", body, status=422)["code"] == "domain_too_wide"


def test_a_rep_may_not_suppress(office: Office) -> None:
    body = {"scope": "domain", "value": "firma.pl", "reason": "spam"}
    assert office.desk().post("/v1/suppressions", body, status=403)["code"] == "forbidden"


def test_a_review_is_decided_once(office: Office) -> None:
    a, b = add_lead(office.db), add_lead(office.db)
    office.db.execute("INSERT INTO review (lead_a, lead_b, origin) VALUES (%s, %s, 'matcher')", (a, b))
    admin = office.desk("admin")
    (review,) = admin.get("/v1/reviews")["items"]
    path = f"/v1/reviews/{review['id']}/decide"
    assert admin.post(path, {"decision": "merged"})["state"] == "merged"
    assert admin.post(path, {"decision": "distinct"}, status=409)["code"] == "review_decided"
    (merge,) = admin.get("/v1/merges")["items"]
    assert set(admin.post(f"/v1/merges/{merge['id']}/undo", {"reason": "two brothers"})["leads"]) == {
        encode("lead", a),
        encode("lead", b),
    }


def test_dispositions_are_listed(office: Office) -> None:
    codes = [item["code"] for item in office.desk().get("/v1/dispositions")["items"]]
    assert {"no_answer", "not_interested", "callback", "do_not_call"} <= set(codes)


def test_the_document_names_every_route(office: Office) -> None:
    paths = office.app.test_client().get("/openapi.json").json["paths"]  # type: ignore[index]
    assert "/v1/assignments/{assignment_id}/contacts" in paths
