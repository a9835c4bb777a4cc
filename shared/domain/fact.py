"""What a value of a fact may be, by the type of its field. Pure."""

import re
from collections.abc import Collection
from datetime import date
from typing import Final

TYPES: Final = ("text", "number", "date", "choice", "bool")

_NUMBER: Final = re.compile(r"-?\d{1,15}(\.\d{1,6})?")
_BOOLS: Final = frozenset(("true", "false"))


def is_fact(value: str, kind: str, choices: Collection[str] = ()) -> bool:
    """Whether a value is one of its field: a date as ISO 8601, a number with a point, a bool as `true` or `false`."""
    if kind == "number":
        return _NUMBER.fullmatch(value) is not None
    if kind == "date":
        return _is_date(value)
    if kind == "choice":
        return value in choices
    if kind == "bool":
        return value in _BOOLS
    return bool(value.strip())


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
