"""What people decided about pairs, as the matcher sees these pairs now: for learning from it, and for holding the scores against it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from shared.hygiene.base import find_base
from shared.hygiene.matching import read_all_forms
from shared.hygiene.weights import find_model
from shared.match.calibration import Band, bands_of
from shared.match.compare import compare
from shared.match.evidence import Evidence
from shared.match.frequency import frequencies_of
from shared.match.model import Model
from shared.match.score import score_evidence
from shared.match.table import table_of
from shared.match.train import Decided
from shared.storage.training import DecidedPair, find_newest, list_decided, read_training

MOST_DECIDED: Final = 5_000
"""Decisions that are looked at, the latest."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """How decisions came out by score; `shift` in bits is what the weights that stand make of them."""

    bands: Sequence[Band]
    merged: int
    distinct: int
    shift_bits: float
    model: Model
    version: str | None


def read_decided(connection: Connection, model: Model) -> Decided:
    """What people decided, to be learnt from; pairs of which nothing can be compared any more are left out."""
    return _seen(connection, list_decided(connection, limit=MOST_DECIDED), model)[1]


def measure(connection: Connection) -> Calibration:
    """Holds what people decided against the score that the matcher gave; where it gave none, against what it would give now."""
    model = find_model(connection)
    pairs, decided = _seen(connection, list_decided(connection, limit=MOST_DECIDED), model)
    now = score_evidence(model, decided.evidence).log_odds
    given = [
        float(odds) if pair.score_bits is None else pair.score_bits * math.log(2)
        for pair, odds in zip(pairs, now, strict=True)
    ]
    merged, number = int(decided.same.sum()), find_newest(connection)[1]
    return Calibration(
        bands_of(np.array(given), decided.same),
        merged,
        len(pairs) - merged,
        model.shift / math.log(2),
        model,
        read_training(connection, number).model_version if number else None,
    )


def _seen(connection: Connection, pairs: Sequence[DecidedPair], model: Model) -> tuple[list[DecidedPair], Decided]:
    records = np.unique(np.array([(pair.record_a, pair.record_b) for pair in pairs], dtype=np.int64))
    table = table_of(read_all_forms(connection, records))
    lines = np.searchsorted(records, np.array([(pair.record_a, pair.record_b) for pair in pairs], dtype=np.int64))
    evidence = compare(
        table, frequencies_of(table, find_base(connection), 0), lines.reshape(-1, 2), model.rates["match"]
    )
    told = evidence.levels.sum(axis=1) > 0
    same = np.fromiter((pair.same for pair in pairs), dtype=np.bool_, count=len(pairs))
    kept = [pair for pair, is_told in zip(pairs, told.tolist(), strict=True) if is_told]
    return kept, Decided(_only(evidence, told), same[told])


def _only(evidence: Evidence, wanted: NDArray[np.bool_]) -> Evidence:
    return Evidence(
        evidence.levels[wanted], evidence.chances[wanted], evidence.population[wanted], evidence.impersonal[wanted]
    )
