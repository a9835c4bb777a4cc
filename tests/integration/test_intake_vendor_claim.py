"""What a vendor is asked to take back: frozen rows, each once, within the return window, and what they cost in the end."""

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from shared.auth import Role
from tests.builders import Connection, move_clock, one
from tests.integration.intake_app import Answer, Intake, ready_upload
from tests.integration.test_intake_report import LIST, call, report


@pytest.fixture
def upload(intake: Intake) -> str:
    source = intake.add_source(cost_per_record="0.50", currency="PLN", return_window_days=30)
    return ready_upload(intake, LIST.encode(), source=source)


def draft(intake: Intake, upload: str, **body: Any) -> Answer:
    return intake.ask("POST", "/v1/claims", {"upload": upload, **body})


def fresh(intake: Intake) -> Intake:
    """Another client of the same person: one holds what its thread does."""
    return replace(intake, client=intake.client.application.test_client())


def move(intake: Intake, claim: str, state: str, **body: Any) -> Answer:
    return intake.ask("PATCH", f"/v1/claims/{claim}", {"state": state, **body})


def lines(intake: Intake, claim: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = intake.ask("GET", f"/v1/claims/{claim}/lines").body["items"]
    return found


def test_claim_freezes_what_counts_against_a_list(intake: Intake, upload: str) -> None:
    claim = draft(intake, upload)
    assert claim.status == 201
    told = {name: claim.body[name] for name in ("state", "rows", "amount", "currency", "credited")}
    assert told == {"state": "draft", "rows": 5, "amount": "2.50", "currency": "PLN", "credited": None}
    frozen = lines(intake, claim.body["id"])
    assert [line["ground"] for line in frozen] == [
        "duplicate_in_file",
        "unreadable",
        "invalid",
        "no_phone",
        "unreadable",
    ]
    assert frozen[0]["cells"] == ["Kwiat sp. z o.o.", "+48601100200", "Radom"]


def test_row_is_claimed_once(intake: Intake, db: Connection, upload: str) -> None:
    first = draft(intake, upload, grounds=["invalid", "no_phone"])
    move(intake, first.body["id"], "sent")
    move(intake, first.body["id"], "refused")
    call(db, "+48601100300", "disconnected")
    second = draft(intake, upload)
    assert [line["row"] for line in lines(intake, second.body["id"])] == [3, 4, 5, 8]
    assert lines(intake, second.body["id"])[1]["evidence"].startswith("disconnected")
    assert draft(intake, upload).problem == (422, "nothing_to_claim")


def test_two_drafts_at_once_claim_no_row_twice(intake: Intake, db: Connection, upload: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        statuses = sorted(threads.map(lambda _: draft(fresh(intake), upload).status, range(4)))
    assert statuses == [201, 422, 422, 422]
    assert one(db, "SELECT count(*) FROM vendor_claim_line") == 5


def test_claim_stays_as_it_was_frozen(intake: Intake, db: Connection, upload: str) -> None:
    claim = draft(intake, upload).body
    call(db, "+48601100300", "disconnected")
    intake.ask("PATCH", f"/v1/sources/{claim['source_id']}", {"cost_per_record": "9.00"})
    assert intake.ask("GET", f"/v1/claims/{claim['id']}").body == claim
    assert len(lines(intake, claim["id"])) == 5


def test_dropped_draft_lets_its_rows_go(intake: Intake, upload: str) -> None:
    first = draft(intake, upload)
    assert move(intake, first.body["id"], "dropped").body["state"] == "dropped"
    assert (lines(intake, first.body["id"]), draft(intake, upload).body["rows"]) == ([], 5)


def test_claim_goes_its_way_with_dates(intake: Intake, db: Connection, upload: str) -> None:
    claim = draft(intake, upload).body["id"]
    sent = move(intake, claim, "sent")
    move_clock(db, days=40)  # the vendor may take its time
    accepted = move(intake, claim, "accepted", reference="R-17")
    credited = move(intake, claim, "credited", credited="2.00")
    assert sent.body["sent_at"]
    assert accepted.body["decided_at"] > sent.body["sent_at"]
    assert credited.body["credited_at"] >= accepted.body["decided_at"]
    assert (credited.body["credited"], credited.body["reference"]) == ("2.00", "R-17")
    moves = db.execute("SELECT to_state FROM event WHERE entity = 'vendor claim' ORDER BY id").fetchall()
    assert [state for (state,) in moves] == ["draft", "sent", "accepted", "credited"]
    assert one(db, "SELECT count(*) FROM audit WHERE action = 'move_claim' AND actor IS NOT NULL") == 3


def test_all_is_credited_unless_told(intake: Intake, upload: str) -> None:
    claim = draft(intake, upload).body["id"]
    for state in ("sent", "accepted", "credited"):
        credited = move(intake, claim, state)
    assert credited.body["credited"] == "2.50"


def test_no_more_is_credited_than_was_claimed(intake: Intake, upload: str) -> None:
    claim = draft(intake, upload).body["id"]
    assert move(intake, claim, "sent", credited="1").problem == (422, "credit_invalid")
    move(intake, claim, "sent")
    move(intake, claim, "accepted")
    assert move(intake, claim, "credited", credited="2.51").problem == (422, "credit_invalid")


def test_claim_skips_no_state(intake: Intake, upload: str) -> None:
    claim = draft(intake, upload).body["id"]
    assert move(intake, claim, "credited").problem == (409, "move_not_allowed")
    move(intake, claim, "sent")
    assert move(intake, claim, "dropped").problem == (409, "move_not_allowed")
    assert move(intake, claim, "sent").status == 200


def test_nothing_is_claimed_after_the_return_window(intake: Intake, db: Connection, upload: str) -> None:
    claim = draft(intake, upload, grounds=["invalid"]).body
    assert claim["window_ends_at"]
    move_clock(db, days=30)
    assert draft(intake, upload).problem == (422, "return_window_over")
    assert move(intake, claim["id"], "sent").problem == (422, "return_window_over")
    assert report(intake, upload)["return_warning"] == "over"


def test_usable_and_known_rows_cannot_be_claimed(intake: Intake, upload: str) -> None:
    for ground in ("new", "duplicate_of_stock", "suppressed"):
        assert draft(intake, upload, grounds=[ground]).problem == (422, "invalid_body")


def test_trial_cannot_be_claimed_for(intake: Intake) -> None:
    trial = intake.upload(intake.add_source(), LIST.encode(), dry_run="true").body["id"]
    assert draft(intake, trial).problem == (422, "upload_not_ready")


def test_report_counts_what_was_credited(intake: Intake, upload: str) -> None:
    before = report(intake, upload)
    claim = draft(intake, upload).body["id"]
    assert report(intake, upload)["claimed_rows"] == 0
    for state in ("sent", "accepted", "credited"):
        move(intake, claim, state)
    told = report(intake, upload)
    assert (before["cost_net"], before["cost_per_new"]) == ("4.00", "1.33")
    assert (told["cost"], told["claimed"], told["credited"], told["cost_net"]) == ("4.00", "2.50", "2.50", "1.50")
    assert (told["cost_per_new"], told["cost_per_reachable"]) == ("0.50", "0.50")
    assert "1.50 PLN" in intake.ask("GET", f"/v1/uploads/{upload}/report.html").text


def test_claim_is_downloaded_with_its_rows(intake: Intake, upload: str) -> None:
    claim = draft(intake, upload).body["id"]
    rows = list(csv.reader(io.StringIO(intake.ask("GET", f"/v1/claims/{claim}/lines.csv").text)))
    assert rows[0] == ["row", "line", "ground", "evidence", "company", "phone", "city"]
    assert (rows[1][:3], rows[1][4], len(rows)) == (["3", "4", "duplicate_in_file"], "Kwiat sp. z o.o.", 6)


def test_claims_are_listed_by_list_source_and_state(intake: Intake, upload: str) -> None:
    first, second = (draft(intake, upload, grounds=[ground]).body for ground in ("invalid", "no_phone"))
    move(intake, second["id"], "sent")

    def listed(query: str) -> list[str]:
        return [item["id"] for item in intake.ask("GET", f"/v1/claims?{query}").body["items"]]

    assert listed(f"upload={upload}") == [second["id"], first["id"]]
    assert listed(f"source={first['source_id']}&state=sent") == [second["id"]]
    page = intake.ask("GET", "/v1/claims?limit=1").body
    assert listed(f"limit=1&cursor={page['next']}") == [first["id"]]


def test_repeated_key_drafts_one_claim(intake: Intake, upload: str) -> None:
    answers = [intake.ask("POST", "/v1/claims", {"upload": upload}, **{"Idempotency-Key": "claim-1"}) for _ in range(2)]
    assert answers[0].body["id"] == answers[1].body["id"]


def test_supervisors_read_claims_and_reps_do_not(intake: Intake, upload: str) -> None:
    claim = draft(intake, upload).body["id"]
    supervisor = intake.as_role(Role.SUPERVISOR)
    assert supervisor.ask("GET", f"/v1/claims/{claim}").status == 200
    assert move(supervisor, claim, "sent").problem == (403, "forbidden")
    assert intake.as_role(Role.REP).ask("GET", "/v1/claims").status == 403
