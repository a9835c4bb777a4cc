"""Several numbers in one cell: where each begins, and what a shortened one takes over from the one before."""

import re
from collections.abc import Iterable
from typing import NamedTuple

import phonenumbers
from phonenumbers.shortnumberinfo import is_emergency_number

from shared.normalise.numbering import Number, Plan, classify, find_main_plan, find_plan
from shared.normalise.phone_extension import split_extensions
from shared.normalise.phone_reading import parse_dial_string, read_number, strip_label, to_digits

_BETWEEN = re.compile(
    r"\s*[;|,•·\n\r]+\s*|\s+(?:or|and|oder|und|lub|oraz|albo|или|arba|bei|ou|et|y|e|o|i|и|ir)\s+|\s*&\s*"
    r"|(?<=\d)\s+[+＋]\s+(?=\d{4,8}\s*$)|(?<=\d)[\s)/-]*(?=[+＋])",
    re.I,
)
_DIAL_STRING = re.compile(r",,|\d#\s*$|;(?:ext|isub|phone-context)=|;\d{1,4}\s*$", re.I)
_SOFT = (
    re.compile(r"\s+[/\\]\s*|\s*[/\\]\s+"),
    re.compile(r"\s+[-–—]\s+"),
    re.compile(r"[/\\]"),
    re.compile(r"(?<=\d)[-–—÷](?=\d{1,4}$)"),
)
_BRACKETED = (re.compile(r"\s*\((?=\d{1,4}\)$)"),)
_BEFORE_RANGE = (_SOFT[1], _SOFT[3], *_BRACKETED)
_CHUNK = re.compile(r"[+＋(]*\d[\d\s().\-/~‐-―]*")
_GROUP = re.compile(r"\(?[+＋]?\d+\)?")
_SMALL_BEFORE, _SMALL_BEHIND = re.compile(r"^\d{1,3}\s+(?=[+(\d])"), re.compile(r"(?<=\d)\s+\d{1,2}$")
_LETTER = re.compile(r"[^\W\d_]")
_MOST_GROUPS, _MOST_NUMBERS = 14, 8
_LONGEST_ENDING, _SHORTEST_TAIL, _SIZE_OF_EMERGENCY = 4, 5, 3
_FIXED = ("fixed_line", "fixed_line_or_mobile")
_SHORTEST_RUN, _SHORTEST_PART, _FEW_LENGTHS = 13, 8, 2


class Found(NamedTuple):
    """A number of a cell with the extension that stood behind it."""

    number: Number
    extension: str | None = None


def read_cell(text: str, region: str | None, area_code: str | None = None) -> list[Found]:
    """Every number of the cell in its order, each once; what the plan denies only when nothing valid is there."""
    if _DIAL_STRING.search(text):
        parsed = parse_dial_string(text, region)
        return [Found(*parsed)] if parsed else []
    found: list[Found] = []
    for part, extension in split_extensions(text):
        numbers = _read_part(part, region, area_code, found[0].number if found else None)
        found += [Found(number) for number in numbers[:-1]]
        if numbers:
            found.append(Found(numbers[-1], extension))
    return _keep_best(found)[:_MOST_NUMBERS]


def _keep_best(found: list[Found]) -> list[Found]:
    if len(found) < 2:
        return found
    kept = [one for one in found if one.number.valid] or found
    return list({(one.number.country_code, one.number.national): one for one in reversed(kept)}.values())[::-1]


def _read_part(text: str, region: str | None, area_code: str | None, first: Number | None) -> list[Number]:
    """The numbers of a text without extensions; `first` is the number of the cell from which a tail may inherit."""
    pieces = [piece for piece in _BETWEEN.split(text) if piece.strip()]
    if len(pieces) < 2:
        return _read_piece("".join(pieces), region, area_code, first)
    numbers: list[Number] = []
    for piece in pieces:
        head = numbers[0] if numbers and numbers[0].valid else first
        numbers += _read_piece(piece, region, area_code, head)
    if any(number.valid for number in numbers):
        return [number for number in numbers if number.valid]
    whole = read_number("".join(pieces), region, area_code)
    return [whole] if whole and whole.valid else numbers or ([whole] if whole else [])


def _read_piece(text: str, region: str | None, area_code: str | None, first: Number | None) -> list[Number]:
    """One number as a rule; more where a slash, a spaced dash or nothing at all divides them."""
    text = strip_label(text.strip())
    if first and (tail := inherit(text, first)):
        return [tail]
    if divided := _divide(text, _SOFT[:1], region, area_code):
        return divided
    number = read_number(text, region, area_code)
    if number and number.valid and not _is_guess(number, text, region):
        return [number]
    more = (
        _divide(text, _SOFT[1:], region, area_code)
        or (_read_chunks(text, region, area_code) if _LETTER.search(text) else None)
        or _join_groups(_GROUP.findall(text), region)
        or _cut_run(text, region)
        or _divide(text, _BRACKETED, region, area_code)
    )
    if more and (number is None or len(more) > 1 or _LETTER.search(text) or not _is_of_people(number)):
        return more
    return [number] if number else []


def _is_guess(number: Number, text: str, region: str | None) -> bool:
    """True for a foreign number without `+` or `00` that marks divide: `(495) 123-45-67/68` is no German one."""
    plan = find_plan(region) if region else None
    is_marked = text.lstrip(" (")[:1] in "+＋" or text.startswith("00") or text.isdigit()
    return plan is not None and plan.country_code != number.country_code and not is_marked


def _is_of_people(number: Number) -> bool:
    """True when fixed or mobile numbers of its country have this length: then nothing of it is cut off as a rest."""
    return len(number.national) in find_main_plan(number.country_code).people_lengths


def _divide(
    text: str, separators: Iterable[re.Pattern[str]], region: str | None, area_code: str | None
) -> list[Number] | None:
    """The numbers on both sides of a mark that may also stand inside one: the first side must be a number itself."""
    for separator in separators:
        parts = [part for part in separator.split(text) if part.strip()]
        if len(parts) < 2:
            continue
        head = read_number(parts[0], region, area_code)
        if head is None or not head.valid:
            continue
        numbers = [head]
        for part in parts[1:]:
            is_range = separator in _BEFORE_RANGE and sum(map(str.isdigit, part)) <= _LONGEST_ENDING
            if not is_range:
                numbers += [number for number in _read_piece(part, region, area_code, head) if number.valid]
        return numbers
    return None


def _read_chunks(text: str, region: str | None, area_code: str | None) -> list[Number] | None:
    """The numbers between words: `22 123 45 67 (sekretariat), fax 22 123 45 68`."""
    chunks = [chunk.strip(" -/.(~") for chunk in _CHUNK.findall(text)]
    numbers: list[Number] = []
    for chunk in chunks:
        if numbers and (tail := inherit(chunk, numbers[0], may_be_ending=False)):
            numbers.append(tail)
        elif number := _read_chunk(chunk, region, area_code):
            numbers.append(number)
    return numbers or None


def _read_chunk(text: str, region: str | None, area_code: str | None) -> Number | None:
    """The number between two words; a small number that belongs to one of them is left out: `Suite 200 212-736-…`."""
    versions = (text, _SMALL_BEFORE.sub("", text), _SMALL_BEHIND.sub("", text))
    numbers = [read_number(version, region, area_code) for version in dict.fromkeys(versions)]
    valid = [number for number in numbers if number and number.valid]
    plan = find_plan(region) if region else None
    domestic = [number for number in valid if plan and number.country_code == plan.country_code]
    return next(iter(domestic if text[:1] != "+" and domestic else valid), None)


def inherit(text: str, first: Number, *, may_be_ending: bool = True) -> Number | None:
    """The number that a shortened one means behind a full one: a new ending (`…67/68`), or a local one of its area.

    None when the text is no such tail, or what comes out is no valid number of the same kind.
    """
    found = to_digits(text)
    if found is None or not first.valid or found[1]:
        return None
    digits, national = found[0], first.national
    if not digits or len(digits) >= len(national):
        return None
    if digits == "0" or (len(digits) == _SIZE_OF_EMERGENCY and is_emergency_number(digits, first.region or "")):
        return None
    if len(digits) <= _LONGEST_ENDING:
        return _same_kind(national[: -len(digits)] + digits, first) if may_be_ending else None
    if first.type not in _FIXED or digits.startswith("0"):
        return None
    return _same_kind(_area_code(first, len(digits)) + digits, first)


def _area_code(first: Number, size: int) -> str:
    """What stands before a local number of this size: what fills it up to the first's length, or the area code."""
    filling = first.national[: len(first.national) - size]
    if _is_regular(find_plan(first.region) if first.region else None):
        return filling
    return first.national[: area_size(first)] or filling


def _is_regular(plan: Plan | None) -> bool:
    """True where people's numbers have one length or two, so that digits can be counted off."""
    return plan is not None and len(plan.people_lengths) <= _FEW_LENGTHS


def area_size(number: Number) -> int:
    """How many leading digits of the national number are its area code; 0 where the plan knows none."""
    parsed = phonenumbers.PhoneNumber(country_code=number.country_code, national_number=int(number.national))
    return phonenumbers.length_of_geographical_area_code(parsed)


def _same_kind(national: str, first: Number) -> Number | None:
    number = classify(first.country_code, national)
    return number if number.valid and number.type == first.type else None


def _join_groups(groups: list[str], region: str | None) -> list[Number] | None:
    """Two numbers or more out of groups of digits, every group used and every number valid; the fewest numbers win."""
    is_long = sum(map(len, groups)) >= _SHORTEST_RUN
    if not is_long or not 2 <= len(groups) <= _MOST_GROUPS or region is None:
        return None
    best: dict[int, list[Number]] = {len(groups): []}
    for start in range(len(groups) - 1, -1, -1):
        for end in range(start + 1, len(groups) + 1):
            rest = best.get(end)
            if rest is None or (start in best and len(best[start]) <= len(rest) + 1):
                continue
            number = read_number("".join(groups[start:end]), region)
            if number and number.valid:
                best[start] = [number, *rest]
    return best.get(0) or _join_with_tail(groups, region)


def _join_with_tail(groups: list[str], region: str) -> list[Number] | None:
    """A full number, then a local one: `(22) 123 45 67 765 43 21`."""
    for cut in range(len(groups) - 1, 0, -1):
        head = read_number("".join(groups[:cut]), region)
        tail = "".join(groups[cut:])
        if head and head.valid and len(tail) > _SHORTEST_TAIL and (second := inherit(tail, head)):
            return [head, second]
    return None


def _cut_run(text: str, region: str | None) -> list[Number] | None:
    """Numbers written one behind the other with nothing between: equal parts, each valid, or one full and one more."""
    found = to_digits(text)
    if found is None or region is None or len(found[0]) < _SHORTEST_RUN:
        return None
    digits = ("+" if found[1] else "") + found[0]
    is_regular = _is_regular(find_plan(region))
    for parts in (2, 3, 4):
        size, odd = divmod(len(digits), parts)
        pieces = [digits[start : start + size] for start in range(0, len(digits), size)]
        is_alike = is_regular or all(piece[0] == "0" for piece in pieces)
        if not odd and is_alike and size >= _SHORTEST_PART and (numbers := _all_valid(pieces, region)):
            return numbers
    return _cut_first(digits, region) if is_regular else None


def _cut_first(digits: str, region: str) -> list[Number] | None:
    """The full number that opens a run, with the full or local one behind it; four digits more, an ending, are dropped."""
    alone: list[Number] | None = None
    for size in range(len(digits) - 3, _SHORTEST_PART, -1):
        head, rest = _all_valid([digits[:size]], region), digits[size:]
        if head and len(rest) > _SHORTEST_TAIL and (more := _follow(rest, head[0], region)):
            return head + more
        if head and len(rest) == _LONGEST_ENDING and digits[0] != "+":
            alone = head
    return alone


def _follow(digits: str, first: Number, region: str) -> list[Number] | None:
    tail = inherit(digits, first, may_be_ending=False)
    return _all_valid([digits], region) or ([tail] if tail else None)


def _all_valid(texts: Iterable[str], region: str) -> list[Number] | None:
    numbers = [read_number(text, region) for text in texts]
    plan = find_plan(region)
    code = plan.country_code if plan else 0
    valid = [number for number in numbers if number and number.valid and number.country_code == code]
    return valid if len(valid) == len(numbers) else None
