"""From the cells of one raw row to a record, or to the reason why there is none. Nothing is read or written here."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from shared.keyed_hash import hash_of
from shared.match.form import Form, form_of, to_json
from shared.match.key import keys_of
from shared.match.site import site_key
from shared.normalise.phone import PLAN_VERSION, PhoneNumber, is_callable
from shared.normalise.record import NORMALISER_VERSION, NormalisedRow, normalise
from shared.storage.number import NewNumber
from shared.storage.record import GivenNumber, NewRecord

__all__ = ["NORMALISER_VERSION", "PLAN_VERSION", "Rejected", "Rules", "fields_of", "read_row", "rules_of"]

CUSTOM: Final = "custom:"
_IGNORED: Final = "ignore"


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that becomes no record; `reason` is a code."""

    row_no: int
    reason: str


@dataclass(frozen=True, slots=True)
class Rules:
    """How the rows of one upload are read.

    Attributes:
        columns: by position of the cell its field, None to leave it out.
        default_country: of rows that state none.
        may_store: by ISO code of every known country.
        keyed_rows: fields by which a row without anything else to find its client by may name it.
    """

    secret: bytes
    columns: Sequence[str | None]
    default_country: str | None
    may_store: Mapping[str, bool]
    keyed_rows: frozenset[str] = frozenset()


def rules_of(
    mapping: Sequence[Mapping[str, Any]], *, secret: bytes, default_country: str | None, may_store: Mapping[str, bool]
) -> Rules:
    """Reads an upload's mapping `[{header, field, …}]`: a column without a field is kept with the lead under its header."""
    columns = [_field_of(column, position) for position, column in enumerate(mapping, 1)]
    return Rules(secret, columns, default_country, may_store)


def _field_of(column: Mapping[str, Any], position: int) -> str | None:
    field = column.get("field")
    if field == _IGNORED:
        return None
    return str(field) if field else f"{CUSTOM}{column.get('header') or f'column {position}'}"


def fields_of(rules: Rules, cells: Sequence[str]) -> dict[str, list[str]]:
    """The filled cells of a row under their fields; cells past the last column are kept by their position."""
    fields: dict[str, list[str]] = {}
    for position, cell in enumerate(cells):
        known = position < len(rules.columns)
        field = rules.columns[position] if known else f"{CUSTOM}column {position + 1}"
        if cell and field is not None:
            fields.setdefault(field, []).append(cell)
    return fields


def read_row(rules: Rules, row_no: int, fields: Mapping[str, Sequence[str]]) -> NewRecord | Rejected:
    """The record of one row, its raw cells given by field. The same cells under the same rules give the same record."""
    row = normalise(fields, default_country=rules.default_country)
    is_keyed = bool(row.rejected and rules.keyed_rows & row.values.keys())
    if row.rejected and not is_keyed:
        return Rejected(row_no, row.rejected)
    country = row.country if row.country in rules.may_store else None
    if country and not rules.may_store[country]:
        return Rejected(row_no, "country_not_storable")
    form = Form() if is_keyed else _form_of(row)  # its key is of one source: no machine compares it with others
    return NewRecord(
        row_no=row_no,
        country=country,
        fields=_shown(row),
        form=to_json(form),
        problems=[asdict(problem) for problem in row.problems],
        site_key=site_key(form),
        keys=keys_of(form),
        hashes=hashes_of(rules.secret, form),
        numbers=[_given(rules.secret, number) for number in row.phones],
    )


def _form_of(row: NormalisedRow) -> Form:
    values = {**row.values, "phone": row.values.get("local_phone", [])}
    return form_of(values, [number.e164 for number in row.phones], row.emails, row.country)


def _shown(row: NormalisedRow) -> dict[str, Any]:
    """The values with the e-mails, always as a list: a lead keeps those of all its records."""
    return {**row.values, "email": list(row.emails)} if row.emails else dict(row.values)


def _given(secret: bytes, number: PhoneNumber) -> GivenNumber:
    key_hash = hash_of(secret, "number", number.e164)
    dialable = is_callable(number)
    new = NewNumber(number.e164, key_hash, number.country, number.type, number.valid, dialable)
    return GivenNumber(new, number.kind, number.extension)


def hashes_of(secret: bytes, form: Form) -> list[tuple[str, bytes]]:
    """Scope and keyed hash of everything by which a suppression can name this record, its numbers apart."""
    named = [("email", email) for email in form.emails]
    named += [("domain", domain) for domain in (*form.mail_domains, form.site_domain) if domain]
    if form.company:
        company = (*sorted(form.company), form.country)
        named.append(("company", " ".join(company)))
        if form.city:
            named.append(("site", " ".join((*company, form.city))))
    if form.given and form.family and form.city:
        named.append(("person", " ".join((*sorted((form.given, form.family)), form.city))))
    return [(scope, hash_of(secret, scope, value)) for scope, value in dict.fromkeys(named)]
