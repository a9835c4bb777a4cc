"""Lists of a purpose of their own: those that fill, those that suppress, those that close; none of them creates a lead."""

from typing import Any

import pytest

from shared.hygiene import marking
from shared.keyed_hash import hash_of
from tests import builders
from tests.integration.line import FIELDS, SECRET, Line

ANNA = ("Nowak Druk", "Anna Nowak", "601 202 303", "anna@nowak-druk.pl", "ul. Polna 3", "Łódź", "PL")
PIOTR = ("Zieliński Okna", "Piotr Zieliński", "602 303 404", "piotr@zielinski-okna.pl", "ul. Leśna 8", "Kraków", "PL")
EWA = ("Lipowa Meble", "Ewa Lis", "603 404 505", "ewa@lipowa-meble.pl", "ul. Lipowa 1", "Gdańsk", "PL")


@pytest.fixture
def line(line: Line) -> Line:
    builders.lift_hours(line.db)
    return line


def count(line: Line, table: str) -> int:
    return int(builders.one(line.db, f"SELECT count(*) FROM {table}"))


def findings(line: Line, upload: int) -> dict[str, Any]:
    return dict(builders.one(line.db, "SELECT findings FROM upload WHERE id = %s", upload))


def queued(line: Line) -> set[object]:
    return {lead for (lead,) in line.db.execute("SELECT lead_id FROM queue_entry")}


def claim(line: Line) -> int:
    return int(builders.one(line.db, "SELECT assignment_id FROM claim_next(%s)", builders.add_person(line.db)))


def set_terms(line: Line, terms: str, rows: list[tuple[str, ...]], fields: tuple[str, ...]) -> int:
    upload = builders.stage_upload(line.db, fields, rows, purpose="suppress")
    line.db.execute("UPDATE upload SET terms = %s WHERE id = %s", (terms, upload))
    line.run()
    return upload


def test_what_fills_joins_who_is_here_and_creates_nobody(line: Line) -> None:
    before = line.take_list([ANNA, PIOTR])
    rows = [(*ANNA[:2], "", "anna@nowak-druk.pl", *ANNA[4:], "1200000"), (*EWA, "90000")]
    upload = line.take_list(rows, fields=(*FIELDS, "revenue"), purpose="update")
    assert line.verdicts(upload) == [("merged", "known"), ("rejected", "unmatched")]
    assert line.leads(upload) == [line.leads(before)[0], None]
    assert (
        builders.one(line.db, "SELECT fields ->> 'revenue' FROM lead WHERE id = %s", line.leads(before)[0]) == "1200000"
    )
    assert (count(line, "lead"), count(line, "record")) == (2, 3)
    assert findings(line, upload) == {"filled": 1, "unmatched": 1}
    assert line.violations() == []


def test_a_bought_list_does_not_change_what_own_systems_say(line: Line) -> None:
    own, bought = builders.add_source(line.db, kind="own"), builders.add_source(line.db)
    line.db.execute("UPDATE source SET trust = 4 WHERE id = %s", (own,))
    before = line.take_list([(*ANNA, "director")], fields=(*FIELDS, "job_title"), source=own)
    line.take_list([(*ANNA, "cleaner")], fields=(*FIELDS, "job_title"), source=bought, purpose="update")
    told = builders.one(line.db, "SELECT fields ->> 'job_title' FROM lead WHERE id = %s", line.leads(before)[0])
    assert told == "director"


def test_a_number_that_is_suppressed_ends_open_work_at_once(line: Line) -> None:
    line.take_list([ANNA])
    claim(line)
    upload = line.take_list([("601202303",)], fields=("phone",), purpose="suppress")
    assert line.verdicts(upload) == [("suppressed", "suppressed_number")]
    assert builders.one(line.db, "SELECT state || ' ' || end_reason FROM assignment") == "ended revoked"
    assert findings(line, upload)["ended"] == 1
    assert line.violations() == []


@pytest.mark.parametrize(
    ("fields", "row", "reason"),
    [
        (("email",), ("ANNA@nowak-druk.pl",), "suppressed_email"),
        (("website",), ("nowak-druk.pl",), "suppressed_domain"),
        (("company", "city"), ("NOWAK DRUK", "Łódź"), "suppressed_site"),
        (("company", "country"), ("Nowak Druk", "PL"), "suppressed_company"),
        (("person", "city"), ("Anna Nowak", "Łódź"), "suppressed_person"),
    ],
)
def test_a_row_suppresses_by_what_it_names(
    line: Line, fields: tuple[str, ...], row: tuple[str, ...], reason: str
) -> None:
    before = line.take_list([ANNA, PIOTR])
    upload = line.take_list([row], fields=fields, purpose="suppress")
    assert line.verdicts(upload) == [("suppressed", reason)]
    assert queued(line) == {line.leads(before)[1]}
    assert line.violations() == []


def test_who_is_not_here_is_kept_as_a_hash_only(line: Line) -> None:
    upload = line.take_list([("601 202 303", "Anna Nowak")], fields=("phone", "person"), purpose="suppress")
    assert line.verdicts(upload) == [("rejected", "kept_as_suppression")]
    assert [count(line, table) for table in ("lead", "record", "number", "match_key")] == [0, 0, 0, 0]
    assert builders.one(line.db, "SELECT key_hash FROM suppression") == hash_of(SECRET, "number", "+48601202303")
    later = line.take_list([ANNA])
    assert line.verdicts(later) == [("suppressed", "suppressed_number")]
    assert queued(line) == set()
    assert line.violations() == []


def test_a_row_that_names_nobody_says_so(line: Line) -> None:
    upload = line.take_list([("", "Anna")], fields=("phone", "person"), purpose="suppress")
    assert line.verdicts(upload) == [("rejected", "names_nobody")]


def test_terms_say_how_a_list_bars(line: Line) -> None:
    line.take_list([ANNA])
    terms = '{"reason": "lawyer", "register": "UKE", "expires_at": "2099-01-01T00:00:00+00:00", "scope": "company"}'
    upload = set_terms(line, terms, [ANNA], FIELDS)
    entry = line.db.execute(
        "SELECT scope, reason, source, expires_at::date::text, upload_id FROM suppression"
    ).fetchall()
    assert entry == [("site", "lawyer", "UKE", "2099-01-01", upload)]


def test_what_expired_is_called_again(line: Line) -> None:
    before = line.take_list([ANNA])
    until = builders.one(line.db, "SELECT (clock() + interval '2 days')::text")
    set_terms(line, f'{{"expires_at": "{until}:00"}}', [("601202303",)], ("phone",))
    assert queued(line) == set()
    builders.move_clock(line.db, days=3)
    line.db.execute("SELECT lift_expired(10)")
    assert queued(line) == set(line.leads(before))
    assert line.violations() == []


def test_the_same_entries_again_are_written_once(line: Line) -> None:
    for _ in range(2):
        line.take_list([("601 202 303",)], fields=("phone",), purpose="suppress")
    assert count(line, "suppression") == 1


def test_a_trial_of_a_suppression_list_suppresses_nobody(line: Line) -> None:
    before = line.take_list([ANNA])
    upload = line.take_list([("601202303",)], fields=("phone",), purpose="suppress", dry_run=True)
    assert builders.one(line.db, "SELECT counts FROM upload WHERE id = %s", upload)["suppressed"] == 1
    assert count(line, "suppression") == 0
    assert queued(line) == set(line.leads(before))


def test_a_mailbox_provider_needs_a_second_look(line: Line) -> None:
    line.take_list([(*ANNA[:3], "anna.nowak@gmail.com", *ANNA[4:])])
    upload = line.take_list([("gmail.com",)], fields=("website",), purpose="suppress")
    assert line.verdicts(upload) == [("rejected", "needs_second_look")]
    assert findings(line, upload)["second_look"][0]["why"] == "free_mail"
    assert count(line, "suppression") == 0


def test_what_hits_many_leads_needs_a_second_look(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marking, "WIDE_LEADS", 1)
    rows = [
        (f"Firma {n}", "", f"60420{n}505", f"biuro{n}@wielka-siec.pl", "", town, "PL")
        for n, town in enumerate(("Opole", "Radom"))
    ]
    line.take_list(rows)
    barred = line.take_list([("wielka-siec.pl",)], fields=("website",), purpose="suppress")
    assert line.verdicts(barred) == [("rejected", "needs_second_look")]
    assert findings(line, barred)["second_look"] == [{"scope": "domain", "why": "many_leads", "leads": 2, "in_work": 0}]
    confirmed = set_terms(line, '{"confirmed": true}', [("wielka-siec.pl",)], ("website",))
    assert line.verdicts(confirmed) == [("suppressed", "suppressed_domain")]
    assert queued(line) == set()


def test_closed_companies_leave_the_queue_and_do_not_come_back(line: Line) -> None:
    colleague = (ANNA[0], "Jan Kos", "604 505 606", "jan@nowak-druk.pl", *ANNA[4:])
    before = line.take_list([ANNA, colleague, PIOTR])
    upload = line.take_list([ANNA, EWA], purpose="closed")
    assert line.verdicts(upload) == [("suppressed", "company_closed"), ("rejected", "unmatched")]
    assert queued(line) == {line.leads(before)[2]}
    again = line.take_list([EWA])
    assert line.verdicts(again) == [("suppressed", "suppressed_site")]
    assert count(line, "lead") == 4
    assert line.violations() == []


def test_no_list_brings_back_who_opted_out(line: Line) -> None:
    line.take_list([ANNA], purpose="suppress")
    for purpose in ("new", "base", "update"):
        line.take_list([(*ANNA, "no")], fields=(*FIELDS, "do_not_call"), purpose=purpose)
    assert queued(line) == set()
    assert builders.one(line.db, "SELECT count(*) FROM suppression WHERE lifted_at IS NOT NULL") == 0
