"""The market a record is of: people and firms whose names are drawn from the same stock.

Names are rare or common within a country. Where the country is not stated it is taken from the calling code, and failing that
from what other records say of the same town.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from shared.match.vocabulary import Codes

Markets = NDArray[np.int32]
_FEWEST: Final = 3  # witnesses for what a town or a calling code says
_SHARE: Final = 0.8


def calling_prefix(phones: tuple[str, ...]) -> str:
    """The start of the first number that tells large countries apart: `+48`, `+1`, `+7`; empty without a number."""
    number = phones[0] if phones else ""
    return number[: 2 if number[1:2] in ("1", "7") else 3]


def markets_of(country: Codes, prefix: Codes, city: Codes) -> Markets:
    """By record a number that records of one country share; 0 where nothing tells."""
    market = country.copy()
    by_prefix = _majority(prefix, market)[prefix]
    unnamed = np.where(prefix > 0, country.max(initial=0) + prefix, 0).astype(np.int32)
    market = np.where(market > 0, market, np.where(by_prefix > 0, by_prefix, unnamed)).astype(np.int32)
    by_city = _majority(city, market)[city]
    filled: Markets = np.where(market > 0, market, by_city).astype(np.int32)
    return filled


def _majority(clue: Codes, market: Markets) -> Markets:
    """By clue the market that most records with it and a known market are of, 0 where they are few or disagree."""
    best = np.zeros(int(clue.max(initial=0)) + 1, dtype=np.int32)
    both = (clue > 0) & (market > 0)
    keys, counts = np.unique(clue[both].astype(np.int64) << 32 | market[both], return_counts=True)
    clues, markets = keys >> 32, (keys & 0xFFFFFFFF).astype(np.int32)
    total = np.bincount(clues, weights=counts, minlength=len(best))
    clear = (counts >= _SHARE * total[clues]) & (counts >= _FEWEST)
    best[clues[clear]] = markets[clear]
    return best
