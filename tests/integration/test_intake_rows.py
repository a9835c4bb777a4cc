"""What people see of the rows of a list: pages, downloads, preview, report."""

import csv
import io

from services.intake.reading.download import HEAD
from shared.domain.reason import hint_of
from tests.builders import connect
from tests.integration.intake_app import Intake, ready_upload, run_line

MIXED = (
    b"company;phone;person;city;note\n"
    b"Kwiat Sp. z o.o.;+48 601 100 200;Jan Nowak;Radom;=1+1\n"
    b"Las S.A.;22 555 01;;;@me\n"
    b";;;;\n"
    b"-;;;;nothing at all\n"
    b"Kwiat sp. z o.o.;601100200;Jan Nowak;Radom;again\n"
)


def download(intake: Intake, path: str) -> list[list[str]]:
    answer = intake.ask("GET", path)
    assert answer.status == 200
    return list(csv.reader(io.StringIO(answer.text)))


def test_counts_add_up_to_the_rows_read(intake: Intake) -> None:
    rows = intake.show(ready_upload(intake, MIXED))["rows"]
    assert rows["read"] == sum(count for verdict, count in rows.items() if verdict != "read")
    assert (rows["new"], rows["merged"], rows["quarantined"], rows["rejected"]) == (1, 1, 1, 1)


def test_rejected_row_says_why_and_what_to_do(intake: Intake) -> None:
    upload = ready_upload(intake, MIXED)
    page = intake.ask("GET", f"/v1/uploads/{upload}/rows?verdict=rejected").body
    row = page["items"][0]
    assert (row["line"], row["cells"], row["lead_id"]) == (5, ["-", "", "", "", "nothing at all"], None)
    assert row["reason"] == "empty_lead"
    assert row["hint"] == hint_of("empty_lead")


def test_merged_rows_show_one_lead(intake: Intake) -> None:
    items = intake.ask("GET", f"/v1/uploads/{ready_upload(intake, MIXED)}/rows").body["items"]
    by_line = {item["line"]: item["lead_id"] for item in items}
    assert by_line[2] == by_line[6] != by_line[3]


def test_rows_come_in_pages(intake: Intake) -> None:
    upload = ready_upload(intake, MIXED)
    first = intake.ask("GET", f"/v1/uploads/{upload}/rows?limit=3").body
    second = intake.ask("GET", f"/v1/uploads/{upload}/rows?limit=3&cursor={first['next']}").body
    assert [item["row"] for item in first["items"] + second["items"]] == [1, 2, 3, 4]
    assert second["next"] is None


def test_cursor_of_another_list_is_refused(intake: Intake) -> None:
    upload = ready_upload(intake, MIXED)
    cursor = intake.ask("GET", f"/v1/uploads/{upload}/rows?limit=1").body["next"]
    answer = intake.ask("GET", f"/v1/uploads/{upload}/rows?verdict=new&cursor={cursor}")
    assert answer.problem == (422, "cursor_unknown")


def test_download_keeps_every_row_and_cell(intake: Intake) -> None:
    lines = download(intake, f"/v1/uploads/{ready_upload(intake, MIXED)}/rows.csv")
    assert lines[0] == [*HEAD, "company", "phone", "person", "city", "note"]
    assert len(lines) == 1 + 4
    assert lines[2][len(HEAD) :] == ["Las S.A.", "22 555 01", "", "", "'@me"]


def test_formulas_are_downloaded_harmless(intake: Intake) -> None:
    line = download(intake, f"/v1/uploads/{ready_upload(intake, MIXED)}/rows.csv")[1]
    assert line[len(HEAD) :] == ["Kwiat Sp. z o.o.", "'+48 601 100 200", "Jan Nowak", "Radom", "'=1+1"]


def test_rejected_rows_are_downloaded_alone(intake: Intake) -> None:
    lines = download(intake, f"/v1/uploads/{ready_upload(intake, MIXED)}/rejected.csv")
    assert [line[2] for line in lines[1:]] == ["rejected"]


def test_preview_shows_before_and_after(intake: Intake) -> None:
    upload = intake.upload(intake.add_source(), MIXED, ask="true").body["id"]
    preview = intake.ask("GET", f"/v1/uploads/{upload}/preview").body
    assert [column["field"] for column in preview["columns"]] == ["company", "phone", "person", "city", "note"]
    assert preview["rows"][1]["before"] == ["Las S.A.", "22 555 01", "", "", "@me"]
    assert preview["rows"][1]["after"]["problems"][0]["hint"]
    assert preview["rows"][0]["after"]["phones"][0]["e164"] == "+48601100200"


def test_preview_outlives_the_kept_file(intake: Intake, database_url: str) -> None:
    upload = ready_upload(intake, MIXED)
    before = intake.ask("GET", f"/v1/uploads/{upload}/preview").body
    with connect(database_url) as db:
        db.execute("UPDATE upload SET blob_key = NULL")
    assert intake.ask("GET", f"/v1/uploads/{upload}/preview").body == before


def test_report_says_what_a_new_lead_cost(intake: Intake) -> None:
    source = intake.add_source(cost_per_record="0.50", currency="PLN")
    report = intake.ask("GET", f"/v1/uploads/{ready_upload(intake, MIXED, source=source)}/report").body
    assert (report["read"], report["cost"], report["cost_per_new"], report["currency"]) == (4, "2.00", "2.00", "PLN")
    assert sum(reason["rows"] for reason in report["reasons"]) == 4


def test_corrected_rejected_rows_come_back_alone(intake: Intake) -> None:
    source = intake.add_source()
    content = b"Name;Contact;Remark\nKwiat;601100200;=1+1\n-;;'+2\nLas;601100300;x\n"
    form = {"mapping": '{"Name": "company", "#2": "phone", "Remark": "ignore"}'}
    first = intake.upload(source, content, form=form).body["id"]
    run_line(intake)
    text = intake.ask("GET", f"/v1/uploads/{first}/rejected.csv").text
    head, row = csv.reader(io.StringIO(text))
    row[len(HEAD)], row[len(HEAD) + 1] = "Sad S.A.", "'+48601100400"
    corrected = io.StringIO()
    csv.writer(corrected).writerows([head, row])
    second = intake.upload(source, corrected.getvalue().encode()).body["id"]
    run_line(intake)
    shown = intake.show(second)
    assert (shown["rows"]["read"], shown["rows"]["new"], shown["warnings"]) == (1, 1, [])
    item = intake.ask("GET", f"/v1/uploads/{second}/rows").body["items"][0]
    assert item["cells"][len(HEAD) :] == ["Sad S.A.", "+48601100400", "'+2"]
    assert [column["field"] for column in shown["mapping"]] == ["ignore"] * 6 + ["company", "phone", "ignore"]
