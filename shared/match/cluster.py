"""Putting pairs together to leads: a cluster is checked as a whole, so one weak pair does not chain two people."""

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.int64]
CLIP: Final = 8.0  # no single pair may outvote the rest
UNSEEN: Final = -2.0  # a pair within a component that nobody compared
NEVER: Final = -1e6
BEST_SHARE: Final = 0.25
LARGE: Final = 120  # members from which a component is first taken apart at a higher bar


def components(size: int, pairs: NDArray[np.integer]) -> Labels:
    """By record the smallest record it hangs together with."""
    labels = np.arange(size, dtype=np.int64)
    left, right = pairs[:, 0].astype(np.int64), pairs[:, 1].astype(np.int64)
    while True:
        lowest = np.minimum(labels[left], labels[right])
        before = labels.copy()
        np.minimum.at(labels, labels[left], lowest)
        np.minimum.at(labels, labels[right], lowest)
        labels = labels[labels]
        if (labels == before).all():
            return labels


def agglomerate(starting: list[list[int]], score: NDArray[np.float64]) -> list[list[int]]:
    """Join groups of lines of the square matrix `score`, the best linked first, while the best link is positive.

    A link is mostly the mean over all pairs, so that every member has a say, and partly the best pair, since members
    that state little should not outvote the one that states most.
    """
    groups = [list(group) for group in starting]
    sizes = np.array([len(group) for group in groups], dtype=np.float64)
    total, best = (_by_group(score, groups, fold) for fold in (np.add, np.maximum))
    while len(groups) > 1:
        link = np.where(total > NEVER / 2, BEST_SHARE * best + (1 - BEST_SHARE) * total / np.outer(sizes, sizes), NEVER)
        np.fill_diagonal(link, -np.inf)
        one, other = sorted(divmod(int(link.argmax()), len(groups)))
        if link[one, other] <= 0:
            break
        groups[one] += groups.pop(other)
        sizes[one] += sizes[other]
        sizes = np.delete(sizes, other)
        total, best = _folded(total, one, other, np.add), _folded(best, one, other, np.maximum)
    return groups


def _by_group(score: NDArray[np.float64], groups: list[list[int]], fold: np.ufunc) -> NDArray[np.float64]:
    """The matrix between groups, each cell folded over the pairs of members."""
    order = [member for group in groups for member in group]
    starts = np.cumsum([0, *map(len, groups[:-1])])
    matrix: NDArray[np.float64] = fold.reduceat(
        fold.reduceat(score[np.ix_(order, order)], starts, axis=0), starts, axis=1
    )
    return matrix


def _folded(matrix: NDArray[np.float64], one: int, other: int, fold: np.ufunc) -> NDArray[np.float64]:
    """The matrix with the line and column `other` folded into `one`."""
    matrix[one] = fold(matrix[one], matrix[other])
    matrix[:, one] = fold(matrix[:, one], matrix[:, other])
    return np.delete(np.delete(matrix, other, 0), other, 1)


def square(members: NDArray[np.int64], pairs: NDArray[np.int64], log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """The scores among the members as a symmetric matrix, CLIP on the diagonal; `pairs` lie all within them."""
    matrix = np.full((len(members), len(members)), UNSEEN)
    left, right = np.searchsorted(members, pairs[:, 0]), np.searchsorted(members, pairs[:, 1])
    clipped = np.where(log_odds <= NEVER, NEVER, np.clip(log_odds, -CLIP, CLIP))
    matrix[left, right] = clipped
    matrix[right, left] = clipped
    np.fill_diagonal(matrix, CLIP)
    return matrix


def by_label(labels: Labels, wanted: Iterable[int]) -> dict[int, NDArray[np.int64]]:
    """The records of each wanted label, in ascending order."""
    order = np.argsort(labels, kind="stable")
    ordered = labels[order]
    keys = np.array(sorted(wanted), dtype=np.int64)
    starts, ends = np.searchsorted(ordered, keys, "left"), np.searchsorted(ordered, keys, "right")
    return {int(key): order[start:end] for key, start, end in zip(keys, starts, ends, strict=True)}
