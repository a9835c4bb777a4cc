"""How alike two names are, of people or of companies, as one number: words laid side by side, each weighed by what it tells.

A word that one side leaves out costs little, a word that stands in the place of another costs much: `Anna Kowalska` and
`Anna Maria Kowalska` may be one, `Anna Kowalska` and `Anna Nowak` are not. Companies are compared by the words that
`shared.normalise.company.read_company` leaves, without their legal forms.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from shared.match.sound import consonants, sound_of
from shared.normalise.company import read_company
from shared.normalise.text import fold

_LIGHT: Final = frozenset(
    "al el ul bin ben ibn abu abd von van der den de del della di da la le the of and for und et i y a an".split()
)
_NUMBERS: Final = dict(
    zip("one two three four five six seven eight nine ten".split(), map(str, range(1, 11)), strict=True)
)
_QUOTE: Final = re.compile(r"['’`´]")
_GAP: Final = re.compile(r"[^a-z0-9]+")
_LIGHT_WEIGHT: Final = 0.35
_INITIAL: Final = 0.85
_HEARD: Final = 0.95  # sounding the same is a little less than being the same
_SAME_CONSONANTS: Final = 0.75
_UNLIKE, _ALIKE, _FOOT = 0.5, 0.85, 0.15  # below: hardly anything; above: a slip of the pen
_REPLACED, _LEFT_OUT, _WORST = 1.5, 0.5, 0.4  # what a replaced word, a missing one and the worst replacement cost
_OTHER_ORDER: Final = 0.85
_JOINED_FROM: Final = 0.6
_INITIALS: Final = 0.75


def person_words(name: str) -> list[str]:
    """The folded words of a person's name as it stands."""
    return _GAP.sub(" ", _QUOTE.sub("", fold(name))).split()


def company_words(name: str) -> list[str]:
    """The folded words of a company's name without its legal forms; all of them where nothing else is left."""
    company = read_company(name)
    return company.core.split() if company else person_words(name)


def name_likeness(one: str, other: str, *, words: Callable[[str], list[str]] = person_words) -> float:
    """0 to 1, the same whichever name comes first; 0 where one of them has no word.

    `words` is `person_words` or `company_words`.
    """
    return words_likeness(words(one), words(other))


def words_likeness(ones: Sequence[str], others: Sequence[str]) -> float:
    """The same for folded words."""
    left, right = sorted([_NUMBERS.get(word, word) for word in words] for words in (ones, others))
    if not left or not right:
        return 0.0
    spelt = are_initials(left, right) or are_initials(right, left)
    return max(_side_by_side(left, right), _joined(left, right), _INITIALS if spelt else 0.0)


@lru_cache(maxsize=65536)
def word_likeness(one: str, other: str) -> float:
    """0 to 1 for two folded words: equal, an initial, a slip, another transcription."""
    if one == other:
        return 1.0
    if min(len(one), len(other)) == 1:
        return _INITIAL if one[:1] == other[:1] else 0.0
    alike = _same_letters(one, other)
    if alike < _UNLIKE:
        return _FOOT * alike / _UNLIKE
    return min(1.0, _FOOT + (1 - _FOOT) * (alike - _UNLIKE) / (_ALIKE - _UNLIKE))


def _same_letters(one: str, other: str) -> float:
    """By letters or by sound, whichever is more alike."""
    sounds = sound_of(one), sound_of(other)
    alike = max(
        OSA.normalized_similarity(one, other), _HEARD * OSA.normalized_similarity(*sounds) if all(sounds) else 0
    )
    bones = consonants(sounds[0])
    if len(bones) >= 2 and bones == consonants(sounds[1]) and min(map(len, sounds)) >= 3:
        alike = max(alike, _SAME_CONSONANTS)
    return alike


def _weight(word: str) -> float:
    """Short words and those between names tell little."""
    return _LIGHT_WEIGHT if word in _LIGHT or word.isdigit() else min(1.0, 0.4 + 0.12 * len(word))


def _partners(ones: Sequence[str], others: Sequence[str]) -> Iterator[tuple[float, int, int]]:
    """Each word of the shorter side with its partner on the other, the most alike first: likeness, position, position."""
    found = [(word_likeness(*sorted((a, b))), min(_weight(a), _weight(b)), a, b, i, j)
             for i, a in enumerate(ones) for j, b in enumerate(others)]  # fmt: skip
    taken_one: set[int] = set()
    taken_other: set[int] = set()
    for alike, _, _, _, i, j in sorted(found, reverse=True):
        if i not in taken_one and j not in taken_other:
            taken_one.add(i)
            taken_other.add(j)
            yield alike, i, j


def _side_by_side(ones: Sequence[str], others: Sequence[str]) -> float:
    shared = replaced = worst = 0.0
    left_out = sum(map(_weight, ones)) + sum(map(_weight, others))
    order: list[tuple[int, int]] = []
    for alike, i, j in _partners(ones, others):
        weight = _weight(ones[i]) + _weight(others[j])
        shared, replaced = shared + alike * weight, replaced + (1 - alike) * weight
        worst, left_out = max(worst, (1 - alike) * weight / 2), left_out - weight
        order.append((i, j))
    score = shared / (shared + _REPLACED * replaced + _LEFT_OUT * max(left_out, 0.0)) * (1 - _WORST * worst)
    moved = [j for _, j in sorted(order)]
    return score * (_OTHER_ORDER if len(order) > 2 and moved != sorted(moved) else 1.0)


def _joined(ones: Sequence[str], others: Sequence[str]) -> float:
    return max(0.0, (joined_likeness(ones, others) - _JOINED_FROM) / (1 - _JOINED_FROM)) * _HEARD


def joined_likeness(ones: Sequence[str], others: Sequence[str]) -> float:
    """The share of letters or sounds that agree when the gaps between the words do not count."""
    one, other = "".join(ones), "".join(others)
    sounds = sound_of(one), sound_of(other)
    return max(OSA.normalized_similarity(one, other), _HEARD * OSA.normalized_similarity(*sounds) if all(sounds) else 0)


def are_initials(ones: Sequence[str], others: Sequence[str]) -> bool:
    """Whether the first name is one word, made of the first letters of the three words or more of the other."""
    return len(ones) == 1 and len(others) > 2 and ones[0] == "".join(word[0] for word in others)
