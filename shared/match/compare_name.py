"""Comparing the names of people: given and family name straight or exchanged, and as a bag of words where that fails."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from shared.match.evidence import Evidence, Rows, grade_codes
from shared.match.field import COLUMN
from shared.match.frequency import Chances, Frequencies
from shared.match.similar import DIFFERENT, INITIAL, NEAR, SAME, Grades, grade_words
from shared.match.table import Table

STRAIGHT, SWAPPED = 1, 2
# How the words were laid side by side: as given; exchanged, with one side's given name in the given field; in any order.
IN_PLACE, LEFT_IN_PLACE, RIGHT_IN_PLACE, AS_BAG = 0, 1, 2, 3
_POINTS: Final = np.array([0, 4, 3, 2, 2, -1], dtype=np.int8)  # by grade; what makes one order better than the other


def compare_names(
    table: Table, frequencies: Frequencies, left: Rows, right: Rows, partners: float, out: Evidence
) -> None:
    """Fill in the fields given, family and order."""
    grades = _straight(table, left, right)
    order = _order(table, left, right)
    how = _swap_where_better(table, left, right, grades)
    _bag_where_needed(table, left, right, grades, how)
    order[(order > 0) & (how != IN_PLACE)] = SWAPPED
    out.levels[:, COLUMN["order"]] = order
    for field, found in zip(("given", "family"), grades, strict=True):
        chance = _chance(frequencies, field, left, right, partners)
        loose = np.flatnonzero(how != IN_PLACE)
        chance[loose] = _loose_chance(frequencies, field, left[loose], right[loose], how[loose], partners)
        out.levels[:, COLUMN[field]] = found
        out.chances[:, COLUMN[field]] = np.where(found == SAME, chance, 0)


def _straight(table: Table, left: Rows, right: Rows) -> tuple[Grades, Grades]:
    words, given, family = table.words["name"], table.columns["given"], table.columns["family"]
    return grade_codes(given[left], given[right], words, grade_words), grade_codes(
        family[left], family[right], words, grade_words
    )


def _order(table: Table, left: Rows, right: Rows) -> NDArray[np.uint8]:
    """Straight where both sides have both names, else missing."""
    full = (table.columns["given"] > 0) & (table.columns["family"] > 0)
    order: NDArray[np.uint8] = np.where(full[left] & full[right], STRAIGHT, 0).astype(np.uint8)
    return order


def _swap_where_better(table: Table, left: Rows, right: Rows, grades: tuple[Grades, Grades]) -> NDArray[np.uint8]:
    """Put the exchanged comparison into `grades` where it agrees more; says for each pair how the words were laid."""
    words, given, family = table.words["name"], table.columns["given"], table.columns["family"]
    straight = _POINTS[grades[0]] + _POINTS[grades[1]]
    doubtful = np.flatnonzero(straight <= 5)
    one, other = left[doubtful], right[doubtful]
    first = grade_codes(given[one], family[other], words, grade_words)
    second = grade_codes(family[one], given[other], words, grade_words)
    crossed = _POINTS[first] + _POINTS[second]
    better = (crossed > straight[doubtful]) & (crossed >= 3)
    lean = _given_lean(table)
    first_is_given = lean[given[one]] + lean[family[other]] >= lean[family[one]] + lean[given[other]]
    lines = doubtful[better]
    grades[0][lines] = np.where(first_is_given, first, second)[better]
    grades[1][lines] = np.where(first_is_given, second, first)[better]
    how = np.full(len(left), IN_PLACE, dtype=np.uint8)
    how[lines] = np.where(first_is_given, LEFT_IN_PLACE, RIGHT_IN_PLACE)[better]
    return how


def _given_lean(table: Table) -> NDArray[np.float32]:
    """By word: how much more often it stands as a given name than as a family name on this list."""
    size = len(table.words["name"])
    given, family = (np.bincount(table.columns[column], minlength=size) for column in ("given", "family"))
    lean = np.log((given + 1) / (family + 1)).astype(np.float32)
    lean[0] = 0
    return lean


def _bag_where_needed(
    table: Table, left: Rows, right: Rows, grades: tuple[Grades, Grades], how: NDArray[np.uint8]
) -> None:
    """Compare as bags of words where a name has more than two words and the fields do not agree."""
    words, rests = table.words["name"], table.words["rest"]
    given, family, rest = (table.columns[column] for column in ("given", "family", "rest"))
    compound = np.fromiter((" " in word for word in words), dtype=np.bool_, count=len(words))
    many = compound[given] | compound[family] | (rest > 0)
    agreed = _POINTS[grades[0]] + _POINTS[grades[1]] >= 6
    for line in np.flatnonzero((many[left] | many[right]) & ~agreed):
        ones, others = (
            [*words[given[row]].split(), *rests[rest[row]].split(), *words[family[row]].split()]
            for row in (left[line], right[line])
        )
        found = grade_bags(ones, others)
        if found:
            grades[0][line], grades[1][line] = found
            how[line] = AS_BAG


def grade_bags(ones: list[str], others: list[str]) -> tuple[int, int] | None:
    """Grades for given and family when every word of the shorter name, two at least, is found in the other; else None."""
    shorter, longer = sorted((ones, others), key=lambda words: (len(words), words))
    if len(shorter) < 2:
        return None
    left_over, grades = list(longer), []
    for word in sorted(shorter, key=len, reverse=True):
        grade, partner = min(((_grade_word(word, other), other) for other in left_over), default=(DIFFERENT, ""))
        if grade == DIFFERENT:
            return None
        left_over.remove(partner)
        grades.append(grade)
    return max(grades), min(grades)


def _grade_word(one: str, other: str) -> int:
    if one == other:
        return SAME
    shorter = min(len(one), len(other))
    if shorter == 1:
        return INITIAL if one[0] == other[0] else DIFFERENT
    return NEAR if shorter >= 4 and OSA.distance(one, other, score_cutoff=1) <= 1 else DIFFERENT


def _chance(frequencies: Frequencies, field: str, left: Rows, right: Rows, partners: float) -> Chances:
    return np.maximum(frequencies.chance(field, left, partners), frequencies.chance(field, right, partners))


def _loose_chance(
    frequencies: Frequencies, field: str, left: Rows, right: Rows, how: NDArray[np.uint8], partners: float
) -> Chances:
    """Where a word may stand on either side of the name, its frequency counts both places."""
    opposite = "family" if field == "given" else "given"
    own = _chance(frequencies, f"{field}_anywhere", left, right, partners)
    in_place = frequencies.chance(f"{field}_anywhere", left, partners)
    crossed = frequencies.chance(f"{opposite}_anywhere", left, partners)
    return np.select([how == LEFT_IN_PLACE, how == RIGHT_IN_PLACE], [in_place, crossed], own).astype(np.float32)
