"""What pools have to give, why a queue is empty, who is calling in, and who is told of what."""

from datetime import UTC, datetime, timedelta
from typing import Any

from shared.ids import encode
from shared.keyed_hash import hash_of
from tests.builders import add_lead, add_number, move_clock
from tests.integration.desk import Office


def why(desk: Any) -> Any:
    return desk.get("/v1/queue/why")


def test_a_forecast_says_when_a_pool_is_dry(office: Office) -> None:
    for _ in range(5):
        add_lead(office.db)
    admin, rep = office.desk("admin"), office.desk()
    pool = admin.get("/v1/pools")["items"][0]["id"]
    norm = {"daily_norm": {"minimum": 2, "maximum": 4}}
    admin.ask("PATCH", f"/v1/pools/{pool}", {"policy": norm})
    rep.say(rep.claim(), "hung_up")
    told = admin.get(f"/v1/pools/{pool}/forecast")
    assert (told["eligible_now"], told["reps"], told["calls_a_day"]) == (4, 1, 2)
    assert (told["eligible_tomorrow"], told["capacity_in_30_days"]) == (4, 60)
    today = datetime.now(UTC).date()
    assert told["dry_on"] in {str(today + timedelta(days=ahead)) for ahead in (2, 3)}


def test_a_pool_nobody_is_served_by_is_never_dry(office: Office) -> None:
    add_lead(office.db)
    admin = office.desk("admin")
    pool = admin.get("/v1/pools")["items"][0]["id"]
    told = admin.get(f"/v1/pools/{pool}/forecast")
    assert (told["eligible_now"], told["dry_on"]) == (1, None)


def test_a_queue_that_gives_something_has_no_reason(office: Office) -> None:
    add_lead(office.db)
    told = why(office.desk())
    assert (told["reason"], told["pools"][0]["waiting"], told["pools"][0]["open_now"]) == (None, 1, 1)


def test_an_empty_queue_says_which_gate_is_shut(office: Office) -> None:
    rep = office.desk()
    assert why(rep)["reason"] == "queue_empty"
    add_lead(office.db)
    rep.post("/v1/assignments/reclaim", {}, status=403)
    given = rep.claim()
    rep.say(given, "hung_up")
    told = why(rep)
    assert (told["reason"], told["pools"][0]["parked"]) == ("queue_empty", 1)
    assert told["pools"][0]["wakes_at"] > (datetime.now(UTC) + timedelta(days=29)).isoformat()


def test_a_cap_is_told_with_its_number(office: Office) -> None:
    add_lead(office.db), add_lead(office.db)
    admin, rep = office.desk("admin"), office.desk()
    admin.ask("PATCH", f"/v1/pools/{admin.get('/v1/pools')['items'][0]['id']}", {"policy": {"open_cap": 1}})
    rep.claim()
    (pool,) = why(rep)["pools"]
    assert (pool["reason"], pool["held"], pool["open_cap"]) == ("cap_reached", 1, 1)


def test_a_country_without_a_pack_is_told(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    office.db.execute(
        'INSERT INTO policy (pool_id, version, rules) SELECT id, 2, \'{"calling_hours": "pack"}\' FROM pool'
    )
    office.db.execute("UPDATE rule_pack SET valid_until = '2026-01-02'")
    told = why(rep)
    assert (told["reason"], told["pools"][0]["opens_at"]) == ("no_rule_pack", None)


def test_who_was_barred_is_told_so(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    given = rep.claim()
    rep.post(f"/v1/assignments/{given['id']}/release", {"fence": given["fence"], "reason": "no_time"})
    assert why(rep)["reason"] == "barred_for_you"
    assert why(office.desk())["reason"] is None


def test_who_is_away_is_told_so(office: Office) -> None:
    team = office.team()
    boss, rep = office.desk("supervisor", team=team), office.desk(team=team)
    boss.post(
        f"/v1/people/{rep.id}/absence", {"until": (datetime.now(UTC) + timedelta(days=1)).isoformat()}, status=201
    )
    assert why(rep)["reason"] == "not_on_duty"


def test_whoever_calls_in_is_put_through(office: Office) -> None:
    number = add_number(office.db, "+48601234567")
    lead = add_lead(office.db, numbers=[number])
    holder, other = office.desk(), office.desk()
    holder.say(holder.claim(), "interested")
    (found,) = other.post("/v1/lookups", {"number": "601 234 567", "country": "PL"})["items"]
    assert (found["id"], found["holder_id"], found["last_rep_id"]) == (encode("lead", lead), holder.id, holder.id)
    assert other.post("/v1/lookups", {"number": "+48 22 111 22 33"})["items"] == []
    kept = office.value("SELECT detail::text FROM audit WHERE action = 'number_looked_up' ORDER BY id LIMIT 1")
    assert "601234567" not in kept


def test_look_ups_are_counted_and_end(office: Office) -> None:
    rep = office.desk()
    answer = rep.ask("POST", "/v1/lookups", {"number": "+48601234567"})
    assert answer.headers["RateLimit-Policy"] == '"lookups";q=200;w=86400'
    left, _, resets_in_s = answer.headers["RateLimit"].partition(";t=")
    assert left == '"lookups";r=199'
    assert 0 < int(resets_in_s) <= 90_000  # a day may have 25 hours
    office.db.execute("UPDATE day_count SET count = 200 WHERE kind = 'lookups'")
    refused = rep.ask("POST", "/v1/lookups", {"number": "+48601234567"})
    assert (refused.status_code, refused.json["code"]) == (429, "too_many_requests")
    assert refused.headers["RateLimit"].startswith('"lookups";r=0;t=')
    assert 0 < int(refused.headers["Retry-After"]) <= 90_000
    move_clock(office.db, days=1)
    rep.post("/v1/lookups", {"number": "+48601234567"})


def test_a_subscriber_is_told_of_its_topic(office: Office) -> None:
    admin = office.desk("admin")
    body = {"topic": "assignment.ended", "url": "https://crm.example/hooks"}
    made = admin.post("/v1/subscriptions", body, status=201)
    add_lead(office.db)
    rep = office.desk()
    rep.say(rep.claim(), "not_interested")
    (shown,) = admin.get("/v1/subscriptions")["items"]
    assert (shown["id"], shown["waiting"]) == (made["id"], 1)
    assert admin.ask("DELETE", f"/v1/subscriptions/{made['id']}").status_code == 204
    assert admin.ask("DELETE", f"/v1/subscriptions/{made['id']}").status_code == 404
    assert admin.get("/v1/subscriptions")["items"] == []


def test_a_topic_that_never_comes_is_refused(office: Office) -> None:
    admin = office.desk("admin")
    for wrong in ({"topic": "moon.full"}, {"url": "ftp://x.example/"}, {"url": "https://me:secret@x.example/"}):
        body = {"topic": "upload.ready", "url": "https://crm.example/hooks", **wrong}
        admin.post("/v1/subscriptions", body, status=422)


def test_a_number_of_a_suppressed_person_is_still_recognised(office: Office) -> None:
    """Whoever calls us is answered: a suppression bars our calls, not theirs."""
    key = hash_of(office.app.config["LEADMILL_SECRET"], "number", "+48601234567")
    number = add_number(office.db, "+48601234567")
    office.db.execute("UPDATE number SET key_hash = %s WHERE id = %s", (key, number))
    add_lead(office.db, numbers=[number])
    rep = office.desk()
    rep.say(rep.claim(), "do_not_call")
    assert len(rep.post("/v1/lookups", {"number": "+48601234567"})["items"]) == 1
