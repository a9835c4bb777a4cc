"""How many records hold a value, within their country: what two records having it in common is worth.

The chance that a record holds a value by coincidence is counted on the list itself, so duplicates are in the count;
what a record's own duplicates add is taken off again.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shared.match.company import word_weights
from shared.match.table import Table, names_behind
from shared.match.vocabulary import Codes

Chances = NDArray[np.float32]
FLOOR_HOLDERS = 0.5  # a value that nobody else holds could still be somebody else's


def _holders(codes: Codes, country: Codes) -> NDArray[np.int32]:
    """By cell: the records of the same country with the same code; 0 where there is no value."""
    keys = country.reshape(-1, *[1] * (codes.ndim - 1)).astype(np.int64) << 32 | codes
    _, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    found: NDArray[np.int32] = counts[inverse].reshape(codes.shape).astype(np.int32)
    found[codes == 0] = 0
    return found


@dataclass(frozen=True, slots=True)
class Frequencies:
    """Counts beside a table.

    `population`: the records of each record's country; `holders`: by column, one count a cell of the table;
    `names_behind`: by code of phones and emails, the different people beside it; `word_weights`: the rarity of the
    words of company names.
    """

    population: NDArray[np.float32]
    holders: dict[str, NDArray[np.int32]]
    names_behind: dict[str, NDArray[np.int32]]
    word_weights: dict[str, float]

    def chance(self, column: str, cells: NDArray[np.int64] | tuple[NDArray[np.int64], ...], partners: float) -> Chances:
        """The chance that another record of the country holds this cell's value without being the same lead.

        `partners`: how many duplicates a record has on average.
        """
        records = cells[0] if isinstance(cells, tuple) else cells
        others = np.maximum(self.holders[column][cells] - np.float32(1 + partners), np.float32(FLOOR_HOLDERS))
        chance: Chances = np.minimum(others / self.population[records], np.float32(0.95))
        return chance


def frequencies_of(table: Table) -> Frequencies:
    """Counted on the table alone."""
    columns = table.columns
    country = columns["market"]
    names = _holders(np.stack([columns["given"], columns["family"]], axis=1), country)
    holders = {
        column: _holders(columns[column], country)
        for column in ("given", "family", "company", "city", "postcode", "birth")
    }
    holders |= {column: _holders(columns[column], country) for column in ("phones", "emails", "webs", "company_id")}
    holders |= {"given_anywhere": names[:, 0], "family_anywhere": names[:, 1]}
    door = columns["street"].astype(np.int64) * (len(table.words["house"]) + 1) + columns["house"]
    _, doors = np.unique(np.where(columns["street"] > 0, door, -1), return_inverse=True)
    holders["door"] = _holders(doors.astype(np.int32), country)
    population = np.bincount(country)[country].astype(np.float32)
    population[country == 0] = table.size
    words = table.words["company"]
    weights = word_weights(words, np.bincount(columns["company"], minlength=len(words)))
    behind = {column: names_behind(table, column) for column in ("phones", "emails")}
    return Frequencies(np.maximum(population, 2), holders, behind, weights)
