"""Moving in: an old base with owners, history, rests and opt-outs, and what may happen to it afterwards."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from shared.keyed_hash import hash_of
from tests import builders
from tests.integration.line import SECRET, Line

BASE: Final = (
    "external_id", "company", "person", "phone", "city", "country", "owner", "status", "customer_since",
    "last_contact_at", "last_outcome", "next_contact_at", "do_not_call", "consent_at", "consent_text", "revenue",
)  # fmt: skip
CONTACTS: Final = ("external_id", "last_contact_at", "owner", "last_outcome", "note")
TOWNS: Final = ("Radom", "Lublin", "Kielce", "Gdynia", "Opole", "Toruń", "Rzeszów", "Kalisz")
WORDS: Final = (
    "Wierzba",
    "Kasztan",
    "Granit",
    "Bursztyn",
    "Jaskółka",
    "Latarnia",
    "Młyn",
    "Kuźnia",
    "Żagiel",
    "Kompas",
)
CLIENTS: Final = 5_000
REPS: Final = 20


def today(line: Line) -> datetime:
    now = builders.one(line.db, "SELECT clock()")
    assert isinstance(now, datetime)
    return now.astimezone(UTC)


def client(number: int, **said: str) -> tuple[str, ...]:
    name = f"{WORDS[number % 10]} {WORDS[number // 10 % 10]}owski {number}"
    told = {
        "external_id": f"C-{number}",
        "company": f"{name} Sp. z o.o.",
        "phone": f"+48 60{number // 1_000_000} {number // 1_000 % 1_000:03d} {number % 1_000:03d}",
        "city": TOWNS[number % 8],
        "country": "PL",
    }
    return tuple((told | said).get(field, "") for field in BASE)


def name_people(line: Line, *names: str) -> dict[str, int]:
    people = {name: builders.add_person(line.db) for name in names}
    for name, person in people.items():
        line.db.execute("UPDATE person SET name = %s WHERE id = %s", (name, person))
    return people


def claim_all(line: Line, person: int, *, limit: int = 1_000) -> set[int]:
    """What a rep with no limit gets until nothing is left, or so many."""
    got: set[int] = set()
    while len(got) < limit and (
        assignment := builders.one(line.db, "SELECT assignment_id FROM claim_next(%s)", person)
    ):
        got.add(builders.one(line.db, "SELECT lead_id FROM assignment WHERE id = %s", assignment))
    return got


def findings(line: Line, upload: int) -> dict[str, Any]:
    found = builders.one(line.db, "SELECT findings FROM upload WHERE id = %s", upload)
    assert isinstance(found, dict)
    return found


def of(line: Line, statement: str, *values: object) -> set[Any]:
    return {value for (value,) in line.db.execute(statement.encode(), values)}


def make_base(now: datetime) -> list[tuple[str, ...]]:
    """Every fifth is a customer, every seventh was called ten days ago, every eleventh opted out."""
    rows = []
    for number in range(CLIENTS):
        said = {"owner": f"Rep {number % REPS}", "status": "klient" if number % 5 == 0 else "potencjalny"}
        if number % 7 == 0:
            said |= {"last_contact_at": f"{now - timedelta(days=10):%Y-%m-%d %H:%M}", "last_outcome": "not interested"}
        if number % 11 == 0:
            said["do_not_call"] = "x"
        rows.append(client(number, **said))
    return rows


def test_an_old_base_moves_in_with_all_its_promises(line: Line) -> None:
    builders.lift_hours(line.db)
    people = name_people(line, *(f"Rep {number}" for number in range(REPS)))
    rows = make_base(today(line))
    source = builders.add_source(line.db, kind="own")
    upload = builders.stage_upload(line.db, BASE, rows, source=source, purpose="base")
    line.run()
    leads = line.leads(upload)

    told = findings(line, upload)
    assert (told["clients"], told["customers"], told["owned"], told["resting"], told["opted_out"]) == (
        CLIENTS, 1_000, CLIENTS, 715, 455,
    )  # fmt: skip
    owners = of(line, "SELECT owner_id FROM lead")
    assert owners == set(people.values())

    builders.move_clock(line.db, days=1)
    free = {leads[number] for number in range(CLIENTS) if number % 5 and number % 7 and number % 11}
    assert of(line, "SELECT lead_id FROM queue_entry WHERE parked_until IS NULL") == free
    got = claim_all(line, builders.add_person(line.db), limit=300)
    assert len(got) == 300
    assert got <= free
    resting = of(line, "SELECT lead_id FROM contact WHERE rest_until > clock()")
    assert resting == {leads[number] for number in range(0, CLIENTS, 7)}
    assert line.violations() == []


def test_a_rest_ends_when_it_would_have_ended_here(line: Line) -> None:
    builders.lift_hours(line.db)
    called = today(line) - timedelta(days=29)
    upload = line.take_list([client(1, last_contact_at=f"{called:%Y-%m-%d %H:%M}")], fields=BASE, purpose="base")
    rep = builders.add_person(line.db)
    assert claim_all(line, rep) == set()
    builders.move_clock(line.db, days=1, minutes=1)
    line.db.execute("SELECT wake_due(100)")
    assert claim_all(line, rep) == {line.leads(upload)[0]}


def test_five_fruitless_tries_in_the_old_base_are_the_month(line: Line) -> None:
    now = today(line)
    source = builders.add_source(line.db, kind="own")
    upload = line.take_list([client(1), client(2)], fields=BASE, source=source, purpose="base")
    tries = [("C-1", f"{now - timedelta(days=day):%Y-%m-%d 10:00}", "", "no answer", "") for day in range(1, 6)]
    tries.append(("C-2", tries[0][1], "", "no answer", ""))
    line.take_list(tries, fields=CONTACTS, source=source, purpose="base")
    first, second = line.leads(upload)
    assert of(line, "SELECT lead_id FROM contact WHERE rest_until IS NOT NULL") == {first}
    assert of(line, "SELECT lead_id FROM queue_entry WHERE parked_until IS NULL") == {second}
    assert line.violations() == []


def test_past_contacts_stand_with_their_clients(line: Line) -> None:
    people = name_people(line, "Ewa Maj")
    source = builders.add_source(line.db, kind="own")
    base = line.take_list([client(1), client(2)], fields=BASE, source=source, purpose="base")
    rows = [
        ("C-1", "2026-03-01 10:00", "Ewa Maj", "callback", "asked for a price list"),
        ("C-1", "2026-04-01", "Jan Nikt", "told a joke", ""),
        ("C-9", "2026-04-01", "Ewa Maj", "callback", ""),
    ]
    upload = line.take_list(rows, fields=CONTACTS, source=source, purpose="base")
    first = line.leads(base)[0]
    assert line.verdicts(upload) == [
        ("merged", "past_contact"),
        ("merged", "past_contact"),
        ("rejected", "unknown_client"),
    ]
    assert line.leads(upload) == [first, first, None]
    made = line.db.execute("SELECT lead_id, person_id, disposition FROM contact ORDER BY at").fetchall()
    assert made == [(first, people["Ewa Maj"], "callback"), (first, None, "imported")]
    assert of(line, "SELECT body FROM note WHERE lead_id = %s", first) == {"asked for a price list"}
    told = findings(line, upload)
    assert told["unknown_owners"] == [{"name": "Jan Nikt", "why": "unknown", "rows": 1}]
    assert told["doubts"] == {"unknown_outcome": 1}
    assert line.violations() == []


def test_the_same_contacts_again_are_not_doubled(line: Line) -> None:
    source = builders.add_source(line.db, kind="own")
    line.take_list([client(1, last_contact_at="2026-03-01")], fields=BASE, source=source, purpose="base")
    line.take_list([client(1, last_contact_at="2026-03-01")], fields=BASE, source=source, purpose="base")
    assert builders.one(line.db, "SELECT count(*) FROM contact") == 1


def test_a_contact_of_an_unknown_outcome_rests_too(line: Line) -> None:
    day = f"{today(line) - timedelta(days=2):%Y-%m-%d}"
    line.take_list([client(1, last_contact_at=day, last_outcome="pogadaliśmy")], fields=BASE, purpose="base")
    assert None not in of(line, "SELECT parked_until FROM queue_entry")


def test_unknown_owners_are_listed_and_never_guessed(line: Line) -> None:
    name_people(line, "Jan Lis", "Jan  Lis2")
    rows = [client(1, owner="jan lis"), client(2, owner="J. Lis"), client(3, owner="J. Lis")]
    upload = line.take_list(rows, fields=BASE, purpose="base")
    assert findings(line, upload)["unknown_owners"] == [{"name": "J. Lis", "why": "unknown", "rows": 2}]
    assert builders.one(line.db, "SELECT count(owner_id) FROM lead") == 1


def test_a_namesake_owns_nothing(line: Line) -> None:
    for _ in range(2):
        line.db.execute("UPDATE person SET name = 'Jan Lis' WHERE id = %s", (builders.add_person(line.db),))
    upload = line.take_list([client(1, owner="Jan Lis")], fields=BASE, purpose="base")
    assert findings(line, upload)["unknown_owners"][0]["why"] == "ambiguous"


def test_what_was_promised_goes_to_its_owner(line: Line) -> None:
    builders.lift_hours(line.db)
    people = name_people(line, "Ewa Maj")
    due = f"{today(line) + timedelta(days=2):%Y-%m-%d %H:%M}"
    said = {
        "owner": "Ewa Maj",
        "last_contact_at": f"{today(line) - timedelta(days=3):%Y-%m-%d}",
        "next_contact_at": due,
    }
    upload = line.take_list([client(1, **said)], fields=BASE, purpose="base")
    other = builders.add_person(line.db)
    builders.move_clock(line.db, days=2, minutes=1)
    assert claim_all(line, other) == set()
    assert claim_all(line, people["Ewa Maj"]) == {line.leads(upload)[0]}
    assert line.violations() == []


def test_a_customer_without_a_known_owner_is_promised_to_nobody(line: Line) -> None:
    said = {
        "status": "customer",
        "owner": "Nobody Here",
        "next_contact_at": f"{today(line) + timedelta(days=2):%Y-%m-%d}",
    }
    upload = line.take_list([client(1, **said)], fields=BASE, purpose="base")
    assert builders.one(line.db, "SELECT count(*) FROM promise") == 0
    assert findings(line, upload)["doubts"] == {"promise_without_owner": 1}


@pytest.mark.parametrize("status", ["VIP", "Действующий клиент", "Stały klient"])
def test_whoever_may_be_a_customer_is_in_no_hunters_pool(line: Line, status: str) -> None:
    line.take_list([client(1, status=status)], fields=BASE, purpose="base")
    assert builders.one(line.db, "SELECT count(*) FROM queue_entry") == 0


def test_a_customer_stays_one_whatever_list_brings_it(line: Line) -> None:
    line.take_list([client(1, status="customer")], fields=BASE, purpose="base")
    again = line.take_list([client(1)], fields=BASE)
    assert line.verdicts(again) == [("merged", "known")]
    assert builders.one(line.db, "SELECT count(*) FROM queue_entry") == 0


def test_no_import_brings_back_who_opted_out(line: Line) -> None:
    first = line.take_list([client(1, do_not_call="tak")], fields=BASE, purpose="base")
    again = line.take_list(
        [client(1, do_not_call="no", consent_at="2026-01-05", consent_text="yes")], fields=BASE, purpose="base"
    )
    assert line.verdicts(first) == line.verdicts(again) == [("suppressed", "suppressed_site")]
    bought = line.take_list([("600 000 001",)], fields=("phone",))
    assert line.verdicts(bought) == [("suppressed", "suppressed_number")]
    assert builders.one(line.db, "SELECT count(*) FROM queue_entry") == 0
    assert line.violations() == []


def test_an_opt_out_of_somebody_in_work_ends_the_work(line: Line) -> None:
    builders.lift_hours(line.db)
    line.take_list([client(1)], fields=BASE)
    assert len(claim_all(line, builders.add_person(line.db))) == 1
    line.take_list([client(1, do_not_call="1")], fields=BASE, purpose="base")
    assert of(line, "SELECT end_reason FROM assignment") == {"revoked"}
    assert line.violations() == []


def test_consents_are_kept_in_their_words(line: Line) -> None:
    line.take_list([client(1, consent_at="2026-01-05", consent_text="I agree to calls")], fields=BASE, purpose="base")
    kept = line.db.execute("SELECT given, words, given_at::date::text FROM consent").fetchall()
    assert kept == [(True, "I agree to calls", "2026-01-05")]


def test_a_trial_of_moving_in_tells_all_and_leaves_nothing(line: Line) -> None:
    name_people(line, "Ewa Maj")
    said = {"owner": "Ewa Maj", "status": "customer", "last_contact_at": f"{today(line) - timedelta(days=3):%Y-%m-%d}"}
    rows: Sequence[tuple[str, ...]] = [client(1, **said), client(2, do_not_call="1"), client(3, owner="Who")]
    upload = line.take_list(rows, fields=BASE, purpose="base", dry_run=True)
    told = findings(line, upload)
    names = ("clients", "customers", "owned", "resting", "opted_out", "promises")
    assert [told[name] for name in names] == [3, 1, 1, 1, 1, 0]
    assert told["unknown_owners"] == [{"name": "Who", "why": "unknown", "rows": 1}]
    for table in ("lead", "record", "number", "contact", "suppression", "raw_row", "outcome", "booking"):
        assert builders.one(line.db, f"SELECT count(*) FROM {table}") == 0, table
    assert line.violations() == []


def test_the_opt_outs_number_is_kept_as_a_hash_only(line: Line) -> None:
    line.take_list([client(1, do_not_call="1")], fields=BASE, purpose="base")
    assert hash_of(SECRET, "number", "+48600000001") in of(
        line, "SELECT key_hash FROM suppression WHERE scope = 'number'"
    )


def test_a_base_that_nobody_worked_can_be_taken_back(line: Line) -> None:
    people = name_people(line, "Ewa Maj")
    said = {"owner": "Ewa Maj", "next_contact_at": f"{today(line) + timedelta(days=2):%Y-%m-%d}"}
    upload = line.take_list([client(1, **said)], fields=BASE, purpose="base")
    line.db.execute("UPDATE upload SET state = 'withdrawn' WHERE id = %s", (upload,))
    line.db.execute("SELECT withdraw_upload(%s, 'mistake', %s)", (upload, people["Ewa Maj"]))
    assert of(line, "SELECT state FROM lead") == {"withdrawn"}
    assert of(line, "SELECT state FROM promise") == {"withdrawn"}
    assert line.violations() == []


def test_erasure_reaches_rows_that_only_told_of_a_client(line: Line) -> None:
    source = builders.add_source(line.db, kind="own")
    base = line.take_list([client(1)], fields=BASE, source=source, purpose="base")
    upload = line.take_list(
        [("C-1", "2026-03-01", "", "", "likes chess")], fields=CONTACTS, source=source, purpose="base"
    )
    line.db.execute("SELECT erase_person(%s, NULL, 'asked')", (line.leads(base)[0],))
    assert of(line, "SELECT array_to_string(cells, '') FROM raw_row WHERE upload_id = %s", upload) == {""}
    assert of(line, "SELECT body FROM note") == {None}
