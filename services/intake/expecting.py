"""What will become of the rows of a list, told in seconds over the whole file, before anything of it is taken.

Numbers and addresses tell it, and whether names contradict; the matcher, which compares everything, tells it exactly.
"""

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from services.intake.handle import HandleReader, Handles, domains_of, person_key
from services.intake.reading.errors import NotAList
from services.intake.reading.rows import read_parts
from services.intake.repeat import Repeats
from shared.domain.reason import hint_of
from shared.hygiene.reading import Rules
from shared.keyed_hash import hash_of
from shared.normalise.phone import PhoneNumber, is_callable
from shared.storage.known_hash import KnownNumber, find_emails, find_numbers, find_suppressed, has_suppressed
from shared.storage.upload import VERDICTS

MAX_S: Final = 30.0
_CHUNK_ROWS: Final = 5000
_OF_KNOWN: Final[Mapping[str, "Judged"]] = {"update": ("merged", "known"), "closed": ("suppressed", "company_closed")}
"""Purposes that create no lead: what becomes of a row that somebody in the base fits; any other is rejected."""

Judged = tuple[str, str]
Counts = Counter[Judged]
_OPEN: Final = ("new", "quarantined")
"""Verdicts that a row loses to an earlier one like it."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Rows by verdict and reason; `is_whole` is False when time ran out and only the first rows are counted."""

    counts: Counts
    is_whole: bool


def expect(
    connection: Connection,
    path: Path,
    plan: Mapping[str, Any],
    rules: Rules,
    *,
    purpose: str,
    monotonic: Callable[[], float] = time.monotonic,
) -> Expected:
    """Judges the rows of a file that is kept.

    Raises:
        FileNotFoundError: it no longer is.
    """
    ends_at = monotonic() + MAX_S
    judge = _Judge(connection, rules, HandleReader(rules), has_suppressed(connection, "domain"))
    rows = _cells(path, plan)
    while chunk := list(islice(rows, _CHUNK_ROWS)):
        judge.take(chunk)
        if monotonic() > ends_at:
            return Expected(judge.count(purpose), is_whole=next(rows, None) is None)
    return Expected(judge.count(purpose), is_whole=True)


def _cells(path: Path, plan: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    """The rows; a file that breaks off ends there, as it does when it is taken."""
    try:
        for part in read_parts(path, plan):
            yield from (row.cells for row in part.rows)
    except NotAList:
        return


def tell_expected(counts: Mapping[Judged, int], *, is_whole: bool, is_final: bool) -> dict[str, Any]:
    """How it is shown: rows by verdict, and by reason with its hint, the most frequent first."""
    rows = Counter[str]()
    for (verdict, _), count in counts.items():
        rows[verdict] += count
    by_count = sorted(counts.items(), key=lambda item: -item[1])
    reasons = [
        {"verdict": verdict, "reason": reason, "hint": hint_of(reason), "rows": count}
        for (verdict, reason), count in by_count
    ]
    shown = {"read": rows.total(), **{verdict: rows[verdict] for verdict in VERDICTS}}
    return {"rows": shown, "reasons": reasons, "is_whole": is_whole, "is_final": is_final}


@dataclass(slots=True)
class _Judge:
    connection: Connection
    rules: Rules
    reader: HandleReader
    with_domains: bool
    _judged: list[Judged] = field(default_factory=list)
    _repeats: Repeats = field(default_factory=Repeats)

    def take(self, chunk: Sequence[Sequence[str]]) -> None:
        rows = [self.reader.read(cells) for cells in chunk]
        domains = {domain for handles in rows for domain in domains_of(handles)} if self.with_domains else set()
        known = _Known.of(self.connection, self.rules.secret, rows, domains)
        for handles in rows:
            judged = self._refuse(handles) or known.judge(handles)
            if judged[0] in _OPEN:
                self._repeats.add(len(self._judged), handles)
            self._judged.append(judged)

    def _refuse(self, handles: Handles) -> Judged | None:
        if handles.rejected:
            return "rejected", handles.rejected
        if handles.country and not self.rules.may_store.get(handles.country, True):
            return "rejected", "country_not_storable"
        return None

    def count(self, purpose: str) -> Counts:
        counts = Counter(self._judged)
        for row in self._repeats.find():
            counts[self._judged[row]] -= 1
            counts["merged", "duplicate"] += 1
        if purpose in _OF_KNOWN:
            unknown = [judged for judged in counts if judged[0] in _OPEN or judged[1] == "duplicate"]
            counts["rejected", "unmatched"] += sum(counts.pop(judged) for judged in unknown)
            known = counts.pop(("merged", "known"), 0)
            counts[_OF_KNOWN[purpose]] += known
        return +counts


@dataclass(frozen=True, slots=True)
class _Known:
    """What the base has of the rows of one chunk; values that it has not are absent everywhere."""

    numbers: Mapping[str, KnownNumber]
    emails: Mapping[str, Sequence[str]]
    suppressed: set[tuple[str, str]]

    @classmethod
    def of(cls, connection: Connection, secret: bytes, rows: Sequence[Handles], domains: Collection[str]) -> "_Known":
        said = {"number": {number.e164 for handles in rows for number in handles.numbers}, "domain": set(domains)}
        said["email"] = {email for handles in rows for email in handles.emails}
        names = {scope: {hash_of(secret, scope, value): value for value in values} for scope, values in said.items()}
        suppressed = find_suppressed(connection, [key_hash for hashes in names.values() for key_hash in hashes])
        return cls(
            {names["number"][one]: known for one, known in find_numbers(connection, names["number"]).items()},
            {names["email"][one]: persons for one, persons in find_emails(connection, names["email"]).items()},
            {(scope, names[scope][one]) for scope, one in suppressed if one in names.get(scope, ())},
        )

    def judge(self, handles: Handles) -> Judged:
        if self.suppressed and (barred := self._find_bar(handles)):
            return "suppressed", barred
        if any(_is_same(handles.person, person) for person in self._persons(handles)):
            return "merged", "known"
        return (
            ("new", "new")
            if any(map(self._can_be_called, handles.numbers))
            else ("quarantined", self._why_not(handles))
        )

    def _find_bar(self, handles: Handles) -> str | None:
        for scope, values in (("domain", domains_of(handles)), ("email", handles.emails)):
            if any((scope, value) in self.suppressed for value in values):
                return f"suppressed_{scope}"
        is_barred = handles.numbers and all(("number", number.e164) in self.suppressed for number in handles.numbers)
        return "suppressed_number" if is_barred else None

    def _persons(self, handles: Handles) -> Iterator[str]:
        for number in handles.numbers if self.numbers else ():
            if known := self.numbers.get(number.e164):
                yield from known.persons
        for email in handles.emails if self.emails else ():
            yield from self.emails.get(email, ())

    def _can_be_called(self, number: PhoneNumber) -> bool:
        known = self.numbers.get(number.e164)
        return known.callable if known else is_callable(number) and ("number", number.e164) not in self.suppressed

    def _why_not(self, handles: Handles) -> str:
        if not handles.numbers:
            return handles.missing or "no_phone"
        known = [self.numbers.get(number.e164) for number in handles.numbers]
        if any(number is not None and number.is_dead for number in known):
            return "dead"
        return "not_callable" if any(number.valid for number in handles.numbers) else "invalid"


def _is_same(person: str, other: str) -> bool:
    return not person or not other or person == person_key(other)
