"""One lead by HTTP, and requests from people who want to be called."""

import pytest

from shared.auth import Role
from tests.builders import Connection, add_person, connect, one
from tests.integration.intake_app import Answer, Intake, ready_upload

pytestmark = pytest.mark.usefixtures("sound")

KWIAT = {"company": "Kwiat Sp. z o.o.", "phone": "+48 601 100 200", "person": "Jan Nowak", "city": "Radom"}


def post(intake: Intake, source: str, **fields: object) -> Answer:
    return intake.ask("POST", "/v1/leads", {"source": source, **KWIAT, **fields})


def claim(db: Connection, rep: int) -> int | None:
    assignment = one(db, "SELECT assignment_id FROM claim_next(%s)", rep)
    return None if assignment is None else int(one(db, "SELECT lead_id FROM assignment WHERE id = %s", assignment))


def test_new_lead_has_its_verdict_at_once(intake: Intake) -> None:
    answer = post(intake, intake.add_source(kind="form"))
    assert answer.status == 201
    assert (answer.body["verdict"], answer.body["row"], answer.body["request_id"]) == ("new", 1, None)
    assert answer.body["lead_id"].startswith("ld_")


def test_known_lead_is_merged(intake: Intake) -> None:
    source = intake.add_source()
    first, second = post(intake, source), post(intake, intake.add_source(kind="form"))
    assert second.body["verdict"] == "merged"
    assert second.body["lead_id"] == first.body["lead_id"]


def test_empty_lead_is_rejected_with_a_hint(intake: Intake) -> None:
    answer = intake.ask("POST", "/v1/leads", {"source": intake.add_source(), "note": "hello"})
    assert (answer.status, answer.body["verdict"], answer.body["lead_id"]) == (201, "rejected", None)
    assert answer.body["hint"]


def test_custom_fields_stay_with_the_lead(intake: Intake, db: Connection) -> None:
    post(intake, intake.add_source(), custom={"shoe size": "44"})
    assert one(db, "SELECT fields ->> 'custom:shoe size' FROM lead") == "44"


def test_several_phones_may_come_as_a_list(intake: Intake, db: Connection) -> None:
    post(intake, intake.add_source(), phone=["601 100 200", "601 100 201"])
    assert one(db, "SELECT count(*) FROM lead_number") == 2


def test_repeated_key_adds_one_lead(intake: Intake, db: Connection) -> None:
    body = {"source": intake.add_source(), **KWIAT}
    answers = [intake.ask("POST", "/v1/leads", body, **{"Idempotency-Key": "form-1"}) for _ in range(2)]
    assert answers[0].body == answers[1].body
    assert one(db, "SELECT count(*) FROM raw_row") == 1


def test_unknown_field_is_refused(intake: Intake) -> None:
    assert post(intake, intake.add_source(), shoe="44").problem == (422, "invalid_body")


def test_lead_of_unknown_source_is_absent(intake: Intake) -> None:
    assert post(intake, "so_w7nz4kx9").problem == (404, "not_found")


def test_rep_may_not_add_leads(intake: Intake) -> None:
    assert post(intake.as_role(Role.REP), intake.add_source()).problem == (403, "forbidden")


def test_request_goes_to_the_front_of_its_pool(intake: Intake, db: Connection) -> None:
    ready_upload(intake)
    asked = post(
        intake, intake.add_source(kind="form"), company="Zorza", phone="601100999", person="Ewa Lis", request=True
    )
    assert asked.body["answer_by"]
    lead = one(db, "SELECT max(id) FROM lead")
    assert claim(db, add_person(db)) == lead


def test_request_of_a_held_lead_is_promised_to_its_holder(intake: Intake, db: Connection) -> None:
    source, rep = intake.add_source(kind="form"), add_person(db)
    post(intake, source)
    lead = claim(db, rep)
    asked = post(intake, source, request=True)
    assert (asked.body["verdict"], one(db, "SELECT person_id FROM promise WHERE kind = 'request'")) == ("merged", rep)
    assert one(db, "SELECT lead_id FROM request") == lead


def test_request_ends_the_rest_for_the_last_rep(intake: Intake, db: Connection) -> None:
    source, rep, other = intake.add_source(kind="form"), add_person(db), add_person(db)
    post(intake, source)
    lead = claim(db, rep)
    db.execute(
        "INSERT INTO contact (assignment_id, lead_id, site_id, person_id, disposition, contact_made, at, rest_until)"
        " SELECT a.id, a.lead_id, a.site_id, a.person_id, 'not_interested', true, clock(), clock() + interval '30 days' FROM assignment AS a"
    )
    db.execute("SELECT end_assignment((SELECT id FROM assignment), 'done', clock(), NULL, NULL)")
    assert claim(db, rep) is None
    post(intake, source, request=True)
    assert claim(db, other) is None
    assert claim(db, rep) == lead


def test_verdicts_are_those_of_a_list(intake: Intake) -> None:
    rows = [
        {"company": "Dąb S.A.", "phone": "601100100", "city": "Radom"},
        {"company": "Dąb SA", "phone": "+48 601 100 100", "city": "Radom"},
        {"company": "Rzeka", "phone": "4,479E+10", "city": "Płock"},
        {"company": "Góra", "phone": "+48 119 999 99", "city": "Opole"},
        {"company": "Pole", "phone": "", "city": "Ełk"},
        {"company": "", "phone": "", "city": "Ełk"},
        {"company": "Dąb", "phone": "601100199", "city": "Radom"},
    ]
    by_list, by_http = intake.add_source(), intake.add_source()
    told = []
    for row in rows:
        upload = ready_upload(intake, ";".join(row).encode() + b"\n" + ";".join(row.values()).encode(), source=by_list)
        told.append(intake.ask("GET", f"/v1/uploads/{upload}/rows").body["items"][0])
    with connect(intake.database_url) as db:
        db.execute("SELECT withdraw_upload(id, 'test', NULL) FROM upload")
    posted = [intake.ask("POST", "/v1/leads", {"source": by_http, **row}).body for row in rows]
    assert [(one["verdict"], one["reason"]) for one in posted] == [(one["verdict"], one["reason"]) for one in told]
