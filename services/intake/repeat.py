"""Which rows of a list repeat an earlier one: they share a number or an address, and their names do not contradict. Pure.

Millions of handles are kept as plain integers, 36 bytes each.
"""

from array import array
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from services.intake.handle import Handles

_Integers = NDArray[np.int64]


class Repeats:
    """Takes the rows one by one, then tells."""

    def __init__(self) -> None:
        self._handles, self._rows, self._persons, self._companies = (array("q") for _ in range(4))

    def add(self, row: int, handles: Handles) -> None:
        """Takes a row; rows come in the order of the file."""
        person, company = _key(handles.person), _key(handles.company)
        for handle in _all_of(handles):
            self._handles.append(hash(handle))
            self._rows.append(row)
            self._persons.append(person)
            self._companies.append(company)

    def find(self) -> set[int]:
        """The rows that repeat an earlier one."""
        handles, rows, persons, companies = (
            np.frombuffer(part, dtype=np.int64) if part else np.zeros(0, dtype=np.int64)
            for part in (self._handles, self._rows, self._persons, self._companies)
        )
        order = np.lexsort((rows, handles))
        heads = _heads(handles[order])
        fits = _fits(persons[order], heads) & _fits(companies[order], heads)
        repeated = rows[order][fits & (heads != np.arange(len(heads)))]
        by_name = np.lexsort((rows, companies, persons, handles))
        same = np.ones(max(0, len(rows) - 1), dtype=bool)
        for part in (handles, persons, companies):
            same &= part[by_name][1:] == part[by_name][:-1]
        return {*repeated.tolist(), *rows[by_name][1:][same].tolist()}


def _all_of(handles: Handles) -> Iterable[str]:
    return dict.fromkeys(filter(None, [*(number.e164 for number in handles.numbers), *handles.emails, handles.place]))


def _key(name: str) -> int:
    return hash(name) if name else 0


def _heads(handles: _Integers) -> _Integers:
    """By place in the sorted handles the place of the first that is equal."""
    places = np.arange(len(handles))
    is_first = np.ones(len(handles), dtype=bool)
    is_first[1:] = handles[1:] != handles[:-1]
    return np.maximum.accumulate(np.where(is_first, places, 0))


def _fits(names: _Integers, heads: _Integers) -> NDArray[np.bool_]:
    fits: NDArray[np.bool_] = (names == names[heads]) | (names == 0) | (names[heads] == 0)
    return fits
