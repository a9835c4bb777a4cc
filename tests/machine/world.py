"""The real ledger as the machine drives it: the services' own use cases, each under the role of its service.

Nothing is judged here. What a use case refuses is raised as `Refused` or `Superseded`.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa

from services import clock
from services.cleaner.jobs import turn
from services.dispatcher import correction, holding, leading, outcome
from shared.auth import Caller, Role
from shared.blobs import BlobStore
from shared.config import Settings, read_settings
from shared.doorbell import Doorbell
from shared.hygiene.merging import merge_two, part
from shared.keyed_hash import hash_of
from shared.storage.board import Choice
from shared.storage.card import Card, read_cards
from shared.storage.engine import Ledger, driver
from shared.storage.invariant import Violation, find_violations
from shared.storage.reach import Reach
from shared.storage.suppression import add_suppressions, lift_suppression
from tests.builders import add_person, add_source, connect, lift_hours, move_clock, one, stage_upload
from tests.machine.attempt import Attempt, attempt_once
from tests.machine.lists import FIELDS

REPS = 3
EVERYTHING = Reach()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the dispatcher answered to a contact or its correction."""

    contact: int
    late: bool
    card: Card | None


class World:
    """A fresh database with its people, seen through the services' logins."""

    def __init__(
        self, database: AbstractContextManager[str], redis_url: str, folder: Path, *, attempt: Attempt = attempt_once
    ) -> None:
        self.exits = ExitStack()
        self.attempt = attempt
        database_url = self.exits.enter_context(database)
        self.owner = self.exits.enter_context(connect(database_url))
        self.settings = _settings(database_url, redis_url, folder)
        self.secret = self.settings.secret_key_file.read_bytes()
        self.cleaner = self._ledger("cleaner")
        self.dispatcher = self._ledger("dispatcher")
        self.eraser = self._ledger("eraser")
        blobs = BlobStore(Path(self.settings.blobs))
        self.chores = clock.Parts(self._ledger("clock"), self.eraser, Doorbell(redis_url), blobs, self.secret)
        clock.add_duties(self.chores.ledger)
        self.watcher = self.exits.enter_context(_watch(database_url))
        lift_hours(self.owner)
        self.reps = [add_person(self.owner) for _ in range(REPS)]
        self.supervisor = add_person(self.owner, role="supervisor")
        self.sources = [add_source(self.owner, kind=kind) for kind in ("purchased", "form")]
        self.dispositions = _dispositions(self.owner)

    def close(self) -> None:
        """Closes every connection and removes the database."""
        self.exits.close()

    def now(self) -> datetime:
        """What time the database says it is."""
        at: datetime = one(self.owner, "SELECT clock()")
        return at

    def wait(self, by: timedelta) -> None:
        """Moves the clock."""
        move_clock(self.owner, seconds=by.total_seconds())

    def run_chores(self) -> Mapping[str, int]:
        """Lets the clock do what is due."""
        done = clock.run_due(self.chores)
        failed = self.owner.execute("SELECT name, failure FROM chore WHERE failure IS NOT NULL").fetchall()
        assert failed == []
        return done

    def find_violations(self) -> list[Violation]:
        """Checks every invariant in SQL."""
        return find_violations(self.watcher)

    def top(self, lead: int) -> int:
        """What a lead has become through merges."""
        above = one(self.owner, "SELECT merged_into FROM lead WHERE id = %s", lead)
        return lead if above is None else self.top(int(above))

    def site(self, lead: int) -> int | None:
        """The site of a lead."""
        found: int | None = one(self.owner, "SELECT site_id FROM lead WHERE id = %s", lead)
        return found

    # the line

    def upload(self, source: int, rows: Sequence[Sequence[str]]) -> int:
        """Stages rows and takes them through the line as the cleaner's jobs do."""
        upload = stage_upload(self.owner, FIELDS, rows, source=source, batch_rows=3)
        while turn(self.cleaner, self.settings):
            pass
        return upload

    # the dispatcher

    def claim(self, rep: int, count: int = 1) -> list[Card]:
        """A rep pulls."""

        def work(connection: sa.Connection) -> list[Card]:
            claim = "SELECT assignment_id FROM leadmill.claim_next(%s)"
            given = [driver(connection).execute(claim, (rep,)).fetchone() for _ in range(count)]
            return read_cards(connection, [row[0] for row in given if row and row[0]])

        return self.attempt(self.dispatcher.transaction, work)

    def contact(self, rep: int, assignment: int, body: Mapping[str, Any]) -> Answer:
        """A rep tells what came of a call."""

        def work(connection: sa.Connection) -> Answer:
            effect = outcome.record_contact(connection, _caller(rep), Reach(person_id=rep), assignment, body)
            return _answer(connection, effect.ids)

        return self.attempt(self.dispatcher.transaction, work)

    def correct(self, who: int, contact: int, body: Mapping[str, Any]) -> Answer:
        """A rep or the supervisor corrects a contact."""
        is_rep = who in self.reps
        caller, reach = (_caller(who), Reach(person_id=who)) if is_rep else (self._leader(), EVERYTHING)

        def work(connection: sa.Connection) -> Answer:
            effect = correction.correct_contact(connection, caller, reach, contact, body)
            return _answer(connection, effect.ids)

        return self.attempt(self.dispatcher.transaction, work)

    def extend(self, rep: int, assignment: int, fence: int) -> Card:
        """A rep prolongs."""

        def work(connection: sa.Connection) -> Card:
            holding.extend(connection, _caller(rep), Reach(person_id=rep), assignment, {"fence": fence})
            return read_cards(connection, [assignment])[0]

        return self.attempt(self.dispatcher.transaction, work)

    def release(self, rep: int, assignment: int, fence: int) -> Card:
        """A rep gives back."""
        body = {"fence": fence, "reason": "no_time"}

        def work(connection: sa.Connection) -> Card:
            holding.release(connection, _caller(rep), Reach(person_id=rep), assignment, body)
            return read_cards(connection, [assignment])[0]

        return self.attempt(self.dispatcher.transaction, work)

    def hand_off(self, rep: int, assignment: int, fence: int, to: int | None) -> None:
        """A rep hands on, to a person or (None) to the pool."""
        pool = None if to is not None else one(self.owner, "SELECT id FROM pool WHERE name = 'default'")
        body = {"fence": fence, "person_id": to, "pool_id": pool, "note": None}

        def work(connection: sa.Connection) -> None:
            holding.hand_off(connection, _caller(rep), Reach(person_id=rep), assignment, body)

        self.attempt(self.dispatcher.transaction, work)

    def give(self, lead: int, rep: int) -> Card:
        """The supervisor gives a lead to a rep."""
        body = {"lead_id": lead, "person_id": rep, "reason": "knows them"}

        def work(connection: sa.Connection) -> Card:
            effect = leading.give_lead(connection, self._leader(), EVERYTHING, body)
            given: Any = effect.ids["assignment"]
            return read_cards(connection, [given])[0]

        return self.attempt(self.dispatcher.transaction, work)

    def reclaim(self, assignments: Sequence[int]) -> list[int]:
        """The supervisor takes leads back."""
        choice = Choice(EVERYTHING, ids=assignments)

        def work(connection: sa.Connection) -> list[int]:
            taking = leading.reclaim(connection, self._leader(), choice, reason="stale", dry_run=False, even_so=False)
            return [one.id for one in taking.taken]

        return self.attempt(self.dispatcher.transaction, work)

    # the base

    def merge(self, winner: int, loser: int) -> int:
        """A person joins two leads; gives the merge."""

        def work(connection: sa.Connection) -> int:
            merge_two(connection, winner, loser, reason="same", made_by=self.supervisor)
            merge: int = connection.execute(sa.text("SELECT max(id) FROM merge")).scalar_one()
            return merge

        return self.attempt(self.dispatcher.transaction, work)

    def part(self, merge: int) -> None:
        """A person parts what a merge joined."""

        def work(connection: sa.Connection) -> None:
            part(connection, merge, reason="not the same", made_by=self.supervisor)

        self.attempt(self.dispatcher.transaction, work)

    def suppress(self, e164: str) -> tuple[int, list[int]]:
        """Suppresses a number; gives the entry and the assignments that ended."""
        return self._suppress("number", e164)

    def suppress_email(self, email: str) -> tuple[int, list[int]]:
        """Suppresses an e-mail address."""
        return self._suppress("email", email)

    def lift(self, suppression: int) -> bool:
        """Lifts a suppression."""

        def work(connection: sa.Connection) -> bool:
            return lift_suppression(connection, suppression, reason="mistake", by=self.supervisor)

        return self.attempt(self.dispatcher.transaction, work)

    def erase(self, lead: int) -> list[int]:
        """Erases a person; gives every lead that was theirs."""
        tree = [int(row[0]) for row in self.owner.execute("SELECT lead_tree(%s)", (self.top(lead),))]
        with self.eraser.transaction() as connection:
            connection.execute(
                sa.text("SELECT erase_person(:lead, :by, 'asked')"), {"lead": lead, "by": self.supervisor}
            )
        return tree

    def _suppress(self, scope: str, value: str) -> tuple[int, list[int]]:
        hashes = [hash_of(self.secret, scope, value)]

        def work(connection: sa.Connection) -> tuple[int, list[int]]:
            ended = add_suppressions(connection, scope, hashes, reason="asked", source="test", by=self.supervisor)
            entry: int = connection.execute(sa.text("SELECT max(id) FROM suppression")).scalar_one()
            return entry, ended

        return self.attempt(self.dispatcher.transaction, work)

    def _ledger(self, service: str, *, keeps_plans: bool = False) -> Ledger:
        url = self.settings.database_url(service)
        ledger = Ledger(url, application_name=f"machine {service}", max_connections=12, keeps_plans=keeps_plans)
        self.exits.callback(ledger.dispose)
        return ledger

    def _leader(self) -> Caller:
        return Caller(0, self.supervisor, Role.SUPERVISOR, None, "supervisor")


def _settings(database_url: str, redis_url: str, folder: Path) -> Settings:
    key = folder / "secret.key"
    key.write_bytes(bytes(range(32)))
    given = {"LEADMILL_DATA": str(folder), "LEADMILL_DATABASE_URL": database_url, "LEADMILL_REDIS_URL": redis_url}
    return read_settings({**given, "LEADMILL_SECRET_KEY_FILE": str(key)})


def _watch(database_url: str) -> sa.Connection:
    url = sa.make_url(database_url).set(drivername="postgresql+psycopg")
    options = {"options": "-c search_path=leadmill", "prepare_threshold": 1}
    return sa.create_engine(url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT", connect_args=options).connect()


def _dispositions(db: "psycopg.Connection[Any]") -> dict[str, dict[str, Any]]:
    rows = db.execute("SELECT code, contact_made, effect, rest, required, opt_out FROM disposition ORDER BY position")
    names = ("contact_made", "effect", "rest", "required", "opt_out")
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows}


def _caller(rep: int) -> Caller:
    return Caller(0, rep, Role.REP, None, "rep")


def _answer(connection: sa.Connection, ids: Mapping[str, Any]) -> Answer:
    shown = ids["assignment"]
    card = None if shown is None else read_cards(connection, [shown])[0]
    return Answer(ids["contact"], ids["late"], card)
