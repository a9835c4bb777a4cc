"""Leads that change hands: handoffs accepted or returned, promises nobody kept, many leads at once and back."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.builders import add_lead, lift_hours, move_clock
from tests.integration.desk import Desk, Office


def later(**ahead: float) -> str:
    return (datetime.now(UTC) + timedelta(**ahead)).isoformat()


def hand_off(rep: Desk, given: Any, *, status: int = 200, **to: object) -> Any:
    return rep.post(f"/v1/assignments/{given['id']}/handoff", {"fence": given["fence"], **to}, status=status)


def sweep(office: Office) -> Any:
    return office.value("SELECT lapse_promises(100)")


def open_pool(office: Office, name: str, duty: str) -> Any:
    pool = office.desk("admin").post("/v1/pools", {"name": name, "duty": duty}, status=201)["id"]
    lift_hours(office.db, name)
    return pool


def test_a_handoff_that_nobody_accepts_returns_to_its_giver(office: Office) -> None:
    lead = add_lead(office.db)
    rep, closer = office.desk(), None
    pool = open_pool(office, "closers", "closer")
    given = rep.claim()
    rep.say(given, "interested")
    hand_off(rep, given, pool_id=pool, stage="proposal")
    assert rep.get(f"/v1/leads/{given['lead']['id']}")["stage"] == "proposal"
    move_clock(office.db, days=1, minutes=1)
    assert sweep(office) == 1
    closer = office.desk(pool="closers")
    assert closer.claim() is None
    back = rep.claim()
    assert (back["lead"]["id"], back["promise"]["why"]) == (given["lead"]["id"], "handoff_returned")
    assert (
        office.value("SELECT name FROM pool AS p JOIN lead AS l ON l.pool_id = p.id WHERE l.id = %s", lead) == "default"
    )


def test_a_lead_goes_from_hunter_to_closer_to_farmer_and_back(office: Office) -> None:
    add_lead(office.db)
    hunter = office.desk()
    pools = {duty: open_pool(office, f"{duty}s", duty) for duty in ("closer", "farmer")}
    closer, farmer = office.desk(pool="closers"), office.desk(pool="farmers")
    given = hunter.claim()
    hunter.say(given, "interested", facts={"decision_maker": "the owner"})
    hand_off(hunter, given, pool_id=pools["closer"])
    taken = closer.claim()
    closer.say(taken, "interested", stage="proposal")
    hand_off(closer, taken, person_id=hunter.id)
    again = hunter.claim()
    hand_off(hunter, again, pool_id=pools["closer"])
    closed = closer.claim()
    closer.say(closed, "interested", stage="won")
    hand_off(closer, closed, pool_id=pools["farmer"])
    served = farmer.claim()
    assert served["lead"]["id"] == given["lead"]["id"]
    history = farmer.get(f"/v1/leads/{served['lead']['id']}/history")
    assert history["facts"][0]["value"] == "the owner"
    assert {promise["giver_id"] for promise in history["promises"]} == {hunter.id, closer.id}


def test_a_stage_that_is_none_is_refused(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    given = rep.claim()
    assert hand_off(rep, given, status=422, person_id=office.desk().id, stage="dreams")["code"] == "stage_unknown"


def test_a_callback_nobody_kept_goes_to_the_pool_then_to_the_supervisor(office: Office) -> None:
    """The same rep for two working hours, then the team, then the supervisor; a promise nobody keeps becomes the rest."""
    add_lead(office.db)
    team = office.team()
    rep, boss = office.desk(team=team), office.desk("supervisor", team=team)
    rep.say(rep.claim(), "callback", callback_at=later(days=1))
    move_clock(office.db, days=1, hours=2, minutes=1)
    assert sweep(office) == 1
    move_clock(office.db, hours=2, minutes=1)
    assert sweep(office) == 1
    (missed,) = boss.get("/v1/promises?state=missed")["items"]
    assert (missed["rep_id"], missed["escalated"]) == (rep.id, 2)
    mate = office.desk()
    kept = mate.claim()
    assert kept["promise"]["kind"] == "callback"
    mate.say(kept, "not_interested")
    assert boss.get("/v1/promises?state=missed")["items"] == []


def test_a_promise_that_nobody_ever_keeps_becomes_the_rest(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    rep.say(rep.claim(), "callback", callback_at=later(days=1))
    for _ in range(3):
        move_clock(office.db, days=2)
        assert sweep(office) == 1
    assert office.value("SELECT state FROM promise") == "lapsed"
    assert rep.claim() is None
    move_clock(office.db, days=30)
    assert rep.claim() is not None


def test_leads_are_passed_on_by_filter_as_one_action(office: Office) -> None:
    team = office.team()
    boss, rep, mate = office.desk("supervisor", team=team), office.desk(team=team), office.desk(team=team)
    for _ in range(3):
        add_lead(office.db)
    given = [rep.claim() for _ in range(3)]
    rep.say(given[0], "interested")
    body = {"rep": rep.id, "to_person_id": mate.id, "reason": "holiday"}
    would = boss.post("/v1/assignments/transfer", {**body, "dry_run": True})
    assert (len(would["transferred"]), would["action_id"]) == (3, None)
    done = boss.post("/v1/assignments/transfer", body)
    assert rep.get("/v1/queue")["items"] == []
    assert {mate.claim()["lead"]["id"] for _ in range(3)} == {one["lead"]["id"] for one in given}
    (action,) = boss.get("/v1/actions")["items"]
    assert (action["id"], action["kind"], action["leads"]) == (done["action_id"], "transfer", 3)


def test_nobody_passes_leads_to_another_team(office: Office) -> None:
    team = office.team()
    boss = office.desk("supervisor", team=team)
    body = {"rep": office.desk(team=team).id, "to_person_id": office.desk(team=office.team()).id, "reason": "x"}
    boss.post("/v1/assignments/transfer", body, status=404)


def test_a_transfer_is_undone_while_untouched(office: Office) -> None:
    team = office.team()
    boss, rep, mate = office.desk("supervisor", team=team), office.desk(team=team), office.desk(team=team)
    add_lead(office.db), add_lead(office.db)
    first, second = rep.claim(), rep.claim()
    rep.say(first, "interested")
    done = boss.post("/v1/assignments/transfer", {"rep": rep.id, "to_person_id": mate.id, "reason": "holiday"})
    taken = mate.claim()
    undone = boss.post(f"/v1/actions/{done['action_id']}/undo", {})
    other = next(one for one in (first, second) if one["lead"]["id"] != taken["lead"]["id"])
    assert undone == {"restored": [other["lead"]["id"]], "left": [taken["lead"]["id"]]}
    (held,) = rep.get("/v1/queue")["items"]
    assert held["fence"] > other["fence"]
    assert mate.claim() is None


def test_a_reclaim_is_undone_past_the_rest(office: Office) -> None:
    add_lead(office.db)
    boss, rep = office.desk("admin"), office.desk()
    working = rep.say(rep.claim(), "interested")["assignment"]
    done = boss.post("/v1/assignments/reclaim", {"rep": rep.id, "reason": "by mistake"})
    assert rep.claim() is None
    assert boss.post(f"/v1/actions/{done['action_id']}/undo", {})["restored"] == [working["lead"]["id"]]
    (held,) = rep.get("/v1/queue")["items"]
    assert (held["state"], held["expires_at"]) == ("working", working["expires_at"])
    rep.say(held, "not_interested")


def test_a_stage_carries_its_next_step(office: Office) -> None:
    add_lead(office.db)
    admin, rep = office.desk("admin"), office.desk()
    stage = {"labels": {"en": "Offer"}, "next_step": {"after_days": 3}}
    assert admin.ask("PUT", "/v1/stages/offer", stage).status_code == 200
    rep.say(rep.claim(), "interested", stage="offer")
    assert office.value("SELECT kind FROM promise WHERE due_at > clock() + interval '2 days'") == "next_step"


def test_a_farmers_customer_is_served_in_the_rhythm_of_its_rank(office: Office) -> None:
    lead = add_lead(office.db)
    farmer = office.desk()
    office.db.execute("UPDATE person SET duty = 'farmer' WHERE id = %s", (farmer.person,))
    office.db.execute("UPDATE lead SET rank = 'A' WHERE id = %s", (lead,))
    office.db.execute("SELECT refresh_queue(ARRAY[%s]::bigint[])", (lead,))
    farmer.say(farmer.claim(), "sale")
    move_clock(office.db, days=29)
    assert farmer.claim() is None
    move_clock(office.db, days=1, minutes=1)
    assert farmer.claim()["promise"]["kind"] == "service"


def test_a_lost_reason_is_one_of_the_stages(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    given = rep.claim()
    body = {"fence": given["fence"], "disposition": "interested", "number_id": given["lead"]["numbers"][0]["id"]}
    path = f"/v1/assignments/{given['id']}/contacts"
    assert rep.post(path, {**body, "lost_reason": "weather"}, status=422)["code"] == "lost_reason_unknown"
    rep.post(path, {**body, "lost_reason": "price"}, status=201)


def test_facts_are_of_their_type(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    given = rep.claim()
    body = {"fence": given["fence"], "disposition": "interested", "number_id": given["lead"]["numbers"][0]["id"]}
    path = f"/v1/assignments/{given['id']}/contacts"
    assert rep.post(path, {**body, "facts": {"moon": "full"}}, status=422)["code"] == "fact_unknown"
    wrong = rep.post(path, {**body, "facts": {"contract_until": "soon"}}, status=422)
    assert (wrong["code"], wrong["fields"]) == ("fact_invalid", ["contract_until"])
    rep.post(path, {**body, "facts": {"contract_until": "2027-03-31", "employees": "12"}}, status=201)


def test_a_company_words_its_own_outcomes(office: Office) -> None:
    add_lead(office.db)
    admin, rep = office.desk("admin"), office.desk()
    code = {
        "labels": {"en": "At the fair", "pl": "Na targach"},
        "contact_made": True,
        "effect": "end",
        "rest": "contact",
    }
    assert admin.ask("PUT", "/v1/dispositions/met_at_fair", code).status_code == 200
    assert rep.say(rep.claim(), "met_at_fair")["assignment"]["end_reason"] == "done"
    changed: Any = admin.ask("PUT", "/v1/dispositions/met_at_fair", {**code, "contact_made": False}).json
    assert changed["code"] == "flags_for_ever"
    admin.ask("PUT", "/v1/dispositions/met_at_fair", {**code, "retired": True})
    assert "met_at_fair" not in [item["code"] for item in rep.get("/v1/dispositions")["items"]]
