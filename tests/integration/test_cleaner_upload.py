"""A list goes through the line: what becomes of its rows, and that nothing is lost, doubled or half done."""

import pytest

from shared.domain.errors import Superseded
from shared.hygiene.base import COUNT_FROM
from shared.hygiene.cleaning import Cleaner
from shared.hygiene.matching import check_current, is_current, match_records
from shared.hygiene.upload_matching import Matcher
from shared.keyed_hash import hash_of
from shared.match.key import MAX_KEY_RECORDS
from shared.storage.batch import Batch, take_batch
from shared.storage.candidate import list_new_records
from shared.storage.upload_progress import refresh_statistics
from shared.work import Task, work_batches
from tests import builders
from tests.integration.line import FIELDS, SECRET, Line

ANNA = (
    "Nowak Druk Sp. z o.o.",
    "Anna Nowak",
    "601 202 303",
    "anna.nowak@nowak-druk.pl",
    "ul. Polna 3",
    "Warszawa",
    "PL",
)
ANNA_AGAIN = ("NOWAK DRUK", "Nowak Anna", "+48601202303", "Anna.Nowak@nowak-druk.pl", "Polna 3", "Warszawa", "Polska")
PIOTR = ("Zieliński Okna", "Piotr Zieliński", "602 303 404", "piotr@zielinski-okna.pl", "ul. Leśna 8", "Kraków", "PL")
SILENT = ("Lipowa Meble", "Ewa Lis", "", "ewa@lipowa-meble.pl", "ul. Lipowa 1", "Gdańsk", "PL")
EMPTY = ("", "", "", "", "", "Gdańsk", "PL")
BROKEN = ("Krótka Dachy", "Jan Wilk", "12", "", "ul. Krótka 4", "Łódź", "PL")
DENIED = ("Długa Stal", "Adam Kruk", "+48 111 111 112", "", "ul. Długa 9", "Lublin", "PL")


def state_of(line: Line, upload: int) -> object:
    return builders.one(line.db, "SELECT state FROM upload WHERE id = %s", upload)


def queued(line: Line) -> set[object]:
    return {lead for (lead,) in line.db.execute("SELECT lead_id FROM queue_entry")}


def test_each_row_gets_its_verdict(line: Line) -> None:
    upload = line.take_list([ANNA, PIOTR, ANNA_AGAIN, SILENT, EMPTY, BROKEN, DENIED])
    assert line.verdicts(upload) == [
        ("new", "new"),
        ("new", "new"),
        ("merged", "duplicate"),
        ("quarantined", "no_phone"),
        ("rejected", "empty_lead"),
        ("quarantined", "unreadable_phone"),
        ("quarantined", "invalid"),
    ]
    assert state_of(line, upload) == "ready"
    assert line.violations() == []


def test_a_duplicate_row_shares_its_lead(line: Line) -> None:
    upload = line.take_list([ANNA, PIOTR, ANNA_AGAIN])
    first, second, third = line.leads(upload)
    assert first == third != second


def test_counts_add_up_to_rows(line: Line) -> None:
    upload = line.take_list([ANNA, PIOTR, ANNA_AGAIN, SILENT, EMPTY])
    counts = builders.one(line.db, "SELECT counts FROM upload WHERE id = %s", upload)
    assert counts == {"new": 2, "merged": 1, "review": 0, "quarantined": 1, "suppressed": 0, "rejected": 1}


def test_only_callable_leads_are_queued(line: Line) -> None:
    upload = line.take_list([ANNA, SILENT])
    assert queued(line) == {line.leads(upload)[0]}


def test_the_same_list_again_is_known(line: Line) -> None:
    before = line.take_list([ANNA, PIOTR, SILENT])
    again = line.take_list([ANNA_AGAIN, PIOTR, SILENT])
    assert line.verdicts(again) == [("merged", "known")] * 3
    assert line.leads(again) == line.leads(before)
    assert line.violations() == []


def test_a_lead_of_more_records_than_a_key_may_have_is_found(line: Line) -> None:
    before = line.take_list([SILENT] * (MAX_KEY_RECORDS + 20))
    again = line.take_list([SILENT, PIOTR])
    assert line.verdicts(again) == [("merged", "known"), ("new", "new")]
    assert line.leads(again)[0] == line.leads(before)[0]


def test_a_known_lead_gets_the_new_number(line: Line) -> None:
    before = line.take_list([SILENT])
    line.take_list([("Lipowa Meble", "Ewa Lis", "603 404 505", "ewa@lipowa-meble.pl", "ul. Lipowa 1", "Gdańsk", "PL")])
    assert queued(line) == set(line.leads(before))
    assert line.violations() == []


def test_golden_values_say_where_they_are_from(line: Line) -> None:
    upload = line.take_list([ANNA, ANNA_AGAIN])
    provenance = builders.one(line.db, "SELECT provenance FROM lead WHERE id = %s", line.leads(upload)[0])
    records = {record for (record,) in line.db.execute("SELECT id FROM record")}
    assert set(provenance.values()) <= records
    assert "company" in provenance


def test_suppressed_rows_are_never_queued(line: Line) -> None:
    hashes = [hash_of(SECRET, "number", "+48601202303")]
    line.db.execute("SELECT add_suppressions('number', %s, 'asked', 'test')", (hashes,))
    line.db.execute(
        "SELECT add_suppressions('domain', %s, 'asked', 'test')", ([hash_of(SECRET, "domain", "zielinski-okna.pl")],)
    )
    upload = line.take_list([ANNA, PIOTR])
    assert line.verdicts(upload) == [("suppressed", "suppressed_number"), ("suppressed", "suppressed_domain")]
    assert queued(line) == set()
    assert line.violations() == []


def test_a_list_of_people_to_leave_alone_suppresses(line: Line) -> None:
    before = line.take_list([ANNA, PIOTR])
    upload = line.take_list(
        [("601 202 303", ""), ("", "zielinski-okna.pl")], fields=("phone", "website"), purpose="suppress"
    )
    assert [verdict for verdict, _ in line.verdicts(upload)] == ["suppressed", "suppressed"]
    assert len(line.leads(before)) == 2
    assert queued(line) == set()
    assert line.violations() == []


def test_a_row_in_doubt_is_a_lead_under_review(line: Line) -> None:
    nobody = (ANNA[0], "", ANNA[2], "", *ANNA[4:])
    upload = line.take_list([ANNA, nobody])
    assert line.verdicts(upload)[1] == ("review", "possible_duplicate")
    review = line.db.execute("SELECT lead_a, lead_b, state, match_id IS NOT NULL FROM review").fetchall()
    assert review == [(*line.leads(upload), "open", True)]


def test_a_rule_sends_leads_to_their_pool(line: Line) -> None:
    pool = builders.one(line.db, "INSERT INTO pool (name) VALUES ('south') RETURNING id")
    condition = '{"country": ["PL"], "city": ["Kraków", "Katowice"], "source_kind": ["purchased"]}'
    line.db.execute("INSERT INTO pool_rule (pool_id, position, condition) VALUES (%s, 1, %s)", (pool, condition))
    upload = line.take_list([ANNA, PIOTR])
    names = [
        builders.one(line.db, "SELECT p.name FROM lead JOIN pool AS p ON p.id = pool_id WHERE lead.id = %s", lead)
        for lead in line.leads(upload)
    ]
    assert names == ["default", "south"]
    assert line.violations() == []


def test_a_number_of_three_companies_is_shared(line: Line) -> None:
    places = [("Lipowa Meble", "Gdańsk"), ("Długa Stal", "Lublin"), ("Krótka Dachy", "Łódź")]
    line.take_list([(company, "", "22 123 45 67", "", "", city, "PL") for company, city in places])
    assert builders.one(line.db, "SELECT shared FROM number WHERE e164 = '+48221234567'") is True


def test_colleagues_share_a_site(line: Line) -> None:
    colleague = (
        "Nowak Druk Sp. z o.o.",
        "Tomasz Mazur",
        "604 505 606",
        "tomasz.mazur@nowak-druk.pl",
        "ul. Polna 3",
        "Warszawa",
        "PL",
    )
    upload = line.take_list([ANNA, colleague])
    sites = [builders.one(line.db, "SELECT site_id FROM lead WHERE id = %s", lead) for lead in line.leads(upload)]
    assert len(set(line.leads(upload))) == 2
    assert sites[0] is not None
    assert sites[0] == sites[1]


def test_unmapped_columns_stay_with_the_lead(line: Line) -> None:
    upload = line.take_list([("Lipowa Meble", "603 404 505", "dębowe")], fields=("company", "phone", "custom:range"))
    assert (
        builders.one(line.db, "SELECT fields ->> 'custom:range' FROM lead WHERE id = %s", line.leads(upload)[0])
        == "dębowe"
    )


def test_a_country_not_to_be_stored_is_rejected(line: Line) -> None:
    line.db.execute("UPDATE country SET may_store = false WHERE code = 'FR'")
    upload = line.take_list([(*PIOTR[:6], "France"), PIOTR])
    assert line.verdicts(upload) == [("rejected", "country_not_storable"), ("new", "new")]


def test_a_country_not_switched_on_is_kept_and_noted(line: Line) -> None:
    upload = line.take_list([("Chat Noir", "Luc Petit", "+33 1 42 68 53 00", "", "rue Haute 3", "Paris", "France")])
    assert builders.one(line.db, "SELECT notes FROM outcome WHERE upload_id = %s", upload) == ["country_not_enabled"]
    assert queued(line) == set()


def test_a_dry_run_leaves_counts_only(line: Line) -> None:
    upload = line.take_list([ANNA, ANNA_AGAIN], dry_run=True)
    assert builders.one(line.db, "SELECT counts ->> 'merged' FROM upload WHERE id = %s", upload) == "1"
    assert builders.one(line.db, "SELECT count(*) FROM lead") == 0
    assert line.verdicts(line.take_list([ANNA])) == [("new", "new")]
    assert line.violations() == []


def test_a_row_that_breaks_the_code_stands_alone(line: Line) -> None:
    line.db.execute(
        "CREATE FUNCTION burst() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'burst'; END $$;"
        "CREATE TRIGGER burst BEFORE INSERT ON record FOR EACH ROW WHEN (NEW.row_no = 3) EXECUTE FUNCTION burst();"
        "GRANT EXECUTE ON FUNCTION burst() TO leadmill_cleaner"
    )
    upload = line.take_list([ANNA, PIOTR, ANNA_AGAIN, SILENT, EMPTY])
    assert [verdict for verdict, _ in line.verdicts(upload)] == ["new", "new", "rejected", "quarantined", "rejected"]
    assert line.verdicts(upload)[2] == ("rejected", "internal_error")
    assert state_of(line, upload) == "ready"
    assert line.violations() == []


def test_an_upload_without_rows_is_ready(line: Line) -> None:
    upload = builders.stage_upload(line.db, ("company",), [])
    line.db.execute("INSERT INTO batch (upload_id, kind, last_row) VALUES (%s, 'match', 0)", (upload,))
    line.db.execute("UPDATE upload SET state = 'matching' WHERE id = %s", (upload,))
    line.run()
    assert state_of(line, upload) == "ready"


def test_a_dry_run_is_one_slice(line: Line) -> None:
    upload = builders.stage_upload(line.db, FIELDS, [ANNA, PIOTR, SILENT], dry_run=True)
    Matcher(line.ledger, slice_rows=1).match_batch(clean_all(line))
    counts = builders.one(line.db, "SELECT counts FROM upload WHERE id = %s", upload)
    assert sum(counts.values()) == 3


def test_a_filled_ledger_is_known_to_the_planner(line: Line) -> None:
    line.take_list([ANNA, PIOTR])
    with line.ledger.transaction() as connection:
        refresh_statistics(connection)
    assert builders.one(line.db, "SELECT reltuples FROM pg_class WHERE oid = 'lead_number'::regclass") == 2


def test_a_table_that_hardly_grew_is_not_looked_at_again(line: Line) -> None:
    for rows in ([ANNA, PIOTR], [SILENT]):
        line.take_list(rows)
        with line.ledger.transaction() as connection:
            refresh_statistics(connection)
    assert builders.one(line.db, "SELECT reltuples FROM pg_class WHERE oid = 'lead'::regclass") == 2


def test_a_long_list_changes_the_counts_of_the_base(line: Line) -> None:
    rows = [
        (f"Firma {n}", f"Jan Wilk{n}", f"+4860{n:07d}", "", f"ul. Polna {n}", "Łódź", "PL")
        for n in range(1, COUNT_FROM + 1)
    ]
    line.take_list(rows[:-1])
    assert builders.one(line.db, "SELECT count(*) FROM base_count") == 0
    line.take_list([(*row[:1], f"Ewa Lis{n}", f"+4861{n:07d}", *row[3:]) for n, row in enumerate(rows, 1)])
    counts = builders.one(line.db, "SELECT counts FROM base_count")
    assert counts["population"] == {"PL": COUNT_FROM}


def test_a_long_list_is_matched_in_slices(line: Line) -> None:
    upload = builders.stage_upload(line.db, FIELDS, [ANNA, PIOTR, ANNA_AGAIN, SILENT, EMPTY])
    Matcher(line.ledger, slice_rows=2).match_batch(clean_all(line))
    assert [verdict for verdict, _ in line.verdicts(upload)] == ["new", "new", "merged", "quarantined", "rejected"]
    assert line.leads(upload)[0] == line.leads(upload)[2]
    assert state_of(line, upload) == "ready"
    assert line.violations() == []


def test_what_changes_while_a_list_is_matched_is_seen(line: Line) -> None:
    known = line.leads(line.take_list([ANNA]))[0]
    upload = builders.stage_upload(line.db, FIELDS, [ANNA_AGAIN])
    batch = clean_all(line)
    with line.ledger.transaction() as connection:
        matched = match_records(connection, list_new_records(connection, upload, limit=9).ids)
        assert is_current(connection, matched)
    line.db.execute("SELECT erase_person(%s, NULL, 'asked')", (known,))
    with line.ledger.transaction() as connection, pytest.raises(Superseded, match="base_moved"):
        check_current(connection, matched)
    Matcher(line.ledger).match_batch(batch)
    assert line.leads(upload) != [known]
    assert line.violations() == []


def clean_all(line: Line) -> Batch:
    """Cleans what waits and gives the batch of matching that follows."""
    cleaner = Cleaner(line.ledger, SECRET)
    work_batches(
        line.ledger, Task(("clean",), cleaner.clean_batch, cleaner.give_up), worker="test", is_over=lambda: False
    )
    with line.ledger.transaction() as connection:
        batch = take_batch(connection, ["match"], worker="test", lease_s=60)
    assert batch is not None
    return batch


def test_people_told_apart_are_not_joined_again(line: Line) -> None:
    upload = line.take_list([ANNA, PIOTR])
    anna, piotr = (
        builders.one(line.db, "SELECT record_id FROM membership WHERE lead_id = %s", lead)
        for lead in line.leads(upload)
    )
    line.db.execute("INSERT INTO never_same (record_a, record_b) VALUES (%s, %s)", (anna, piotr))
    bridge = (ANNA[0], ANNA[1], f"{ANNA[2]}; {PIOTR[2]}", f"{ANNA[3]}; {PIOTR[3]}", *ANNA[4:])
    line.take_list([bridge])
    assert builders.one(line.db, "SELECT count(*) FROM lead WHERE state = 'active'") == 2
    assert line.violations() == []
