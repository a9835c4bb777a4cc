"""The name of a person read out of a mailbox, where the list does not state it: `a.kowalska@…`, `jansmith77@…`."""

import re
from typing import Final

from shared.normalise.email import is_role_mailbox
from shared.normalise.given_name import GIVEN_NAMES

_PART: Final = re.compile(r"[a-z]+")
_SHORTEST_FAMILY: Final = 3


def name_in_mailbox(local: str, given: str, family: str) -> tuple[str, str]:
    """Given and family name with what the mailbox adds to them; what is stated stays as it is.

    A name is taken only where it can be told apart: beside the stated half, or as one of two parts.
    """
    parts = _PART.findall(local)
    if (given and family) or is_role_mailbox(local) or any(map(is_role_mailbox, parts)):
        return given, family
    if family:
        return _beside(family, parts), family
    if given:
        rest = _beside(given, parts)
        return given, rest if len(rest) >= _SHORTEST_FAMILY else ""
    return _of_two(parts)


def _beside(stated: str, parts: list[str]) -> str:
    """What stands in the mailbox before or behind the stated name, empty when it is not there."""
    letters, name = "".join(parts), stated.replace(" ", "")
    if len(name) >= _SHORTEST_FAMILY and letters.startswith(name):
        return letters[len(name) :]
    return letters[: -len(name)] if len(name) >= _SHORTEST_FAMILY and letters.endswith(name) else ""


def _of_two(parts: list[str]) -> tuple[str, str]:
    if len(parts) != 2 or max(map(len, parts)) < _SHORTEST_FAMILY:
        return "", ""
    first, second = parts
    exchanged = len(second) == 1 or (second in GIVEN_NAMES and first not in GIVEN_NAMES)
    return (second, first) if exchanged else (first, second)
