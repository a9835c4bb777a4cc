"""What people decided, held against the scores: how often pairs of a score proved to be one lead, and how far the scores are off."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

EDGES: Final = (-np.inf, -4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 5.0, np.inf)
"""Log-odds in bits at which one band of scores ends and the next begins."""

FEWEST_DECIDED: Final = 20  # fewer decisions prove nothing
SHIFT_SPREAD: Final = 1.0  # how far scores are usually off, in natural log-odds
_STEPS: Final = 30


@dataclass(frozen=True, slots=True)
class Band:
    """Decided pairs whose scores lie from `lowest` to below `highest` bits.

    `expected`: the share of them that the scores take to be one lead; `observed`: the share of which people said so.
    """

    lowest: float
    highest: float
    merged: int
    distinct: int
    expected: float
    observed: float


def bands_of(log_odds: NDArray[np.floating], same: NDArray[np.bool_]) -> list[Band]:
    """The bands in which anything was decided, the lowest first; `log_odds` are natural ones."""
    bits, likely = log_odds / np.log(2), _likelihood(log_odds)
    found = []
    for lowest, highest in pairwise(EDGES):
        inside = (bits >= lowest) & (bits < highest)
        merged, count = int(same[inside].sum()), int(inside.sum())
        if count:
            found.append(Band(lowest, highest, merged, count - merged, float(likely[inside].mean()), merged / count))
    return found


def fit_shift(log_odds: NDArray[np.floating], same: NDArray[np.bool_]) -> float:
    """What must be added to the log-odds so that they expect what people decided; 0 while too few are decided.

    The likeliest shift, when one of SHIFT_SPREAD is usual: a few decisions do not move it far.
    """
    if len(same) < FEWEST_DECIDED:
        return 0.0
    odds, shift = log_odds.astype(np.float64), 0.0
    for _ in range(_STEPS):
        likely = _likelihood(odds + shift)
        slope = float((same - likely).sum()) - shift / SHIFT_SPREAD**2
        bend = float((likely * (1 - likely)).sum()) + 1 / SHIFT_SPREAD**2
        shift += float(np.clip(slope / bend, -1.0, 1.0))
    return shift


def _likelihood(log_odds: NDArray[np.floating]) -> NDArray[np.float64]:
    likely: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(log_odds.astype(np.float64), -60, 60)))
    return likely
