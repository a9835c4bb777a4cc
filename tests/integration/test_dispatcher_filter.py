"""What is done to many leads at once chooses them by any filter of the board, with a preview first."""

from tests.builders import add_lead, move_clock
from tests.integration.desk import Office


def test_only_what_fits_the_filter_is_taken_back(office: Office) -> None:
    for _ in range(3):
        add_lead(office.db)
    admin, rep = office.desk("admin"), office.desk()
    held = [rep.claim() for _ in range(3)]
    rep.say(held[0], "interested", stage="proposal")
    admin.ask("PATCH", f"/v1/leads/{held[1]['lead']['id']}", {"rank": "B"})
    chosen = {"stage=proposal": 0, "rank=B": 1}
    for query, place in chosen.items():
        name, _, value = query.partition("=")
        assert [row["id"] for row in admin.get(f"/v1/assignments?{query}")["items"]] == [held[place]["id"]]
        would = admin.post("/v1/assignments/reclaim", {name: value, "reason": "tidy", "dry_run": True})
        assert would["reclaimed"] == [held[place]["id"]]
    done = admin.post("/v1/assignments/reclaim", {"stage": "qualification", "rank": "none", "reason": "tidy"})
    assert done["reclaimed"] == [held[2]["id"]]
    assert admin.get("/v1/assignments?country=DE")["items"] == []


def test_what_expires_soon_is_passed_on(office: Office) -> None:
    add_lead(office.db), add_lead(office.db)
    admin, rep, other = office.desk("admin"), office.desk(), office.desk()
    first = rep.claim()
    move_clock(office.db, minutes=20)
    rep.claim()
    body = {"expires_within": "15m", "to_person_id": other.id, "reason": "meeting"}
    assert admin.post("/v1/assignments/transfer", body)["transferred"] == [first["id"]]


def test_nothing_is_taken_from_everybody_by_mistake(office: Office) -> None:
    refused = office.desk("admin").post("/v1/assignments/reclaim", {"reason": "x"}, status=422)
    assert refused["code"] == "invalid_body"
