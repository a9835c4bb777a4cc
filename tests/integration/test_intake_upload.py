"""Bringing lists in: sources, uploads, and what becomes raw rows."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from shared.auth import Role
from tests.builders import connect, one
from tests.integration.intake_app import LIST, Intake, answer_of, read_lists


def test_purchased_source_starts_active(intake: Intake) -> None:
    answer = intake.ask(
        "POST",
        "/v1/sources",
        {
            "name": "A",
            "kind": "purchased",
            "default_region": "pl",
            "legal_basis": "consent",
            "cost_per_record": "0.25",
            "currency": "PLN",
        },
    )
    assert answer.status == 201
    assert answer.body["circulation"] == "active"
    assert (answer.body["default_country"], answer.body["cost_per_record"]) == ("PL", "0.2500")


@pytest.mark.parametrize("fields", [{"kind": "scraped"}, {"legal_basis": "none"}])
def test_doubtful_source_starts_held(intake: Intake, fields: dict[str, str]) -> None:
    source = intake.add_source(**fields)
    answer = intake.ask("GET", f"/v1/sources/{source}")
    assert answer.body["circulation"] == "held"


def test_second_source_of_a_name_is_refused(intake: Intake) -> None:
    intake.add_source(name="Vendor")
    body = {"name": "Vendor", "kind": "own"}
    assert intake.ask("POST", "/v1/sources", body).problem == (409, "name_taken")


def test_repeated_key_adds_one_source(intake: Intake) -> None:
    body = {"name": "Once", "kind": "own", "legal_basis": "contract"}
    first = intake.ask("POST", "/v1/sources", body, **{"Idempotency-Key": "k1"})
    again = intake.ask("POST", "/v1/sources", body, **{"Idempotency-Key": "k1"})
    assert (first.status, again.status) == (201, 201)
    assert first.body == again.body


def test_unknown_country_is_refused(intake: Intake) -> None:
    body = {"name": "X", "kind": "own", "default_country": "QX"}
    assert intake.ask("POST", "/v1/sources", body).problem == (422, "country_unknown")


def test_rep_may_not_add_sources(intake: Intake) -> None:
    assert intake.as_role(Role.REP).ask("POST", "/v1/sources", {"name": "X", "kind": "own"}).problem == (
        403,
        "forbidden",
    )


def test_supervisor_reads_but_does_not_upload(intake: Intake) -> None:
    source, supervisor = intake.add_source(), intake.as_role(Role.SUPERVISOR)
    assert supervisor.ask("GET", f"/v1/sources/{source}").status == 200
    assert supervisor.upload(source).problem == (403, "forbidden")


def test_sources_come_in_pages(intake: Intake) -> None:
    names = [f"S{number}" for number in range(3)]
    for name in names:
        intake.add_source(name=name)
    first = intake.ask("GET", "/v1/sources?limit=2").body
    second = intake.ask("GET", f"/v1/sources?limit=2&cursor={first['next']}").body
    assert [item["name"] for item in first["items"] + second["items"]] == names
    assert second["next"] is None


def test_upload_is_accepted_with_its_place(intake: Intake) -> None:
    answer = intake.upload(intake.add_source())
    assert answer.status == 202
    assert answer.headers["Location"] == f"/v1/uploads/{answer.body['id']}"
    assert answer.body["state"] == "received"
    assert set(answer.body["rows"]) == {"read", "new", "merged", "review", "quarantined", "suppressed", "rejected"}


def test_upload_is_staged_row_by_row(intake: Intake, database_url: str) -> None:
    upload = intake.upload(intake.add_source()).body
    assert "clean" in read_lists(intake)
    shown = intake.show(upload["id"])
    assert (shown["state"], shown["rows"]["read"]) == ("cleaning", 2)
    with connect(database_url) as db:
        rows = db.execute("SELECT row_no, line_no, cells FROM raw_row ORDER BY row_no").fetchall()
        batches = db.execute("SELECT kind, first_row, last_row, state FROM batch ORDER BY id").fetchall()
    assert rows[0] == (1, 2, ["Kwiat Sp. z o.o.", "+48 601 100 200", "Radom"])
    assert batches == [("read", 0, 0, "done"), ("clean", 1, 2, "waiting")]


def test_same_bytes_give_the_earlier_upload(intake: Intake) -> None:
    source = intake.add_source()
    first, again = intake.upload(source), intake.upload(source, name="other name.csv")
    assert again.status == 200
    assert again.body["id"] == first.body["id"]


def test_same_bytes_of_another_source_are_another_upload(intake: Intake) -> None:
    first, second = intake.upload(intake.add_source()), intake.upload(intake.add_source())
    assert second.status == 202
    assert first.body["id"] != second.body["id"]


def test_dry_run_is_an_upload_of_its_own(intake: Intake) -> None:
    source = intake.add_source()
    dry, real = intake.upload(source, dry_run="true"), intake.upload(source)
    assert (dry.status, real.status) == (202, 202)
    assert dry.body["dry_run"] is True


def test_free_text_is_no_list(intake: Intake) -> None:
    letter = (
        "Dear all,\n\nwe would like to invite you to our spring party.\nPlease come with your friends and family.\n" * 5
    ).encode()
    answer = intake.upload(intake.add_source(), letter, name="letter.txt")
    assert answer.problem == (422, "not_a_list")
    assert answer.body["reason"]


def test_refused_file_leaves_nothing_behind(intake: Intake) -> None:
    intake.upload(intake.add_source(), b"%PDF-1.7 and so on", name="list.csv")
    assert [path for path in Path(intake.settings.blobs).rglob("*") if path.is_file()] == []


def test_repeated_file_is_kept_once(intake: Intake) -> None:
    source = intake.add_source()
    intake.upload(source)
    intake.upload(source)
    assert len([path for path in Path(intake.settings.blobs).rglob("*") if path.is_file()]) == 1


def test_uploads_are_listed_the_newest_first(intake: Intake) -> None:
    source = intake.add_source()
    made = [intake.upload(source, LIST + f"Dom {n};601100300;Lublin\n".encode()).body["id"] for n in range(3)]
    intake.upload(intake.add_source())
    first = intake.ask("GET", f"/v1/uploads?source={source}&limit=2").body
    second = intake.ask("GET", f"/v1/uploads?source={source}&limit=2&cursor={first['next']}").body
    assert [item["id"] for item in first["items"] + second["items"]] == made[::-1]
    assert second["next"] is None


def test_uploads_are_listed_by_state(intake: Intake) -> None:
    waiting = intake.upload(intake.add_source(), ask="true").body["id"]
    intake.upload(intake.add_source())
    items = intake.ask("GET", "/v1/uploads?state=inspected").body["items"]
    assert [item["id"] for item in items] == [waiting]


def test_same_bytes_at_once_are_one_upload(intake: Intake) -> None:
    source = intake.add_source()
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: intake.upload(source), range(4)))
    assert sorted(answer.status for answer in answers) == [200, 200, 200, 202]
    assert len({answer.body["id"] for answer in answers}) == 1
    assert len([path for path in Path(intake.settings.blobs).rglob("*") if path.is_file()]) == 1


def test_repeated_key_answers_as_the_first_time(intake: Intake) -> None:
    source = intake.add_source()
    first, again = intake.upload(source, key="u1"), intake.upload(source, key="u1")
    assert (first.status, again.status) == (202, 202)
    assert first.body["id"] == again.body["id"]


def test_key_of_another_file_is_refused(intake: Intake) -> None:
    source = intake.add_source()
    intake.upload(source, key="u1")
    assert intake.upload(source, LIST + b"Dom;601100300;Lublin\n", key="u1").problem == (422, "key_reused")


def test_upload_to_unknown_source_is_absent(intake: Intake) -> None:
    assert intake.upload("so_w7nz4kx9").problem == (404, "not_found")


def test_too_large_file_is_refused_by_its_header(intake: Intake) -> None:
    environ = {"CONTENT_LENGTH": str(3 * 1024**3), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    answer = answer_of(
        intake.client.post(
            f"/v1/uploads?source={intake.add_source()}", headers=intake.headers, environ_overrides=environ
        )
    )
    assert answer.problem == (413, "too_large")


def test_unknown_field_in_mapping_is_refused(intake: Intake) -> None:
    answer = intake.upload(intake.add_source(), form={"mapping": '{"phone": "fone"}'})
    assert answer.problem == (422, "invalid_body")
    assert answer.body["errors"][0]["field"].startswith("mapping")


@pytest.mark.parametrize("encoding", ["no-such", "base64", "undefined", "x\u0441"])
def test_encoding_that_reads_no_text_is_refused(intake: Intake, encoding: str) -> None:
    assert intake.upload(intake.add_source(), encoding=encoding).problem == (422, "invalid_query")


def test_file_in_another_encoding_than_said_is_refused(intake: Intake) -> None:
    assert intake.upload(intake.add_source(), encoding="utf-16").problem == (422, "not_a_list")


def test_mapping_of_an_absent_column_is_a_warning(intake: Intake) -> None:
    warnings = intake.upload(intake.add_source(), form={"mapping": '{"#2": "phone", "handy": "mobile"}'}).body[
        "warnings"
    ]
    assert [warning["columns"] for warning in warnings if warning["code"] == "no_such_column"] == [["handy"]]


def test_mapping_is_remembered_for_the_header(intake: Intake) -> None:
    source = intake.add_source()
    intake.upload(
        source, b"a1;a2\nKwiat;601100200\nLas;601100201\n", form={"mapping": '{"a1": "company", "a2": "phone"}'}
    )
    second = intake.upload(source, b"a1;a2\nBrzoza;601100202\nDab;601100203\n").body
    assert [column["field"] for column in second["mapping"]] == ["company", "phone"]
    assert {column["by"] for column in second["mapping"]} == {"memory"}


def test_ignored_column_says_so(intake: Intake) -> None:
    answer = intake.upload(intake.add_source(), form={"mapping": '{"city": "ignore"}'}).body
    assert answer["mapping"][2]["field"] == "ignore"


def test_wrong_country_is_a_warning(intake: Intake) -> None:
    lines = [f"Firma {n};(212) 555-{1000 + n}" for n in range(40)]
    answer = intake.upload(intake.add_source(), "\n".join(["company;phone", *lines]).encode()).body
    found = [warning for warning in answer["warnings"] if warning["code"] == "region_mismatch"]
    assert [warning["better"] for warning in found] == ["US"]


def test_ask_waits_for_answers(intake: Intake, database_url: str) -> None:
    answer = intake.upload(intake.add_source(), ask="true").body
    assert answer["state"] == "inspected"
    with connect(database_url) as db:
        assert one(db, "SELECT count(*) FROM batch") == 0


def test_complaints_stay_with_their_rows(intake: Intake, database_url: str) -> None:
    upload = intake.upload(intake.add_source(), LIST + b"Only a company\nDom;601100300;Lublin\n").body
    read_lists(intake)
    with connect(database_url) as db:
        problems = db.execute("SELECT row_no, problem FROM raw_row WHERE problem IS NOT NULL").fetchall()
    assert problems == [(3, "short_row")]
    assert {"code": "short_row", "count": 1, "line": 4}.items() <= intake.show(upload["id"])["warnings"][-1].items()
