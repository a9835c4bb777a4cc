"""Does a list belong to the country that was named for it? Judged by its phone numbers. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from shared.normalise.phone import read_phones

_LEAST_CELLS: Final = 8
_LEAST_LEAD: Final = 0.3
_LEAST_SHARE: Final = 0.6
_MOST_CHOSEN: Final = 0.6
_LEAST_LIFT: Final = 0.1


@dataclass(frozen=True, slots=True)
class Mismatch:
    """The numbers fit another country clearly better; shares are of cells that do not name a country themselves."""

    chosen: str | None
    better: str
    share_chosen: float
    share_better: float


def find_mismatch(cells: Iterable[str], *, chosen: str | None, candidates: Sequence[str]) -> Mismatch | None:
    """Compares the share of valid numbers under the chosen country with that under every candidate.

    Some plans (Germany's) take nearly any digits: the same digits backwards tell how little a valid number means there.
    """
    judged = [cell for cell in cells if any(map(str.isdigit, cell)) and not _names_country(cell)]
    if len(judged) < _LEAST_CELLS:
        return None
    mine = _share_valid(judged, chosen) if chosen else 0.0
    if mine >= _MOST_CHOSEN:
        return None
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


def _names_country(cell: str) -> bool:
    return "+" in cell or cell.lstrip("( ").startswith("00")


def _share_valid(cells: Sequence[str], country: str) -> float:
    readings = [read_phones(cell, country=country) for cell in cells]
    return sum(any(number.valid for number in reading.numbers) for reading in readings) / len(readings)
