"""What a row can be reached and found by, read without its names and places: a tenth of what reading it whole costs. Pure."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from shared.hygiene.reading import Rules, fields_of
from shared.normalise.country import read_country
from shared.normalise.email import is_free_mail, read_emails, registrable_domain
from shared.normalise.phone import PhoneNumber, read_phones
from shared.normalise.record import normalise
from shared.normalise.text import fold

_ODD_NOTES: Final = frozenset({"no_area_code", "placeholder", "digits_lost"})
_WORD: Final = re.compile(r"[a-z0-9]+")
_NAME_CHARS: Final = 12
_country_of: Final = lru_cache(maxsize=1024)(read_country)


class Handles(NamedTuple):
    """What a row can be found by, and why it cannot be called when it has no number.

    `person` and `company` are for comparing, empty for none; `place` is company and city of a row that has nothing
    better. `rejected` is None or the code of the refusal, `missing` None or the code of why there is no number.
    """

    country: str | None
    numbers: Sequence[PhoneNumber]
    emails: Sequence[str]
    person: str
    company: str
    place: str = ""
    rejected: str | None = None
    missing: str | None = None


class HandleReader:
    """Reads the rows of one list; a row that says nothing plain is read whole."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._default = (rules.default_country or "").upper()
        self._countries, self._emails, self._companies = map(self._find, ("country", "email", "company"))
        self._phones = self._find("phone", "mobile")
        self._persons = [place for field in ("person", "given_name", "family_name") for place in self._find(field)[:1]]

    def _find(self, *fields: str) -> list[int]:
        return [place for place, field in enumerate(self._rules.columns) if field in fields]

    def read(self, cells: Sequence[str]) -> Handles:
        """The handles of one row."""
        if len(cells) != len(self._rules.columns):
            return self._read_whole(cells)
        country = next((code for place in self._countries if (code := _country_of(cells[place]))), self._default)
        numbers = self._read_numbers(cells, country) if country else None
        if not numbers:
            return self._read_whole(cells)
        emails = [email for place in self._emails if cells[place] for email in read_emails(cells[place]).emails]
        person = person_key(" ".join([cells[place] for place in self._persons]))
        company = next((cells[place] for place in self._companies if cells[place]), "")
        return Handles(country, numbers, emails, person, _compact(company))

    def _read_numbers(self, cells: Sequence[str], country: str) -> list[PhoneNumber] | None:
        """The numbers when all cells are plain, else None."""
        numbers: list[PhoneNumber] = []
        for place in self._phones:
            if cell := cells[place]:
                found = read_phones(cell, country=country).numbers
                if "@" in cell or any(number.note in _ODD_NOTES for number in found):
                    return None
                numbers += found
        return numbers

    def _read_whole(self, cells: Sequence[str]) -> Handles:
        row = normalise(fields_of(self._rules, cells), default_country=self._rules.default_country)
        person, company, city = (_text(row.values.get(field)) for field in ("person", "company", "city"))
        numbers = [number for number in row.phones if number.kind != "fax"]
        is_bare = not numbers and not row.emails and company
        return Handles(
            row.country,
            numbers,
            row.emails,
            person_key(person),
            _compact(company),
            place=f"{_compact(company)} {fold(city)}" if is_bare else "",
            rejected=row.rejected,
            missing=_why_missing({text for problem in row.problems for text in (problem.detail, problem.code)}),
        )


def person_key(name: str) -> str:
    """A person's name for comparing, whatever the order and case of its words."""
    return " ".join(sorted(_WORD.findall(fold(name))))


def domains_of(handles: Handles) -> list[str]:
    """The domains of the addresses, mailbox providers left out."""
    hosts = [email.rpartition("@")[2] for email in handles.emails]
    return [domain for host in hosts if not is_free_mail(host) and (domain := registrable_domain(host))]


def _why_missing(codes: set[str]) -> str:
    by_code = {"no_area_code": "no_area_code", "digits_lost": "number_lost", "unreadable_phone": "unreadable_phone"}
    return next((reason for code, reason in by_code.items() if code in codes), "no_phone")


def _compact(name: str) -> str:
    return "".join(_WORD.findall(fold(name)))[:_NAME_CHARS]


def _text(value: str | Sequence[str] | None) -> str:
    return value if isinstance(value, str) else next(iter(value or ()), "")
