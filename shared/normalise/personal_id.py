"""Numbers that the state gave to a person, not to a company: leadmill refuses to store them."""

from collections.abc import Callable
from functools import lru_cache

from stdnum.de import idnr
from stdnum.lt import asmens
from stdnum.pl import pesel
from stdnum.us import ssn

_CHECKS: dict[str, tuple[Callable[[str], bool], ...]] = {
    "PL": (pesel.is_valid,),
    "LT": (asmens.is_valid,),
    "DE": (idnr.is_valid,),
    "US": (ssn.is_valid,),
}
_ANYWHERE = (pesel.is_valid, asmens.is_valid)
_HINTS = (
    "pesel",
    "asmens",
    "ssn",
    "social security",
    "паспорт",
    "passport",
    "снилс",
    "snils",
    "steuer-id",
    "steueridnr",
)
_SSN_FORM = "-"
_FEWEST_DIGITS = 9


def is_personal_id(text: str, country: str | None) -> bool:
    """True for a valid PESEL, asmens kodas, German tax id or US social security number where the country has it.

    Without a country PESEL and asmens kodas are tried. Nine bare digits are no social security number: it needs dashes.
    """
    if country == "US" and _SSN_FORM not in text:
        return False
    if len(text) < _FEWEST_DIGITS or sum(map(str.isdigit, text)) < _FEWEST_DIGITS:
        return False
    compact = text.replace(" ", "").removesuffix(".0")
    return any(check(compact) for check in (_CHECKS.get(country, ()) if country else _ANYWHERE))


@lru_cache(maxsize=4096)
def is_personal_id_field(field: str) -> bool:
    """True for a column whose own name says that it holds such numbers."""
    name = field.casefold()
    return any(hint in name for hint in _HINTS)
