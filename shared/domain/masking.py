"""What a rep does not see of a lead. Pure."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

NEVER_HIDDEN: Final = frozenset(("company", "person", "language", "channel", "country"))
"""Whom one calls, and in which language: no supervisor hides that from who calls."""

NUMBERS: Final = "numbers"
EMAILS: Final = "emails"

_DOT: Final = "\u2022"
_HEAD, _TAIL = 3, 2


def mask_number(e164: str | None) -> str | None:
    """Leaves of a number its country and its last two digits."""
    if e164 is None:
        return None
    hidden = max(len(e164) - _HEAD - _TAIL, 0)
    return e164[:_HEAD] + _DOT * hidden + e164[_HEAD + hidden :]


def mask_numbers(numbers: Sequence[Mapping[str, Any]], hidden: Collection[str]) -> list[dict[str, Any]]:
    """Masks the digits of numbers, if numbers are hidden."""
    if NUMBERS not in hidden:
        return [dict(number) for number in numbers]
    return [{**number, "e164": mask_number(number["e164"])} for number in numbers]


def mask_fields(fields: Mapping[str, Any], hidden: Collection[str]) -> dict[str, Any]:
    """Leaves out what is hidden; where numbers or e-mails are, the cells that lists had for them too."""
    gone = set(hidden) | ({"phone", "mobile", "fax"} if NUMBERS in hidden else set())
    gone |= {"email"} if EMAILS in hidden else set()
    return {name: value for name, value in fields.items() if name not in gone or name in NEVER_HIDDEN}
