"""A day with lists, told as a person would: wrong country, the same bytes twice, a bad list, a vendor's sample."""

from shared.ids import encode
from tests.builders import Connection, add_person, move_clock, one
from tests.integration.intake_app import Intake, run_line

TOWNS = (
    "Vilnius",
    "Kaunas",
    "Alytus",
    "Utena",
    "Jonava",
    "Klaipėda",
    "Šiauliai",
    "Marijampolė",
    "Panevėžys",
    "Rokiškis",
)
CITIES = ("Radom", "Lublin", "Kielce", "Gdynia", "Opole", "Toruń", "Rzeszów", "Kalisz")
WORDS = ("Wierzba", "Kasztan", "Granit", "Bursztyn", "Jaskółka", "Latarnia", "Młyn", "Kuźnia", "Żagiel", "Kompas")
NAMES = ("Beržas", "Ąžuolas", "Klevas", "Liepa", "Drebulė", "Pušis", "Eglė", "Guoba", "Alksnis", "Kadagys")


def lithuanian_list() -> bytes:
    """Numbers as people of Lithuania write them, which a Polish reader takes for numbers of Siedlce."""
    rows = [f"{name} UAB;861{n}34567;{town}" for n, (name, town) in enumerate(zip(NAMES, TOWNS, strict=True))]
    return ("\n".join(["company;phone;city", *rows]) + "\n").encode()


def make_list(first: int, count: int, *, bad: int = 0) -> bytes:
    """Companies by number, each with a mobile; the last ones without."""
    rows = [
        f"{WORDS[n // 100]}{WORDS[n % 10].lower()} {WORDS[n // 10 % 10]} Sp. z o.o.;{f'+48 600 {n:06d}' if n < first + count - bad else 'brak'};{CITIES[n % 8]}"
        for n in range(first, first + count)
    ]
    return ("\n".join(["company;phone;city", *rows]) + "\n").encode()


def bring(intake: Intake, source: str, content: bytes, **query: str) -> dict[str, object]:
    answer = intake.upload(source, content, form=None, key=None, **query)
    assert answer.status == 202, answer.body
    run_line(intake)
    return intake.show(answer.body["id"])


def call_one(db: Connection) -> tuple[int, int]:
    """A rep takes a lead and dials it; gives the lead and the number."""
    rep = add_person(db)
    assignment = one(db, "SELECT assignment_id FROM claim_next(%s)", rep)
    lead = int(one(db, "SELECT lead_id FROM assignment WHERE id = %s", assignment))
    number = int(one(db, "SELECT number_id FROM lead_number WHERE lead_id = %s", lead))
    db.execute(
        "INSERT INTO contact (assignment_id, lead_id, number_id, person_id, pool_id, disposition, contact_made, at)"
        " SELECT id, lead_id, %s, person_id, pool_id, 'no_answer', false, clock() FROM assignment WHERE id = %s",
        (number, assignment),
    )
    db.execute("SELECT end_assignment(%s, 'unreached', clock())", (assignment,))
    return lead, number


def test_a_list_read_for_the_wrong_country_is_read_again(intake: Intake, db: Connection, sound: None) -> None:
    wrong = bring(intake, intake.add_source(default_country="PL"), lithuanian_list())
    assert [(one["code"], one["better"]) for one in wrong["warnings"]] == [("region_mismatch", "LT")]  # type: ignore[attr-defined]
    lead, number = call_one(db)

    answer = intake.ask("POST", f"/v1/uploads/{wrong['id']}/reprocess", {"country": "LT"})
    assert answer.status == 202
    run_line(intake)
    right = intake.show(answer.body["id"])
    assert (right["state"], right["country"], right["version"]) == ("ready", "LT", 2)
    assert right["findings"] == {"misread_numbers": 1}

    diff = intake.ask("GET", f"/v1/uploads/{right['id']}/diff").body
    assert (
        sum(change["rows"] for change in diff["changes"])
        == sum(change["renumbered"] for change in diff["changes"])
        == 10
    )
    assert [kept["why"] for kept in diff["kept"]] == ["contacted"]
    assert len(diff["misread"]) == 1
    assert one(db, "SELECT state FROM lead WHERE id = %s", lead) == "active"
    move_clock(db, days=29)
    assert one(db, "SELECT booked_until('number', %s, clock()) IS NOT NULL", number)


def test_a_first_version_has_nothing_to_be_compared_with(intake: Intake) -> None:
    upload = bring(intake, intake.add_source(), make_list(0, 2))
    assert intake.ask("GET", f"/v1/uploads/{upload['id']}/diff").problem == (422, "no_earlier_version")


def test_the_same_bytes_of_a_second_vendor_bring_nobody_new(intake: Intake, db: Connection) -> None:
    first = bring(intake, intake.add_source(), make_list(0, 10))
    second = bring(intake, intake.add_source(), make_list(0, 10))
    assert first["id"] != second["id"]
    assert (second["rows"]["read"], second["rows"]["merged"]) == (10, 10)  # type: ignore[index]
    rows = intake.ask("GET", f"/v1/uploads/{second['id']}/rows").body["items"]
    assert {row["reason"] for row in rows} == {"known"}
    assert one(db, "SELECT count(*) FROM lead") == 10


def test_a_list_far_worse_than_usual_waits_for_a_person(intake: Intake, db: Connection) -> None:
    source = intake.add_source()
    bring(intake, source, make_list(0, 60))
    bring(intake, source, make_list(100, 60, bad=2))
    waiting = one(db, "SELECT count(*) FROM queue_entry")
    bad = bring(intake, source, make_list(200, 30, bad=10))
    assert (bad["circulation"], [one["code"] for one in bad["warnings"]]) == ("held", ["bad_share"])  # type: ignore[attr-defined]
    assert bad["warnings"][0]["share"] == 0.333  # type: ignore[index]
    assert one(db, "SELECT count(*) FROM queue_entry") == waiting
    intake.ask("PATCH", f"/v1/uploads/{bad['id']}", {"circulation": "active", "reason": "looked at"})
    assert one(db, "SELECT count(*) FROM queue_entry") == waiting + 20


def test_a_source_may_have_a_limit_of_its_own(intake: Intake) -> None:
    strict, patient = intake.add_source(bad_share_limit="0.1"), intake.add_source(bad_share_limit="0.9")
    assert bring(intake, strict, make_list(0, 30, bad=4))["circulation"] == "held"
    assert bring(intake, patient, make_list(0, 30, bad=20))["circulation"] == "active"


def test_the_limit_of_a_source_can_be_changed(intake: Intake) -> None:
    source = intake.add_source()
    answer = intake.ask("PATCH", f"/v1/sources/{source}", {"bad_share_limit": "0.25", "ends_on": "2099-12-31"})
    assert (answer.status, answer.body["bad_share_limit"], answer.body["ends_on"]) == (200, "0.250", "2099-12-31")


def test_a_source_can_be_given_more_weight(intake: Intake, db: Connection) -> None:
    """Its next leads pass those that came on the same day; nothing that waits changes its place."""
    usual, heavy = intake.add_source(), intake.add_source()
    answer = intake.ask("PATCH", f"/v1/sources/{heavy}", {"weight": 400, "reason": "sells"})
    assert (answer.status, answer.body["weight"]) == (200, 400)
    db.execute("SELECT refresh_scores()")
    bring(intake, usual, make_list(0, 3))
    bring(intake, heavy, make_list(100, 3))
    in_order = db.execute("""
        SELECT u.source_id FROM queue_entry AS q JOIN membership AS m USING (lead_id)
        JOIN record AS r ON r.id = m.record_id JOIN upload AS u ON u.id = r.upload_id ORDER BY q.rank
    """)
    assert list(dict.fromkeys(encode("source", row[0]) for row in in_order)) == [heavy, usual]


def test_a_vendors_sample_shows_shares_and_is_gone(intake: Intake, db: Connection) -> None:
    bring(intake, intake.add_source(), make_list(0, 20))
    numbers = one(db, "SELECT count(*) FROM number")
    sample = make_list(0, 10) + make_list(100, 30).split(b"\n", 1)[1]
    told = bring(intake, intake.add_source(kind="purchased"), sample, dry_run="true")
    shares = told["findings"]["shares"]  # type: ignore[index]
    assert (told["state"], shares["owned"], shares["new"]) == ("ready", 0.25, 0.75)
    assert intake.ask("GET", f"/v1/uploads/{told['id']}/rows").body["items"] == []
    assert one(db, "SELECT count(*) FROM record WHERE upload_id = (SELECT max(id) FROM upload)") == 0
    assert (one(db, "SELECT count(*) FROM number"), one(db, "SELECT count(*) FROM lead")) == (numbers, 20)
    kept = [path for path in (intake.settings.data / "blobs").rglob("*") if path.is_file()]
    assert len(kept) == 1


def test_a_bought_number_makes_a_lead_without_one_callable(intake: Intake, db: Connection) -> None:
    header, row = b"company;person;email;city;phone\n", b"Kwiat Sp. z o.o.;Ewa Lis;ewa@kwiat-radom.pl;Radom;"
    first = bring(intake, intake.add_source(), header + row + b"\n")
    rows = intake.ask("GET", f"/v1/uploads/{first['id']}/rows").body["items"]
    assert (rows[0]["verdict"], rows[0]["reason"]) == ("quarantined", "no_phone")
    assert one(db, "SELECT count(*) FROM quarantine") == 0
    bring(intake, intake.add_source(), header + row + b"601 100 200\n", purpose="update")
    assert one(db, "SELECT count(*) FROM queue_entry WHERE parked_until IS NULL") == 1
