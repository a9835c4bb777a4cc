"""Comparing pairs of records field by field, in batches that bound the memory."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from shared.match.compare_contact import compare_contacts
from shared.match.compare_name import compare_names
from shared.match.compare_place import compare_places
from shared.match.evidence import Evidence, Rows, blank_evidence, joined
from shared.match.field import COLUMN, MISSING, level_number
from shared.match.frequency import Frequencies
from shared.match.table import Table

BATCH_PAIRS: Final = 500_000


def compare(table: Table, frequencies: Frequencies, pairs: NDArray[np.integer], partners: float) -> Evidence:
    """The evidence of each pair, in the order of `pairs` (n x 2 lines of the table).

    `partners`: how many duplicates a record has on average, which its values' frequencies must not count.
    """
    rows = pairs.astype(np.int64).reshape(-1, 2)
    batches = [rows[start : start + BATCH_PAIRS] for start in range(0, max(len(rows), 1), BATCH_PAIRS)]
    return joined([_compare_batch(table, frequencies, batch[:, 0], batch[:, 1], partners) for batch in batches])


def _compare_batch(table: Table, frequencies: Frequencies, left: Rows, right: Rows, partners: float) -> Evidence:
    found = blank_evidence(len(left))
    compare_names(table, frequencies, left, right, partners, found)
    compare_contacts(table, frequencies, left, right, partners, found)
    compare_places(table, frequencies, left, right, partners, found)
    _silence_guesses(table, left, right, found)
    found.population[:] = np.maximum(frequencies.population[left], frequencies.population[right])
    company = table.columns["company"] > 0
    nobody = company & ~table.has_name()
    found.impersonal[:] = nobody[left] & nobody[right]
    return found


def _silence_guesses(table: Table, left: Rows, right: Rows, found: Evidence) -> None:
    """Where the mailboxes agree, a name that was read out of one of them says nothing more."""
    email = found.levels[:, COLUMN["email"]]
    agreed = (email > 0) & (email <= level_number("email", "local_part"))
    for part, field in (("g", "given"), ("f", "family")):
        guessed = table.is_guessed(part)
        silent = agreed & (guessed[left] | guessed[right])
        for column in (COLUMN[field], COLUMN["order"]):
            found.levels[silent, column] = MISSING
            found.chances[silent, column] = 0
