"""Norms a kind of contact, day, week and month, plans by result; the maximum warns, only a hard one stops, and never what was promised."""

from typing import Any

from tests.builders import add_lead, move_clock
from tests.integration.desk import Desk, Office


def ask(admin: Desk, **rules: object) -> None:
    pool = admin.get("/v1/pools")["items"][0]["id"]
    answer = admin.ask("PATCH", f"/v1/pools/{pool}", {"policy": rules})
    assert answer.status_code == 200, answer.text


def standing(desk: Desk, what: str = "norms") -> dict[str, Any]:
    (rep,) = desk.get("/v1/norms")["items"]
    return {f"{one.get('kind') or one['result']}:{one['per']}": one for one in rep[what]}


def test_the_maximum_warns_and_stops_nothing(office: Office) -> None:
    add_lead(office.db), add_lead(office.db)
    rep = office.desk()
    ask(office.desk("admin"), norms=[{"kind": "call", "per": "week", "minimum": 1, "maximum": 1}])
    assert rep.say(rep.claim(), "hung_up")["warnings"] == []
    assert rep.say(rep.claim(), "hung_up")["warnings"] == ["norm_exceeded:call:week"]


def test_a_hard_maximum_stops_new_leads_but_no_promise(office: Office) -> None:
    for _ in range(3):
        add_lead(office.db)
    rep = office.desk()
    ask(office.desk("admin"), daily_norm={"minimum": 1, "maximum": 2, "hard": True}, norms=[])
    due = office.value("SELECT (clock() + interval '1 hour')::text").replace(" ", "T")
    promised = rep.claim()
    rep.say(promised, "callback", callback_at=due)
    rep.claim()
    assert rep.claim() is None
    move_clock(office.db, minutes=61)
    assert rep.claim()["lead"]["id"] == promised["lead"]["id"]


def test_a_hard_maximum_and_full_hands_stop_no_request(office: Office) -> None:
    for _ in range(2):
        add_lead(office.db)
    rep = office.desk()
    ask(office.desk("admin"), daily_norm={"minimum": 1, "maximum": 1, "hard": True}, open_cap=1)
    rep.claim()
    assert rep.claim() is None
    asking = add_lead(office.db)
    office.value("SELECT add_request(%s, (SELECT max(id) FROM upload), 77)", asking)
    assert rep.claim()["promise"]["kind"] == "request"
    assert rep.claim() is None


def test_contacts_count_by_kind_and_period(office: Office) -> None:
    add_lead(office.db), add_lead(office.db)
    rep = office.desk()
    norms = [{"kind": kind, "per": per, "minimum": 2} for kind in ("call", "meeting") for per in ("day", "month")]
    ask(office.desk("admin"), norms=norms)
    held = rep.claim()
    rep.say(held, "interested")
    rep.say(held, "interested", kind="meeting", number_id=None)
    told = standing(rep)
    assert (told["call:day"]["fact"], told["call:month"]["fact"], told["meeting:month"]["fact"]) == ("1", "1", "1")
    move_clock(office.db, days=40)
    assert standing(rep)["call:month"]["fact"] == "0"


def test_a_corrected_contact_counts_once(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    ask(office.desk("admin"), norms=[{"kind": "call", "per": "day", "minimum": 5}])
    kept = rep.say(rep.claim(), "hung_up")
    rep.post(f"/v1/contacts/{kept['id']}/correct", {"disposition": "gatekeeper"}, status=201)
    assert standing(rep)["call:day"]["fact"] == "1"


def test_plans_count_results_and_money(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    plans = [
        {"result": "sale", "per": "week", "target": 1},
        {"result": "value", "per": "month", "target": 1000, "currency": "PLN"},
    ]
    ask(office.desk("admin"), plans=plans)
    rep.say(rep.claim(), "sale", value="250.50", currency="PLN")
    told = standing(rep, "plans")
    assert (told["sale:week"]["fact"], told["sale:week"]["state"]) == ("1", "reached")
    assert (told["value:month"]["fact"], told["value:month"]["target"]) == ("250.50", "1000")


def test_a_supervisor_sees_the_own_team_only(office: Office) -> None:
    team = office.team()
    boss, rep, _ = office.desk("supervisor", team=team), office.desk(team=team), office.desk()
    assert [one["person_id"] for one in boss.get("/v1/norms")["items"]] == [rep.id]
    assert len(office.desk("admin").get("/v1/norms")["items"]) == 2


def test_money_without_a_currency_is_no_plan(office: Office) -> None:
    admin = office.desk("admin")
    pool = admin.get("/v1/pools")["items"][0]["id"]
    for wrong in ({"result": "value"}, {"result": "sale", "currency": "PLN"}):
        body = {"policy": {"plans": [{"per": "week", "target": 1, **wrong}]}}
        assert admin.ask("PATCH", f"/v1/pools/{pool}", body).status_code == 422
