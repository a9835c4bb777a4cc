"""Sending statements one behind the other without waiting for each answer: what one row needs, in a few round trips."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from shared.storage.engine import driver


@contextmanager
def pipelined(connection: Connection) -> Iterator[None]:
    """Sends what the body executes at once, and waits at its end; what failed is raised there at the latest.

    Within, a result can be read through `driver()` only, which waits for all before it; and there is no COPY.
    """
    with driver(connection).pipeline():
        yield
