"""What the law lets a person ask for: a marked person goes through the whole line, is found, told, restricted, erased."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from services.cleaner import jobs
from services.person_command import person
from services.verify_command import check_ledger
from shared.ids import UnknownId, decode, encode
from tests.builders import Connection, connect, lift_hours, one
from tests.integration.desk import Desk, add_desk, running_dispatcher
from tests.integration.intake_app import Intake, read_lists, running_intake

MARK = "Zyxquark"
NUMBERS = ("601234987", "223456781", "602345871")
EMAIL = f"anna.{MARK.lower()}@poczta-radom.pl"
PERSON = f"Anna {MARK}"
COMPANY = f"{MARK} Meble Sp. z o.o."
LIST = f"""company;person;phone;mobile;email;street;city;note;Loyalty card
{COMPANY};{PERSON};22 345 67 81;601 234 987;{EMAIL};ul. {MARK}owa 5;Radom;asks for {MARK};card {MARK}
Huta Mewa S.A.;Ewa Nowak;22 555 01 10;;ewa@hutamewa.pl;ul. Polna 1;Gdynia;;
Kwiat Sp. z o.o.;Jan Lis;22 555 01 11;;jan@kwiatlublin.pl;ul. Leśna 2;Lublin;;
""".encode()
AGAIN = json.dumps(
    [{"company": COMPANY, "person": PERSON, "phone": "+48 601-234-987", "email": EMAIL, "city": "Radom", "hat": MARK}]
).encode()


@dataclass
class World:
    """The line with its people and the command line, on one ledger."""

    intake: Intake
    db: Connection
    rep: Desk

    def clean(self) -> None:
        read_lists(self.intake)
        ledger = jobs.open_ledger(self.intake.settings)
        while jobs.turn(ledger, self.intake.settings):
            pass
        ledger.dispose()

    def command(self, *arguments: str) -> Any:
        done = CliRunner().invoke(person, [*arguments, "--json"], obj=self.intake.settings, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    def claim(self, lead: str) -> Any:
        while (given := self.rep.claim()) is not None:
            if given["lead"]["id"] == lead:
                return given
        raise AssertionError("the lead was not handed out")


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    with (
        running_intake(database_url, tmp_path) as intake,
        connect(database_url) as db,
        running_dispatcher(intake.settings) as app,
    ):
        lift_hours(db)
        yield World(intake, db, add_desk(app, db))
    assert check_ledger(database_url) == []


@pytest.fixture
def lead(world: World) -> str:
    """The marked person's lead, out of two lists and a form."""
    source, other = world.intake.add_source(), world.intake.add_source()
    assert world.intake.upload(source, LIST).status == 202
    assert world.intake.upload(other, AGAIN, name="list.json").status == 202
    world.clean()
    form = {"company": COMPANY, "person": PERSON, "phone": "601 234 987", "email": EMAIL, "city": "Radom"}
    answer = world.intake.ask("POST", "/v1/leads", {"source": source, **form, "request": True, "custom": {"hat": MARK}})
    assert answer.status == 201, answer.text
    return encode("lead", one(world.db, "SELECT top_lead(%s)", decode("lead", answer.body["lead_id"])))


def work(world: World, lead: str) -> None:
    """A rep claims the lead, says what came of it, and proposes more; the client consents."""
    world.db.execute("INSERT INTO fact_field (name, labels, type) VALUES ('supplier', '{}', 'text')")
    world.db.execute(
        "INSERT INTO consent (lead_id, channel, purpose, given, given_at, words, proof) VALUES (%s, 'phone', 'offers', true, clock(), %s, %s)",
        (decode("lead", lead), f"I, {MARK}, agree", f"recording of {MARK}"),
    )
    held = world.claim(lead)
    words: dict[str, Any] = {
        "note": f"{MARK} likes blue",
        "spoke_with": PERSON,
        "facts": {"supplier": f"brother {MARK}"},
    }
    told = world.rep.say(held, "interested", **words, promise={"what": f"send {MARK}", "due": "2036-01-07T10:00:00Z"})
    fence = told["assignment"]["fence"]
    known = {"fence": fence, "person": PERSON, "company": COMPANY, "emails": [EMAIL], "numbers": ["602 345 871"]}
    world.db.execute("UPDATE country SET may_store = false WHERE code = 'SE'")
    rejected = {"fence": fence, "person": PERSON, "address": {"city": f"{MARK}holm", "country": "SE"}}
    for more in (known, rejected):
        world.rep.post(f"/v1/assignments/{held['id']}/proposals", more, status=201)


def traces(db: Connection) -> set[str]:
    """The tables that hold the marker, plain or as bytes, or the digits of a number however they are grouped."""
    grouped = [r"[ ().+-]?".join(number) for number in NUMBERS]
    found = re.compile("|".join([MARK.lower(), MARK.encode().hex(), MARK.lower().encode().hex(), *grouped]))
    tables = db.execute("SELECT relname FROM pg_class WHERE relnamespace = 'leadmill'::regnamespace AND relkind = 'r'")
    return {
        str(table)
        for (table,) in tables.fetchall()
        if any(found.search(row.lower()) for (row,) in db.execute(f"SELECT t::text FROM {table} AS t".encode()))
    }


def test_erasure_leaves_no_trace(world: World, lead: str) -> None:
    work(world, lead)
    held = {"raw_row", "record", "lead", "number", "note", "fact", "consent", "proposal"}
    assert held <= traces(world.db)
    done = world.command("erase", lead, "--reason", "case 7")
    assert traces(world.db) == set()
    assert (done["erased"]["consents"], done["erased"]["facts"], len(done["kept_files"])) == (1, 1, 2)


def test_dry_run_counts_and_changes_nothing(world: World, lead: str) -> None:
    before = traces(world.db)
    counted = world.command("erase", lead, "--reason", "case 7", "--dry-run")
    assert (traces(world.db), counted["dry_run"]) == (before, True)
    done = world.command("erase", lead, "--reason", "case 7")
    assert done["erased"] == counted["erased"]
    assert done["erased"]["records"] == 3


def test_erasing_again_does_nothing(world: World, lead: str) -> None:
    world.command("erase", lead, "--reason", "case 7")
    suppressions = one(world.db, "SELECT count(*) FROM suppression")
    assert world.command("erase", lead, "--reason", "case 7")["erased"] == {}
    assert one(world.db, "SELECT count(*) FROM suppression") == suppressions


def test_no_list_brings_an_erased_person_back(world: World, lead: str) -> None:
    world.command("erase", lead, "--reason", "case 7")
    world.intake.upload(world.intake.add_source(), AGAIN, name="list.json")
    world.clean()
    last = "SELECT verdict FROM outcome WHERE upload_id = (SELECT max(id) FROM upload WHERE filename = 'list.json')"
    assert one(world.db, last) == "suppressed"


def test_a_colleague_is_not_erased_with_a_shared_number(world: World, lead: str) -> None:
    colleague = b"company;person;phone;city\nTartak Nowy;Piotr Wilk;601 234 987;Opole\n"
    world.intake.upload(world.intake.add_source(), colleague)
    world.clean()
    world.command("erase", lead, "--reason", "case 7")
    assert one(world.db, "SELECT count(*) FROM number WHERE e164 = '+48601234987'") == 1
    assert one(world.db, "SELECT count(*) FROM lead WHERE fields ->> 'person' = 'Piotr Wilk'") == 1


@pytest.mark.parametrize(
    "query", [["+48601234987"], ["601 23 49 87", "--country", "PL"], [EMAIL.upper()], ["zyxquark meble"], [PERSON]]
)
def test_a_person_is_found_masked(world: World, lead: str, query: list[str]) -> None:
    (found,) = world.command("find", *query)["leads"]
    assert found["lead_id"] == lead
    assert EMAIL not in json.dumps(found)
    assert not any(number in json.dumps(found) for number in NUMBERS)


def test_an_erased_person_is_still_found_by_hash(world: World, lead: str) -> None:
    world.command("erase", lead, "--reason", "case 7")
    states = {found["state"] for found in world.command("find", EMAIL)["leads"]}
    assert states == {"erased"}


def test_nobody_is_found_by_a_pattern(world: World, lead: str) -> None:
    assert world.command("find", "%")["leads"] == []


def test_an_export_tells_everything(world: World, lead: str) -> None:
    work(world, lead)
    told = world.command("export", lead)
    assert {name for name, rows in told.items() if not rows} == {"merges", "suppressions"}
    personal = ("leads", "records", "notes", "facts", "consents", "proposals")
    assert all(MARK in json.dumps(told[name]) for name in personal)
    assert told["records"][0]["upload_id"].startswith("up_")


def test_who_asked_is_in_the_audit(world: World, lead: str) -> None:
    world.command("find", EMAIL)
    world.command("export", lead)
    world.command("restrict", lead, "--reason", "case 8")
    world.command("restrict", lead, "--reason", "case 8", "--lift")
    world.command("erase", lead, "--reason", "case 8")
    actions = [action for (action,) in world.db.execute("SELECT action FROM audit ORDER BY id DESC LIMIT 5")]
    names = ["person_found", "person_exported", "person_restricted", "person_unrestricted", "erase_person"]
    assert actions[::-1] == names


def test_a_restricted_lead_is_taken_back_and_handed_out_no_more(world: World, lead: str) -> None:
    held = world.claim(lead)
    done = world.command("restrict", lead, "--reason", "case 9")
    assert done["ended"] == [held["id"]]
    assert (
        one(world.db, "SELECT end_reason FROM assignment WHERE id = %s", decode("assignment", held["id"])) == "revoked"
    )
    assert one(world.db, "SELECT count(*) FROM queue_entry WHERE lead_id = %s", decode("lead", lead)) == 0
    assert world.command("restrict", lead, "--reason", "case 9")["changed"] is False


def test_a_restriction_is_lifted(world: World, lead: str) -> None:
    assert world.command("restrict", lead, "--reason", "case 9", "--lift")["changed"] is False
    world.command("restrict", lead, "--reason", "case 9")
    assert world.command("restrict", lead, "--reason", "case 9", "--lift")["changed"] is True
    assert world.claim(lead)["lead"]["id"] == lead


def test_a_restriction_can_be_tried_first(world: World, lead: str) -> None:
    assert world.command("restrict", lead, "--reason", "case 9", "--dry-run")["changed"] is True
    assert world.claim(lead)["lead"]["id"] == lead


def test_an_unknown_lead_is_refused(world: World) -> None:
    with pytest.raises(UnknownId):
        world.command("export", "ld_nothing")


def test_without_json_it_is_told_in_lines(world: World, lead: str) -> None:
    def told(*arguments: str) -> str:
        done = CliRunner().invoke(person, arguments, obj=world.intake.settings, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.stdout

    assert told("find", "601234987", "--region", "pl").startswith(f"{lead}  active  PL  {COMPANY}  A*** Z***")
    assert told("restrict", lead, "--reason", "case 9").splitlines()[1] == "restricted: True"
    assert "nothing" in told("erase", lead, "--reason", "case 9") + told("erase", lead, "--reason", "case 9")
    assert json.loads(told("export", lead))["leads"][0]["fields"] == {}
