"""Comparing companies, doors, towns, and what identifies by itself: birth dates, company numbers, countries."""

from functools import partial

import numpy as np
from numpy.typing import NDArray

from shared.match.company import grade_companies
from shared.match.evidence import Evidence, Rows, grade_codes
from shared.match.field import COLUMN, level_number
from shared.match.frequency import Chances, Frequencies
from shared.match.similar import (
    DIFFERENT,
    NEAR,
    SAME,
    SIMILAR,
    Grades,
    grade_dates,
    grade_postcodes,
    grade_streets,
    grade_words,
)
from shared.match.table import Table


def compare_places(
    table: Table, frequencies: Frequencies, left: Rows, right: Rows, partners: float, out: Evidence
) -> None:
    """Fill in the fields company, address, locality, birth, company_id and country."""
    _compare_companies(table, frequencies, left, right, partners, out)
    _compare_addresses(table, frequencies, left, right, partners, out)
    _compare_localities(table, frequencies, left, right, partners, out)
    _compare_births(table, frequencies, left, right, partners, out)
    _compare_equal(table, frequencies, left, right, partners, out)


def _chance(frequencies: Frequencies, column: str, left: Rows, right: Rows, partners: float) -> Chances:
    return np.maximum(frequencies.chance(column, left, partners), frequencies.chance(column, right, partners))


def _put(out: Evidence, field: str, levels: Grades, chances: Chances, where: NDArray[np.bool_]) -> None:
    out.levels[:, COLUMN[field]], out.chances[:, COLUMN[field]] = levels, np.where(where, chances, 0)


def _compare_companies(
    table: Table, frequencies: Frequencies, left: Rows, right: Rows, partners: float, out: Evidence
) -> None:
    company, words = table.columns["company"], table.words["company"]
    grades = grade_codes(
        company[left], company[right], words, partial(grade_companies, weights=frequencies.word_weights)
    )
    _put(out, "company", grades, _chance(frequencies, "company", left, right, partners), grades == SAME)


def _compare_addresses(
    table: Table, frequencies: Frequencies, left: Rows, right: Rows, partners: float, out: Evidence
) -> None:
    street, house, unit = (table.columns[column] for column in ("street", "house", "unit"))
    streets = grade_codes(street[left], street[right], table.words["street"], grade_streets)
    both_houses = (house[left] > 0) & (house[right] > 0)
    same_house = both_houses & (house[left] == house[right])
    other_unit = (unit[left] > 0) & (unit[right] > 0) & (unit[left] != unit[right])
    near = (streets == NEAR) | (streets == SIMILAR)
    levels = np.where(streets > 0, level_number("address", "different"), 0).astype(np.uint8)
    levels[(streets == SAME) | (streets == NEAR)] = level_number("address", "other_house")
    levels[((streets == SAME) | near) & ~both_houses] = level_number("address", "street")
    levels[near & same_house] = level_number("address", "near")
    levels[(streets == SAME) & same_house] = level_number("address", "exact")
    levels[(levels == level_number("address", "exact")) & other_unit] = level_number("address", "other_unit")
    _put(out, "address", levels, _chance(frequencies, "door", left, right, partners), levels == SAME)


def _compare_localities(
    table: Table, frequencies: Frequencies, left: Rows, right: Rows, partners: float, out: Evidence
) -> None:
    """Town and postcode together, since one follows from the other."""
    city, postcode = table.columns["city"], table.columns["postcode"]
    cities = grade_codes(city[left], city[right], table.words["city"], grade_words)
    posts = grade_codes(postcode[left], postcode[right], table.words["postcode"], grade_postcodes)
    same_city, same_post = cities == SAME, posts == SAME
    near_city, near_post = (cities == NEAR) | (cities == SIMILAR), (posts == NEAR) | (posts == SIMILAR)
    known = (cities > 0) | (posts > 0)
    levels = np.where(known, level_number("locality", "different"), 0).astype(np.uint8)
    levels[same_city | same_post | near_post] = level_number("locality", "mixed")
    levels[(near_city & (posts != DIFFERENT)) | (near_post & (cities != DIFFERENT))] = level_number("locality", "close")
    agreed = (same_city & (posts == 0)) | (same_post & (cities == 0)) | (same_city & same_post)
    levels[agreed] = SAME
    town, code = (_chance(frequencies, column, left, right, partners) for column in ("city", "postcode"))
    chances = np.where(same_post, np.where(same_city, np.minimum(town, code), code), town)
    _put(out, "locality", levels, chances, agreed)


def _compare_births(
    table: Table, frequencies: Frequencies, left: Rows, right: Rows, partners: float, out: Evidence
) -> None:
    birth = table.columns["birth"]
    grades = grade_codes(birth[left], birth[right], table.words["birth"], grade_dates)
    _put(out, "birth", grades, _chance(frequencies, "birth", left, right, partners), grades == SAME)


def _compare_equal(
    table: Table, frequencies: Frequencies, left: Rows, right: Rows, partners: float, out: Evidence
) -> None:
    """What is the same or not: company numbers and countries."""
    for field in ("company_id", "country"):
        codes = table.columns[field]
        known = (codes[left] > 0) & (codes[right] > 0)
        different = level_number(field, "different")
        out.levels[:, COLUMN[field]] = np.where(known, np.where(codes[left] == codes[right], SAME, different), 0)
    chance = _chance(frequencies, "company_id", left, right, partners)
    out.chances[:, COLUMN["company_id"]] = np.where(out.levels[:, COLUMN["company_id"]] == SAME, chance, 0)
