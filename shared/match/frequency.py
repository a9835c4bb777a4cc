"""How many records hold a value, within their country: what two records having it in common is worth.

The chance that a record holds a value by coincidence is counted on the list itself, so duplicates are in the count;
what a record's own duplicates add is taken off again.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shared.match.base import COUNTED, EMPTY_BASE, Base, Counts
from shared.match.company import KnownWords, word_weights
from shared.match.table import MANY, SINGLE, Table, is_repetition, names_behind
from shared.match.vocabulary import Codes

Chances = NDArray[np.float32]
FLOOR_HOLDERS: Final = 0.5  # a value that nobody else holds could still be somebody else's

# On a short list every value looks about as frequent as any other. So many records of a usual list are counted with it.
LENT_RECORDS: Final = 200.0
USUAL_SHARE: Final = {
    "given": 0.01, "family": 0.003, "given_anywhere": 0.01, "family_anywhere": 0.003, "company": 0.0005, "city": 0.05,
    "postcode": 0.002, "birth": 0.0001, "phones": 0.0001, "emails": 0.0001, "webs": 0.001, "company_id": 0.0001, "door": 0.0001,
}  # fmt: skip


def _holders(codes: Codes, country: Codes, counted: NDArray[np.bool_]) -> NDArray[np.int32]:
    """By cell: the counted records of the same country with the same code; 0 where there is no value."""
    keys = country.reshape(-1, *[1] * (codes.ndim - 1)).astype(np.int64) << 32 | codes
    _, inverse = np.unique(keys, return_inverse=True)
    weights = np.broadcast_to(counted.reshape(-1, *[1] * (codes.ndim - 1)), codes.shape).ravel()
    counts = np.bincount(inverse.ravel(), weights=weights)
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
        held = others + np.float32(LENT_RECORDS * USUAL_SHARE[column])
        chance: Chances = np.minimum(held / (self.population[records] + np.float32(LENT_RECORDS)), np.float32(0.95))
        return chance


def frequencies_of(table: Table, base: Base = EMPTY_BASE, new: int | None = None) -> Frequencies:
    """Counted on the table, and on the base that its older records were picked from.

    `new`: so many records, the first, are not in the base yet; None: all. A row that only repeats another is not counted:
    a list may hold one row a thousand times.
    """
    columns, market, counted = table.columns, table.columns["market"], ~is_repetition(table)
    holders = _common_holders(table, counted)
    holders |= {column: _holders(columns[column], market, counted) for column in (*MANY, "company_id")}
    holders["door"] = _holders(_doors(table), market, counted)
    population = _population(market, counted)
    words = table.words["company"]
    known = KnownWords(base.words, sum(base.population.values()))
    weights = word_weights(
        words, np.bincount(columns["company"], weights=counted, minlength=len(words)).astype(np.int64), known
    )
    behind = {column: names_behind(table, column) for column in ("phones", "emails")}
    local = Frequencies(np.maximum(population, 2), holders, behind, weights)
    if not base.population:
        return local
    return _raised(local, table, base, counted & (np.arange(table.size) < (table.size if new is None else new)))


def _common_holders(table: Table, counted: NDArray[np.bool_]) -> dict[str, NDArray[np.int32]]:
    """The counts of what a base counts too."""
    columns, market = table.columns, table.columns["market"]
    names = _holders(np.stack([columns["given"], columns["family"]], axis=1), market, counted)
    holders = {column: _holders(columns[column], market, counted) for column in COUNTED}
    return holders | {"given_anywhere": names[:, 0], "family_anywhere": names[:, 1]}


def _population(market: Codes, counted: NDArray[np.bool_]) -> NDArray[np.float32]:
    """By record the counted records of its market; of all markets where it is not known."""
    population: NDArray[np.float32] = np.bincount(market, weights=counted)[market].astype(np.float32)
    population[market == 0] = counted.sum()
    return population


def _doors(table: Table) -> Codes:
    """By record a number for street and house together, 0 without a street."""
    door = table.columns["street"].astype(np.int64) * (len(table.words["house"]) + 1) + table.columns["house"]
    _, doors = np.unique(np.where(table.columns["street"] > 0, door, -1), return_inverse=True)
    numbered: Codes = np.where(table.columns["street"] > 0, doors + 1, 0).astype(np.int32)
    return numbered


def _raised(local: Frequencies, table: Table, base: Base, new: NDArray[np.bool_]) -> Frequencies:
    """The counts raised to those of the base and the new records together, market by market."""
    market, countries = table.columns["market"], table.words["country"]
    own = _common_holders(table, new)
    population = _population(market, new) + np.float32(sum(base.population.values()))
    holders = {column: counts.copy() for column, counts in local.holders.items()}
    indexes = {column: {word: code for code, word in enumerate(table.words[SINGLE[column]])} for column in COUNTED}
    for code, country in enumerate(countries[1:], 1):
        lines = np.flatnonzero(market == code)
        population[lines] += np.float32(base.population.get(country, 0) - sum(base.population.values()))
        found = {
            column: _codes_held(base.common.get(column, {}).get(country, {}), indexes[column]) for column in COUNTED
        }
        anywhere = found["given"] + found["family"]
        for column, words in (
            *((name, name) for name in COUNTED),
            ("given_anywhere", "given"),
            ("family_anywhere", "family"),
        ):
            held = (anywhere if column != words else found[column])[table.columns[words][lines]]
            holders[column][lines] = np.maximum(holders[column][lines], held + own[column][lines])
    population = np.maximum(local.population, population)
    return Frequencies(population, holders, local.names_behind, local.word_weights)


def _codes_held(held: Counts, index: dict[str, int]) -> NDArray[np.int32]:
    """By code the records of the base that hold its value, as far as it is common."""
    counts = np.zeros(len(index), dtype=np.int32)
    for value, count in held.items():
        if value in index:
            counts[index[value]] = count
    return counts
