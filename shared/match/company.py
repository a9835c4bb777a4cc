"""How alike two distinct company names are, each word weighed by its rarity: `Nova Dental` and `Nova Legal` share little."""

import math
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from shared.match.likeness import are_initials, joined_likeness, word_likeness
from shared.match.similar import Grades, Strings

CLOSE, PART, WEAK, DIFFERENT = 2, 3, 4, 5
_NEAR_CREDIT = 0.9
_PREFIX_CREDIT = 0.7
_ONE_WORD = 0.8
_ONE_NAME = 0.87
_LONG = 7


class KnownWords(NamedTuple):
    """Records of the base by word, and all its records."""

    records: Mapping[str, int] = {}
    total: int = 0


NO_WORDS: Final = KnownWords()


def word_weights(names: Strings, holders: NDArray[np.int64], known: KnownWords = NO_WORDS) -> dict[str, float]:
    """What each word tells: the logarithm of its rarity among the records; `holders` counts the records of each name."""
    records: dict[str, int] = {}
    for name, count in zip(names, holders.tolist(), strict=True):
        for word in set(name.split()):
            records[word] = records.get(word, 0) + count
    total = max(int(holders.sum()) + known.total, 20)
    counts = {word: max(count, known.records.get(word, 0)) for word, count in records.items()}
    return {word: max(math.log(total / (1 + count)), 0.3) for word, count in counts.items()}


def _credit(one: str, other: str) -> float:
    """How far two different words may be one: a slip, another transcription, or one cut short."""
    shorter = min(len(one), len(other))
    if shorter >= 4 and word_likeness(*sorted((one, other))) >= _ONE_WORD:
        return _NEAR_CREDIT
    return _PREFIX_CREDIT if shorter >= 3 and (one.startswith(other) or other.startswith(one)) else 0.0


def _shared_weight(ones: list[str], others: list[str], weights: Mapping[str, float]) -> float:
    """What the words in common weigh, words that differ a little in part; each word is used once."""
    common = set(ones) & set(others)
    shared = sum(weights.get(word, 1.0) for word in common)
    left, right = [word for word in ones if word not in common], [word for word in others if word not in common]
    pairs = sorted(((_credit(a, b), a, b) for a in left for b in right), reverse=True)
    used: set[str] = set()
    for credit, a, b in pairs:
        if credit and a not in used and b not in used:
            used |= {a, b}
            shared += credit * (weights.get(a, 1.0) + weights.get(b, 1.0)) / 2
    return shared


def grade_company(one: str, other: str, weights: Mapping[str, float]) -> int:
    """The level of the field `company` for two distinct names."""
    ones, others = one.split(), other.split()
    if one.replace(" ", "") == other.replace(" ", "") or sorted(ones) == sorted(others):
        return CLOSE
    if are_initials(ones, others) or are_initials(others, ones):
        return PART
    total_one, total_other = (sum(weights.get(word, 1.0) for word in words) for words in (ones, others))
    shared = _shared_weight(ones, others, weights)
    if 2 * shared >= 0.88 * (total_one + total_other):
        return CLOSE
    if min(len(one), len(other)) >= _LONG and joined_likeness(ones, others) >= _ONE_NAME:
        return CLOSE
    if shared >= 0.88 * min(total_one, total_other):
        return PART
    told = shared >= 0.5 * min(total_one, total_other) or _most_telling(ones, weights) == _most_telling(others, weights)
    return WEAK if told else DIFFERENT


def _most_telling(words: list[str], weights: Mapping[str, float]) -> str:
    """`hammer` of Hammer Head Start: the rest may say what it is rather than who."""
    return max(words, key=lambda word: (weights.get(word, 1.0), word))


def _may_spell(one: str, other: str) -> bool:
    return one[0] == other[0] and (" " in one) != (" " in other)


def grade_companies(left: Sequence[str], right: Sequence[str], weights: Mapping[str, float]) -> Grades:
    """`grade_company` for parallel lists; pairs without a word or most letters in common are set aside first."""
    grades = np.full(len(left), DIFFERENT, dtype=np.uint8)
    if not left:
        return grades
    alike = cpdist(left, right, scorer=OSA.normalized_similarity, score_cutoff=0.6, dtype=np.float32, workers=1) > 0
    words = {name: frozenset(name.split()) for name in {*left, *right}}
    for position, (one, other) in enumerate(zip(left, right, strict=True)):
        if alike[position] or not words[one].isdisjoint(words[other]) or one[:4] == other[:4] or _may_spell(one, other):
            grades[position] = grade_company(one, other, weights)
    return grades
