"""Putting pairs together to leads: a cluster is checked as a whole, so one weak pair does not chain two people."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.int64]
CLIP: Final = 8.0  # no single pair may outvote the rest
UNSEEN: Final = -2.0  # a pair within a component that nobody compared
NEVER: Final = -1e6
BEST_SHARE: Final = 0.25
LARGE: Final = 120  # groups from which a component is first taken apart at a higher bar


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


@dataclass(slots=True)
class Links:
    """Between each two groups: the sum and the number of scored pairs, and the best; UNSEEN stands where there is none."""

    total: NDArray[np.float64]
    count: NDArray[np.float64]
    best: NDArray[np.float64]

    def strength(self) -> NDArray[np.float64]:
        """Mostly the mean over all pairs, so that every member has a say, and partly the best pair.

        Members that state little should not outvote the one that states most.
        """
        mean = self.total / self.count
        strength = np.where(self.total > NEVER / 2, BEST_SHARE * self.best + (1 - BEST_SHARE) * mean, NEVER)
        np.fill_diagonal(strength, -np.inf)
        return strength

    def fold(self, one: int, other: int) -> None:
        """Make one group of two."""
        self.total = _folded(self.total, one, other, np.add)
        self.count = _folded(self.count, one, other, np.add)
        self.best = _folded(self.best, one, other, np.maximum)


def links_between(groups: Labels, pairs: NDArray[np.int64], log_odds: NDArray[np.float64]) -> Links:
    """The links between groups 0 to the highest in `groups`; `pairs` are two positions in `groups` each."""
    size = int(groups.max(initial=-1)) + 1
    clipped = np.where(log_odds <= NEVER, NEVER, np.clip(log_odds, -CLIP, CLIP))
    left, right = groups[pairs[:, 0]], groups[pairs[:, 1]]
    total, count, best = np.zeros((size, size)), np.zeros((size, size)), np.full((size, size), -np.inf)
    for one, other in ((left, right), (right, left)):
        np.add.at(total, (one, other), clipped)
        np.add.at(count, (one, other), 1)
        np.maximum.at(best, (one, other), clipped)
    unseen = count == 0
    total[unseen], count[unseen], best[unseen] = UNSEEN, 1, UNSEEN
    return Links(total, count, best)


def agglomerate(links: Links) -> list[list[int]]:
    """Join groups, the best linked first, while the best link is positive."""
    groups = [[group] for group in range(len(links.total))]
    while len(groups) > 1:
        strength = links.strength()
        one, other = sorted(divmod(int(strength.argmax()), len(groups)))
        if strength[one, other] <= 0:
            break
        groups[one] += groups.pop(other)
        links.fold(one, other)
    return groups


def _folded(matrix: NDArray[np.float64], one: int, other: int, fold: np.ufunc) -> NDArray[np.float64]:
    """The matrix with the line and column `other` folded into `one`."""
    matrix[one] = fold(matrix[one], matrix[other])
    matrix[:, one] = fold(matrix[:, one], matrix[:, other])
    return np.delete(np.delete(matrix, other, 0), other, 1)


def by_label(labels: Labels, wanted: Iterable[int]) -> dict[int, NDArray[np.int64]]:
    """The records of each wanted label, in ascending order."""
    order = np.argsort(labels, kind="stable")
    ordered = labels[order]
    keys = np.array(sorted(wanted), dtype=np.int64)
    starts, ends = np.searchsorted(ordered, keys, "left"), np.searchsorted(ordered, keys, "right")
    return {int(key): order[start:end] for key, start, end in zip(keys, starts, ends, strict=True)}
