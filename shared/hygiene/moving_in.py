"""The use case of moving in: clients enter with owners, contacts, promises, consents and opt-outs, in one transaction with their leads."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from shared.domain.disposition import Disposition
from shared.domain.policy import Rules, parse_rules
from shared.hygiene.marking import suppress_clients
from shared.hygiene.owner import Owners
from shared.hygiene.past_contact import UNNAMED, PastContact, judge_contacts
from shared.normalise.history import History, Moment, read_history
from shared.storage import move_in as storage
from shared.storage.clock import read_clock
from shared.storage.disposition import find_disposition
from shared.storage.lead import read_fields
from shared.storage.upload import Upload

_STRICTEST: Final = ("prospect", "partner", "customer")

Findings = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """What one row says, its names resolved; None for a person whom nobody here is called."""

    history: History
    person: int | None
    disposition: Disposition
    note: str | None

    @property
    def is_opt_out(self) -> bool:
        """Whether its client is never to be called."""
        return self.history.opt_out or (self.history.outcome is not None and self.disposition.opt_out)

    @property
    def relation(self) -> str | None:
        """The strictest relation that its status and its outcome say."""
        sold = self.disposition.relation if self.history.outcome else None
        said = [relation for relation in (self.history.relation, sold) if relation]
        return max(said, key=_STRICTEST.index, default=None)


@dataclass(slots=True)
class MovingIn:
    """One slice of a base on its way in: by record what its row says; `doubts`: how often something was not understood."""

    connection: Connection
    upload: Upload
    told: dict[int, Told]
    owners: Owners
    at: datetime
    doubts: Counter[str] = field(default_factory=Counter)


def begin_moving_in(connection: Connection, upload: Upload, records: Sequence[int]) -> MovingIn:
    """Reads what the records say of their clients."""
    owners = Owners(storage.list_people(connection), upload.terms.get("owners") or {})
    moving = MovingIn(connection, upload, {}, owners, read_clock(connection))
    dispositions = _Dispositions(connection)
    for record, fields in read_fields(connection, records).items():
        history = read_history(fields)
        disposition, is_known = dispositions.find(history.outcome)
        moving.told[record] = Told(history, owners.find(history.owner), disposition, _as_note(fields.get("note")))
        moving.doubts.update(history.doubts if is_known else (*history.doubts, "unknown_outcome"))
    return moving


@dataclass(slots=True)
class _Dispositions:
    """Outcome codes, each looked up once."""

    connection: Connection
    _known: dict[str, Disposition | None] = field(default_factory=dict)

    def find(self, code: str | None) -> tuple[Disposition, bool]:
        """The disposition of a code and whether it is one: a contact whose outcome nobody here understands rests as any does."""
        found, unnamed = self._look(code or UNNAMED), self._look(UNNAMED)
        assert unnamed is not None
        return (unnamed, False) if found is None else (found, True)

    def _look(self, code: str) -> Disposition | None:
        if code not in self._known:
            self._known[code] = find_disposition(self.connection, code)
        return self._known[code]


def suppress_opt_outs(moving: MovingIn, records: Sequence[int]) -> int:
    """Suppresses the clients of these records who are never to be called, so that their rows get that verdict; gives how many."""
    opted_out = [record for record in records if moving.told[record].is_opt_out]
    suppress_clients(moving.connection, moving.upload, opted_out)
    return len(opted_out)


def write_history(moving: MovingIn, lead_of: Mapping[int, int], *, contacts_only: bool = False) -> Findings:
    """Writes what the rows say of their leads; `contacts_only` for rows that name a client by the old id alone."""
    connection = moving.connection
    clients = _clients(moving, lead_of)
    # who made a contact need not own its client; what was sold makes a customer, whoever tells it
    storage.move_in_clients(connection, [{**row, "owner": None} for row in clients] if contacts_only else clients)
    told = (_past_contact(moving, record, lead, contacts_only=contacts_only) for record, lead in lead_of.items())
    past = [contact for contact in told if contact]
    leads = sorted(set(lead_of.values()))
    standing = storage.list_standing(connection, leads)
    rows = judge_contacts(past, *_rules(moving, standing, past))
    contacts = storage.move_in_contacts(connection, rows)
    promises = storage.move_in_promises(connection, _promises(moving, lead_of, standing))
    consents = storage.add_consents(connection, moving.upload.source_id, _consents(moving, lead_of))
    storage.settle_moved(connection, leads)
    resting = {row["lead"] for row in rows if row["rest_until"] and row["rest_until"] > moving.at}
    return {
        "clients": len(leads),
        "customers": sum(relation == "customer" for _, relation in standing.values()),
        "owned": 0 if contacts_only else sum(row["owner"] is not None for row in clients),
        "contacts": contacts,
        "resting": len(resting),
        "promises": promises,
        "consents": consents,
        "doubts": {code: count for code, count in moving.doubts.items() if count},
        "unknown_owners": moving.owners.list_unknown(),
    }


def estimate_contacts(moving: MovingIn, client_of: Mapping[int, int]) -> Findings:
    """Tells what past contacts of clients who are not in yet would come to; `client_of` numbers these clients by record."""
    told = (_past_contact(moving, record, client, contacts_only=True) for record, client in client_of.items())
    past = [contact for contact in told if contact]
    rows = judge_contacts(past, *_rules(moving, dict.fromkeys(client_of.values(), (None, "prospect")), past))
    resting = {row["lead"] for row in rows if row["rest_until"] and row["rest_until"] > moving.at}
    opted_out = {client for record, client in client_of.items() if moving.told[record].is_opt_out}
    return {"contacts": len(rows), "resting": len(resting), "opted_out": len(opted_out)}


def _as_note(note: str | list[str] | None) -> str | None:
    return "\n".join(note) if isinstance(note, list) else note


def _clients(moving: MovingIn, lead_of: Mapping[int, int]) -> list[dict[str, Any]]:
    """By lead the strictest relation that its rows say, and the first owner who is somebody."""
    found: dict[int, dict[str, Any]] = {}
    for record, lead in lead_of.items():
        told = moving.told[record]
        row = found.setdefault(lead, {"lead": lead, "relation": None, "owner": None})
        said = [relation for relation in (row["relation"], told.relation) if relation]
        row["relation"] = max(said, key=_STRICTEST.index, default=None)
        row["owner"] = row["owner"] or told.person
    return list(found.values())


def _past_contact(moving: MovingIn, record: int, lead: int, *, contacts_only: bool) -> PastContact | None:
    """The contact that a row tells of; one in the future, or without its day, is none and is counted as a doubt."""
    told = moving.told[record]
    moment = told.history.contact
    if moment is None or moment.at > moving.at:
        moving.doubts["outcome_without_date"] += moment is None and told.history.outcome is not None
        moving.doubts["contact_in_future"] += moment is not None
        return None
    if moment.latest > moving.at:
        moment = Moment(moving.at, is_day=False)
    if contacts_only:
        return PastContact(lead, moment, told.disposition, None, told.person, told.note)
    return PastContact(lead, moment, told.disposition, record, told.person)


def _rules(
    moving: MovingIn, standing: Mapping[int, tuple[int | None, str]], past: Sequence[PastContact]
) -> tuple[Callable[[int], Rules], Callable[[int, datetime], datetime]]:
    """The rules of each lead's pool, and the ends of the times in which attempts are counted."""
    by_pool = {pool: parse_rules(rules) for pool, rules in storage.list_rules(moving.connection, moving.at).items()}
    default = next(iter(by_pool.values()))

    def rules_of(lead: int) -> Rules:
        return by_pool.get(standing[lead][0] or 0, default)

    ends: dict[tuple[int, datetime], datetime] = {}
    for rules in {id(rules): rules for rules in map(rules_of, {contact.lead for contact in past})}.values():
        own = [contact for contact in past if rules_of(contact.lead) is rules and not contact.disposition.contact_made]
        ats = [contact.moment.latest for contact in own]
        found = storage.add_working_days(moving.connection, ats, rules.attempts_days, rules.working_hours)
        ends |= {(contact.lead, contact.moment.latest): found[contact.moment.latest] for contact in own}
    return rules_of, lambda lead, at: ends[lead, at]


def _promises(
    moving: MovingIn, lead_of: Mapping[int, int], standing: Mapping[int, tuple[int | None, str]]
) -> list[dict[str, Any]]:
    """The earliest of each lead. An opt-out bars a promise too; a customer whose owner nobody knows is promised to nobody."""
    found: dict[int, dict[str, Any]] = {}
    for record, lead in lead_of.items():
        told = moving.told[record]
        promise = told.history.promise
        if promise is None or told.is_opt_out:
            continue
        if told.person is None and standing[lead][1] == "customer":
            moving.doubts["promise_without_owner"] += 1
        elif lead not in found or promise.at < found[lead]["due"]:
            found[lead] = {"lead": lead, "person": told.person, "due": promise.at}
    return list(found.values())


def _consents(moving: MovingIn, lead_of: Mapping[int, int]) -> list[dict[str, Any]]:
    rows = []
    for record, lead in lead_of.items():
        history = moving.told[record].history
        if history.consent is not None:
            words = history.consent_words
            rows.append({"lead": lead, "record": record, "given_at": history.consent.at, "words": words})
        else:
            moving.doubts["consent_without_date"] += history.consent_words is not None
    return rows
