"""One row of a list, its cells already under leadmill's field names, to the values of a record.

Each field's rules live in that field's module; here is only which cell feeds which reader, and what is worth a problem.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from shared.normalise.address import read_place
from shared.normalise.company import read_company
from shared.normalise.country import read_country
from shared.normalise.date import read_date
from shared.normalise.email import read_emails
from shared.normalise.name import read_person
from shared.normalise.numbering import PLAN_VERSION
from shared.normalise.personal_id import is_personal_id, is_personal_id_field
from shared.normalise.phone import PhoneNumber, read_phones
from shared.normalise.place_country import guess_country
from shared.normalise.placeholder import is_placeholder
from shared.normalise.text import clean_lines, clean_text
from shared.normalise.web import is_no_website, read_website

NORMALISER_VERSION = f"1+{PLAN_VERSION}"

Value = str | list[str]
_PHONE_KINDS = ("phone", "mobile", "fax")
_EMAIL_STRAYS = ("phone", "mobile", "fax", "website")
_SILENT = frozenset({"empty"})
_PARTS = frozenset({"person", "given_name", "family_name", "street", "city", "region", "postcode", "country", "ignore"})
_NOBODYS = frozenset({"placeholder", "digits_lost"})
_ID_FIELDS = frozenset({"company_id", "external_id"})


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a cell that could not be taken over; `detail` is a reason code and never quotes the cell."""

    code: str
    field: str
    detail: str


@dataclass(frozen=True, slots=True)
class NormalisedRow:
    """What one row says.

    `values` is ready for JSON: field -> text, or a list where several columns have one meaning; `person` beside
    `given_name`, `family_name`, `middle_name`, `person_title`; dates in ISO form; `local_phone` holds the digits of
    numbers without area code. `phones` holds every number of possible length, also those that the plan denies (`valid`
    False), each once. `rejected` is None or `empty_lead`: nothing to reach or to find anybody by.
    """

    values: dict[str, Value]
    phones: tuple[PhoneNumber, ...]
    emails: tuple[str, ...]
    country: str | None
    problems: tuple[Problem, ...]
    rejected: str | None


def normalise(fields: Mapping[str, Sequence[str]], *, default_country: str | None) -> NormalisedRow:
    """The record of one row: contract field name -> raw cells of that row. Never raises on text.

    The country is the row's own, else `default_country`, else what the address points to (a problem says so); it
    decides how phones without a calling code are read.
    """
    problems: list[Problem] = []
    stated = _read_country(fields.get("country", ()), problems) or (default_country or "").upper()
    country = stated or _guess_country(fields, problems)
    values: dict[str, Value] = {}
    phones = _read_phones(fields, country, values, problems)
    emails = _read_emails(fields, problems)
    _read_names(fields, country, values)
    _read_places(fields, country, values)
    for field, cells in fields.items():
        if field not in _PARTS and field not in _PHONE_KINDS and field not in ("email", "company"):
            _keep(values, field, _read_cells(field, cells, country, problems))
    has_handle = phones or emails or values.keys() & {"company", "person", "website", "local_phone"}
    return NormalisedRow(values, phones, emails, country, tuple(problems), None if has_handle else "empty_lead")


def _keep(values: dict[str, Value], field: str, texts: list[str]) -> None:
    texts = list(dict.fromkeys(texts))
    if texts:
        values[field] = texts if len(texts) > 1 else texts[0]


def _read_country(cells: Sequence[str], problems: list[Problem]) -> str | None:
    for cell in cells:
        if code := read_country(cell):
            return code
        if cell.strip() and not is_placeholder(cell):
            problems.append(Problem("unknown_country", "country", "not_a_country"))
    return None


def _guess_country(fields: Mapping[str, Sequence[str]], problems: list[Problem]) -> str | None:
    city, postcode, region = (_first(fields.get(field, ())) for field in ("city", "postcode", "region"))
    country = guess_country(city, clean_text(postcode or ""), clean_text(region or ""))
    if country:
        problems.append(Problem("assumed_country", "country", "from_address"))
    return country


def _read_phones(
    fields: Mapping[str, Sequence[str]], country: str | None, values: dict[str, Value], problems: list[Problem]
) -> tuple[PhoneNumber, ...]:
    found: dict[str, PhoneNumber] = {}
    local: list[str] = []
    for kind in _PHONE_KINDS:
        for cell in fields.get(kind, ()):
            reading = read_phones(cell, country=country)
            for number in reading.numbers:
                if number.note == "no_area_code":
                    local.append("".join(filter(str.isdigit, clean_text(cell))))
                elif number.note not in _NOBODYS:
                    found.setdefault(number.e164, number if kind == "phone" else replace(number, kind=kind))
            _add_phone_problems(reading.reason, reading.numbers, kind, problems)
    _keep(values, "local_phone", local)
    return tuple(found.values())


def _add_phone_problems(
    reason: str | None, numbers: tuple[PhoneNumber, ...], kind: str, problems: list[Problem]
) -> None:
    if reason == "not_in_plan":
        problems.append(Problem("invalid_phone", kind, reason))
    elif reason is not None and reason not in _SILENT:
        problems.append(Problem("unreadable_phone", kind, reason))
    problems.extend(
        Problem("noted_phone", kind, number.note) for number in numbers if number.valid and number.note is not None
    )


def _read_emails(fields: Mapping[str, Sequence[str]], problems: list[Problem]) -> tuple[str, ...]:
    """The addresses of the e-mail cells, then those that stand in a phone or website cell by mistake."""
    emails: dict[str, None] = {}
    for cell in fields.get("email", ()):
        reading = read_emails(cell)
        emails.update(dict.fromkeys(reading.emails))
        if reading.reason is not None and reading.reason not in _SILENT:
            problems.append(Problem("unreadable_email", "email", reading.reason))
    for field in _EMAIL_STRAYS:
        for cell in fields.get(field, ()):
            if "@" in cell:
                emails.update(dict.fromkeys(read_emails(cell).emails))
    return tuple(emails)


def _read_names(fields: Mapping[str, Sequence[str]], country: str | None, values: dict[str, Value]) -> None:
    companies = [company.display for cell in fields.get("company", ()) if (company := read_company(cell, country))]
    _keep(values, "company", companies)
    wholes = fields.get("person", ())
    person = read_person(_first(wholes), _first(fields.get("given_name", ())), _first(fields.get("family_name", ())))
    others = [other.display for cell in wholes[1:] if (other := read_person(cell)).display]
    _keep(values, "person", [person.display, *others] if person.display else others)
    parts = (
        ("given_name", person.given),
        ("family_name", person.family),
        ("middle_name", person.middle),
        ("person_title", person.title),
    )
    values.update({field: text for field, text in parts if text})


def _first(cells: Sequence[str]) -> str | None:
    return next((cell for cell in cells if cell and not cell.isspace()), None)


def _read_places(fields: Mapping[str, Sequence[str]], country: str | None, values: dict[str, Value]) -> None:
    street = ", ".join(cell for cell in fields.get("street", ()) if cell.strip())
    cities = fields.get("city", ())
    place = read_place(
        street, _first(cities), _first(fields.get("postcode", ())), _first(fields.get("region", ())), country
    )
    values.update({field: text for field, text in place._asdict().items() if text})
    if country:
        values["country"] = country


def _read_cells(field: str, cells: Sequence[str], country: str | None, problems: list[Problem]) -> list[str]:
    """The texts to keep of a field without a reader that needs other fields."""
    read = _READERS.get(field, _read_text)
    kept = []
    for cell in cells:
        text = read(cell, country)
        if text is None:
            problems.append(Problem(*_REFUSALS[field]))
        elif text and _is_refused_id(field, text, country):
            problems.append(Problem("personal_id_refused", field, "personal_id"))
        elif text:
            kept.append(text)
    return kept


def _is_refused_id(field: str, text: str, country: str | None) -> bool:
    return (field in _ID_FIELDS and is_personal_id(text, country)) or is_personal_id_field(field)


def _read_text(cell: str, _country: str | None) -> str:
    text = clean_text(cell)
    return "" if is_placeholder(text) else text


def _read_mark(cell: str, _country: str | None) -> str:
    """An x says that somebody is not to be called, where elsewhere it says that there is no value."""
    return clean_text(cell)


def _read_note(cell: str, _country: str | None) -> str:
    return "\n".join(clean_lines(cell))


def _read_site(cell: str, _country: str | None) -> str | None:
    website = read_website(cell)
    return website.display if website else ("" if is_no_website(cell) else None)


def _read_day(cell: str, country: str | None) -> str | None:
    day = read_date(cell, country=country)
    return day.isoformat() if day else (None if _read_text(cell, country) else "")


def _read_id(cell: str, country: str | None) -> str:
    return _read_text(cell, country).removesuffix(".0").lstrip("'")


_READERS: Mapping[str, Callable[[str, str | None], str | None]] = {
    "website": _read_site,
    "birth_date": _read_day,
    "company_id": _read_id,
    "external_id": _read_id,
    "note": _read_note,
    "do_not_call": _read_mark,
}
_REFUSALS = {
    "website": ("unreadable_website", "website", "not_an_address"),
    "birth_date": ("unreadable_date", "birth_date", "not_a_date"),
}
