"""What is done with lists that are in: circulation, answers, withdrawal, another reading."""

from services.verify_command import check_ledger
from shared.auth import Role
from shared.storage.candidate import find_last_membership
from shared.storage.engine import Ledger
from tests.builders import Connection, add_person, move_clock, one
from tests.integration.intake_app import LIST, Intake, ready_upload, run_line

KNOWN = b"company;phone;city;person\nLas S.A.;22 555 01 10;Warszawa;Jan Nowak\nKwiat sp.j.;601 100 200;Radom;Ewa Lis\n"
OTHER = b"company;phone;city;person\nLas S.A.;22 555 01 10;Warszawa;Jan Nowak\nDom sp.j.;601 100 300;Lublin;Adam Mak\n"


def waiting(db: Connection) -> int:
    return int(one(db, "SELECT count(*) FROM queue_entry"))


def test_paused_upload_leaves_the_queue(intake: Intake, db: Connection) -> None:
    upload = ready_upload(intake)
    assert waiting(db) == 2
    answer = intake.ask("PATCH", f"/v1/uploads/{upload}", {"circulation": "paused", "reason": "bad list"})
    assert (answer.status, answer.body["circulation"]) == (200, "paused")
    assert waiting(db) == 0


def test_resumed_upload_comes_back(intake: Intake, db: Connection) -> None:
    upload = ready_upload(intake)
    for circulation in ("paused", "active"):
        intake.ask("PATCH", f"/v1/uploads/{upload}", {"circulation": circulation})
    assert waiting(db) == 2


def test_reason_of_a_move_is_kept(intake: Intake, db: Connection) -> None:
    intake.ask("PATCH", f"/v1/uploads/{ready_upload(intake)}", {"circulation": "paused", "reason": "bad list"})
    assert one(db, "SELECT reason FROM event WHERE entity = 'upload circulation' AND to_state = 'paused'") == "bad list"
    assert one(db, "SELECT detail ->> 'after' FROM audit WHERE action = 'move_upload'") == "paused"


def test_ended_upload_does_not_return(intake: Intake) -> None:
    upload = ready_upload(intake)
    intake.ask("PATCH", f"/v1/uploads/{upload}", {"circulation": "ended"})
    answer = intake.ask("PATCH", f"/v1/uploads/{upload}", {"circulation": "active"})
    assert answer.problem == (409, "move_not_allowed")


def test_an_upload_ends_on_its_day(intake: Intake, db: Connection) -> None:
    first, second = ready_upload(intake), ready_upload(intake, OTHER)
    day = one(db, "SELECT (clock()::date + 2)::text")
    answer = intake.ask("PATCH", f"/v1/uploads/{first}", {"ends_on": day})
    assert (answer.status, answer.body["ends_on"], answer.body["circulation"]) == (200, day, "active")
    before = waiting(db)
    assert one(db, "SELECT end_sources()") == 0
    move_clock(db, days=2)
    assert one(db, "SELECT end_sources()") == 1
    assert (intake.show(first)["circulation"], intake.show(second)["circulation"]) == ("ended", "active")
    assert waiting(db) < before


def test_held_source_hands_nothing_out(intake: Intake, db: Connection) -> None:
    source = intake.add_source(kind="scraped")
    upload = ready_upload(intake, source=source)
    assert waiting(db) == 0
    assert "source_held" in [warning["code"] for warning in intake.show(upload)["warnings"]]
    intake.ask("PATCH", f"/v1/sources/{source}", {"circulation": "active", "reason": "checked"})
    intake.ask("PATCH", f"/v1/uploads/{upload}", {"circulation": "active"})
    assert waiting(db) == 2


def test_source_without_legal_basis_is_not_let_go(intake: Intake, db: Connection) -> None:
    source = intake.add_source(legal_basis="none")
    path = f"/v1/sources/{source}"
    assert intake.ask("PATCH", path, {"circulation": "active"}).problem == (422, "no_legal_basis")
    answer = intake.ask(
        "PATCH", path, {"circulation": "active", "legal_basis": "consent", "reason": "asked the vendor"}
    )
    assert (answer.body["circulation"], answer.body["legal_basis"]) == ("active", "consent")


def test_paused_source_stops_all_its_lists(intake: Intake, db: Connection) -> None:
    source = intake.add_source()
    ready_upload(intake, source=source)
    ready_upload(intake, OTHER, source=source)
    intake.ask("PATCH", f"/v1/sources/{source}", {"circulation": "paused"})
    assert waiting(db) == 0


def test_answers_change_the_reading(intake: Intake) -> None:
    upload = intake.upload(intake.add_source(), ask="true").body["id"]
    answer = intake.ask("PATCH", f"/v1/uploads/{upload}", {"mapping": {"city": "region"}, "country": "LT"})
    assert answer.body["mapping"][2]["field"] == "region"
    assert answer.body["country"] == "LT"


def test_started_upload_runs_to_its_end(intake: Intake) -> None:
    upload = intake.upload(intake.add_source(), ask="true").body["id"]
    assert intake.ask("POST", f"/v1/uploads/{upload}/start").body["state"] == "reading"
    run_line(intake)
    assert intake.show(upload)["state"] == "ready"


def test_second_start_is_refused(intake: Intake) -> None:
    upload = intake.upload(intake.add_source(), ask="true").body["id"]
    intake.ask("POST", f"/v1/uploads/{upload}/start")
    assert intake.ask("POST", f"/v1/uploads/{upload}/start").problem == (409, "not_inspected")


def test_answers_after_the_start_are_refused(intake: Intake) -> None:
    upload = intake.upload(intake.add_source()).body["id"]
    assert intake.ask("PATCH", f"/v1/uploads/{upload}", {"country": "LT"}).problem == (409, "not_inspected")


def test_absent_things_are_not_found(intake: Intake) -> None:
    intake.add_source()
    for method, path in [
        ("PATCH", "/v1/sources/so_8fgmv3cd"),
        ("PATCH", "/v1/uploads/up_5m94ksgx"),
        ("POST", "/v1/uploads/up_5m94ksgx/withdraw"),
    ]:
        assert intake.ask(method, path, {}).problem == (404, "not_found")


def test_second_withdrawal_does_nothing(intake: Intake) -> None:
    upload = ready_upload(intake)
    first, again = (intake.ask("POST", f"/v1/uploads/{upload}/withdraw") for _ in range(2))
    assert (again.status, again.body) == (200, first.body)


def test_withdrawn_upload_is_not_reprocessed(intake: Intake) -> None:
    upload = ready_upload(intake)
    intake.ask("POST", f"/v1/uploads/{upload}/withdraw")
    assert intake.ask("POST", f"/v1/uploads/{upload}/reprocess", {}).problem == (409, "upload_withdrawn")


def test_mapping_of_a_reprocessing_is_remembered(intake: Intake) -> None:
    source = intake.add_source()
    upload = ready_upload(intake, source=source)
    intake.ask("POST", f"/v1/uploads/{upload}/reprocess", {"mapping": {"city": "region"}})
    again = intake.upload(source, LIST + b"Dom;601100300;Lublin\n")
    assert again.body["mapping"][2] == {"header": "city", "field": "region", "confidence": 1.0, "by": "memory"}


def test_unstarted_upload_can_be_withdrawn(intake: Intake) -> None:
    upload = intake.upload(intake.add_source(), ask="true").body["id"]
    answer = intake.ask("POST", f"/v1/uploads/{upload}/withdraw")
    assert (answer.body["upload"]["state"], answer.body["withdrawn"], answer.body["kept"]) == ("withdrawn", 0, [])


def test_running_upload_cannot_be_withdrawn(intake: Intake) -> None:
    upload = intake.upload(intake.add_source()).body["id"]
    assert intake.ask("POST", f"/v1/uploads/{upload}/withdraw").problem == (409, "upload_running")


def test_withdrawal_takes_back_what_nobody_worked(intake: Intake, db: Connection) -> None:
    upload = ready_upload(intake)
    answer = intake.ask("POST", f"/v1/uploads/{upload}/withdraw", {"reason": "vendor's mistake"})
    assert (answer.body["withdrawn"], answer.body["kept"]) == (2, [])
    assert waiting(db) == 0
    assert one(db, "SELECT count(*) FROM lead WHERE state = 'active'") == 0


def test_withdrawn_bytes_may_come_again(intake: Intake) -> None:
    source = intake.add_source()
    first = ready_upload(intake, source=source)
    intake.ask("POST", f"/v1/uploads/{first}/withdraw")
    second = ready_upload(intake, source=source)
    assert second != first
    assert intake.show(second)["rows"]["new"] == 2


def test_withdrawal_leaves_what_others_know(intake: Intake, db: Connection) -> None:
    first, second = ready_upload(intake, KNOWN), ready_upload(intake, OTHER)
    assert intake.show(second)["rows"]["merged"] == 1
    answer = intake.ask("POST", f"/v1/uploads/{first}/withdraw")
    assert answer.body["withdrawn"] == 1
    assert one(db, "SELECT count(*) FROM lead WHERE state = 'active'") == 2
    assert waiting(db) == 2


def test_withdrawal_leaves_worked_leads(intake: Intake, db: Connection) -> None:
    upload = ready_upload(intake)
    lead = one(db, "SELECT min(id) FROM lead")
    assert one(db, "SELECT assignment_id FROM take_lead(%s, %s, 1, NULL, NULL, true)", lead, add_person(db))
    answer = intake.ask("POST", f"/v1/uploads/{upload}/withdraw")
    assert (answer.body["withdrawn"], [kept["why"] for kept in answer.body["kept"]]) == (1, ["in_work"])
    assert one(db, "SELECT state FROM lead WHERE id = %s", lead) == "active"


def test_withdrawal_parts_what_its_rows_joined(intake: Intake, db: Connection) -> None:
    ready_upload(intake)
    bridge = ready_upload(intake, OTHER)
    leads = one(db, "SELECT array_agg(id ORDER BY id) FROM lead WHERE state = 'active'")
    record = one(db, "SELECT min(id) FROM record")
    match = one(
        db,
        "INSERT INTO match (upload_id, record_a, record_b, score, decision, levels, model_version)"
        " SELECT max(id), %s, %s, 9, 'merge', '{}', 'test' FROM upload RETURNING id",
        record, record + 1,
    )  # fmt: skip
    db.execute("SELECT merge_leads(%s, %s, %s, 'matched', NULL)", (leads[0], leads[1], match))
    intake.ask("POST", f"/v1/uploads/{bridge}/withdraw")
    assert one(db, "SELECT array_agg(id ORDER BY id) FROM lead WHERE state = 'active'") == leads[:2]


def test_matching_under_way_sees_a_withdrawal(intake: Intake, database_url: str) -> None:
    first = ready_upload(intake, KNOWN)
    intake.upload(intake.add_source(), OTHER)
    ledger = Ledger(database_url, application_name="leadmill-test", max_connections=1)
    with ledger.reading() as connection:
        before = find_last_membership(connection)
        intake.ask("POST", f"/v1/uploads/{first}/withdraw")
        assert find_last_membership(connection) != before
    ledger.dispose()


def test_ledger_is_sound_after_a_withdrawal(intake: Intake, database_url: str) -> None:
    first = ready_upload(intake, KNOWN)
    ready_upload(intake, OTHER)
    intake.ask("POST", f"/v1/uploads/{first}/withdraw")
    assert check_ledger(database_url) == []


def test_reprocessed_upload_is_a_new_version(intake: Intake, db: Connection) -> None:
    old = ready_upload(intake)
    answer = intake.ask("POST", f"/v1/uploads/{old}/reprocess", {"mapping": {"city": "region"}})
    assert (answer.status, answer.body["version"], answer.body["replaces"]) == (202, 2, old)
    run_line(intake)
    assert intake.show(answer.body["id"])["state"] == "ready"
    assert intake.show(old)["state"] == "withdrawn"
    assert one(db, "SELECT count(*) FROM upload WHERE blob_key IS NOT NULL") == 1


def test_reprocessing_without_its_file_is_refused(intake: Intake, db: Connection) -> None:
    upload = ready_upload(intake)
    db.execute("UPDATE upload SET blob_key = NULL")
    assert intake.ask("POST", f"/v1/uploads/{upload}/reprocess", {"country": "LT"}).problem == (422, "file_gone")


def test_repeated_reprocessing_makes_one_version(intake: Intake) -> None:
    upload = ready_upload(intake)
    answers = [
        intake.ask("POST", f"/v1/uploads/{upload}/reprocess", {"country": "LT"}, **{"Idempotency-Key": "again"})
        for _ in range(2)
    ]
    assert [answer.status for answer in answers] == [202, 202]
    assert answers[0].body["id"] == answers[1].body["id"]


def test_supervisor_may_not_withdraw(intake: Intake) -> None:
    upload = intake.upload(intake.add_source(), LIST, ask="true").body["id"]
    assert intake.as_role(Role.SUPERVISOR).ask("POST", f"/v1/uploads/{upload}/withdraw").problem == (403, "forbidden")
