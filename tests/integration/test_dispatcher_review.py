"""Reviews side by side: what speaks for and against, what people decide, and how that comes out against the score."""

from typing import Any

import pytest

from shared.ids import encode
from tests.builders import one
from tests.integration.desk import Desk, Office
from tests.integration.line import Line

ANNA = ("Nova Dental", "Anna Nowak", "601 202 303", "", "ul. Polna 3", "Warszawa", "PL")
NOBODY = ("Nova Dental", "", "601 202 303", "", "ul. Polna 3", "Warszawa", "PL")
OTHER = ("Huta Mewa", "Ewa Lis", "605 606 707", "ewa@huta-mewa.pl", "ul. Morska 4", "Gdynia", "PL")


def in_doubt(line: Line, desk: Desk, *, later_first: bool = False) -> Any:
    """A review of two leads, one of which names no person."""
    rows = (NOBODY, ANNA) if later_first else (ANNA, NOBODY)
    for row in rows:
        line.take_list([row])
    (review,) = desk.get("/v1/reviews")["items"]
    return review


def test_a_review_stands_side_by_side(office: Office, line: Line) -> None:
    desk = office.desk("supervisor")
    shown = desk.get(f"/v1/reviews/{in_doubt(line, desk)['id']}")
    evidence = shown["evidence"]
    assert (shown["golden_a"]["person"], "person" in shown["golden_b"]) == (evidence["a"]["fields"]["person"], False)
    compared = {field["field"]: field for field in evidence["fields"]}
    assert (compared["phone"]["level"], compared["address"]["level"]) == ("exact", "exact")
    assert compared["total"]["weight"] == evidence["score"] == pytest.approx(shown["score"], abs=0.05)
    weights = sum(field["weight"] for name, field in compared.items() if name != "total")
    assert weights == pytest.approx(evidence["score"], abs=0.1)
    assert evidence["decision"] == "review"
    assert evidence["review_from"] <= evidence["score"] < evidence["merge_from"]
    assert {"kind": "phone", "values": ["1202303"], "records": 2, "used": True} in evidence["keys"]


def test_sides_are_those_of_the_leads(office: Office, line: Line) -> None:
    desk = office.desk("supervisor")
    review = in_doubt(line, desk, later_first=True)
    shown = desk.get(f"/v1/reviews/{review['id']}")
    assert "person" not in shown["golden_a"]
    assert "person" not in shown["fields_a"]
    assert "person" not in shown["evidence"]["a"]["fields"]


def test_any_two_leads_are_explained(office: Office, line: Line) -> None:
    desk = office.desk("admin")
    one_lead, other = (encode("lead", int(str(line.leads(line.take_list([row]))[0]))) for row in (ANNA, OTHER))
    told = desk.get(f"/v1/leads/{one_lead}/matches/{other}")
    assert (told["decision"], told["keys"], told["model_version"]) == ("distinct", [], "1.shipped")
    assert told["a"]["fields"]["person"] == "Anna Nowak"
    assert desk.ask("GET", f"/v1/leads/{one_lead}/matches/{one_lead}").status_code == 404


@pytest.mark.parametrize(("decision", "leads"), [("merged", 1), ("distinct", 2), ("later", 2)])
def test_what_is_decided_is_done(office: Office, line: Line, decision: str, leads: int) -> None:
    desk = office.desk("supervisor")
    review = in_doubt(line, desk)
    told = desk.post(f"/v1/reviews/{review['id']}/decide", {"decision": decision})
    assert told["state"] == decision
    assert one(line.db, "SELECT count(*) FROM lead WHERE state = 'active'") == leads
    measured = desk.get("/v1/reviews/calibration")
    assert (measured["merged"], measured["distinct"]) == (int(decision == "merged"), int(decision == "distinct"))
    for band in measured["bands"]:
        assert band["lowest"] <= review["score"] < band["highest"]
        assert (band["observed"], 0 < band["expected"] < 1) == (float(decision == "merged"), True)


def test_a_merge_that_is_undone_counts_as_two(office: Office, line: Line) -> None:
    """The machine joined them by the record that both are like; a person knows better."""
    desk = office.desk("supervisor")
    first = ("", "Anna Nowak", "601 202 303", "", "", "", "PL")
    second = ("Druk Polna", "A. Nowak", "602 303 404", "biuro.anny@druk-polna.pl", "ul. Polna 3", "Warszawa", "PL")
    for row in (first, second, (second[0], first[1], f"{first[2]}; {second[2]}", *second[3:])):
        line.take_list([row])
    (merge,) = desk.get("/v1/merges")["items"]
    desk.post(f"/v1/merges/{merge['id']}/undo", {"reason": "two people"})
    assert desk.get("/v1/reviews/calibration")["distinct"] == 1


@pytest.mark.parametrize("said", [0, 1])
def test_who_opted_out_stays_so_when_the_lead_proves_to_be_two(office: Office, line: Line, said: int) -> None:
    """Whichever of them was called: joined they were named by the person, by whom the company alone is not named."""
    phone, place = "22 555 01 10", ("ul. Polna 1", "Gdynia", "PL")
    joined = [("Huta Mewa", "", phone, "", *place), ("Huta Mewa", "Ewa Nowak", phone, "", *place)]
    others = [
        ("Browar Kania", "Jan Lis", phone, "", "ul. Leśna 7", "Lublin", "PL"),
        ("Dąb", "Ola Kot", phone, "", "", "Kraków", "PL"),
    ]
    rows = [*joined, *others]
    leads = [int(str(line.leads(line.take_list([row]))[0])) for row in rows]
    office.value("SELECT merge_leads(%s, %s, NULL, 'test', NULL)", leads[said], leads[1 - said])
    rep = office.desk()
    given = rep.claim()
    assert given["lead"]["id"] == encode("lead", leads[said])
    rep.say(given, "do_not_call")
    assert not office.value("SELECT suppressed FROM number")
    desk = office.desk("supervisor")
    (merge,) = desk.get("/v1/merges")["items"]
    desk.post(f"/v1/merges/{merge['id']}/undo", {"reason": "two people"})
    for lead in leads[:2]:
        assert office.value("SELECT is_suppressed(%s, clock())", lead)
    assert not office.value("SELECT is_suppressed(%s, clock())", leads[2])


def test_a_rep_says_it_is_somebody_else_and_a_person_parts_them(office: Office, line: Line) -> None:
    leads = [int(str(line.leads(line.take_list([row]))[0])) for row in (ANNA, OTHER)]
    office.value("SELECT merge_leads(%s, %s, NULL, 'test', NULL)", *leads)
    rep = office.desk()
    given = rep.claim()
    number = one(
        line.db,
        "SELECT number_id FROM record_number AS n JOIN record AS r ON r.id = n.record_id WHERE r.fields ->> 'company' = 'Huta Mewa'",
    )
    body = {"fence": given["fence"], "number_id": encode("number", number)}
    review = rep.post(f"/v1/assignments/{given['id']}/not-same", body)["review_id"]
    desk = office.desk("supervisor")
    sides = desk.get(f"/v1/reviews/{review}")["evidence"]
    assert [sides[side]["fields"]["company"] for side in "ab"] == ["Nova Dental", "Huta Mewa"]
    desk.post(f"/v1/reviews/{review}/decide", {"decision": "distinct"})
    assert one(line.db, "SELECT count(*) FROM lead WHERE state = 'active'") == 2
    assert desk.get("/v1/reviews/calibration")["distinct"] == 1  # also what the matcher never scored


def test_a_record_that_is_somebody_elses_is_split_off(office: Office, line: Line) -> None:
    again = (ANNA[0], "Anna Nowak", ANNA[2], "anna.nowak@nova-dental.pl", *ANNA[4:])
    leads = [line.leads(line.take_list([row]))[0] for row in (ANNA, again)]
    assert leads[0] == leads[1]
    lead, desk = encode("lead", int(str(leads[0]))), office.desk("admin")
    (pair,) = desk.get(f"/v1/leads/{lead}/matches")["items"]
    newer = next(side for side in (pair["a"], pair["b"]) if "email" in side["fields"])
    body = {"records": [newer["record"]], "reason": "two people"}
    first, second = desk.post(f"/v1/leads/{lead}/split", body)["leads"]
    assert first == lead != second
    golden = "SELECT fields ? 'email' FROM lead WHERE state = 'active' ORDER BY id"
    assert [row[0] for row in line.db.execute(golden)] == [False, True]
    assert desk.get("/v1/reviews/calibration")["distinct"] == 1
    line.take_list([ANNA])
    line.take_list([again])
    assert one(line.db, "SELECT count(*) FROM lead WHERE state = 'active'") == 2


def test_a_rep_loses_the_number_that_is_split_off(office: Office, line: Line) -> None:
    second = (*ANNA[:2], "602 303 404", "anna.nowak@nova-dental.pl", *ANNA[4:])
    for row in (ANNA, (*second[:2], f"{ANNA[2]}; {second[2]}", *second[3:])):
        line.take_list([row])
    given = office.desk().claim()
    assert len(given["lead"]["numbers"]) == 2
    records = [row[0] for row in line.db.execute("SELECT id FROM record ORDER BY id")]
    body = {"records": [encode("record", records[1])], "reason": "two people"}
    office.desk("supervisor").post(f"/v1/leads/{given['lead']['id']}/split", body)
    held = "SELECT count(*) FROM booking WHERE subject_kind = 'number' AND assignment_id IS NOT NULL AND upper(period) > clock()"
    assert one(line.db, held) == 1


def test_what_a_merge_brought_is_not_split_off(office: Office, line: Line) -> None:
    leads = [int(str(line.leads(line.take_list([row]))[0])) for row in (ANNA, OTHER)]
    records = [row[0] for row in line.db.execute("SELECT id FROM record ORDER BY id")]
    office.value("SELECT merge_leads(%s, %s, NULL, 'test', NULL)", *leads)
    desk = office.desk("supervisor")
    for wanted in (records, records[:1], records[1:], [999]):
        body = {"records": [encode("record", record) for record in wanted], "reason": "two"}
        answer = desk.post(f"/v1/leads/{encode('lead', leads[0])}/split", body, status=409)
        assert answer["code"] == "not_its_own"
