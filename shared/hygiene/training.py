"""The use case of learning from the base: new weights, what they would change, and letting them stand."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from shared.domain.errors import Refused
from shared.hygiene.base import find_base
from shared.hygiene.decided import read_decided
from shared.hygiene.growth import FEWEST_RECORDS, is_due
from shared.hygiene.matching import find_pairs, read_all_forms
from shared.hygiene.weights import find_model, version_of
from shared.match.field import FIELDS, LEVELS, MISSING
from shared.match.frequency import Frequencies, frequencies_of
from shared.match.model import Model, model_to_json
from shared.match.score import Scored, score_pairs
from shared.match.table import Table, table_of
from shared.match.train import train
from shared.storage.engine import Ledger
from shared.storage.match import add_model
from shared.storage.sample import sample_records
from shared.storage.training import (
    add_training,
    find_last_record,
    lock_training,
)

SAMPLE_RECORDS: Final = 20_000
"""Records of the base that are learnt from, each with all its likely partners."""

_SHOWN: Final = 3  # examples of a change


@dataclass(frozen=True, slots=True)
class Example:
    """A pair that the new weights decide otherwise. Scores in bits; `levels` of the fields that both records state."""

    lead_a: int
    lead_b: int
    score_before: float
    score_after: float
    levels: dict[str, str]


@dataclass(frozen=True, slots=True)
class Changes:
    """What new weights change. `counts`: pairs by decision before and after, `examples` of those that move.

    Decisions that were made stay; these are the decisions that the same pairs would meet if they came now.
    """

    version_before: str
    version: str
    records: int
    pairs: int
    decided: int
    shift_bits: float
    merge_from_bits: float
    counts: Counter[tuple[str, str]]
    examples: dict[tuple[str, str], list[Example]]

    @property
    def moved(self) -> int:
        """Pairs that are decided otherwise."""
        return sum(count for (before, after), count in self.counts.items() if before != after)


@dataclass(frozen=True, slots=True)
class _Lesson:
    """Records to learn from and their likely partners, `whole` records first, with the lead of each."""

    table: Table
    frequencies: Frequencies
    pairs: NDArray[np.int64]
    whole: int
    leads: NDArray[np.int64]


def train_base(ledger: Ledger, *, dry_run: bool, only_if_due: bool = False) -> Changes | None:
    """Learns from the base and lets the new weights stand, or only tells; may be repeated. None: it was not due.

    Nothing that is decided already changes: it keeps the version that decided it.

    Raises:
        Refused: `base_too_small`; the shipped weights stand.
    """
    with ledger.transaction() as connection:
        lock_training(connection)
        if only_if_due and not is_due(connection):
            return None
        last, before = find_last_record(connection), find_model(connection)
        lesson = _read_lesson(connection)
        decided = read_decided(connection, before)
        # from the shipped weights each time: learning twice from one base gives the same weights twice
        after = train(lesson.table, lesson.frequencies, lesson.pairs, whole=lesson.whole, decided=decided)
        changes = _compare(lesson, before, after, len(decided.same))
        if not dry_run:
            add_model(connection, changes.version, model_to_json(after), rows_seen=lesson.whole)
            add_training(connection, changes.version, last_record=last, told=tell(changes))
    return changes


def tell(changes: Changes) -> dict[str, Any]:
    """What is kept of the changes: figures, no examples."""
    return {
        "version_before": changes.version_before,
        "records": changes.records,
        "pairs": changes.pairs,
        "moved": changes.moved,
        "decided": changes.decided,
        "changes": [
            {"before": before, "after": after, "pairs": count}
            for (before, after), count in sorted(changes.counts.items())
        ],
    }


def _read_lesson(connection: Connection) -> _Lesson:
    sample, own_leads = sample_records(connection, limit=SAMPLE_RECORDS)
    if len(sample) < FEWEST_RECORDS:
        raise Refused("base_too_small", f"fewer than {FEWEST_RECORDS} records: the shipped weights stand")
    records, leads, pairs = find_pairs(connection, sample, has_base=True)
    table = table_of(read_all_forms(connection, records))
    frequencies = frequencies_of(table, find_base(connection), 0)
    leads[: len(sample)] = own_leads
    return _Lesson(table, frequencies, pairs.astype(np.int64), len(sample), leads)


def _compare(lesson: _Lesson, before: Model, after: Model, decided: int) -> Changes:
    scored = [score_pairs(model, lesson.table, lesson.pairs, lesson.frequencies) for model in (before, after)]
    decisions = [_decisions(model, one) for model, one in zip((before, after), scored, strict=True)]
    met = decisions[0] * len(_DECISIONS) + decisions[1]
    counts: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], list[Example]] = {}
    for code, count in zip(*np.unique(met, return_counts=True), strict=True):
        move = (_DECISIONS[code // len(_DECISIONS)], _DECISIONS[code % len(_DECISIONS)])
        counts[move] = int(count)
        if move[0] != move[1]:
            lines = np.flatnonzero(met == code)
            farthest = lines[np.argsort(-np.abs(scored[1].log_odds - scored[0].log_odds)[lines], kind="stable")]
            examples[move] = [_example(lesson, scored, line) for line in farthest[:_SHOWN].tolist()]
    return Changes(
        version_of(before), version_of(after), lesson.whole, len(lesson.pairs), decided,
        after.shift / math.log(2), after.merge_from / math.log(2), counts, examples,
    )  # fmt: skip


_DECISIONS: Final = ("merge", "review", "distinct")


def _decisions(model: Model, scored: Scored) -> NDArray[np.int64]:
    """By pair the position of its decision; the check of whole clusters comes after it and may part more."""
    odds = scored.log_odds
    decisions: NDArray[np.int64] = np.select([odds >= model.merge_from, odds >= model.review_from], [0, 1], 2)
    return decisions


def _example(lesson: _Lesson, scored: Sequence[Scored], line: int) -> Example:
    one, other = (int(lesson.leads[end]) for end in lesson.pairs[line])
    before, after = (round(float(each.log_odds[line]) / math.log(2), 2) for each in scored)
    levels = scored[1].levels[line].tolist()
    named = {field: LEVELS[field][level] for field, level in zip(FIELDS, levels, strict=True) if level != MISSING}
    return Example(one, other, before, after, named)
