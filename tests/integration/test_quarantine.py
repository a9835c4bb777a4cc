"""What people do about dead numbers: list, search, release, extend, calendar; recheck calls; lists out and results in."""

import csv
import hmac
import io
from typing import Any

import pytest

from shared.hygiene.line import guard_lines
from shared.ids import encode
from shared.keyed_hash import hash_of
from shared.storage.engine import Ledger
from tests.builders import add_lead, add_number, add_upload, move_clock, observe
from tests.integration.desk import Desk, Office

DIGITS = "+48600900900"


def number_id(number: int) -> str:
    return encode("number", number)


def add_dead(office: Office, e164: str = DIGITS) -> int:
    """A dead number with a lead of its own, known by the installation's own hash."""
    number = add_number(office.db, e164)
    secret = office.app.config["LEADMILL_SECRET"]
    office.db.execute("UPDATE number SET key_hash = %s WHERE id = %s", (hash_of(secret, "number", e164), number))
    add_lead(office.db, numbers=[number])
    observe(office.database_url, number, "unallocated", provider="probe")
    return number


def status(office: Office, number: int) -> Any:
    return office.value("SELECT line_status FROM number WHERE id = %s", number)


def ring_at_any_hour(office: Office) -> None:
    office.db.execute(
        "INSERT INTO policy (pool_id, version, rules) SELECT id, 1, '{\"calling_hours\": null}' FROM pool WHERE name = 'recheck' ON CONFLICT DO NOTHING"
    )


def recheck_rep(office: Office) -> Desk:
    ring_at_any_hour(office)
    return office.desk(pool="recheck")


def send(desk: Desk, path: str, body: bytes, **headers: str) -> Any:
    return desk._client.post(path, data=body, headers={"Authorization": desk._authorization, **headers})


def test_quarantine_is_filtered_and_searched(office: Office) -> None:
    number, boss = add_dead(office), office.desk("supervisor")
    upload = office.value("SELECT upload_id FROM record")
    shown = [number_id(number)]
    other = encode("upload", add_upload(office.db))
    for query, found in {
        "country=PL": shown, "country=DE": [], "reason=unallocated": shown, "reason=fax": [],
        "due_before=2020-01-01T00:00:00Z": [], f"upload_id={encode('upload', upload)}": shown, f"upload_id={other}": [],
    }.items():  # fmt: skip
        assert [row["number_id"] for row in boss.get(f"/v1/quarantine?{query}")["items"]] == found, query
    searched = boss.post("/v1/quarantine/search", {"number": "600 900 900", "country": "PL"})
    assert [row["number_id"] for row in searched["items"]] == shown
    assert boss.post("/v1/quarantine/search", {"number": "none"})["items"] == []


def test_a_calendar_shows_what_comes_due(office: Office) -> None:
    add_dead(office)
    boss = office.desk("supervisor")
    assert boss.get("/v1/quarantine/calendar?weeks=4")["items"] == []
    (week,) = boss.get("/v1/quarantine/calendar?weeks=40")["items"]
    assert (week["due"], week["overdue"], week["again"]) == (1, 0, 0)
    move_clock(office.db, days=220)
    assert boss.get("/v1/quarantine/calendar")["items"][0]["overdue"] == 1


def test_a_supervisor_releases_a_number_with_a_reason(office: Office) -> None:
    number, boss = add_dead(office), office.desk("admin")
    path = f"/v1/numbers/{number_id(number)}/release"
    assert boss.post(path, {"reason": "bored"}, status=422)["code"] == "invalid_body"
    assert boss.post(path, {"reason": "client_confirmed"})["line_status"] == "unverified"
    assert (
        office.value("SELECT detail ->> 'reason' FROM audit WHERE action = 'quarantine_returned'") == "client_confirmed"
    )
    assert office.desk().claim() is not None
    assert boss.post(path, {"reason": "client_confirmed"}, status=409)["code"] == "not_in_quarantine"


def test_a_supervisor_puts_a_recheck_off(office: Office) -> None:
    number, boss = add_dead(office), office.desk("admin")
    path = f"/v1/numbers/{number_id(number)}/extend"
    put_off = boss.post(path, {"until": "2029-01-01T00:00:00+00:00", "reason": "seasonal"})
    assert put_off["recheck_at"].startswith("2029-01-01T00:00:00")
    assert boss.post(path, {"until": "2020-01-01T00:00:00Z", "reason": "seasonal"}, status=422)["code"] == "date_passed"
    assert (
        boss.post(path, {"until": "2099-01-01T00:00:00Z", "reason": "seasonal"}, status=422)["code"] == "date_too_far"
    )
    assert office.value("SELECT recheck_at::date::text FROM quarantine") == "2029-01-01"
    boss.post(f"/v1/numbers/{number_id(number)}/release", {"reason": "wrong_verdict"})
    body = {"until": "2029-01-01T00:00:00Z", "reason": "seasonal"}
    assert boss.post(path, body, status=409)["code"] == "not_in_quarantine"


def test_numbers_of_other_teams_look_absent(office: Office) -> None:
    number = add_dead(office)
    stranger = office.desk("supervisor", team=office.team())
    path = f"/v1/numbers/{number_id(number)}/release"
    assert stranger.post(path, {"reason": "called_back"}, status=404)["code"] == "not_found"
    assert office.desk().ask("POST", path, {"reason": "called_back"}).status_code == 403


@pytest.mark.parametrize(
    ("answer", "line"),
    [("alive", "unverified"), ("dead", "dead"), ("somebody_else", "wrong_party"), ("no_answer", "dead")],
)
def test_a_rep_rings_a_due_number_again(office: Office, answer: str, line: str) -> None:
    number, rep = add_dead(office), recheck_rep(office)
    assert rep.post("/v1/rechecks/next", {}) == {"recheck": None, "reason": "none_due"}
    move_clock(office.db, days=220)
    given = rep.post("/v1/rechecks/next", {})["recheck"]
    assert (given["number_id"], given["e164"]) == (number_id(number), DIGITS)
    assert rep.post("/v1/rechecks/next", {})["recheck"] == given
    path = f"/v1/rechecks/{given['id']}/result"
    assert rep.post(path, {"answer": answer})["line_status"] == line
    assert rep.post(path, {"answer": answer}, status=409)["code"] == "check_answered"
    assert rep.post("/v1/rechecks/next", {})["reason"] == "none_due"


def test_a_queue_without_leads_gives_a_number_to_ring_again(office: Office) -> None:
    number, rep = add_dead(office), recheck_rep(office)
    assert rep.post("/v1/queue/next", {})["recheck"] is None
    move_clock(office.db, days=220)
    told = rep.post("/v1/queue/next", {})
    assert (told["assignments"], told["recheck"]["number_id"]) == ([], number_id(number))
    assert rep.post("/v1/queue/next", {})["recheck"] == told["recheck"]
    assert office.desk().post("/v1/queue/next", {})["recheck"] is None
    rep.post(f"/v1/rechecks/{told['recheck']['id']}/result", {"answer": "alive"})
    assert rep.post("/v1/queue/next", {})["recheck"] is None


def test_who_nobody_has_named_rings_again_too(office: Office) -> None:
    number, rep = add_dead(office), office.desk()
    ring_at_any_hour(office)
    move_clock(office.db, days=220)
    assert rep.post("/v1/queue/next", {})["recheck"]["number_id"] == number_id(number)
    recheck_rep(office)
    assert rep.post("/v1/rechecks/next", {})["reason"] == "not_in_pool"


def test_a_number_whose_country_sleeps_holds_up_nobody(office: Office) -> None:
    add_dead(office)
    awake, rep = add_dead(office, "+442079460018"), recheck_rep(office)
    office.db.execute("UPDATE number SET country = 'GB' WHERE id = %s", (awake,))
    move_clock(office.db, days=240)
    office.db.execute("UPDATE country SET may_call = false WHERE code = 'PL'")
    assert rep.post("/v1/rechecks/next", {})["recheck"]["number_id"] == number_id(awake)


def test_a_number_that_works_again_is_somebody_elses_until_they_answer(office: Office) -> None:
    number, rep = add_dead(office), office.desk()
    move_clock(office.db, days=220)
    observe(office.database_url, number, "active", provider="probe")
    given = rep.claim()
    assert [one["new_owner"] for one in given["lead"]["numbers"]] == [True]
    rep.say(given, "interested")
    (held,) = rep.get("/v1/queue")["items"]
    assert [one["new_owner"] for one in held["lead"]["numbers"]] == [False]


def test_leads_come_before_rechecks(office: Office) -> None:
    add_dead(office)
    rep = recheck_rep(office)
    move_clock(office.db, days=220)
    office.db.execute(
        "INSERT INTO pool_person (pool_id, person_id) SELECT id, %s FROM pool WHERE name = 'default'", (rep.person,)
    )
    add_lead(office.db)
    told = rep.post("/v1/queue/next", {})
    assert (len(told["assignments"]), told["recheck"]) == (1, None)
    assert rep.post("/v1/queue/next", {})["recheck"] is not None


def test_a_private_stranger_is_kept_as_a_hash_only(office: Office) -> None:
    number, rep = add_dead(office), recheck_rep(office)
    office.db.execute("UPDATE raw_row SET cells = '{Firma,600 900 900}'")
    office.db.execute('UPDATE record SET forms = \'[1, ["+48600900900", "+48600900901"]]\'')
    move_clock(office.db, days=220)
    path = f"/v1/rechecks/{rep.post('/v1/rechecks/next', {})['recheck']['id']}/result"
    assert rep.post(path, {"answer": "dead", "private": True}, status=422)["code"] == "not_a_stranger"
    rep.post(path, {"answer": "somebody_else", "private": True})
    assert office.db.execute("SELECT e164, suppressed FROM number WHERE id = %s", (number,)).fetchone() == (None, True)
    assert office.value("SELECT reason FROM suppression") == "stranger"
    assert office.value("SELECT cells FROM raw_row") == ["Firma", ""]
    assert office.value("SELECT forms FROM record") == [1, [f"+0{number}", "+48600900901"]]


def test_rechecks_are_a_small_share_of_a_day(office: Office) -> None:
    for n in range(7):
        add_dead(office, f"+4860090010{n}")
    rep = recheck_rep(office)
    move_clock(office.db, days=220)
    for _ in range(5):
        given = rep.post("/v1/rechecks/next", {})["recheck"]
        rep.post(f"/v1/rechecks/{given['id']}/result", {"answer": "dead"})
    assert rep.post("/v1/rechecks/next", {})["reason"] == "enough_today"


def test_recheck_calls_are_for_their_pool_and_hours(office: Office) -> None:
    add_dead(office)
    rep = recheck_rep(office)
    move_clock(office.db, days=220)
    assert office.desk().post("/v1/rechecks/next", {})["reason"] == "not_in_pool"
    office.db.execute("UPDATE country SET may_call = false WHERE code = 'PL'")
    assert rep.post("/v1/rechecks/next", {})["reason"] == "none_due"
    office.db.execute("UPDATE country SET may_call = true WHERE code = 'PL'")
    boss = office.desk("admin")
    assert (
        boss.ask("PATCH", "/v1/line-checks/rules", {"provider": "lists", "reason": "bought"}).json["provider"]
        == "lists"
    )
    assert rep.post("/v1/rechecks/next", {})["reason"] == "other_provider"
    foreign = encode("line_check", 77)
    assert rep.post(f"/v1/rechecks/{foreign}/result", {"answer": "dead"}, status=404)["code"] == "not_found"


def test_lists_go_out_and_results_come_in(office: Office) -> None:
    number, boss = add_dead(office), office.desk("admin")
    move_clock(office.db, days=220)
    (row,) = csv.DictReader(io.StringIO(boss.ask("POST", "/v1/line-checks/out", {}).text))
    assert (row["number"], row["country"]) == (DIGITS, "PL")
    results = f"number;status\r\n{DIGITS};Reachable\r\n+48600000001;inactive\r\nnobody;active\r\n".encode()
    assert send(boss, "/v1/line-checks/results", results).json == {"written": 1, "known": 0, "absent": 1, "silent": [3]}
    assert send(boss, "/v1/line-checks/results", results).json["known"] == 1
    assert status(office, number) == "unverified"
    assert send(boss, "/v1/line-checks/results", b"\xff\xfe\x00").json["code"] == "results_unreadable"


def test_only_a_signed_webhook_is_heard(office: Office) -> None:
    number, boss = add_dead(office), office.desk("admin")
    move_clock(office.db, days=220)
    key = bytes.fromhex(boss.get("/v1/line-checks/key")["key"])
    body = b'[{"phone_number": "%b", "line_status": "active"}]' % DIGITS.encode()
    wrong = send(boss, "/v1/line-checks/webhook", body, **{"Leadmill-Signature": "sha256=00"})
    assert (wrong.status_code, status(office, number)) == (403, "dead")
    signature = hmac.digest(key, body, "sha256").hex()
    answer: Any = boss._client.post(
        "/v1/line-checks/webhook", data=body, headers={"Leadmill-Signature": f"sha256={signature}"}
    )
    assert (answer.json["written"], status(office, number)) == (1, "unverified")


def test_a_supervisor_sees_and_decides_what_is_held(office: Office) -> None:
    numbers, boss = [add_number(office.db) for _ in range(15)], office.desk("supervisor")
    lines = "".join(f"{office.value('SELECT e164 FROM number WHERE id = %s', n)},unallocated\n" for n in numbers)
    send(office.desk("admin"), "/v1/line-checks/results", f"number,status\n{lines}".encode())
    assert {status(office, number) for number in numbers} == {"suspect"}
    shown = boss.get("/v1/line-holds")["items"]
    assert {hold["kind"] for hold in shown} == {"trunk", "hour"}
    for hold in shown:
        body = {"confirmed": True, "reason": "a bad list"}
        assert boss.post(f"/v1/line-holds/{hold['id']}/decide", body)["state"] == "confirmed"
    assert {status(office, number) for number in numbers} == {"dead"}
    body = {"confirmed": False, "reason": "changed my mind"}
    assert boss.post(f"/v1/line-holds/{shown[0]['id']}/decide", body, status=409)["code"] == "hold_decided"
    assert len(boss.get("/v1/line-holds?decided=true&limit=1")["items"]) == 1
    assert boss.post(f"/v1/line-holds/{encode('line_hold', 99)}/decide", body, status=404)["code"] == "not_found"


def test_the_refuted_share_stands_beside_the_rep(office: Office) -> None:
    rep, admin = office.desk(), office.desk("admin")
    numbers = [add_number(office.db) for _ in range(3)]
    for number in numbers:
        observe(office.database_url, number, "disconnected", person=rep.person)
    move_clock(office.db, days=1)
    observe(office.database_url, numbers[0], "active", provider="probe")
    row = {"person_id": rep.id, "told": 3, "refuted": 1}
    for desk in (rep, admin):
        assert desk.get("/v1/line-holds/witnesses")["items"] == [row]
    assert office.desk().get("/v1/line-holds/witnesses")["items"] == []
    move_clock(office.db, days=100)
    assert admin.get("/v1/line-holds/witnesses")["items"] == []


def test_rules_are_shown_and_changed_by_an_admin_only(office: Office) -> None:
    boss, admin = office.desk("supervisor"), office.desk("admin")
    assert boss.get("/v1/line-checks/rules")["daily_budget"] == 1000
    change = {"daily_budget": 5, "monthly_budget": 10.5, "reason": "a tight month"}
    assert boss.ask("PATCH", "/v1/line-checks/rules", change).status_code == 403
    assert admin.ask("PATCH", "/v1/line-checks/rules", change).json["monthly_budget"] == 10.5
    assert office.value("SELECT count(*) FROM line_rule") == 2


def test_a_desk_with_a_bad_headset_declares_nobody_dead(office: Office) -> None:
    """Three reps share a desk in turn; one alone has too few dead lines to be noticed."""
    for n in range(15):
        add_lead(office.db, numbers=[add_number(office.db, f"+486009002{n:02d}")])
    reps = [office.desk() for _ in range(3)]
    for n in range(15):
        rep = reps[n % 3]
        rep.say(rep.claim(), "disconnected", desk="room-2/7")
    ledger = Ledger(office.database_url, application_name="leadmill-test", max_connections=1)
    with ledger.transaction() as connection:
        assert (guard_lines(connection, ["rep"]), guard_lines(connection, ["desk"])) == (0, 1)
    ledger.dispose()
    (hold,) = office.desk("supervisor").get("/v1/line-holds")["items"]
    assert (hold["kind"], hold["subject"], hold["dead"]) == ("desk", "room-2/7", 15)
    assert office.value("SELECT count(*) FROM number WHERE line_status = 'suspect'") == 15
    told = office.value("SELECT id FROM number ORDER BY id LIMIT 1")
    evidence = office.desk("admin").get(f"/v1/numbers/{number_id(told)}")["evidence"]
    assert [one["held"] for one in evidence] == [True]


@pytest.mark.parametrize(
    ("e164", "country", "kind", "zones", "assumed"),
    [
        ("+48600900901", "PL", "mobile", 1, False),
        ("+74951234567", "RU", "fixed_line", 1, False),
        ("+79161234567", "RU", "mobile", 1, True),
        ("+12125550123", "US", "fixed_line_or_mobile", 1, True),
    ],
)
def test_a_number_tells_where_it_may_be(
    office: Office, e164: str, country: str, kind: str, zones: int, *, assumed: bool
) -> None:
    number = add_number(office.db, e164)
    office.db.execute("UPDATE number SET country = %s, type = %s WHERE id = %s", (country, kind, number))
    add_lead(office.db, numbers=[number])
    shown = office.desk("admin").get(f"/v1/numbers/{number_id(number)}")
    assert (len(shown["zones"]), shown["zones_assumed"]) == (zones, assumed)
