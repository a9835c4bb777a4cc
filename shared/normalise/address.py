"""A street, a city and their like to comparable parts: house, unit, names without what everybody spells anew."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from shared.normalise.city import city_core
from shared.normalise.placeholder import is_placeholder
from shared.normalise.street_word import PLAIN_STREETS, STREET_WORDS, UNIT_WORDS
from shared.normalise.text import clean_text, fold

_LONGEST_CELL = 300
_HOUSE_FIRST = frozenset({"US", "GB", "IE", "CA", "AU", "NZ", "FR", "IN", "ZA", "LU", "MT"})
_HOUSE_AT_FRONT = re.compile(
    r"(?:no\.?\s*)?(\d{1,5}(?:[-–]\d{1,5})?[a-z]?)(?:\s*,\s*|\s+(?:(?:bis|ter)\s+)?)(?=\D)", re.I
)
_HOUSE_MARK = re.compile(
    r"[,\s]*\b(?:д|дом|d|dom|зд|здание|вл|влад|nr|no|numer|number|haus|hausnr|namas|№)\b\.?\s*№?\s*(\d+\s?[a-zа-я]?(?:[/-]\d+[a-zа-я]?)?)\b",
    re.I,
)
_BUILDING = re.compile(
    r"[,\s]*\b(?:корп|корпус|к|стр|строение|bud|bldg|building|gebäude|block|blok)\b\.?\s*([\da-zа-я]{1,5})\b", re.I
)
_HOUSE_AT_END = re.compile(
    r"[,\s]+(\d{1,5}(?:\s?[-–]\s?\d{1,5}(?=\s*$))?\s?[a-zа-я]?)(?:\s?([/-])\s?(\d{1,5}\s?[a-zа-я]?))?\s*$", re.I
)
_UNIT = re.compile(rf"[,\s]*(?<!\w)(?:(?:{UNIT_WORDS})(?!\w)\.?|#|№)\s*(?:nr\.?|no\.?|№|#)?\s*([\w/-]{{1,8}})\s*", re.I)
_POSTCODES = {
    "PL": r"\b(\d{2}-\d{3})\b", "RU": r"\b(\d{6})\b", "LT": r"\b(?:LT-?)?(\d{5})\b", "DE": r"\b(?:D-)?(\d{5})\b",
    "US": r"\b(\d{5}(?:-\d{4})?)\b", "GB": r"\b([A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2})\b", "AT": r"\b(?:A-)?(\d{4})\b",
    "FR": r"\b(\d{5})\b", "CZ": r"\b(\d{3}\s?\d{2})\b", "CH": r"\b(?:CH-)?(\d{4})\b", "NL": r"\b(\d{4}\s?[A-Z]{2})\b",
}  # fmt: skip
_POSTCODE_OF = {country: re.compile(pattern, re.I) for country, pattern in _POSTCODES.items()}
_DIGITS_OF = {"PL": 5, "RU": 6, "LT": 5, "DE": 5, "US": 5, "FR": 5, "AT": 4, "CZ": 5}
_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"\d+")
_JOINED = ("strasse", "str")


@dataclass(frozen=True, slots=True)
class Address:
    """A place in parts, each None where the cells did not say it.

    `street` is for people and keeps the house; `house` and `unit` are folded. `street_core` and `city_core` are for
    comparing: ASCII words, no `ul.`, `Street`, `г.`; known cities in one spelling (`warszawa`, `munchen`).
    """

    street: str | None = None
    house: str | None = None
    unit: str | None = None
    city: str | None = None
    postcode: str | None = None
    region: str | None = None
    country: str | None = None
    street_core: str | None = None
    city_core: str | None = None


class Place(NamedTuple):
    """The parts of an address for people to read, cleaned, each None where the cells did not say it."""

    street: str | None
    city: str | None
    postcode: str | None
    region: str | None


def read_address(
    street: str | None,
    city: str | None = None,
    postcode: str | None = None,
    region: str | None = None,
    country: str | None = None,
) -> Address:
    """The address that the cells make together; `country` is an ISO code. Never raises on text.

    A street cell that goes on with postcode and city fills those when their own cells are empty.
    """
    return address_of(read_place(street, city, postcode, region, country), country)


def address_of(place: Place, country: str | None) -> Address:
    """The address of cells that `read_place` has read."""
    line, house, unit = _split_street(place.street or "", country)
    return Address(
        *(place.street, house, unit, place.city, place.postcode, place.region, country),
        street_core=_street_core(line) or None,
        city_core=city_core(place.city) if place.city else None,
    )


def read_place(
    street: str | None, city: str | None, postcode: str | None, region: str | None, country: str | None
) -> Place:
    """What `read_address` gives for people to read, without the parts for comparing, at a third of its time."""
    street_text, city_text = _clean(street), _clean(city)
    code = read_postcode(_clean(postcode), country) if postcode else ""
    if city_text and not code and any(map(str.isdigit, city_text)):
        city_text, code = _take_postcode(city_text, country)
    if "," in street_text:
        street_text, city_text, code = _cut_tail(street_text, city_text, code, country)
    return Place(street_text or None, city_text or None, code or None, _clean(region) or None)


def read_postcode(raw: str, country: str | None) -> str:
    """The postcode as its country writes it; lost leading zeros and a spreadsheet's `.0` repaired."""
    text = raw.removesuffix(".0").strip(" ,;'")
    if not text:
        return ""
    size = _DIGITS_OF.get(country or "")
    if size and text.isdigit() and size - 2 <= len(text) < size and country != "AT":
        text = text.zfill(size)
    if country == "PL" and text.isdigit() and len(text) == size:
        return f"{text[:2]}-{text[2:]}"
    pattern = _POSTCODE_OF.get(country or "")
    found = pattern.search(text) if pattern else None
    text = (found.group(1) if found else text).upper()
    if country == "GB" and found:
        text = text.replace(" ", "")
        return f"{text[:-3]} {text[-3:]}"
    return text


def _clean(raw: str | None) -> str:
    text = clean_text(raw[:_LONGEST_CELL]).strip(" ,;") if raw else ""
    return "" if not text or is_placeholder(text) else text


def _take_postcode(text: str, country: str | None) -> tuple[str, str]:
    """(text without its postcode, postcode); `00-950 Warszawa`, `London SW1A 1AA`."""
    pattern = _POSTCODE_OF.get(country or "")
    found = pattern.search(text) if pattern else None
    if not found:
        return text, ""
    rest = (text[: found.start()] + " " + text[found.end() :]).strip(" ,;-")
    return " ".join(rest.split()), read_postcode(found.group(), country)


def _cut_tail(street: str, city: str, code: str, country: str | None) -> tuple[str, str, str]:
    """A street cell whose tail is the postcode and city loses that tail."""
    head, _, tail = street.rpartition(",")
    name, found = _take_postcode(tail.strip(), country)
    if not head.strip() or not any(map(str.isalpha, head)):
        return street, city, code
    if found and not any(map(str.isdigit, name)):
        return head.strip(" ,"), city or name, code or found
    if city and fold(tail).strip() == fold(city):
        return head.strip(" ,"), city, code
    return street, city, code


def _split_street(text: str, country: str | None) -> tuple[str, str | None, str | None]:
    """(street without numbers, house, unit)."""
    if not text:
        return "", None, None
    if not any(map(str.isdigit, text)):
        return text, None, None
    unit = None
    may_have_unit = "," in text or "#" in text or len(_DIGITS.findall(text)) > 1
    if may_have_unit and (found := _UNIT.search(text)):
        unit, text = _compact(found.group(1)), (text[: found.start()] + " " + text[found.end() :]).strip(" ,")
    if (country is None or country in _HOUSE_FIRST) and (found := _HOUSE_AT_FRONT.match(text)):
        return text[found.end() :], _compact(found.group(1)), unit
    building = ""
    if found := _BUILDING.search(text):
        building, text = "k" + _compact(found.group(1)), (text[: found.start()] + text[found.end() :]).strip(" ,")
    found = _HOUSE_MARK.search(text) or _HOUSE_AT_END.search(text)
    if not found:
        return text, building or None, unit
    line = text[: found.start()] + " " + text[found.end() :]
    groups = found.groups()
    house = _compact(groups[0])
    if len(groups) > 1 and groups[2]:
        unit = unit or _compact(groups[2])
    elif "/" in house or "-" in house:
        house, _, rest = house.replace("-", "/").partition("/")
        unit = unit or rest
    return line, house + building, unit


def _compact(text: str) -> str:
    return fold(text).replace(" ", "").replace("–", "-").lstrip("0") or "0"


def _street_core(line: str) -> str:
    words = _WORD.findall(fold(line))
    named = [STREET_WORDS.get(word, _strip_joined(word)) for word in words]
    kept = [word for word in named if word] or [word for word in words if word not in PLAIN_STREETS]
    return " ".join(kept)


def _strip_joined(word: str) -> str:
    """`hauptstrasse` and `hauptstr` without the street in them."""
    if word.endswith(_JOINED):
        return word.removesuffix("asse").removesuffix("str")
    return word
