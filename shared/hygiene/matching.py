"""Which records are one: new records against each other and against the base. Reads the ledger, writes nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from shared.domain.errors import Superseded
from shared.hygiene.base import find_base
from shared.hygiene.weights import find_model, version_of
from shared.match.base import Base, base_of
from shared.match.decision import Decision, decide
from shared.match.form import Form, from_json
from shared.match.frequency import frequencies_of
from shared.match.key import MAX_KEY_RECORDS
from shared.match.memory import score_closed
from shared.match.model import Model
from shared.match.pairing import pairs_within_groups
from shared.match.table import Table, table_of
from shared.match.train import train
from shared.storage.candidate import (
    find_last_membership,
    hold_leads,
    list_base_keys,
    list_never_same,
    list_never_same_records,
    list_own_keys,
    read_forms,
)
from shared.storage.packed import Integers

TRAIN_FROM: Final = 20
"""New records from which on the weights are learnt from the list too; fewer keep those that stand."""

_NO_LEAD: Final = -1
_FORMS_A_TURN: Final = 5_000


@dataclass(frozen=True, slots=True)
class Matched:
    """What the matcher says of some records, by line: first the new ones in their order, then those of the base.

    Attributes:
        leads: by line the lead of a record of the base, -1 for a new one.
        gained: what the new records add to the counts of the base.
        mark: see `find_last_membership`; when it has moved, this is out of date.
    """

    records: Integers
    new: int
    leads: Integers
    decision: Decision
    model: Model
    gained: Base
    mark: int

    @property
    def model_version(self) -> str:
        """The name under which the weights are kept."""
        return version_of(self.model)


def is_current(connection: Connection, matched: Matched) -> bool:
    """Whether the base is still as it was found; then the leads that new records touch are held as they are.

    The caller holds the lock of matching.
    """
    clusters = matched.decision.clusters
    lines = [line for pair in matched.decision.reviews for line in pair[:2]]
    touched = {*np.flatnonzero(clusters < matched.new).tolist(), *lines}
    leads = {int(matched.leads[line]) for line in touched} - {_NO_LEAD}
    return find_last_membership(connection) == matched.mark and hold_leads(connection, sorted(leads))


def check_current(connection: Connection, matched: Matched) -> None:
    """As `is_current`, for what was found under the lock a moment ago.

    Raises:
        Superseded: `base_moved`, a lead was erased or withdrawn in that moment; match anew.
    """
    if not is_current(connection, matched):
        raise Superseded("base_moved", "a lead that this belongs to was just taken out of the base; try again")


def match_records(connection: Connection, new: Integers) -> Matched:
    """Compares new records, in the order of their rows, with each other and with every record that has a lead."""
    mark = find_last_membership(connection)
    records, leads, pairs = find_pairs(connection, new, has_base=mark > 0)
    table = table_of(read_all_forms(connection, records))
    frequencies = frequencies_of(table, find_base(connection), len(new))
    standing = find_model(connection)
    model = standing if len(new) < TRAIN_FROM else train(table, frequencies, pairs, standing, whole=len(new))
    rows, scored = score_closed(model, table, pairs, frequencies)
    barred = _barred_lines(connection, records, leads)
    decision = decide(model, len(records), rows, scored, leads, barred)
    return Matched(records, len(new), leads, decision, model, base_of(_first(table, len(new))), mark)


def find_pairs(
    connection: Connection, new: Integers, *, has_base: bool
) -> tuple[Integers, Integers, NDArray[np.int32]]:
    """Records by line, their leads, and the pairs of lines that are worth comparing; none of two records of the base.

    The new ones may be in the base already, each standing for itself: then they are looked at as if they came now.
    """
    keys, holders = list_own_keys(connection, new)
    lines = _lines_of(new, holders)
    old, old_leads = np.zeros(0, np.int64), np.zeros(0, np.int64)
    if has_base:
        base = list_base_keys(connection, new, limit=MAX_KEY_RECORDS)
        others = ~np.isin(base.records, new)
        old, first = np.unique(base.records[others], return_index=True)
        old_leads = base.leads[others][first]
        keys = np.concatenate([keys, base.keys[others]])
        lines = np.concatenate([lines, np.searchsorted(old, base.records[others]) + len(new)])
    order = np.lexsort((lines, keys))
    pairs = pairs_within_groups(keys[order], lines[order].astype(np.int32), len(new) + len(old), whole=len(new))
    pairs = pairs[pairs[:, 0] < len(new)]
    used = np.unique(pairs[pairs >= len(new)]).astype(np.int64)
    renumbered = pairs.copy()
    renumbered[pairs >= len(new)] = np.searchsorted(used, pairs[pairs >= len(new)]) + len(new)
    records = np.concatenate([new, old[used - len(new)]])
    leads = np.concatenate([np.full(len(new), _NO_LEAD, np.int64), old_leads[used - len(new)]])
    return records, leads, renumbered


def _lines_of(records: Integers, wanted: Integers) -> Integers:
    order = np.argsort(records, kind="stable")
    found: Integers = order[np.searchsorted(records, wanted, sorter=order)]
    return found


def _first(table: Table, size: int) -> Table:
    return replace(table, size=size, columns={name: codes[:size] for name, codes in table.columns.items()})


def read_all_forms(connection: Connection, records: Integers) -> Iterator[Form]:
    """Yields the forms in the order of the records; some thousands are held at a time. What cannot be read compares with nothing."""
    for start in range(0, len(records), _FORMS_A_TURN):
        turn = records[start : start + _FORMS_A_TURN].tolist()
        stored = dict(read_forms(connection, turn))
        for record_id in turn:
            yield _form(stored[record_id])


def _form(stored: list[Any]) -> Form:
    """A form that other rules wrote, or that was erased, compares with nothing."""
    try:
        return from_json(stored)
    except ValueError:
        return Form()


def _barred_lines(connection: Connection, records: Integers, leads: Integers) -> Sequence[tuple[int, int]]:
    """What people told apart, as lines: one of each lead stands for all, since the lines of a lead stay together."""
    known, first = np.unique(leads, return_index=True)
    line_of = dict(zip(known.tolist(), first.tolist(), strict=True))
    line_of.pop(_NO_LEAD, None)
    among = list_never_same(connection, list(line_of)) if len(line_of) > 1 else []
    barred = [(line_of[a], line_of[b]) for a, b in among if a != b]
    new = {record: line for line, record in enumerate(records[leads == _NO_LEAD].tolist())}
    for one, other, lead_one, lead_other in list_never_same_records(connection, min(new)) if new else ():
        lines = [line_of.get(lead_one, new.get(one)), line_of.get(lead_other, new.get(other))]
        if None not in lines:
            barred.append((lines[0], lines[1]))
    return barred
