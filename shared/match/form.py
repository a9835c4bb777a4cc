"""What one record offers for comparison: folded words and identifiers, nothing that is only shown.

A form is stored beside its record as a short JSON array, so that ten million leads need not be read again to be
compared.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from shared.match.mailbox import name_in_mailbox
from shared.normalise.address import Place, address_of
from shared.normalise.company import read_company
from shared.normalise.email import is_free_mail, registrable_domain
from shared.normalise.name import read_person
from shared.normalise.text import fold
from shared.normalise.web import read_website

FORM_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Form:
    """Empty strings and tuples mean "not stated". All text is folded to lower-case ASCII.

    `other`: further words of the name; `company`: its words without the legal form; `sevens`: the last seven digits
    of each number, also of those that are no valid number; `mail_domains`: by e-mail, its registrable domain, empty
    for free-mail; `birth`: YYYY-MM-DD; `country`: ISO code in capitals; `note`: a free second line, compared only as
    a whole; `guessed`: the parts of the name that were read out of an e-mail, `g` given and `f` family, so that one
    source does not count as two witnesses.
    """

    given: str = ""
    family: str = ""
    other: tuple[str, ...] = ()
    company: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    sevens: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    mail_domains: tuple[str, ...] = ()
    site_domain: str = ""
    street: str = ""
    house: str = ""
    unit: str = ""
    city: str = ""
    postcode: str = ""
    region: str = ""
    country: str = ""
    birth: str = ""
    company_id: str = ""
    external_id: str = ""
    note: str = ""
    guessed: str = ""


Values = Mapping[str, str | list[str]]

_QUOTE: Final = re.compile(r"['’`´]")
_GAP: Final = re.compile(r"[^a-z0-9]+")
_NOT_DIGIT: Final = re.compile(r"\D+")
_SEVEN: Final = 7
_FEWEST_DIGITS: Final = 3  # different ones: 0000000 and 1212121 are nobody's number


def form_of(values: Values, phones: Sequence[str], emails: Sequence[str], country: str | None) -> Form:
    """The form of a normalised record: `values` by field as shown, `phones` in E.164, `emails` as read, ISO `country`."""
    given, family, middle = (_one(values, field) for field in ("given_name", "family_name", "middle_name"))
    if not given and not family and (whole := _one(values, "person")):
        person = read_person(whole)
        given, family, middle = person.given or "", person.family or "", person.middle or ""
    given, family, guessed = _with_mailbox(_words(given), _words(family), emails)
    company = read_company(_one(values, "company"), country)
    street, city, postcode, region = (_one(values, field) for field in ("street", "city", "postcode", "region"))
    place = address_of(Place(street or None, city or None, postcode or None, region or None), country)
    website = _one(values, "website")
    site = read_website(website) if website else None
    return Form(
        given=given,
        family=family,
        other=tuple(_words(middle).split()),
        company=tuple(company.core.split()) if company else (),
        phones=tuple(dict.fromkeys(phones)),
        sevens=_sevens([*phones, *_all(values, "local_phone")]),
        emails=tuple(emails),
        mail_domains=tuple(_own_domain(email.partition("@")[2]) for email in emails),
        site_domain=site.domain if site and not site.is_shared else "",
        street=place.street_core or "",
        house=place.house or "",
        unit=place.unit or "",
        city=place.city_core or "",
        postcode=_GAP.sub("", fold(place.postcode or "")),
        region=_words(region),
        country=country or "",
        birth=_one(values, "birth_date"),
        company_id=_GAP.sub("", fold(_one(values, "company_id"))),
        external_id=_one(values, "external_id"),
        note=_words(_one(values, "note")),
        guessed=guessed,
    )


def _with_mailbox(given: str, family: str, emails: Sequence[str]) -> tuple[str, str, str]:
    """The name, completed from the first e-mail that adds to it, and which parts are guessed so."""
    if given and family:
        return given, family, ""
    for email in emails:
        found = name_in_mailbox(email.partition("@")[0], given, family)
        if found != (given, family):
            guessed = ("g" if found[0] != given else "") + ("f" if found[1] != family else "")
            return (*found, guessed)
    return given, family, ""


def _all(values: Values, field: str) -> list[str]:
    value = values.get(field) or []
    return [value] if isinstance(value, str) else value


def _one(values: Values, field: str) -> str:
    value = values.get(field, "")
    return value if isinstance(value, str) else next(iter(value), "")


def _words(text: str | None) -> str:
    """Folded words with single blanks; O'Brien stays one word."""
    return _GAP.sub(" ", _QUOTE.sub("", fold(text))).strip() if text else ""


def _sevens(numbers: Sequence[str]) -> tuple[str, ...]:
    ends = (_NOT_DIGIT.sub("", number)[-_SEVEN:] for number in numbers)
    return tuple(dict.fromkeys(end for end in ends if len(end) == _SEVEN and len(set(end)) >= _FEWEST_DIGITS))


def _own_domain(host: str) -> str:
    return "" if is_free_mail(host) else registrable_domain(host) or ""


_FIELDS: Final = tuple(Form.__dataclass_fields__)
_ALL: Final = attrgetter(*_FIELDS)
_LISTS: Final = frozenset({"other", "company", "phones", "sevens", "emails", "mail_domains"})


def to_json(form: Form) -> list[Any]:
    """The version and the values in the order of the fields, empty ones at the end left off."""
    values = list(_ALL(form))
    while values and not values[-1]:
        values.pop()
    return [FORM_VERSION, *values]


def from_json(array: Sequence[Any]) -> Form:
    """The form that `to_json` wrote.

    Raises:
        ValueError: it was written by another version; make the form anew from the record.
    """
    if not array or array[0] != FORM_VERSION:
        raise ValueError("the form was written by another version: make it anew from its record")
    pairs = zip(_FIELDS, array[1:], strict=False)
    values: dict[str, Any] = {name: tuple(value) if name in _LISTS else value for name, value in pairs}
    return Form(**values)
