"""Pools: opened over HTTP, entered by rules, rerouted and put back; rules tried before they hold."""

from typing import Any

from shared.ids import encode
from tests.builders import add_lead, add_site, lift_hours
from tests.integration.desk import Desk, Office


def open_pool(admin: Desk, name: str, **more: object) -> Any:
    return admin.post("/v1/pools", {"name": name, **more}, status=201)["id"]


def put_rules(admin: Desk, *rules: tuple[str, dict[str, list[str]]]) -> Any:
    wanted = [{"pool_id": pool, "condition": condition} for pool, condition in rules]
    answer = admin.ask("PUT", "/v1/pools/rules", {"rules": wanted, "reason": "territories"})
    assert answer.status_code == 200, answer.text
    return answer.json["rules"]


def pool_of(office: Office, lead: int) -> Any:
    return encode("pool", office.value("SELECT pool_id FROM lead WHERE id = %s", lead))


def test_a_pool_is_opened_once(office: Office) -> None:
    admin = office.desk("admin")
    opened = admin.post("/v1/pools", {"name": "closers", "duty": "closer", "product": "CRM"}, status=201)
    assert (opened["duty"], opened["product"], opened["state"]) == ("closer", "CRM", "active")
    assert admin.post("/v1/pools", {"name": "closers"}, status=409)["code"] == "pool_exists"


def test_only_an_admin_opens_pools(office: Office) -> None:
    assert office.desk("supervisor", team=office.team()).post("/v1/pools", {"name": "x"}, status=403)


def test_a_paused_pool_hands_nothing_out(office: Office) -> None:
    add_lead(office.db)
    admin, rep = office.desk("admin"), office.desk()
    pool = admin.get("/v1/pools")["items"][0]["id"]
    assert admin.ask("PATCH", f"/v1/pools/{pool}", {"state": "paused"}).json["state"] == "paused"
    assert rep.claim() is None
    admin.ask("PATCH", f"/v1/pools/{pool}", {"state": "active"})
    assert rep.claim() is not None


def test_a_pool_with_leads_does_not_end(office: Office) -> None:
    admin = office.desk("admin")
    pool = open_pool(admin, "north")
    lead = add_lead(office.db)
    put_rules(admin, (pool, {"country": ["PL"]}))
    admin.post("/v1/pools/reroute", {"reason": "new territories"})
    assert admin.ask("PATCH", f"/v1/pools/{pool}", {"state": "ended"}).json["code"] == "pool_not_empty"
    put_rules(admin)
    admin.post("/v1/pools/reroute", {"reason": "back"})
    assert admin.ask("PATCH", f"/v1/pools/{pool}", {"state": "ended"}).json["state"] == "ended"
    assert pool_of(office, lead) != pool


def test_free_leads_are_rerouted_and_put_back(office: Office) -> None:
    """A preview, one action, and back for all that nobody has touched since."""
    admin = office.desk("admin")
    held = add_lead(office.db)
    rep = office.desk()
    assert rep.claim()["lead"]["id"] == encode("lead", held)
    free, touched = add_lead(office.db), add_lead(office.db)
    before = pool_of(office, free)
    pool = open_pool(admin, "poland")
    lift_hours(office.db, "poland")
    put_rules(admin, (pool, {"country": ["PL"], "source_kind": ["purchased"]}))
    would = admin.post("/v1/pools/reroute", {"reason": "territories", "dry_run": True})
    assert (would["moved"], would["action_id"], pool_of(office, free)) == (2, None, before)
    done = admin.post("/v1/pools/reroute", {"reason": "territories"})
    assert done["moves"] == [{"pool_before": before, "pool_after": pool, "leads": 2}]
    assert (pool_of(office, free), pool_of(office, held)) == (pool, before)
    body = {"lead_id": encode("lead", touched), "person_id": office.desk(pool="poland").id, "reason": "knows them"}
    admin.post("/v1/assignments", body, status=201)
    undone = admin.post(f"/v1/actions/{done['action_id']}/undo", {})
    assert undone == {"restored": [encode("lead", free)], "left": [encode("lead", touched)]}
    assert pool_of(office, free) == before
    assert admin.post(f"/v1/actions/{done['action_id']}/undo", {}, status=409)["code"] == "action_undone"


def test_a_customer_is_not_rerouted(office: Office) -> None:
    admin, rep = office.desk("admin"), office.desk()
    lead = add_lead(office.db)
    rep.say(rep.claim(), "sale")
    put_rules(admin, (open_pool(admin, "poland"), {"country": ["PL"]}))
    assert admin.post("/v1/pools/reroute", {"reason": "x"})["moved"] == 0
    assert (
        office.value("SELECT name FROM pool AS p JOIN lead AS l ON l.pool_id = p.id WHERE l.id = %s", lead) == "default"
    )


def test_a_dry_run_says_what_a_rule_would_do_today(office: Office) -> None:
    for _ in range(3):
        add_lead(office.db, site=add_site(office.db))
    admin, rep = office.desk("admin"), office.desk()
    rep.claim()
    pool = admin.get("/v1/pools")["items"][0]["id"]
    told: Any = admin.ask("PATCH", f"/v1/pools/{pool}", {"policy": {"open_cap": 1}, "dry_run": True}).json
    assert (told["before"]["reps_at_cap"], told["after"]["reps_at_cap"]) == (0, 1)
    assert (told["after"]["waiting"], told["after"]["open_now"], told["after"]["reps"]) == (2, 2, 1)
    assert rep.claim() is not None


def test_what_all_pools_inherit_is_changed_by_an_admin(office: Office) -> None:
    admin = office.desk("admin")
    would: Any = admin.ask("PUT", "/v1/policies", {"policy": {"rest_days": 45}, "dry_run": True}).json
    assert (would["policy"]["rest_days"], would["policy_version"], would["dry_run"]) == (45, 1, True)
    done: Any = admin.ask("PUT", "/v1/policies", {"policy": {"rest_days": 45}, "reason": "calmer"}).json
    assert (done["policy_version"], admin.get("/v1/policies")["policy"]["rest_days"]) == (2, 45)
    assert admin.get("/v1/pools")["items"][0]["policy"]["rest_days"] == 45
    refused: Any = admin.ask("PUT", "/v1/policies", {"policy": {"rest_days": "default"}}).json
    assert refused["code"] == "invalid_body"
