"""Values as small integers: equal values have equal codes, and each distinct value is examined once instead of once a pair."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int32]


class Vocabulary:
    """Distinct strings; code 0 is the empty string, which means "no value".

    While rows are added, codes follow the order of appearance. `in_order` then renumbers them alphabetically and fills
    `values`, so that nothing computed from codes depends on the order of the rows.
    """

    __slots__ = ("_codes", "values")

    def __init__(self) -> None:
        self._codes: dict[str, int] = {"": 0}
        self.values: list[str] = []

    def code(self, values: Iterable[str]) -> Codes:
        """The codes of values, each added when it is new."""
        codes, add = self._codes, self._codes.setdefault
        return np.array([add(value, len(codes)) for value in values], dtype=np.int32)

    def in_order(self) -> Codes:
        """Sort the values and return the new code of every old one; the index by value is given up."""
        self.values = sorted(self._codes)
        renumbered = np.empty(len(self.values), dtype=np.int32)
        renumbered[[self._codes[value] for value in self.values]] = np.arange(len(self.values), dtype=np.int32)
        self._codes = {}
        return renumbered
