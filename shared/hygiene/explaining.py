"""Why records are one lead: each pair the matcher joined, field by field, under the weights it was joined with."""

from typing import Any, Final

from sqlalchemy import Connection

from shared.hygiene.base import find_base
from shared.match.explain import explain
from shared.match.form import from_json
from shared.match.frequency import frequencies_of
from shared.match.model import Model, default_model, model_from_json
from shared.match.table import table_of
from shared.storage.lead_match import JoinedPair, Side, list_joined_pairs

_SHOWN: Final = 50


def explain_lead(connection: Connection, lead_id: int) -> list[dict[str, Any]]:
    """Gives the joined pairs of a lead, the surest first: `a` and `b` (source, row, fields), `fields` as `shared.match.explain`.

    The frequencies are today's: in a base that has grown since, a weight may differ a little from that of the decision.
    """
    pairs = list_joined_pairs(connection, lead_id, limit=_SHOWN)
    return [_explained(connection, pair) for pair in pairs]


def _explained(connection: Connection, pair: JoinedPair) -> dict[str, Any]:
    try:
        forms = [from_json(pair.a.forms), from_json(pair.b.forms)]
    except ValueError:  # erased, or written by rules of another version
        return {**_described(pair), "fields": []}
    frequencies = frequencies_of(table_of(forms), find_base(connection))
    return {**_described(pair), "fields": explain(_model_of(pair), forms[0], forms[1], frequencies)}


def _described(pair: JoinedPair) -> dict[str, Any]:
    return {"decision": pair.decision, "model_version": pair.model_version, "a": _side(pair.a), "b": _side(pair.b)}


def _side(side: Side) -> dict[str, Any]:
    return {"source": side.source, "row": side.row_no, "fields": side.fields}


def _model_of(pair: JoinedPair) -> Model:
    return default_model() if pair.weights is None else model_from_json(pair.weights)
