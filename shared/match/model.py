"""What the matcher has learnt, as plain numbers that travel as JSON.

How often each level occurs among duplicates, among strangers, and among the kinds of pairs that only look alike; and
where merging and reviewing begin.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from shared.match.field import CLASSES, FIELDS, LEVELS, SHARED

MODEL_VERSION: Final = 1
Shares = tuple[float, ...]  # by level; level 0 (missing) holds 0 and is never looked up

# Shares in percent, by level after "missing". From experience with lists of people and firms; a list of its own corrects them.
_MATCH: Final[dict[str, Shares]] = {
    "given": (78, 8, 4, 5, 5),
    "family": (84, 7, 3, 1, 5),
    "order": (95, 5),
    "email": (62, 4, 5, 4, 7, 18),
    "phone": (65, 2, 3, 30),
    "web": (80, 20),
    "company": (72, 12, 10, 2, 4),
    "address": (72, 8, 3, 2, 5, 10),
    "locality": (80, 8, 6, 6),
    "birth": (82, 7, 5, 3, 1, 2),
    "company_id": (95, 5),
    "country": (99, 1),
}
_STRANGER: Final[dict[str, Shares]] = {
    "given": (1.0, 0.3, 3, 3, 92.7),
    "family": (0.3, 0.2, 2, 0.5, 97),
    "order": (95, 5),
    "email": (0.01, 0.01, 0.02, 0.02, 0.05, 99.89),
    "phone": (0.01, 0.01, 0.01, 99.97),
    "web": (0.1, 99.9),
    "company": (0.05, 0.05, 0.5, 3, 96.4),
    "address": (0.01, 0.01, 0.01, 0.3, 2, 97.67),
    "locality": (5, 0.5, 1, 93.5),
    "birth": (0.01, 0.05, 0.4, 1.5, 8, 90.04),
    "company_id": (0.01, 99.99),
    "country": (50, 50),
}
_OTHERS: Final[dict[str, dict[str, Shares]]] = {
    "colleague": {
        "company": (85, 8, 4, 1, 2), "address": (86, 6, 2, 2, 2, 2), "locality": (95, 2, 1, 2), "phone": (30, 10, 1, 59),
        "email": (1, 18, 1, 1, 58, 21), "web": (90, 10), "company_id": (95, 5), "country": (99.5, 0.5),
    },
    "household": {
        "family": (75, 8, 4, 1, 12), "address": (88, 6, 1, 2, 1, 2), "locality": (95, 3, 1, 1), "phone": (40, 3, 1, 56),
        "country": (99.5, 0.5),
    },
    "branch": {
        "company": (84, 8, 5, 1, 2), "address": (1, 1, 1, 2, 8, 87), "locality": (20, 1, 5, 74), "web": (85, 15),
        "email": (1, 14, 1, 3, 51, 30), "phone": (4, 6, 1, 89), "company_id": (80, 20),
    },
    "namesake": {
        "given": (85, 6, 3, 4, 2), "family": (90, 5, 2, 1, 2), "order": (97, 3), "email": (1, 1, 3, 12, 1, 82),
        "country": (98, 2),
    },
    "neighbour": {"address": (72, 4, 18, 2, 2, 2), "locality": (95, 2, 1, 2), "country": (99.5, 0.5)},
}  # fmt: skip
_RATES: Final = {"match": 0.3, "colleague": 0.2, "household": 0.05, "branch": 0.1, "namesake": 0.1, "neighbour": 0.1}


@dataclass(frozen=True, slots=True)
class Model:
    """Weights and thresholds.

    `shares[kind][field][level]`: how often the level occurs in a kind of pair, `stranger` for two unrelated records; a
    class of pairs has only the fields it shares. `rates[kind]`: how many such partners a record has on average.

    `merge_error`: the share of wrong merges that is accepted among all merges; training turns it into `merge_from`, the
    log-odds from which pairs are merged. `review_from`: log-odds from which a person is asked. `shift`: by how much
    people's decisions showed the scores to be too low; both thresholds are lower by it. `trained_on`: records the
    weights were learnt from, 0 for the shipped ones.
    """

    shares: Mapping[str, Mapping[str, Shares]]
    rates: Mapping[str, float]
    merge_error: float = 0.005
    merge_from: float = 2.0
    review_from: float = -1.5
    shift: float = 0.0
    trained_on: int = 0
    version: int = MODEL_VERSION


def _as_shares(percent: Shares) -> Shares:
    return (0.0, *(value / sum(percent) for value in percent))


def default_model() -> Model:
    """The shipped weights, which training starts from and a small list keeps."""
    tables: dict[str, dict[str, Shares]] = {"match": _MATCH, "stranger": _STRANGER, **_OTHERS}
    return Model(
        {kind: {field: _as_shares(table[field]) for field in table} for kind, table in tables.items()}, dict(_RATES)
    )


def model_to_json(model: Model) -> dict[str, Any]:
    """A JSON-ready object; `model_from_json` is its inverse."""
    return {
        "version": model.version,
        "trained_on": model.trained_on,
        "merge_error": model.merge_error,
        "merge_from": model.merge_from,
        "review_from": model.review_from,
        "shift": model.shift,
        "rates": dict(model.rates),
        "shares": {
            kind: {field: list(shares) for field, shares in fields.items()} for kind, fields in model.shares.items()
        },
    }


def model_from_json(stored: Mapping[str, Any]) -> Model:
    """A stored model again.

    Raises:
        ValueError: it was stored by another version or lacks a field; train anew.
    """
    if stored.get("version") != MODEL_VERSION:
        raise ValueError("the model was stored by another version: train it anew")
    shares = {
        kind: {field: tuple(map(float, row)) for field, row in fields.items()}
        for kind, fields in stored["shares"].items()
    }
    wanted = {"stranger": frozenset(FIELDS), **SHARED}
    for kind, fields in wanted.items():
        if any(len(shares.get(kind, {}).get(field, ())) != len(LEVELS[field]) for field in fields):
            raise ValueError(f"the model lacks the weights of {kind}: train it anew")
    rates = {kind: float(stored["rates"][kind]) for kind in CLASSES}
    return Model(
        shares,
        rates,
        merge_error=float(stored["merge_error"]),
        merge_from=float(stored["merge_from"]),
        review_from=float(stored["review_from"]),
        shift=float(stored.get("shift", 0.0)),
        trained_on=int(stored["trained_on"]),
    )
