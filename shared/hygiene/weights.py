"""Which weights stand: those that were last learnt from the base, else the shipped ones; and the name they are kept under."""

import hashlib
import json
from typing import Final

from sqlalchemy import Connection

from shared.match.model import MODEL_VERSION, Model, default_model, model_from_json, model_to_json
from shared.storage.training import find_newest, read_training

_known: Final[dict[str, tuple[int, Model]]] = {}
"""By database the weights that were read last: a single row should not wait for them."""


def find_model(connection: Connection) -> Model:
    """Gives the weights that stand; the shipped ones too when those of the base were learnt by other rules."""
    database, number = find_newest(connection)
    if number == 0:
        return default_model()
    known = _known.get(database)
    if known is None or known[0] != number:
        known = _known[database] = (number, _model(connection, number))
    return known[1]


def _model(connection: Connection, number: int) -> Model:
    try:
        return model_from_json(read_training(connection, number).weights)
    except ValueError:
        return default_model()


def version_of(model: Model) -> str:
    """The name under which weights are kept: the same weights have the same one."""
    if not model.trained_on:
        return f"{MODEL_VERSION}.shipped"
    text = json.dumps(model_to_json(model), sort_keys=True)  # the ledger keeps no order of keys
    return f"{MODEL_VERSION}.{hashlib.sha256(text.encode()).hexdigest()[:16]}"
