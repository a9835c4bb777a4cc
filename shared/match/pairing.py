"""Candidate pairs out of keys, in memory: for lists that fit there."""

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shared.match.key import MAX_KEY_RECORDS

Pairs = NDArray[np.int32]
_CHUNK: Final = 4_000_000


def pairs_from_keys(keys: Iterable[Iterable[int]], limit: int = MAX_KEY_RECORDS) -> Pairs:
    """All pairs of records (smaller line first, sorted) that share a key which at most `limit` records have."""
    counts: list[int] = []
    flat: list[int] = []
    for own in keys:
        before = len(flat)
        flat.extend(own)
        counts.append(len(flat) - before)
    records = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    return _pairs_within_groups(np.array(flat, dtype=np.int64), records, limit)


def _pairs_within_groups(keys: NDArray[np.int64], records: NDArray[np.int32], limit: int) -> Pairs:
    order = np.lexsort((records, keys))
    keys, records = keys[order], records[order]
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else np.zeros(0, np.int64)
    sizes = np.diff(np.append(starts, len(keys)))
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
