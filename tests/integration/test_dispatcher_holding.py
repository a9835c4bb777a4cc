"""What a rep does besides calling: prolong, give back, hand on, tell what was learned."""

from typing import Any

from shared.ids import encode
from tests.builders import add_lead, add_number, move_clock
from tests.integration.desk import Desk, Office


def do(desk: Desk, given: Any, action: str, *, status: int = 200, **fields: object) -> Any:
    return desk.post(f"/v1/assignments/{given['id']}/{action}", {"fence": given["fence"], **fields}, status=status)


def test_an_extension_moves_the_end(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    given = rep.claim()
    move_clock(office.db, minutes=1)
    extended = do(rep, given, "extend")
    assert extended["expires_at"] > given["expires_at"]
    assert extended["fence"] == given["fence"]


def test_the_ceiling_stops_extensions(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    working = rep.say(rep.claim(), "interested")["assignment"]
    office.db.execute("UPDATE assignment SET offered_at = offered_at - interval '30 days'")
    assert do(rep, working, "extend", status=422)["code"] == "extension_exhausted"
    office.db.execute("UPDATE assignment SET offered_at = offered_at + interval '30 days'")


def test_a_release_needs_a_reason(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    assert do(rep, rep.claim(), "release", status=422)["fields"] == ["reason"]


def test_a_released_lead_goes_to_others_not_back(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    assert do(rep, rep.claim(), "release", reason="wrong_language")["end_reason"] == "released"
    assert rep.claim() is None
    assert office.desk().claim() is not None


def test_the_sixth_release_of_a_day_is_refused(office: Office) -> None:
    rep = office.desk()
    for _ in range(6):
        add_lead(office.db)
    for _ in range(5):
        do(rep, rep.claim(), "release", reason="other")
    assert do(rep, rep.claim(), "release", reason="other", status=422)["code"] == "release_limit"


def test_a_release_after_a_contact_is_free(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    given = rep.claim()
    rep.say(given, "interested")
    assert do(rep, given, "release")["end_reason"] == "released"
    assert office.value("SELECT count(*) FROM day_count WHERE kind = 'releases'") == 0


def test_a_handoff_passes_the_rest_for_its_taker(office: Office) -> None:
    add_lead(office.db)
    rep, taker, other = office.desk(), office.desk(), office.desk()
    given = rep.claim()
    rep.say(given, "interested")
    do(rep, given, "handoff", person_id=taker.id, note="call after noon")
    assert other.claim() is None
    taken = taker.claim()
    assert (taken["lead"]["id"], taken["promise"]["kind"]) == (given["lead"]["id"], "handoff")
    taker.say(taken, "not_interested")


def test_a_handoff_to_a_pool_is_for_whoever_it_serves(office: Office) -> None:
    add_lead(office.db)
    office.db.execute("INSERT INTO pool (name) VALUES ('closers')")
    office.db.execute(
        "INSERT INTO policy (pool_id, version, rules) SELECT id, 1, '{\"calling_hours\": null}' FROM pool WHERE name = 'closers'"
    )
    rep, closer = office.desk(), office.desk(pool="closers")
    given = rep.claim()
    rep.say(given, "interested")
    pool = next(item["id"] for item in closer.get("/v1/pools")["items"] if item["name"] == "closers")
    do(rep, given, "handoff", pool_id=pool)
    assert rep.claim() is None
    assert closer.claim()["pool_id"] == pool


def test_a_free_number_that_was_learned_can_be_dialled(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    given = rep.claim()
    answer = do(rep, given, "proposals", status=201, numbers=["+48 601 234 567"], person="Jan Kowalski")
    assert [number["result"] for number in answer["numbers"]] == ["bound"]
    assert "+48601234567" in [number["e164"] for number in answer["assignment"]["lead"]["numbers"]]
    rep.say({**given, "lead": answer["assignment"]["lead"]}, "not_interested", number=1)


def test_a_number_that_others_hold_is_told_and_no_more(office: Office) -> None:
    number = add_number(office.db, "+48601234567")
    add_lead(office.db, numbers=[number])
    office.desk().claim()
    office.db.execute("UPDATE number SET key_hash = %s", (_hash(office, "+48601234567"),))
    add_lead(office.db)
    rep = office.desk()
    answer = do(rep, rep.claim(), "proposals", status=201, numbers=["+48601234567"])
    assert [found["result"] for found in answer["numbers"]] == ["held"]


def test_a_proposal_of_nothing_is_refused(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    assert do(rep, rep.claim(), "proposals", status=422)["code"] == "invalid_body"


def _hash(office: Office, e164: str) -> bytes:
    from shared.keyed_hash import hash_of

    return hash_of(office.app.config["LEADMILL_SECRET"], "number", e164)


def test_a_rep_on_the_phone_loses_nothing(office: Office) -> None:
    add_lead(office.db)
    rep, boss = office.desk(), office.desk("admin")
    given = rep.claim()
    do(rep, given, "calls", number_id=given["lead"]["numbers"][0]["id"])
    taken = boss.post("/v1/assignments/reclaim", {"rep": rep.id, "reason": "stale"})
    assert (taken["reclaimed"], taken["left"]) == ([], [given["id"]])
    taken = boss.post("/v1/assignments/reclaim", {"rep": rep.id, "reason": "stale", "even_so": True})
    assert taken["reclaimed"] == [given["id"]]


def test_a_call_moves_the_end_an_hour_ahead(office: Office) -> None:
    add_lead(office.db)
    office.db.execute(
        'INSERT INTO policy (pool_id, version, rules) SELECT id, 2, \'{"calling_hours": null, "working_hours": null}\' FROM pool'
    )
    rep = office.desk()
    given = rep.claim()
    do(rep, given, "calls", number_id=given["lead"]["numbers"][0]["id"])
    move_clock(office.db, minutes=50)
    assert rep.say(given, "interested")["late"] is False


def test_a_foreign_number_cannot_be_called(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    number = encode("number", add_number(office.db))
    assert do(rep, rep.claim(), "calls", status=404, number_id=number)["code"] == "not_found"
