"""Why leads are, or are not, one: keys, levels and weights of the pair that decides, under the weights it was decided with."""

import math
from dataclasses import replace
from typing import Any, Final

import numpy as np
from sqlalchemy import Connection

from shared.hygiene.base import find_base
from shared.hygiene.weights import find_model, version_of
from shared.match.explain import explain
from shared.match.form import Form, from_json
from shared.match.frequency import frequencies_of
from shared.match.key import MAX_KEY_RECORDS, keys_in_clear
from shared.match.model import Model, default_model, model_from_json
from shared.match.score import score_pairs
from shared.match.table import table_of
from shared.storage.lead_match import JoinedPair, Side, count_holders, find_pair, list_joined_pairs, list_sides
from shared.storage.review_view import find_review

_SHOWN: Final = 50
_COMPARED: Final = 20  # records of each of two leads


def explain_lead(connection: Connection, lead_id: int) -> list[dict[str, Any]]:
    """Gives the joined pairs of a lead, the surest first: `a` and `b` (source, row, fields), `fields` as `shared.match.explain`.

    Weights and scores are bits. The frequencies are today's: in a base that has grown since, a weight may differ a little
    from that of the decision.
    """
    pairs = list_joined_pairs(connection, lead_id, limit=_SHOWN)
    return [_explained(connection, pair) for pair in pairs]


def explain_pair(connection: Connection, lead_a: int, lead_b: int) -> dict[str, Any] | None:
    """Explains, under the weights that stand, the two records of two leads that are most alike; None when nothing is left of one."""
    sides = (
        list_sides(connection, lead_a, lead_b, limit=_COMPARED),
        list_sides(connection, lead_b, lead_a, limit=_COMPARED),
    )
    if not all(sides):
        return None
    model = find_model(connection)
    forms = [_form(side) for side in (*sides[0], *sides[1])]
    table, first = table_of(forms), len(sides[0])
    pairs = np.array([(one, first + other) for one in range(first) for other in range(len(sides[1]))])
    odds = score_pairs(model, table, pairs, frequencies_of(table, find_base(connection), 0)).log_odds
    one, other = pairs[int(odds.argmax())].tolist()
    best = JoinedPair(0, "", version_of(model), None, sides[0][one], sides[1][other - first])
    return _explained(connection, best, model)


def explain_review(connection: Connection, review_id: int) -> dict[str, Any] | None:
    """Gives a review with its leads side by side and `evidence` as `explain_pair`: of the pair that was found, if one was."""
    review = find_review(connection, review_id)
    if review is None:
        return None
    pair = None if review["match_id"] is None else find_pair(connection, review["match_id"])
    if pair is None:
        return {**review, "evidence": explain_pair(connection, review["lead_a"], review["lead_b"])}
    sided = replace(pair, a=pair.b, b=pair.a) if review["swapped"] else pair
    return {**review, "evidence": _explained(connection, sided)}


def _explained(connection: Connection, pair: JoinedPair, model: Model | None = None) -> dict[str, Any]:
    weights = model or _model_of(pair)
    described = {
        "decision": pair.decision,
        "model_version": pair.model_version,
        "merge_from": _bits(weights.merge_from),
        "review_from": _bits(weights.review_from),
        "a": _side(pair.a),
        "b": _side(pair.b),
    }
    try:
        forms = from_json(pair.a.forms), from_json(pair.b.forms)
    except ValueError:  # erased, or written by rules of another version
        return {**described, "score": None, "keys": [], "fields": []}
    frequencies = frequencies_of(table_of(forms), find_base(connection), 0)
    lines = [{**line, "weight": _bits(line["weight"])} for line in explain(weights, *forms, frequencies)]
    score = lines[-1]["weight"]
    decision = pair.decision or _decision(weights, score)
    return {**described, "decision": decision, "score": score, "keys": _keys(connection, *forms), "fields": lines}


def _keys(connection: Connection, one: Form, other: Form) -> list[dict[str, Any]]:
    """The keys that both have; one of too many records is no key any more."""
    clear = keys_in_clear(one)
    common = sorted(clear.keys() & keys_in_clear(other).keys(), key=lambda key: clear[key])
    holders = count_holders(connection, common, most=MAX_KEY_RECORDS + 1)
    return [
        {
            "kind": clear[key][0],
            "values": list(clear[key][1:]),
            "records": holders[key],
            "used": holders[key] <= MAX_KEY_RECORDS,
        }
        for key in common
    ]


def _decision(model: Model, score_bits: float) -> str:
    if score_bits >= _bits(model.merge_from):
        return "merge"
    return "review" if score_bits >= _bits(model.review_from) else "distinct"


def _bits(log_odds: float) -> float:
    return round(log_odds / math.log(2), 2)


def _form(side: Side) -> Form:
    try:
        return from_json(side.forms)
    except ValueError:
        return Form()


def _side(side: Side) -> dict[str, Any]:
    return {"record": side.record_id, "source": side.source, "row": side.row_no, "fields": side.fields}


def _model_of(pair: JoinedPair) -> Model:
    try:
        return default_model() if pair.weights is None else model_from_json(pair.weights)
    except ValueError:  # learnt by rules of another version
        return default_model()
