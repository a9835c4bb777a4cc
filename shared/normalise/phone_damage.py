"""What a phone cell holds when it holds no phone: spreadsheet damage, dates, coordinates; exact repairs."""

import re

_FLOAT = re.compile(r"(\+?\d{5,})[.,]0+|(\+?(?:\d{1,3} ){2,}\d{3}),0+")
_SCIENTIFIC = re.compile(r"\+?(\d)(?:[.,](\d+))?[eEЕе]\+?(\d{1,2})")
_DATE = re.compile(
    r"(?:(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])"
    r"|(?:0?[1-9]|[12]\d|3[01])[-./](?:0?[1-9]|1[0-2])[-./](?:19|20)\d\d"
    r"|(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])/(?:19|20)\d\d)(?:[T ]\d{1,2}:\d\d.*)?"
)
_DEGREES = re.compile(r"-?(?:1[0-7]\d|[1-9]?\d)[.,]\d{4,}")
_DEGREE_PAIR = re.compile(r"\(?-?\d{1,3}\.\d{3,}\s*[,;\s]\s*-?\d{1,3}\.\d{3,}\)?")
_SHORTEST_DECIMALS = 5
_ROUNDED = "0000000"


def repair_float(text: str) -> str:
    """Without the `.0` that a spreadsheet or a data frame put behind a number."""
    found = _FLOAT.fullmatch(text)
    return (found.group(1) or found.group(2)) if found else text


def expand_scientific(text: str) -> str | None:
    """The digits of `4.85012345678E+11`; None when the text is no such form, or has fewer digits than the number."""
    found = _SCIENTIFIC.fullmatch(text)
    if not found:
        return None
    head, decimals, exponent = found.group(1), found.group(2) or "", int(found.group(3))
    return head + decimals if len(decimals.rstrip("0")) == exponent else None


def find_damage(text: str) -> str | None:
    """The reason code when the whole cell is something else than a phone: digits_lost, date, coordinates."""
    if _SCIENTIFIC.fullmatch(text):
        return "digits_lost"
    if _DATE.fullmatch(text):
        return "date"
    if _DEGREE_PAIR.fullmatch(text) or _is_degrees(text):
        return "coordinates"
    return None


def is_rounded(digits: str) -> bool:
    """True for digits that end in seven zeros: nobody's number, but what a spreadsheet leaves of one."""
    return digits.endswith(_ROUNDED)


def _is_degrees(text: str) -> bool:
    if not _DEGREES.fullmatch(text):
        return False
    decimals = re.split(r"[.,]", text)[1]
    return text.startswith("-") or len(decimals) >= _SHORTEST_DECIMALS
