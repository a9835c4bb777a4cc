"""The acceptance report of a list: what it was worth, what it cost, and what a vendor may see of it."""

import base64
import csv
import hashlib
import io
from typing import Any

from shared.auth import Role
from tests.builders import Connection, move_clock, one
from tests.integration.intake_app import Intake, ready_upload

STOCK = "company;phone;city\nDąb S.A.;+48 601 100 100;Radom\n"
LIST = (
    "company;phone;city\n"
    "Dąb S.A.;601100100;Radom\n"
    "Kwiat Sp. z o.o.;601100200;Radom\n"
    "Kwiat sp. z o.o.;+48601100200;Radom\n"
    "Las S.A.;601100300;Łódź\n"
    "Rzeka;4,479E+10;Płock\n"
    "Góra;+48 119 999 99;Opole\n"
    "Pole;;Ełk\n"
    "-;;\n"
)


def make_upload(intake: Intake, db: Connection) -> str:
    ready_upload(intake, STOCK.encode())
    move_clock(db, days=40)
    return ready_upload(intake, LIST.encode(), source=intake.add_source(cost_per_record="0.50", currency="PLN"))


def call(db: Connection, e164: str, disposition: str) -> None:
    """The first call to a number, as the dispatcher writes it."""
    db.execute(
        "INSERT INTO contact (lead_id, number_id, disposition, contact_made, at)"
        " SELECT lead_id, n.id, %s, false, leadmill.clock() FROM number AS n JOIN lead_number AS ln ON ln.number_id = n.id"
        " WHERE n.e164 = %s",
        (disposition, e164),
    )


def report(intake: Intake, upload: str, audience: str = "own") -> dict[str, Any]:
    answer = intake.ask("GET", f"/v1/uploads/{upload}/report?audience={audience}")
    assert answer.status == 200, answer.text
    return answer.body


def grounds(told: dict[str, Any]) -> dict[str, int | None]:
    return {count["ground"]: count["rows"] for count in told["grounds"] if count["rows"] != 0}


def lines(intake: Intake, upload: str, audience: str = "own") -> list[list[str]]:
    text = intake.ask("GET", f"/v1/uploads/{upload}/report.csv?audience={audience}").text
    return list(csv.reader(io.StringIO(text)))[1:]


def test_each_row_counts_on_one_ground(intake: Intake, db: Connection) -> None:
    told = report(intake, make_upload(intake, db))
    counts = {
        "new": 2,
        "duplicate_in_file": 1,
        "duplicate_of_stock": 1,
        "unreadable": 2,
        "invalid": 1,
        "no_phone": 1,
    }
    assert (told["read"], grounds(told)) == (8, counts)


def test_known_rows_are_told_by_age(intake: Intake, db: Connection) -> None:
    ages = {count["age"]: count["rows"] for count in report(intake, make_upload(intake, db))["stock_by_age"]}
    assert ages == {"under_30_days": 0, "under_90_days": 1, "under_a_year": 0, "older": 0}


def test_cost_is_told_per_new_and_per_reachable_lead(intake: Intake, db: Connection) -> None:
    upload = make_upload(intake, db)
    db.execute("UPDATE number SET line_status = 'dead' WHERE e164 = '+48601100300'")
    told = report(intake, upload)
    assert (told["cost"], told["cost_per_new"], told["reachable"]) == ("4.00", "2.00", 1)
    assert told["cost_per_reachable"] == "4.00"


def test_dead_on_first_call_is_shown_with_its_evidence(intake: Intake, db: Connection) -> None:
    upload = make_upload(intake, db)
    call(db, "+48601100300", "disconnected")
    call(db, "+48601100200", "no_answer")
    call(db, "+48601100200", "disconnected")
    told = report(intake, upload)
    assert (told["called"], grounds(told)["dead_on_first_call"]) == (2, 1)
    dead = [line for line in lines(intake, upload) if line[2] == "dead_on_first_call"]
    assert [(line[1], line[4].split()[0], line[5]) for line in dead] == [("5", "disconnected", "Las S.A.")]


def test_wrong_party_on_first_call_is_a_ground_of_its_own(intake: Intake, db: Connection) -> None:
    upload = make_upload(intake, db)
    call(db, "+48601100300", "wrong_number")
    counts = grounds(report(intake, upload))
    assert (counts["wrong_party_on_first_call"], "dead_on_first_call" in counts) == (1, False)
    found = [line for line in lines(intake, upload) if line[2] == "wrong_party_on_first_call"]
    assert [line[1] for line in found] == ["5"]


def test_corrected_call_is_no_evidence(intake: Intake, db: Connection) -> None:
    upload = make_upload(intake, db)
    call(db, "+48601100300", "disconnected")
    first = one(db, "SELECT id FROM contact")
    db.execute(
        "INSERT INTO contact (lead_id, number_id, disposition, contact_made, at, supersedes)"
        " SELECT lead_id, number_id, 'interested', true, at, id FROM contact WHERE id = %s",
        (first,),
    )
    assert "dead_on_first_call" not in grounds(report(intake, upload))


def test_lines_come_in_pages_with_their_cells(intake: Intake, db: Connection) -> None:
    upload = make_upload(intake, db)
    first = intake.ask("GET", f"/v1/uploads/{upload}/report/lines?limit=4").body
    second = intake.ask("GET", f"/v1/uploads/{upload}/report/lines?limit=4&cursor={first['next']}").body
    assert [item["row"] for item in first["items"] + second["items"]] == [1, 3, 5, 6, 7, 8]
    assert first["items"][0]["cells"] == ["Dąb S.A.", "601100100", "Radom"]
    assert first["items"][0]["evidence"].endswith("under_90_days")
    assert second["next"] is None


def test_vendor_never_learns_of_single_people(intake: Intake, db: Connection) -> None:
    upload = make_upload(intake, db)
    told = report(intake, upload, "vendor")
    hidden = [count["ground"] for count in told["grounds"] if count["rows"] is None]
    assert hidden == ["new", "review", "duplicate_of_stock", "suppressed"]
    assert {told[name] for name in ("called", "reachable", "cost_per_new", "cost_per_reachable")} == {None}
    assert not {"verdicts", "reasons"} & set(told)
    assert [line[0] for line in lines(intake, upload, "vendor")] == ["3", "5", "6", "7", "8"]


def test_report_of_formulas_is_harmless(intake: Intake) -> None:
    upload = ready_upload(intake, b"company;phone;note\n-;;=1+1\nLas;601100300;x\n")
    assert lines(intake, upload)[0][-1] == "'=1+1"


def test_reps_see_no_report(intake: Intake, db: Connection) -> None:
    upload = make_upload(intake, db)
    for path in ("report", "report.csv", "report.html", "report/lines"):
        assert intake.as_role(Role.REP).ask("GET", f"/v1/uploads/{upload}/{path}").status == 403


def page(intake: Intake, upload: str, audience: str = "own") -> str:
    answer = intake.ask("GET", f"/v1/uploads/{upload}/report.html?audience={audience}")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    return answer.text


def test_page_says_what_the_report_says(intake: Intake, db: Connection) -> None:
    text = page(intake, make_upload(intake, db))
    assert '<th scope="row">cost per new lead</th><td class="number">2.00 PLN</td>' in text
    assert '<th scope="row">duplicate of stock</th><td class="number">1</td><td class="number">12.5%</td>' in text
    assert "<td>Góra</td>" in text


def test_page_of_a_hostile_list_is_harmless(intake: Intake) -> None:
    upload = ready_upload(intake, b"company;phone;<b>note\n-;;<script>alert(1)</script>\n")
    text = page(intake, upload)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script" not in text
    assert "<b>" not in text


def test_page_allows_its_own_style_only(intake: Intake, db: Connection) -> None:
    answer = intake.ask("GET", f"/v1/uploads/{make_upload(intake, db)}/report.html")
    style = answer.text.partition("<style>")[2].partition("</style>")[0]
    allowed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert answer.headers["Content-Security-Policy"].startswith(f"default-src 'none'; style-src 'sha256-{allowed}'")


def test_page_for_a_vendor_tells_nothing_of_single_people(intake: Intake, db: Connection) -> None:
    text = page(intake, make_upload(intake, db), "vendor")
    assert '<th scope="row">duplicate of stock</th><td class="number">not told</td>' in text
    assert "Dąb" not in text


def test_page_of_an_empty_report_has_no_lines(intake: Intake) -> None:
    assert "None." in page(intake, ready_upload(intake, b"company;phone\nLas;601100300\n"))
