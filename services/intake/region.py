"""Does a list belong to the country that was named for it? Judged by its phone numbers, addresses and domains. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from shared.normalise.phone import read_phones
from shared.normalise.place_country import guess_country

_LEAST_CELLS: Final = 8
_LEAST_LEAD: Final = 0.3
_LEAST_SHARE: Final = 0.6
_MOST_CHOSEN: Final = 0.6
_LEAST_LIFT: Final = 0.1
_LEAST_PLACED: Final = 8
_LEAST_PLACED_SHARE: Final = 0.6
_FITS_AS_WELL: Final = 0.1

_TOP_DOMAIN: Final = re.compile(r"\.([a-z]{2})(?:[/:?#].*)?$", re.I)
_OTHER_CODES: Final = {"UK": "GB", "SU": "RU"}


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Another country fits clearly better; the shares of valid numbers are of cells that do not name a country themselves.

    `share_placed`: of the rows whose address or domain points to a country, those that point to the better one.
    """

    chosen: str | None
    better: str
    share_chosen: float
    share_better: float
    share_placed: float = 0.0


@dataclass(frozen=True, slots=True)
class Place:
    """What a row says of where it belongs, beside its numbers; `domains` are e-mail addresses and websites."""

    city: str = ""
    postcode: str = ""
    region: str = ""
    domains: tuple[str, ...] = ()


def find_mismatch(
    cells: Iterable[str], *, chosen: str | None, candidates: Sequence[str], places: Iterable[Place] = ()
) -> Mismatch | None:
    """Compares the share of valid numbers under the chosen country with that under every candidate.

    Where the numbers fit both, as those of Lithuania fit Poland's plan, addresses and domains decide. Some plans
    (Germany's) take nearly any digits: the same digits backwards tell how little a valid number means there.
    """
    judged = [cell for cell in cells if any(map(str.isdigit, cell)) and not _names_country(cell)]
    if len(judged) < _LEAST_CELLS:
        return None
    mine = _share_valid(judged, chosen) if chosen else 0.0
    if mine >= _MOST_CHOSEN:
        return _find_misplaced(judged, mine, chosen, candidates, places)
    backwards = [cell[::-1] for cell in judged]
    best: Mismatch | None = None
    least_lift = _LEAST_LIFT
    for country in candidates:
        share = 0.0 if country == chosen else _share_valid(judged, country)
        if share < max(_LEAST_SHARE, mine + _LEAST_LEAD):
            continue
        lift = share - _share_valid(backwards, country)
        if lift > least_lift:
            best, least_lift = Mismatch(chosen, country, round(mine, 2), round(share, 2)), lift
    return best


def _find_misplaced(
    judged: Sequence[str], mine: float, chosen: str | None, candidates: Sequence[str], places: Iterable[Place]
) -> Mismatch | None:
    """The country to which most rows point that point anywhere, if the numbers fit it as well."""
    pointed = Counter(country for place in places if (country := country_of(place)))
    if pointed.total() < _LEAST_PLACED:
        return None
    better, rows = pointed.most_common(1)[0]
    share_placed = rows / pointed.total()
    if better == chosen or better not in candidates or share_placed < _LEAST_PLACED_SHARE:
        return None
    share = _share_valid(judged, better)
    if share < mine - _FITS_AS_WELL:
        return None
    return Mismatch(chosen, better, round(mine, 2), round(share, 2), round(share_placed, 2))


def country_of(place: Place) -> str | None:
    """Gives the country that an address points to, else the country of a domain; None when neither points to one."""
    found = guess_country(place.city or None, place.postcode or None, place.region or None)
    tops = (_TOP_DOMAIN.search(domain.strip()) for domain in place.domains)
    codes = [top[1].upper() for top in tops if top]
    return found or next((_OTHER_CODES.get(code, code) for code in codes), None)


def _names_country(cell: str) -> bool:
    return "+" in cell or cell.lstrip("( ").startswith("00")


def _share_valid(cells: Sequence[str], country: str) -> float:
    readings = [read_phones(cell, country=country) for cell in cells]
    return sum(any(number.valid for number in reading.numbers) for reading in readings) / len(readings)
