"""What one record offers for comparison: folded words and identifiers, nothing that is only shown.

A form is stored beside its record as a short JSON array, so that ten million leads need not be read again to be compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

FORM_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Form:
    """Empty strings and tuples mean "not stated". All text is folded to lower-case ASCII.

    `other`: further words of the name; `company`: its words without the legal form; `sevens`: the last seven digits of each
    number, also of those that are no valid number; `mail_domains`: by e-mail, its registrable domain, empty for free-mail;
    `birth`: YYYY-MM-DD; `country`: ISO code in capitals; `note`: a free second line, compared only as a whole.
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


_FIELDS: Final = tuple(Form.__dataclass_fields__)
_LISTS: Final = frozenset({"other", "company", "phones", "sevens", "emails", "mail_domains"})


def to_json(form: Form) -> list[Any]:
    """The version and the values in the order of the fields, empty ones at the end left off."""
    values: list[Any] = [
        list(value) if isinstance(value, tuple) else value for value in map(form.__getattribute__, _FIELDS)
    ]
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
