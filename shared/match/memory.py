"""Matching a list that fits into memory in one call: keys, pairs, weights, scores, decision."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from shared.match.decision import Decision, Pair, closing_pairs, decide
from shared.match.form import Form
from shared.match.frequency import Frequencies, frequencies_of
from shared.match.key import keys_of
from shared.match.model import Model
from shared.match.pairing import pairs_from_keys
from shared.match.score import Scored, score_pairs
from shared.match.table import Table, content_order, table_of
from shared.match.train import train


def match_forms(forms: Sequence[Form], model: Model | None = None) -> Decision:
    """Match records with each other; without a model the weights are learnt from the list, starting with the shipped ones.

    The result does not depend on the order of the forms.
    """
    order = content_order(table_of(forms))
    ordered = [forms[line] for line in order.tolist()]
    candidates = pairs_from_keys(keys_of(form) for form in ordered)
    table = table_of(ordered)
    frequencies = frequencies_of(table)
    weights = model or train(table, frequencies, candidates)
    pairs, scored = score_closed(weights, table, candidates, frequencies)
    return _in_given_order(decide(weights, len(forms), pairs, scored), order)


def score_closed(
    model: Model, table: Table, pairs: NDArray[np.integer], frequencies: Frequencies
) -> tuple[NDArray[np.int64], Scored]:
    """Scores of the pairs and of those that are missing inside the components they form."""
    rows = pairs.astype(np.int64)
    scored = score_pairs(model, table, rows, frequencies)
    more = closing_pairs(table.size, rows, scored)
    if not len(more):
        return rows, scored
    return np.concatenate([rows, more]), scored.plus(score_pairs(model, table, more, frequencies))


def _in_given_order(decision: Decision, order: NDArray[np.int64]) -> Decision:
    """The decision about sorted records told about the records as they were given."""
    labels = order[decision.clusters]
    smallest = np.full(len(order), len(order), dtype=np.int64)
    np.minimum.at(smallest, labels, order)
    clusters = np.empty(len(order), dtype=np.int64)
    clusters[order] = smallest[labels]
    return Decision(clusters, _renumbered(decision.merges, order), _renumbered(decision.reviews, order))


def _renumbered(found: list[Pair], order: NDArray[np.int64]) -> list[Pair]:
    ends = [sorted((int(order[one]), int(order[other]))) for one, other, _, _ in found]
    return [(one, other, score, levels) for (one, other), (_, _, score, levels) in zip(ends, found, strict=True)]
