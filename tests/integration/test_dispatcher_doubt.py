"""What a rep knows better: not the same, the same, a lead of one's own."""

from typing import Any

from shared.ids import encode
from tests.builders import add_lead, add_number, move_clock
from tests.integration.desk import Desk, Office


def say(rep: Desk, given: Any, what: str, *, status: int = 200, **body: object) -> Any:
    return rep.post(f"/v1/assignments/{given['id']}/{what}", {"fence": given["fence"], **body}, status=status)


def test_not_the_same_leaves_this_call_and_opens_a_review(office: Office) -> None:
    ours, theirs = add_number(office.db), add_number(office.db)
    winner, loser = add_lead(office.db, numbers=[ours]), add_lead(office.db, numbers=[theirs])
    office.value("SELECT merge_leads(%s, %s, NULL, 'test', NULL)", winner, loser)
    rep = office.desk()
    given = rep.claim()
    assert len(given["lead"]["numbers"]) == 2
    answer = say(rep, given, "not-same", number_id=encode("number", theirs))
    assert [number["id"] for number in answer["assignment"]["lead"]["numbers"]] == [encode("number", ours)]
    (review,) = office.desk("admin").get("/v1/reviews")["items"]
    assert (review["id"], review["origin"]) == (answer["review_id"], "rep")
    rep.say(answer["assignment"], "not_interested")


def test_what_was_never_joined_cannot_be_parted(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    assert say(rep, rep.claim(), "not-same", status=422)["code"] == "never_joined"


def test_the_same_client_rests_and_the_pair_is_proposed(office: Office) -> None:
    first, second = add_lead(office.db), add_lead(office.db)
    rep = office.desk()
    rep.say(rep.claim(), "not_interested")
    given = rep.claim()
    body = {"number_id": given["lead"]["numbers"][0]["id"], "lead_id": encode("lead", first)}
    answer = say(rep, given, "same", **body)
    assert answer["assignment"]["end_reason"] == "done"
    (review,) = office.desk("admin").get("/v1/reviews")["items"]
    assert {review["lead_a"], review["lead_b"]} == {encode("lead", first), encode("lead", second)}
    move_clock(office.db, days=29)
    assert office.desk().claim() is None


def test_nobody_says_the_same_of_a_lead_they_never_had(office: Office) -> None:
    add_lead(office.db)
    rep = office.desk()
    given = rep.claim()
    stranger = encode("lead", add_lead(office.db))
    body = {"number_id": given["lead"]["numbers"][0]["id"], "lead_id": stranger}
    assert say(rep, given, "same", status=404, **body)["code"] == "not_found"


def test_a_new_lead_of_ones_own_is_ones_own(office: Office) -> None:
    rep = office.desk()
    found = {"company": "Stolarnia Dąb", "person": "Anna Lis", "numbers": ["+48 601 234 567"], "country": "PL"}
    own = rep.post("/v1/leads", found, status=201)
    assert (own["verdict"], own["assignment"]["lead"]["company"]) == ("new", "Stolarnia Dąb")
    assert [item["id"] for item in rep.get("/v1/queue")["items"]] == [own["assignment"]["id"]]
    rep.say(own["assignment"], "not_interested")


def test_of_a_known_lead_one_learns_only_that(office: Office) -> None:
    found = {"company": "Stolarnia Dąb", "person": "Anna Lis", "numbers": ["+48 601 234 567"], "country": "PL"}
    office.desk().post("/v1/leads", found, status=201)
    assert office.desk().post("/v1/leads", found, status=201) == {
        "verdict": "known",
        "refused": None,
        "assignment": None,
    }


def test_a_lead_without_a_number_to_call_waits(office: Office) -> None:
    found = {"company": "Huta Mewa", "person": "Ewa Nowak", "emails": ["ewa@huta-mewa.pl"], "country": "PL"}
    own = office.desk().post("/v1/leads", found, status=201)
    assert own == {"verdict": "new", "refused": "no_phone", "assignment": None}


def test_a_lead_of_nothing_is_refused(office: Office) -> None:
    assert office.desk().post("/v1/leads", {"city": "Gdynia"}, status=422)["code"] == "empty_lead"
