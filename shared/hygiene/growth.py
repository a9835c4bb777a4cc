"""When the matcher's weights should be learnt again. Apart from the learning, which the clock must not load."""

from typing import Final

from sqlalchemy import Connection

from shared.match.model import MODEL_VERSION
from shared.storage.training import find_last_record, find_newest, read_training

FEWEST_RECORDS: Final = 200
"""A smaller base keeps the shipped weights: its few duplicates would teach chance."""

GROWTH: Final = 1.5
"""Learning again is due when the base has grown to this multiple."""


def is_due(connection: Connection) -> bool:
    """Whether the base has grown so much, or the rules have changed, that its weights should be learnt again."""
    last = find_last_record(connection)
    number = find_newest(connection)[1]
    if last < FEWEST_RECORDS or number == 0:
        return last >= FEWEST_RECORDS
    standing = read_training(connection, number)
    return last >= GROWTH * standing.last_record or standing.weights.get("version") != MODEL_VERSION
