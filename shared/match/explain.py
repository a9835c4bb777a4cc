"""Why two records are, or are not, one lead: field by field, in words and numbers that add up to the score."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from shared.match.compare import compare
from shared.match.evidence import Evidence
from shared.match.field import CLASSES, COLUMN, FIELDS, level_name
from shared.match.form import Form
from shared.match.frequency import Frequencies, frequencies_of
from shared.match.model import Model
from shared.match.score import expected_logs, field_logs, score_evidence
from shared.match.table import table_of

_SHOWN: Final[dict[str, tuple[str, ...]]] = {
    "given": ("given",), "family": ("family",), "order": ("given", "family"), "email": ("emails",), "phone": ("phones", "sevens"),
    "web": ("site_domain", "mail_domains"), "company": ("company",), "address": ("street", "house", "unit"),
    "locality": ("postcode", "city"), "birth": ("birth",), "company_id": ("company_id",), "country": ("country",),
}  # fmt: skip
_WORDS: Final = {
    "exact": "the same", "same": "the same", "near": "the same but for a slip",
    "close": "nearly the same", "similar": "alike", "initial": "an initial that fits", "straight": "in the same order",
    "swapped": "given and family name exchanged", "shared": "the same, but many people use it", "local_part": "the same before the @",
    "domain": "another mailbox of the same domain", "last_seven": "the same last seven digits", "part": "one contains the other",
    "weak": "some words in common", "other_unit": "the same door, another unit", "street": "the same street",
    "other_house": "the same street, another house", "mixed": "one part the same, one different", "two_parts": "two parts of the date",
    "year": "the same year", "one_part": "one part of the date", "different": "different",
}  # fmt: skip


def field_weights(model: Model, evidence: Evidence) -> NDArray[np.float32]:
    """By pair what each field adds to the log-odds, in the order of FIELDS, and last what the prior adds.

    A line adds up to the pair's score. A field is weighed against strangers and all look-alikes, each counted by how
    well it explains the pair.
    """
    logs = expected_logs(model, evidence)
    others = [column for column in range(logs.shape[1]) if column != CLASSES.index("match")]
    rest = logs[:, others]
    share = np.exp(rest - rest.max(axis=1, keepdims=True))
    share /= share.sum(axis=1, keepdims=True)
    weights = np.zeros((len(evidence), len(FIELDS) + 1), dtype=np.float32)
    for field in FIELDS:
        by_class = field_logs(model, evidence, field)
        weights[:, COLUMN[field]] = by_class[:, CLASSES.index("match")] - (by_class[:, others] * share).sum(axis=1)
    weights[:, -1] = score_evidence(model, evidence).log_odds - weights[:, :-1].sum(axis=1)
    return weights


def explain(
    model: Model, form_a: Form, form_b: Form, frequencies: Frequencies | None = None, population: int = 100_000
) -> list[dict[str, Any]]:
    """What was compared and what it weighed.

    Dicts of `field`, `level`, `a`, `b`, `words`, `weight` (natural log-odds), the weightiest first; then `prior`, then
    `total`. Fields that a side does not state are left out. Without `frequencies` (of these two records, in this
    order) each value counts as rare among `population` records.
    """
    table = table_of((form_a, form_b))
    counted = frequencies or _as_rare(frequencies_of(table), population)
    evidence = compare(table, counted, np.array([[0, 1]]), model.rates["match"])
    levels, weights = evidence.levels[0].tolist(), field_weights(model, evidence)[0].tolist()
    lines = [
        _line(field, level_name(field, level), weight, form_a, form_b)
        for field, level, weight in zip(FIELDS, levels, weights[:-1], strict=True)
        if level
    ]
    lines.sort(key=lambda line: -abs(line["weight"]))
    end = [
        _sum_line("prior", weights[-1], "how likely two records are one lead before looking"),
        _sum_line("total", sum(weights), ""),
    ]
    return lines + end


def _as_rare(counted: Frequencies, population: int) -> Frequencies:
    """The counts of two records as if they stood among many."""
    many = np.full_like(counted.population, population)
    return Frequencies(many, counted.holders, counted.names_behind, counted.word_weights)


def _line(field: str, level: str, weight: float, form_a: Form, form_b: Form) -> dict[str, Any]:
    values = {"a": _shown(form_a, field), "b": _shown(form_b, field)}
    return {"field": field, "level": level, **values, "words": _WORDS[level], "weight": round(weight, 2)}


def _sum_line(field: str, weight: float, words: str) -> dict[str, Any]:
    return {"field": field, "level": "", "a": "", "b": "", "words": words, "weight": round(weight, 2)}


def _shown(form: Form, field: str) -> str:
    parts = (getattr(form, name) for name in _SHOWN[field])
    return " ".join(part for value in parts for part in ((value,) if isinstance(value, str) else value) if part)
