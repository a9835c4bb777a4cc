"""What is known of a base without reading it: how many records it has, and how often its commonest values occur.

An upload is compared with the few records of the base that share a key with it. Judged by these few alone every name would look
rare; so the counts of the whole base are kept beside it, added to with each upload.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from shared.match.table import SINGLE, Table

COUNTED: Final = ("given", "family", "company", "city", "postcode", "birth")
MOST_VALUES: Final = 1000  # kept of each column and country
FEWEST_RECORDS: Final = 5  # a value that fewer records hold is as rare as any

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Base:
    """Records by country (`""` where none is known); `common[column][country][value]` and `words[word]`: records that hold it."""

    population: Counts
    common: Mapping[str, Mapping[str, Counts]]
    words: Counts


EMPTY_BASE: Final = Base({}, {}, {})


def base_of(table: Table) -> Base:
    """The counts of the records of this table."""
    market, countries = table.columns["market"], table.words["country"]
    names = {code: countries[code] if code < len(countries) else "" for code in np.unique(market).tolist()}
    population: dict[str, int] = {}
    common: dict[str, dict[str, Counts]] = {column: {} for column in COUNTED}
    for code, country in names.items():
        lines = np.flatnonzero(market == code)
        population[country] = population.get(country, 0) + len(lines)
        for column in COUNTED:
            held = _commonest(np.bincount(table.columns[column][lines]), table.words[SINGLE[column]])
            common[column][country] = _sum(common[column].get(country, {}), held)
    return Base(population, common, _common_words(table))


def base_sum(one: Base, other: Base) -> Base:
    """The counts of both together, as when an upload has joined the base. Values that are rare in each are left out."""
    common = {
        column: {
            country: _sum(one.common.get(column, {}).get(country, {}), other.common.get(column, {}).get(country, {}))
            for country in {*one.common.get(column, {}), *other.common.get(column, {})}
        }
        for column in COUNTED
    }
    population = {
        country: one.population.get(country, 0) + other.population.get(country, 0)
        for country in {*one.population, *other.population}
    }
    return Base(population, common, _sum(one.words, other.words))


def base_to_json(base: Base) -> dict[str, Any]:
    """A JSON-ready object; `base_from_json` is its inverse."""
    return {"population": base.population, "common": base.common, "words": base.words}


def base_from_json(stored: Mapping[str, Any]) -> Base:
    """Stored counts again."""
    return Base(stored["population"], stored["common"], stored["words"])


def _commonest(counts: np.ndarray[Any, np.dtype[np.int64]], words: list[str]) -> Counts:
    counts[0] = 0
    order = np.lexsort((np.arange(len(counts)), -counts))[:MOST_VALUES]
    return {words[code]: int(counts[code]) for code in order.tolist() if counts[code] >= FEWEST_RECORDS}


def _common_words(table: Table) -> Counts:
    records: dict[str, int] = {}
    for name, count in zip(table.words["company"], np.bincount(table.columns["company"]).tolist(), strict=False):
        for word in set(name.split()):
            records[word] = records.get(word, 0) + count
    return _sum(records, {})


def _sum(one: Counts, other: Counts) -> Counts:
    total = {value: one.get(value, 0) + other.get(value, 0) for value in {*one, *other}}
    kept = sorted(
        ((value, count) for value, count in total.items() if count >= FEWEST_RECORDS),
        key=lambda held: (-held[1], held[0]),
    )
    return dict(kept[:MOST_VALUES])
