"""Values as small integers: equal values have equal codes, and each distinct value is examined once instead of once a pair."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int32]


class Vocabulary:
    """Distinct strings; code 0 is the empty string, which means "no value".

    While rows are added, codes follow the order of appearance. `in_order` then renumbers them alphabetically, so that
    nothing computed from codes depends on the order of the rows.
    """

    __slots__ = ("_codes", "values")

    def __init__(self) -> None:
        self._codes: dict[str, int] = {"": 0}
        self.values: list[str] = [""]

    def code(self, value: str) -> int:
        """The code of a value, which is added when it is new."""
        found = self._codes.get(value)
        if found is None:
            found = self._codes[value] = len(self.values)
            self.values.append(value)
        return found

    def in_order(self) -> Codes:
        """Sort the values and return the new code of every old one; the index by value is given up."""
        order = sorted(range(len(self.values)), key=self.values.__getitem__)
        renumbered = np.empty(len(order), dtype=np.int32)
        renumbered[order] = np.arange(len(order), dtype=np.int32)
        self.values = [self.values[old] for old in order]
        self._codes = {}
        return renumbered


def padded(rows: Sequence[Sequence[int]], width: int) -> Codes:
    """One line of codes a row, cut or filled up with 0 to `width`."""
    codes = np.zeros((len(rows), width), dtype=np.int32)
    for line, row in enumerate(rows):
        if row:
            codes[line, : len(row)] = row[:width]
    return codes
