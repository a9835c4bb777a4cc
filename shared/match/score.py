"""From evidence to log-odds: the expected number of duplicates that look like this pair against that of all other pairs.

Numbers of pairs, not probabilities, so the prior falls with the size of the list by itself: a record has a fraction
of a duplicate but as many strangers as its country has records.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shared.match.compare import compare
from shared.match.evidence import Evidence
from shared.match.field import CLASSES, COLUMN, FIELDS, LEVELS, MISSING, SHARED
from shared.match.form import Form
from shared.match.frequency import Frequencies, frequencies_of
from shared.match.model import Model
from shared.match.table import Table, table_of

STRANGER: Final = len(CLASSES)  # the last column of `expected_logs`
_ONLY_PEOPLE: Final = ("colleague", "household", "namesake")
_NEVER: Final = np.float32(-60)
# What many people of one town have in common. Alone it tells two of them apart only once a base shows how rare a name is.
_ANYBODYS: Final = frozenset({"given", "family", "order", "locality", "country"})
_FEW_RECORDS: Final = 200
_DOUBT: Final = np.float32(0.4)  # lower than any threshold for merging, high enough for a person to be asked


@dataclass(frozen=True, slots=True)
class Scored:
    """One line a pair: `log_odds` that both are one lead, `levels` by field, `same_site` that they are at least colleagues."""

    log_odds: NDArray[np.float32]
    levels: NDArray[np.uint8]
    same_site: NDArray[np.float32]

    def plus(self, other: "Scored") -> "Scored":
        """The scores of these pairs and then of the others."""
        log_odds, same_site = (
            np.concatenate([getattr(part, name) for part in (self, other)]) for name in ("log_odds", "same_site")
        )
        return Scored(log_odds, np.concatenate([self.levels, other.levels]), same_site)


def _log_shares(model: Model, kind: str, field: str) -> NDArray[np.float32]:
    shares = np.array(model.shares[kind][field], dtype=np.float64)
    shares[0] = 1.0  # missing says nothing
    logs: NDArray[np.float32] = np.log(np.maximum(shares, 1e-9)).astype(np.float32)
    return logs


def field_logs(model: Model, evidence: Evidence, field: str) -> NDArray[np.float32]:
    """Logarithms of the chance of the field's level, a column a class and strangers last."""
    levels, chances = evidence.levels[:, COLUMN[field]], evidence.chances[:, COLUMN[field]]
    by_chance = _log_shares(model, "stranger", field)[levels]
    rare = chances > 0
    by_chance[rare] = np.log(chances[rare])
    logs = np.repeat(by_chance[:, None], len(CLASSES) + 1, axis=1)
    for column, kind in enumerate(CLASSES):
        if field in SHARED[kind]:
            logs[:, column] = _log_shares(model, kind, field)[levels]
    return logs


def expected_logs(model: Model, evidence: Evidence) -> NDArray[np.float32]:
    """Logarithms of the expected partners of a record that look like the pair, a column a class and strangers last."""
    logs = np.zeros((len(evidence), len(CLASSES) + 1), dtype=np.float32)
    for field in FIELDS:
        if evidence.levels[:, COLUMN[field]].any():
            logs += field_logs(model, evidence, field)
    for column, kind in enumerate(CLASSES):
        logs[:, column] += np.float32(np.log(model.rates[kind]))
        if kind in _ONLY_PEOPLE:
            logs[evidence.impersonal, column] = _NEVER
    logs[:, STRANGER] += np.log(evidence.population)
    return logs


def _log_sum(logs: NDArray[np.float32]) -> NDArray[np.float32]:
    highest = logs.max(axis=1)
    total: NDArray[np.float32] = highest + np.log(np.exp(logs - highest[:, None]).sum(axis=1))
    return total


def _is_bare(evidence: Evidence) -> NDArray[np.bool_]:
    """By pair whether only a name and a town agree, among so few records that no name can be known to be rare."""
    bare = evidence.population < _FEW_RECORDS
    for field in FIELDS:
        if field not in _ANYBODYS:
            levels = evidence.levels[:, COLUMN[field]]
            bare = bare & ((levels == MISSING) | (levels == len(LEVELS[field]) - 1))
    return bare


def score_evidence(model: Model, evidence: Evidence) -> Scored:
    """Log-odds for evidence at hand."""
    logs = expected_logs(model, evidence)
    match, colleague = CLASSES.index("match"), CLASSES.index("colleague")
    others = [column for column in range(logs.shape[1]) if column != match]
    apart = [column for column in others if column != colleague]
    log_odds = logs[:, match] - _log_sum(logs[:, others])
    bare = _is_bare(evidence)
    log_odds[bare] = np.minimum(log_odds[bare], _DOUBT)
    same_site = _log_sum(logs[:, [match, colleague]]) - _log_sum(logs[:, apart])
    return Scored(log_odds, evidence.levels, same_site)


def score_pairs(
    model: Model, forms: Sequence[Form] | Table, pairs: NDArray[np.integer], frequencies: Frequencies | None = None
) -> Scored:
    """Compare and score pairs of lines of `forms` (n x 2); without `frequencies` they are counted on the forms themselves."""
    table = forms if isinstance(forms, Table) else table_of(forms)
    counted = frequencies or frequencies_of(table)
    return score_evidence(model, compare(table, counted, pairs, model.rates["match"]))
