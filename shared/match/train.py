"""Learning the weights of a list without labels, by expectation maximisation over its candidate pairs.

The strangers are not learnt from candidates, which were picked for being alike, but from pairs drawn over the whole
list; their number is known. So the classes cannot wander off to explain what chance explains already. Every class
leans on the weights it starts from, the shipped ones or those of the base, as if it had seen some pairs with them: a
small list hardly moves them. What people decided is not doubted again.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shared.match.calibration import fit_shift
from shared.match.compare import compare
from shared.match.evidence import Evidence, joined
from shared.match.field import CLASSES, COLUMN, DEFINING, FIELDS, LEVELS, SHARED, level_number
from shared.match.frequency import Frequencies
from shared.match.model import Model, Shares, default_model
from shared.match.score import STRANGER, expected_logs, score_evidence
from shared.match.table import Table, content_order

ROUNDS: Final = 12
LOWEST_THRESHOLD: Final = 0.5
HIGHEST_THRESHOLD: Final = 2.0
KEPT_SHARE: Final = 0.97
OPTIMISM: Final = 0.6
MOST_TIMES: Final = (
    2.0  # the stated error, on lists that say little: up to 0.5 % proved wrong where names and dates are all
)
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
RATE_LEANING_RECORDS: Final = 100.0  # so many records of the prior rate are added
_MATCH: Final = CLASSES.index("match")


@dataclass(frozen=True, slots=True)
class Decided:
    """Pairs that people decided: what is to be seen of each, and whether they said that it is one lead."""

    evidence: Evidence
    same: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Pairs to learn from, the decided ones last.

    `ends`: by pair how many of its records count for the rates; none of a decided pair, which somebody picked.
    """

    evidence: Evidence
    ends: NDArray[np.float32]
    same: NDArray[np.bool_]

    def parts(self, model: Model) -> NDArray[np.float32]:
        """As `_parts`; a decided pair is what people said, whatever the weights make of it."""
        parts = _parts(model, self.evidence)
        told = parts[len(parts) - len(self.same) :]
        told[self.same] = 0
        told[:, _MATCH] = self.same
        told /= np.maximum(told.sum(axis=1, keepdims=True), np.float32(1e-9))
        return parts


def train(
    table: Table, frequencies: Frequencies, pairs: NDArray[np.integer], start: Model | None = None,
    *, whole: int | None = None, decided: Decided | None = None,
) -> Model:  # fmt: skip
    """Weights for this list from its candidate pairs (n x 2 lines of the table), beginning with `start`.

    The same records give the same weights in whatever order they come. `whole`: of so many records, the first, all
    partners are in the table; the others are there as partners only. None: of all.
    """
    model = prior = start or default_model()
    share = min(1.0, MOST_CANDIDATES / max(len(pairs), 1))
    size = table.size if whole is None else whole
    candidates = _candidates(table, frequencies, _every(pairs, share), model, size, decided)
    strangers = compare(table, frequencies, _random_pairs(table, size), model.rates["match"])
    for turn in range(ROUNDS):
        model = _improved(model, prior, candidates, share, size)
        if turn in STRANGER_ROUNDS:
            model = _with_strangers(model, prior, strangers)
    odds = score_evidence(model, candidates.evidence).log_odds
    found = len(odds) - len(candidates.same)
    shift = prior.shift if decided is None else fit_shift(odds[found:], candidates.same)
    return _with_thresholds(model, prior, odds[:found], shift)


def _candidates(
    table: Table, frequencies: Frequencies, pairs: NDArray[np.integer], model: Model, size: int, decided: Decided | None
) -> _Candidates:
    evidence = compare(table, frequencies, pairs, model.rates["match"])
    ends = (pairs < size).sum(axis=1).astype(np.float32)
    if decided is None:
        return _Candidates(evidence, ends, np.zeros(0, np.bool_))
    unpicked = np.concatenate([ends, np.zeros(len(decided.same), np.float32)])
    return _Candidates(joined([evidence, decided.evidence]), unpicked, decided.same)


def _with_thresholds(model: Model, prior: Model, log_odds: NDArray[np.float32], shift: float) -> Model:
    """The thresholds for scores that are off by `shift`, as people's decisions show."""
    usual = prior.merge_from + prior.shift
    merge_from = merge_threshold(model.merge_error, log_odds + np.float32(shift), usual) - shift
    return replace(model, merge_from=merge_from, review_from=default_model().review_from - shift, shift=shift)


def merge_threshold(merge_error: float, log_odds: NDArray[np.floating], usual: float | None = None) -> float:
    """The log-odds from which pairs are merged, so that the expected share of wrong ones stays under `merge_error`.

    The engine is a little too sure of itself, so it is held to a part of that share; and too few pairs prove nothing,
    so then the `usual` threshold stands, by default the shipped one. A list that says so little that this would cost it
    more than 1 - KEPT_SHARE of its likely pairs is held to MOST_TIMES the stated share; what that leaves, people see.
    """
    likely = np.sort(log_odds[log_odds > LOWEST_THRESHOLD].astype(np.float64))[::-1]
    if len(likely) < FEWEST_LIKELY:
        return default_model().merge_from if usual is None else usual
    wrong = np.cumsum(1 / (1 + np.exp(likely))) / np.arange(1, len(likely) + 1)  # grows with every pair
    kept, most = (int((wrong <= merge_error * times).sum()) for times in (OPTIMISM, MOST_TIMES))
    if KEPT_SHARE * len(likely) <= kept < len(likely):
        return min(_just_above(likely[kept]), HIGHEST_THRESHOLD)
    return LOWEST_THRESHOLD if most == len(likely) else _just_above(likely[most])


def _just_above(log_odds: float) -> float:
    """So that all pairs of one score stay out together."""
    return float(np.nextafter(log_odds, np.inf))


def _every(pairs: NDArray[np.integer], share: float) -> NDArray[np.integer]:
    count = int(len(pairs) * share)
    return pairs[np.linspace(0, len(pairs) - 1, count).astype(np.int64)] if count < len(pairs) else pairs


def _random_pairs(table: Table, size: int) -> NDArray[np.int64]:
    """Pairs of the same country among the first `size` records, scattered but always the same ones.

    Not among their partners: these were looked up for being alike.
    """
    if size < 2:
        return np.zeros((0, 2), dtype=np.int64)
    lines = content_order(table)
    lines = lines[lines < size]
    scattered = np.arange(1, size + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    scattered ^= scattered >> np.uint64(29)
    market = table.columns["market"][lines]
    order = lines[np.lexsort((scattered * np.uint64(0xBF58476D1CE4E5B9), market))]
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


def _improved(model: Model, prior: Model, candidates: _Candidates, share: float, size: int) -> Model:
    parts = candidates.parts(model)
    shares: dict[str, dict[str, tuple[float, ...]]] = {}
    rates: dict[str, float] = {}
    for column, kind in enumerate(CLASSES):
        weight = parts[:, column]
        shares[kind] = {
            field: _learnt(candidates.evidence, weight, field, prior, kind) for field in FIELDS if field in SHARED[kind]
        }
        partners = float((candidates.ends * weight).sum()) / share
        rates[kind] = (partners + prior.rates[kind] * RATE_LEANING_RECORDS) / (size + RATE_LEANING_RECORDS)
    shares["stranger"] = dict(model.shares["stranger"])
    return replace(model, shares=shares, rates=rates, trained_on=size)


def _with_strangers(model: Model, prior: Model, drawn: Evidence) -> Model:
    """The strangers' shares from pairs drawn at random, leaving out the duplicates that were drawn with them."""
    apart = _parts(model, drawn)[:, STRANGER]
    strangers = {field: _learnt(drawn, apart, field, prior, "stranger") for field in FIELDS}
    for field in ("given", "family"):
        strangers[field] = _with_chance_initials(
            strangers[field], model.shares["match"][field], level_number(field, "initial")
        )
    return replace(model, shares={**model.shares, "stranger": strangers})


def _with_chance_initials(strangers: Shares, matches: Shares, initial: int) -> Shares:
    """An initial fits one name in twelve by chance, however rarely the list abbreviates names of strangers."""
    return (*strangers[:initial], max(strangers[initial], matches[initial] * INITIAL_FITS), *strangers[initial + 1 :])


def _learnt(evidence: Evidence, weight: NDArray[np.float32], field: str, prior: Model, kind: str) -> tuple[float, ...]:
    """The weighted share of each level among the pairs where the field is known, leaning on the prior shares."""
    if field in DEFINING.get(kind, ()):
        return prior.shares[kind][field]
    counts = np.bincount(evidence.levels[:, COLUMN[field]], weights=weight, minlength=len(LEVELS[field])).astype(
        np.float64
    )
    counts[0] = 0
    counts += LEANING[kind] * np.array(prior.shares[kind][field])
    return tuple((counts / counts.sum()).tolist())
