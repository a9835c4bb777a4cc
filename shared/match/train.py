"""Learning the weights of a list without labels, by expectation maximisation over its candidate pairs.

The strangers are not learnt from candidates, which were picked for being alike, but from pairs drawn over the whole
list; their number is known. So the classes cannot wander off to explain what chance explains already. Every class
leans on the shipped weights as if it had seen some pairs with them: a small list hardly moves them.
"""

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shared.match.compare import compare
from shared.match.evidence import Evidence
from shared.match.field import CLASSES, COLUMN, DEFINING, FIELDS, LEVELS, SHARED, level_number
from shared.match.frequency import Frequencies
from shared.match.model import Model, Shares, default_model
from shared.match.score import STRANGER, expected_logs, score_evidence
from shared.match.table import Table, content_order

ROUNDS: Final = 12
LOWEST_THRESHOLD: Final = 0.5
HIGHEST_THRESHOLD: Final = 2.0  # on a list that says little, seven to one is good enough
OPTIMISM: Final = 0.6
FEWEST_LIKELY: Final = 100
STRANGER_ROUNDS: Final = (0, 3, 7)
MOST_CANDIDATES: Final = 150_000
INITIAL_FITS: Final = 0.08
MOST_STRANGERS: Final = 100_000
STRANGERS_OF_A_RECORD: Final = 50
LEANING: Final = {
    "match": 60.0,
    "colleague": 60.0,
    "household": 60.0,
    "branch": 60.0,
    "namesake": 200.0,
    "neighbour": 60.0,
    "stranger": 20.0,
}
RATE_LEANING_RECORDS: Final = 100.0  # so many records of the shipped rate are added


def train(table: Table, frequencies: Frequencies, pairs: NDArray[np.integer], start: Model | None = None) -> Model:
    """Weights for this list from its candidate pairs (n x 2 lines of the table), beginning with `start`.

    The same records give the same weights in whatever order they come.
    """
    model = start or default_model()
    share = min(1.0, MOST_CANDIDATES / max(len(pairs), 1))
    candidates = compare(table, frequencies, _every(pairs, share), model.rates["match"])
    strangers = compare(table, frequencies, _random_pairs(table), model.rates["match"])
    for turn in range(ROUNDS):
        model = _improved(model, candidates, share, table.size)
        if turn in STRANGER_ROUNDS:
            model = _with_strangers(model, strangers)
    return replace(model, merge_from=merge_threshold(model.merge_error, score_evidence(model, candidates).log_odds))


def merge_threshold(merge_error: float, log_odds: NDArray[np.floating]) -> float:
    """The log-odds from which pairs are merged, so that the expected share of wrong ones stays under `merge_error`.

    The engine is a little too sure of itself, so it is held to a part of that share; and too few pairs prove nothing,
    so then the shipped threshold stands.
    """
    likely = np.sort(log_odds[log_odds > LOWEST_THRESHOLD].astype(np.float64))[::-1]
    if len(likely) < FEWEST_LIKELY:
        return default_model().merge_from
    wrong = np.cumsum(1 / (1 + np.exp(likely))) / np.arange(1, len(likely) + 1)
    good = np.flatnonzero(wrong <= merge_error * OPTIMISM)
    if len(good) == len(likely):
        return LOWEST_THRESHOLD
    return min(float(likely[good[-1]]), HIGHEST_THRESHOLD) if len(good) else HIGHEST_THRESHOLD


def _every(pairs: NDArray[np.integer], share: float) -> NDArray[np.integer]:
    count = int(len(pairs) * share)
    return pairs[np.linspace(0, len(pairs) - 1, count).astype(np.int64)] if count < len(pairs) else pairs


def _random_pairs(table: Table) -> NDArray[np.int64]:
    """Pairs of the same country over the whole list, scattered but always the same ones."""
    size = table.size
    if size < 2:
        return np.zeros((0, 2), dtype=np.int64)
    place = np.empty(size, dtype=np.uint64)
    place[content_order(table)] = np.arange(size, dtype=np.uint64)
    scattered = (place + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    scattered ^= scattered >> np.uint64(29)
    order = np.lexsort((scattered * np.uint64(0xBF58476D1CE4E5B9), table.columns["market"]))
    steps = range(1, 1 + min(size - 1, STRANGERS_OF_A_RECORD, max(1, MOST_STRANGERS // size)))
    pairs = np.concatenate([np.stack([order[:-step], order[step:]], axis=1) for step in steps])
    country = table.columns["market"]
    same: NDArray[np.int64] = pairs[country[pairs[:, 0]] == country[pairs[:, 1]]]
    return same


def _parts(model: Model, evidence: Evidence) -> NDArray[np.float32]:
    """By pair and class (strangers last) the probability that the pair is of it."""
    logs = expected_logs(model, evidence)
    parts = np.exp(logs - logs.max(axis=1, keepdims=True))
    found: NDArray[np.float32] = parts / parts.sum(axis=1, keepdims=True)
    return found


def _improved(model: Model, candidates: Evidence, share: float, size: int) -> Model:
    parts = _parts(model, candidates)
    shipped = default_model()
    shares: dict[str, dict[str, tuple[float, ...]]] = {}
    rates: dict[str, float] = {}
    for column, kind in enumerate(CLASSES):
        weight = parts[:, column]
        shares[kind] = {
            field: _learnt(candidates, weight, field, shipped, kind) for field in FIELDS if field in SHARED[kind]
        }
        partners = 2 * float(weight.sum()) / share
        rates[kind] = (partners + shipped.rates[kind] * RATE_LEANING_RECORDS) / (size + RATE_LEANING_RECORDS)
    shares["stranger"] = dict(model.shares["stranger"])
    return replace(model, shares=shares, rates=rates, trained_on=size)


def _with_strangers(model: Model, drawn: Evidence) -> Model:
    """The strangers' shares from pairs drawn at random, leaving out the duplicates that were drawn with them."""
    apart, shipped = _parts(model, drawn)[:, STRANGER], default_model()
    strangers = {field: _learnt(drawn, apart, field, shipped, "stranger") for field in FIELDS}
    for field in ("given", "family"):
        strangers[field] = _with_chance_initials(
            strangers[field], model.shares["match"][field], level_number(field, "initial")
        )
    return replace(model, shares={**model.shares, "stranger": strangers})


def _with_chance_initials(strangers: Shares, matches: Shares, initial: int) -> Shares:
    """An initial fits one name in twelve by chance, however rarely the list abbreviates names of strangers."""
    return (*strangers[:initial], max(strangers[initial], matches[initial] * INITIAL_FITS), *strangers[initial + 1 :])


def _learnt(
    evidence: Evidence, weight: NDArray[np.float32], field: str, shipped: Model, kind: str
) -> tuple[float, ...]:
    """The weighted share of each level among the pairs where the field is known, leaning on the shipped shares."""
    if field in DEFINING.get(kind, ()):
        return shipped.shares[kind][field]
    counts = np.bincount(evidence.levels[:, COLUMN[field]], weights=weight, minlength=len(LEVELS[field])).astype(
        np.float64
    )
    counts[0] = 0
    counts += LEANING[kind] * np.array(shipped.shares[kind][field])
    return tuple((counts / counts.sum()).tolist())
