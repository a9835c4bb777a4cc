"""Candidate pairs out of keys, in memory: for lists that fit there."""

from array import array
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shared.match.key import MAX_KEY_RECORDS

Pairs = NDArray[np.int32]
PAIRS_PER_RECORD: Final = 8
FREE_PAIRS: Final = 800_000  # so many cost seconds, whatever the list
PAIRS_WITH_BASE: Final = 20  # a record, where partners are looked up: a larger base may not cost more than that
FREE_WITH_BASE: Final = 20_000
STEPS: Final = (1, 10, 14, 20, 28, 40, 56, 80, MAX_KEY_RECORDS)  # records of a key; the first step is always taken
_CHUNK: Final = 4_000_000


def pairs_from_keys(keys: Iterable[Iterable[int]]) -> Pairs:
    """All pairs of records (smaller line first, sorted) that share a key which is not too frequent for the list."""
    counts: list[int] = []
    flat = array("q")
    for own in keys:
        before = len(flat)
        flat.extend(own)
        counts.append(len(flat) - before)
    records = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    values = np.frombuffer(flat, dtype=np.int64)
    order = np.argsort(values, kind="stable")
    return pairs_within_groups(values[order], records[order], len(counts), whole=len(counts))


def pairs_within_groups(keys: NDArray[np.int64], records: NDArray[np.int32], size: int, *, whole: int) -> Pairs:
    """All pairs of records that share a usable key, of a list of `size` records.

    `keys` are sorted, and the records within each. All keys of the first `whole` records are among them; of these,
    many records that agree in every key are paired with the first of them only, and it stands for them all. The records
    behind them, if any, are paired with them and not with each other.

    The keys of fewest records are used first; those of more, up to MAX_KEY_RECORDS, as long as the distinct pairs stay
    within a budget a record. So a short list or one with large clusters can afford every key, and on a long one
    frequent keys stop being keys.
    """
    repeats = _repeats(keys, records, whole)
    first = ~np.isin(records, repeats[:, 1])
    keys, records = keys[first], records[first]
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else np.zeros(0, np.int64)
    sizes = np.diff(np.append(starts, len(keys)))
    new = np.add.reduceat((records < whole).astype(np.int64), starts) if len(keys) else sizes
    found, novelty = np.sort(repeats[:, 0] << 32 | repeats[:, 1]), 1.0
    budget = _budget(size, whole)
    for smallest, largest in pairwise(STEPS):
        wanted = (sizes > smallest) & (sizes <= largest)
        own = new[wanted]
        expected = int((own * (2 * sizes[wanted] - own - 1) // 2).sum())
        if largest > STEPS[1] and len(found) + novelty * expected > budget:
            break
        grown = _grown(found, records, starts[wanted], sizes[wanted], own)
        novelty = (len(grown) - len(found)) / expected if expected else novelty
        found = grown
    return np.stack([found >> 32, found & 0xFFFFFFFF], axis=1).astype(np.int32)


def _budget(size: int, whole: int) -> int:
    if size == whole:
        return max(PAIRS_PER_RECORD * size, FREE_PAIRS)
    return max(PAIRS_WITH_BASE * whole, FREE_WITH_BASE)


def _repeats(keys: NDArray[np.int64], records: NDArray[np.int32], whole: int) -> NDArray[np.int64]:
    """Pairs of the first and each later of many records with exactly the same keys, among the first `whole` records."""
    known = records < whole
    mixed = keys[known].astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    sums = np.zeros(whole, dtype=np.uint64)
    np.add.at(sums, records[known], mixed ^ (mixed >> np.uint64(31)))
    keyed = np.unique(records[known]).astype(np.int64)
    _, first, inverse, counts = np.unique(sums[keyed], return_index=True, return_inverse=True, return_counts=True)
    pairs = np.stack([keyed[first][inverse], keyed], axis=1)
    repeated: NDArray[np.int64] = pairs[(pairs[:, 0] != pairs[:, 1]) & (counts[inverse] > STEPS[1])]
    return repeated


def _grown(
    found: NDArray[np.int64], records: NDArray[np.int32], starts: NDArray[np.int64], sizes: NDArray[np.int64],
    own: NDArray[np.int64],
) -> NDArray[np.int64]:  # fmt: skip
    """The packed pairs found so far and those of the first `own` of each group with all behind them, sorted, each once."""
    lines = np.repeat(starts - np.cumsum(own) + own, own) + np.arange(int(own.sum()))
    ends = np.repeat(starts + sizes, own)
    pending: list[NDArray[np.int64]] = []
    for step in range(1, int(sizes.max(initial=0))):
        going_on = lines + step < ends
        lines, ends = lines[going_on], ends[going_on]
        pending.append(records[lines].astype(np.int64) << 32 | records[lines + step])
        if sum(map(len, pending)) > _CHUNK:
            found, pending = np.unique(np.concatenate([found, *pending])), []
    return np.unique(np.concatenate([found, *pending]))
