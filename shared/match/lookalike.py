"""Names that somebody may have meant, whatever they typed: slips, swapped letters, another script. Pure."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from shared.normalise.text import fold

_ALIKE: Final = 0.72
"""One slip in four to seven letters, two in eight to ten."""

_WORD: Final = re.compile(r"[a-z0-9]+")
_SHORTEST: Final = 3


def find_alike(wanted: str, names: Sequence[str], *, most: int) -> list[int]:
    """Gives the places of the names in which every word that was typed has a word alike to it, the best first.

    Distinct words are compared once, so that fifty thousand names cost little more than their vocabulary.
    """
    typed = [word for word in _words(wanted) if len(word) >= _SHORTEST]
    if not typed:
        return []
    holders: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        for word in set(_words(name)):
            holders[word].append(place)
    vocabulary = list(holders)
    total: dict[int, float] = dict.fromkeys(range(len(names)), 0.0)
    for word in typed:
        best = _best_by_place(word, vocabulary, holders)
        total = {place: score + best[place] for place, score in total.items() if place in best}
    return sorted(total, key=lambda place: (-total[place], place))[:most]


def _best_by_place(word: str, vocabulary: Sequence[str], holders: dict[str, list[int]]) -> dict[int, float]:
    scorer = OSA.normalized_similarity
    best: dict[int, float] = {}
    for alike, score, _ in process.extract(word, vocabulary, scorer=scorer, score_cutoff=_ALIKE, limit=None):
        for place in holders[alike]:
            best[place] = max(score, best.get(place, 0.0))
    return best


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))
