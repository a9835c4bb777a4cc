"""Candidate pairs out of keys, in memory: for lists that fit there."""

from array import array
from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shared.match.key import MAX_KEY_RECORDS

Pairs = NDArray[np.int32]
PAIRS_PER_RECORD: Final = 10
FEWEST_KEY_RECORDS: Final = 10
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
    return pairs_within_groups(values[order], records[order], len(counts))


def record_limit(groups_by_size: NDArray[np.int64], records: int) -> int:
    """The most records that a key may have to be used, from the number of keys by how many records have them.

    Small lists can afford every key; on large ones the pairs of all keys together are held to a budget a record.
    """
    sizes = np.arange(len(groups_by_size), dtype=np.int64)
    pairs = np.cumsum(groups_by_size * sizes * (sizes - 1) // 2)
    affordable = int(np.searchsorted(pairs, PAIRS_PER_RECORD * records, "right")) - 1
    return min(MAX_KEY_RECORDS, max(affordable, FEWEST_KEY_RECORDS))


def pairs_within_groups(keys: NDArray[np.int64], records: NDArray[np.int32], size: int) -> Pairs:
    """`keys` are sorted, and the records within each."""
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else np.zeros(0, np.int64)
    sizes = np.diff(np.append(starts, len(keys)))
    limit = record_limit(np.bincount(sizes), size)
    usable = (sizes > 1) & (sizes <= limit)
    ends = np.repeat(starts + sizes, sizes)
    lines = np.flatnonzero(np.repeat(usable, sizes))
    found = np.zeros(0, dtype=np.int64)
    pending: list[NDArray[np.int64]] = []
    for step in range(1, limit):
        lines = lines[lines + step < ends[lines]]
        if not len(lines):
            break
        pending.append(records[lines].astype(np.int64) << 32 | records[lines + step])
        if sum(map(len, pending)) > _CHUNK:
            found, pending = np.unique(np.concatenate([found, *pending])), []
    found = np.unique(np.concatenate([found, *pending]))
    return np.stack([found >> 32, found & 0xFFFFFFFF], axis=1).astype(np.int32)
