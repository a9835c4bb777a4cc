"""What the comparison of pairs found: a level a field, and the chance of a coincidence where both sides hold one value."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shared.match.field import FIELDS
from shared.match.similar import SAME, Grades
from shared.match.vocabulary import Codes

Rows = NDArray[np.int64]
Levels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line a pair, one column a field in the order of FIELDS.

    `chances`: the probability that a stranger holds the same value; 0 where the field has no such level.
    `population`: the records the pair could have been drawn from. `impersonal`: two company records, neither with a
    person.
    """

    levels: Levels
    chances: NDArray[np.float32]
    population: NDArray[np.float32]
    impersonal: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.levels)


def blank_evidence(size: int) -> Evidence:
    """All fields missing, to be filled in field by field."""
    levels, chances = np.zeros((size, len(FIELDS)), np.uint8), np.zeros((size, len(FIELDS)), np.float32)
    return Evidence(levels, chances, np.ones(size, np.float32), np.zeros(size, np.bool_))


def joined(parts: Sequence[Evidence]) -> Evidence:
    """The evidence of all parts, one after the other."""
    columns = zip(*((part.levels, part.chances, part.population, part.impersonal) for part in parts), strict=True)
    levels, chances, population, impersonal = (np.concatenate(column) for column in columns)
    return Evidence(levels, chances, population, impersonal)


def grade_codes(left: Codes, right: Codes, words: list[str], grade: Callable[[list[str], list[str]], Grades]) -> Grades:
    """0 where a side is missing, SAME where the codes are equal, else what `grade` says of each distinct pair of words."""
    known = (left > 0) & (right > 0)
    grades = np.where(known & (left == right), SAME, 0).astype(np.uint8)
    open_lines = np.flatnonzero(known & (left != right))
    if len(open_lines):
        one, other = left[open_lines], right[open_lines]
        keys = np.minimum(one, other).astype(np.int64) << 32 | np.maximum(one, other)
        distinct, inverse = np.unique(keys, return_inverse=True)
        smaller, larger = (distinct >> 32).tolist(), (distinct & 0xFFFFFFFF).tolist()
        found = grade([words[code] for code in smaller], [words[code] for code in larger])
        grades[open_lines] = found[inverse]
    return grades
