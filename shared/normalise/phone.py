"""A phone cell as somebody typed it to numbers in E.164, or to the reason why there is none."""

import re
from dataclasses import dataclass

from phonenumbers import region_code_for_country_code, shortnumberinfo
from phonenumbers.phonenumber import PhoneNumber as LibraryNumber

from shared.normalise.numbering import PLAN_VERSION, Number, find_plan
from shared.normalise.phone_cell import Found, area_size, read_cell
from shared.normalise.phone_damage import expand_scientific, find_damage, is_rounded, repair_float
from shared.normalise.phone_noise import drop_bare_hours, drop_hours, drop_ids, plain_signs
from shared.normalise.phone_reading import read_literal, strip_label, to_digits
from shared.normalise.placeholder import is_placeholder, is_placeholder_digits
from shared.normalise.text import clean_lines, strip_guard

__all__ = ["PLAN_VERSION", "PhoneNumber", "PhoneReading", "is_callable", "read_phones"]

_PLAIN = re.compile(r"(?!\d{1,3}\.\d+$|\d{1,4}[-./]\d\d?[-./]\d{1,4}$)[+(]?[\d\s().\-]{6,24}")
_EMAIL_OR_URL = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+", re.I)
_WA_LINK = re.compile(r"(?:https?://)?(?:wa\.me/|api\.whatsapp\.com/send\?phone=)\+?(\d{8,15})\S*", re.I)
_ANCHOR = re.compile(r"<a\b[^<>]*?\b(?:tel|callto|sms):([^\"'<>\s]+)[^<>]*>", re.I)
_TEL_LINK = re.compile(r"\b(?:tel|callto|sms):(?=[\s+\d(])(?!.*(?:;phone-context|;isub|;ext)=)", re.I)
_NOT_CALLABLE = frozenset({"premium_rate", "shared_cost", "pager", "voicemail", "unknown"})
_LONGEST_CELL = 400
_LONGEST_SHORT_CODE, _SHORTEST_NUMBER, _LONGEST_NUMBER = 6, 6, 15
_DENIED = frozenset({"placeholder", "digits_lost", "not_in_plan"})
_AFTER_EIGHT = (" ", "(", "-", "\u00a0")
_GERMANY = 49
_NO_REGION = "001"
_RESERVED_LOCAL = "11"


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A number in E.164.

    `type` is mobile, fixed_line, fixed_line_or_mobile, toll_free, premium_rate, shared_cost, voip, personal_number,
    pager, uan, voicemail or unknown. `country` is an ISO code, None where no country has the number. `note` is None or
    one code: no_area_code, placeholder, digits_lost, not_in_plan (these with `valid` False), premium_rate,
    other_country.
    `kind` is phone, mobile or fax: the column that it came from.
    """

    e164: str
    valid: bool
    type: str
    extension: str | None
    country: str | None
    note: str | None = None
    kind: str = "phone"


@dataclass(frozen=True, slots=True)
class PhoneReading:
    """The numbers of a cell in their order; `reason` is a code when none of them is valid, else None.

    Reasons: empty, placeholder, not_a_number, digits_lost, date, coordinates, emergency, short_code, too_short,
    too_long, impossible_length, no_country, no_area_code, not_in_plan.
    """

    numbers: tuple[PhoneNumber, ...]
    reason: str | None


def is_callable(number: PhoneNumber) -> bool:
    """True when a rep may be given this number to dial: in the plan, no premium-rate, shared-cost or machine number."""
    return number.valid and number.type not in _NOT_CALLABLE


def read_phones(raw: str, *, country: str | None = None, area_code: str | None = None) -> PhoneReading:
    """The numbers of one cell; `country` (ISO) and `area_code` are where a number without them is dialled.

    Never raises on text. Without a country a number is read only from `+`, `00` or a bare run of 8 to 15 digits.
    """
    region = _known_region(country)
    if raw[:2] == "+8" and region:
        raw = _mend_plus_eight(raw, region)
    if answer := _read_plain(raw, region):
        return answer
    text = _prepare(raw)
    bare = strip_label(text)
    return (_read_plain(bare, region) if bare != raw else None) or _read_any(text, raw, region, area_code)


def _mend_plus_eight(raw: str, region: str) -> str:
    """`+8 (495) …` in a country that dials 8 before domestic numbers is meant as `8 (495) …`: no calling code is 8."""
    plan = find_plan(region)
    is_trunk = plan is not None and plan.trunk_digit == "8" and raw[2:3] in _AFTER_EIGHT
    return raw[1:] if is_trunk else raw


def _read_plain(text: str, region: str | None) -> PhoneReading | None:
    """The one valid number that the text is, when it has no other signs: nine cells in ten of an ordinary list."""
    if not _PLAIN.fullmatch(text) or not (found := to_digits(text)):
        return None
    number = read_literal(found[0], region, plus=found[1])
    if number is None or not number.valid or not (answer := _answer(number, None, region)).valid:
        return None
    return PhoneReading((answer,), None)


def _known_region(country: str | None) -> str | None:
    if not country:
        return None
    region = country.strip().upper()
    region = "GB" if region == "UK" else region
    return region if find_plan(region) else None


def _read_any(text: str, raw: str, region: str | None, area_code: str | None) -> PhoneReading:
    if not text:
        return PhoneReading((), "not_a_number" if _has_sign(raw) else "empty")
    if is_placeholder(text):
        return PhoneReading((), "placeholder")
    text = drop_ids(plain_signs(expand_scientific(text) or text))
    if reason := find_damage(text) or _find_counting(text) or _short_code(text, region):
        return PhoneReading((), reason)
    for version in dict.fromkeys((drop_hours(text), text, drop_bare_hours(text))):
        if (reading := _read_numbers(version, region, area_code)).reason is None:
            return reading
    return _read_numbers(text, region, area_code)


def _find_counting(text: str) -> str | None:
    """The code placeholder for a run longer than any number that counts up, down or not at all."""
    found = to_digits(text)
    is_run = found is not None and len(found[0]) > _LONGEST_NUMBER and is_placeholder_digits(found[0])
    return "placeholder" if is_run else None


def _read_numbers(text: str, region: str | None, area_code: str | None) -> PhoneReading:
    found = read_cell(text, region, area_code)
    answers = tuple(_answer(one.number, one.extension, region) for one in found if _is_given(one))
    if any(answer.valid for answer in answers):
        return PhoneReading(tuple(answer for answer in answers if answer.valid), None)
    return PhoneReading(answers, (answers and answers[0].note) or _why_none(text, found, region))


def _has_sign(raw: str) -> bool:
    return any(not char.isspace() and char.isprintable() for char in raw)


def _prepare(raw: str) -> str:
    """The cell without mark-up, mail addresses and guards; its lines divided by semicolons."""
    raw = raw[:_LONGEST_CELL]
    if ":" in raw or "wa.me" in raw:
        raw = _TEL_LINK.sub(" ", _ANCHOR.sub(r"; \1 ;", _WA_LINK.sub(r" +\1 ", raw)))
    text = ";".join(map(repair_float, map(strip_guard, clean_lines(raw))))
    is_link = ("@" in text or "www" in text or "://" in text) and "phone-context" not in text
    return _EMAIL_OR_URL.sub(" ", text).strip() if is_link else text


def _is_given(found: Found) -> bool:
    return found.number.length in ("possible", "local")


def _answer(number: Number, extension: str | None, region: str | None) -> PhoneNumber:
    note = _note(number, region)
    valid = number.valid and note not in _DENIED
    country: str | None = number.region or region_code_for_country_code(number.country_code)
    country = None if country == _NO_REGION else country
    return PhoneNumber(number.e164, valid, number.type if valid else "unknown", extension, country, note)


def _note(number: Number, region: str | None) -> str | None:
    if is_placeholder_digits(number.national):
        return "placeholder"
    if is_rounded(number.national):
        return "digits_lost"
    if not number.valid:
        return "no_area_code" if number.length == "local" else "not_in_plan"
    if number.country_code == _GERMANY and _is_reserved_german(number):
        return "not_in_plan"
    if number.type == "premium_rate":
        return "premium_rate"
    plan = find_plan(region) if region else None
    return "other_country" if plan and plan.country_code != number.country_code else None


def _is_reserved_german(number: Number) -> bool:
    """Local numbers in Germany do not begin with 11: 110, 112, 115, 116 and 118 are short codes in every area.

    Source: Bundesnetzagentur, numbering plan for local area numbers; phonenumbers lets them pass.
    """
    if _RESERVED_LOCAL not in number.national[2:7] or number.type != "fixed_line":
        return False
    return number.national[area_size(number) :].startswith(_RESERVED_LOCAL)


def _short_code(text: str, region: str | None) -> str | None:
    """The code emergency or short_code for two to six digits that the country dials as such."""
    found = to_digits(text)
    plan = find_plan(region) if region else None
    if found is None or plan is None or found[1] or not 2 <= len(found[0]) <= _LONGEST_SHORT_CODE:
        return None
    if shortnumberinfo.is_emergency_number(found[0], plan.region):
        return "emergency"
    short = LibraryNumber(country_code=plan.country_code, national_number=int(found[0]))
    is_short = not found[0].startswith("0") and shortnumberinfo.is_valid_short_number_for_region(short, plan.region)
    return "short_code" if is_short else None


def _why_none(text: str, found: list[Found], region: str | None) -> str:
    digits = "".join(char for char in text if char.isdigit())
    if not digits:
        return "not_a_number"
    if is_placeholder_digits(digits) or is_rounded(digits):
        return "digits_lost" if is_rounded(digits) else "placeholder"
    if len(digits) < _SHORTEST_NUMBER:
        return "too_short"
    if region is None and "+" not in text:
        return "no_country"
    if not found:
        return "too_long" if to_digits(text) else "not_a_number"
    by_length = {"short": "too_short", "long": "too_long"}
    return by_length.get(found[0].number.length, "impossible_length")
