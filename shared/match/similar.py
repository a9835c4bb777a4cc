"""How alike two distinct strings are: name parts, words of a company, e-mail addresses, dates.

Every function takes parallel lists of left and right values and gives one small number a pair, so that a caller can
examine each distinct pair of values once. Jaro-Winkler is not quite symmetric: callers put the smaller string left.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from shared.match.sound import sound_of

Grades = NDArray[np.uint8]
Strings = Sequence[str]

SAME, NEAR, SIMILAR, INITIAL, DIFFERENT = 1, 2, 3, 4, 5
_STREET_LETTERS: Final = 3


def _lengths(values: Strings) -> NDArray[np.int32]:
    return np.fromiter(map(len, values), dtype=np.int32, count=len(values))


def edits(left: Strings, right: Strings, limit: int = 3) -> NDArray[np.int32]:
    """Insertions, deletions, replacements and swaps of neighbours; more than `limit` counts as `limit` + 1."""
    found: NDArray[np.int32] = cpdist(left, right, scorer=OSA.distance, score_cutoff=limit, dtype=np.int32, workers=1)
    return found


def likeness(left: Strings, right: Strings) -> NDArray[np.float32]:
    """Jaro-Winkler, 0 to 1."""
    found: NDArray[np.float32] = cpdist(left, right, scorer=JaroWinkler.similarity, dtype=np.float32, workers=1)
    return found


def grade_words(left: Strings, right: Strings) -> Grades:
    """Grade distinct name parts, streets or towns.

    NEAR is a slip of the keyboard or another transcription, INITIAL the first letter of the other; else SIMILAR or
    DIFFERENT.
    """
    if not left:
        return np.zeros(0, dtype=np.uint8)
    distance = edits(left, right)
    shorter = np.minimum(_lengths(left), _lengths(right))
    grades = np.full(len(left), DIFFERENT, dtype=np.uint8)
    grades[(likeness(left, right) >= 0.86) | ((distance == 2) & (shorter >= 5))] = SIMILAR
    grades[((distance == 1) & (shorter >= 3)) | ((distance == 2) & (shorter >= 8))] = NEAR
    for position in np.flatnonzero((grades != NEAR) & (shorter >= 4) & (distance <= 3)).tolist():
        if sound_of(left[position]) == sound_of(right[position]):
            grades[position] = NEAR
    for position in np.flatnonzero(shorter == 1).tolist():
        alike = left[position][0] == right[position][0]
        grades[position] = INITIAL if alike else DIFFERENT
    return grades


def grade_streets(left: Strings, right: Strings) -> Grades:
    """Grade distinct streets as words, and NEAR where one only says more: `n main` or `main between oak and elm` for `main`."""
    grades = grade_words(left, right)
    for position in np.flatnonzero(grades != NEAR).tolist():
        shorter, longer = sorted((left[position], right[position]), key=len)
        if len(shorter) >= _STREET_LETTERS and (longer.startswith(f"{shorter} ") or longer.endswith(f" {shorter}")):
            grades[position] = NEAR
    return grades


def _letters(local: str) -> str:
    return "".join(sign for sign in local if sign.isalpha())


CLOSE, LOCAL_PART, DOMAIN, OTHER = 3, 4, 5, 6


def _grade_email(left: str, right: str) -> int:
    """One pair of distinct addresses."""
    left_local, _, left_domain = left.partition("@")
    right_local, _, right_domain = right.partition("@")
    if left_local == right_local:
        near_domain = OSA.normalized_similarity(left_domain, right_domain) >= 0.7
        return CLOSE if near_domain else LOCAL_PART
    if left[0] != right[0]:
        return OTHER  # another initial is another person
    if left_domain != right_domain:
        return CLOSE if OSA.normalized_similarity(left, right) >= 0.8 else OTHER
    if _letters(left_local) == _letters(right_local) or min(len(left_local), len(right_local)) < 4:
        return OTHER
    return CLOSE if OSA.normalized_similarity(left_local, right_local) >= 0.8 else OTHER


def grade_emails(left: Strings, right: Strings) -> Grades:
    """Grade distinct addresses by the levels of the field `email`; two numbered mailboxes (anna23, anna25) are two people."""
    if not left:
        return np.zeros(0, dtype=np.uint8)
    promising = cpdist(left, right, scorer=OSA.normalized_similarity, score_cutoff=0.5, dtype=np.float32, workers=1) > 0
    grades = np.full(len(left), OTHER, dtype=np.uint8)
    for position in np.flatnonzero(promising).tolist():
        grades[position] = _grade_email(left[position], right[position])
    return grades


YEAR, ONE_PART, OTHER_DAY = 4, 5, 6


def _grade_date(left: str, right: str) -> int:
    if len(left) != 10 or len(right) != 10:
        return OTHER_DAY
    parts = [left[cut] == right[cut] for cut in (slice(0, 4), slice(5, 7), slice(8, 10))]
    swapped = left[:4] == right[:4] and left[5:7] == right[8:] and left[8:] == right[5:7]
    if swapped or OSA.distance(left, right, score_cutoff=1) <= 1:
        return NEAR
    if sum(parts) < 2:
        return YEAR if parts[0] else ONE_PART if any(parts) else OTHER_DAY
    return SIMILAR


def grade_dates(left: Strings, right: Strings) -> Grades:
    """Grade distinct ISO dates by the levels of the field `birth`: one digit off or day and month exchanged is near."""
    return np.fromiter(map(_grade_date, left, right), dtype=np.uint8, count=len(left))


def grade_postcodes(left: Strings, right: Strings) -> Grades:
    """NEAR for one slip or two digits exchanged, SIMILAR for the same district, else DIFFERENT."""
    if not left:
        return np.zeros(0, dtype=np.uint8)
    district = [one[:3] == other[:3] and min(len(one), len(other)) > 3 for one, other in zip(left, right, strict=True)]
    return np.select([edits(left, right, 1) <= 1, district], [NEAR, SIMILAR], DIFFERENT).astype(np.uint8)
