"""Statements about batches: who works on which, until when, and under which fence results are taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.domain.errors import Superseded

_LONGEST_WAIT_S: Final = 60

_ADD: Final = sa.text("""
    INSERT INTO leadmill.batch (upload_id, kind, first_row, last_row)
    VALUES (:upload_id, :kind, :first_row, :last_row) ON CONFLICT DO NOTHING
""")

# A lapsed lease is taken over; the fence keeps its former holder from writing. Whoever's row is locked is being looked at.
_TAKE: Final = sa.text("""
    UPDATE leadmill.batch
    SET state = 'leased', fence = fence + 1, attempts = attempts + 1, worker = :worker, not_before = NULL,
        leased_until = leadmill.clock() + make_interval(secs => :lease_s)
    WHERE id = (
        SELECT id FROM leadmill.batch
        WHERE state IN ('waiting', 'leased') AND kind = ANY (:kinds)
          AND (state = 'leased' AND leased_until < leadmill.clock()
               OR state = 'waiting' AND (not_before IS NULL OR not_before <= leadmill.clock()))
        ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, upload_id, kind, first_row, last_row, attempts, fence
""")

_RENEW: Final = sa.text("""
    UPDATE leadmill.batch SET leased_until = leadmill.clock() + make_interval(secs => :lease_s)
    WHERE id = :id AND fence = :fence AND state = 'leased'
""")

_END: Final = sa.text("""
    UPDATE leadmill.batch SET state = :state, failure = :failure, leased_until = NULL, finished_at = leadmill.clock()
    WHERE id = :id AND fence = :fence AND state = 'leased'
""")

# The wait grows with every lease, up to a minute.
_GIVE_BACK: Final = sa.text("""
    UPDATE leadmill.batch
    SET state = 'waiting', leased_until = NULL, failure = :failure,
        attempts = attempts - CASE WHEN :counts THEN 0 ELSE 1 END,
        not_before = leadmill.clock() + make_interval(secs => least(:longest_s, power(2, least(fence, 6))))
    WHERE id = :id AND fence = :fence AND state = 'leased'
""")

_GIVE_ALL_BACK: Final = sa.text("""
    UPDATE leadmill.batch SET state = 'waiting', leased_until = NULL, attempts = attempts - 1
    WHERE worker = :worker AND state = 'leased'
""")

_ANY_WAITING: Final = sa.text("""
    SELECT EXISTS (
        SELECT 1 FROM leadmill.batch WHERE state IN ('waiting', 'leased') AND kind = ANY (:kinds)
          AND (state = 'leased' AND leased_until < leadmill.clock()
               OR state = 'waiting' AND (not_before IS NULL OR not_before <= leadmill.clock())))
""")


@dataclass(frozen=True, slots=True)
class Batch:
    """A leased batch: rows `first_row` to `last_row` of an upload, both included; `attempts` counts this one too."""

    id: int
    upload_id: int
    kind: str
    first_row: int
    last_row: int
    attempts: int
    fence: int


def add_batch(connection: Connection, upload_id: int, kind: str, first_row: int = 0, last_row: int = 0) -> None:
    """Adds a unit of work (`read`, `clean`, `match`); one that is there already is left as it is."""
    values = {"upload_id": upload_id, "kind": kind, "first_row": first_row, "last_row": last_row}
    connection.execute(_ADD, values)


def take_batch(connection: Connection, kinds: Sequence[str], *, worker: str, lease_s: float) -> Batch | None:
    """Leases the oldest batch of these kinds that waits or whose lease ran out; None when there is none."""
    row = connection.execute(_TAKE, {"kinds": list(kinds), "worker": worker, "lease_s": lease_s}).one_or_none()
    return Batch(*row) if row else None


def renew_batch(connection: Connection, batch: Batch, *, lease_s: float) -> bool:
    """Prolongs the lease; False when somebody else has it or it is done."""
    values = {"id": batch.id, "fence": batch.fence, "lease_s": lease_s}
    return connection.execute(_RENEW, values).rowcount == 1


def finish_batch(connection: Connection, batch: Batch) -> None:
    """Marks the batch done: the last statement of the transaction that wrote its results.

    Raises:
        Superseded: `lease_lost`, somebody else has the batch; the transaction must not commit.
    """
    _end(connection, batch, "done", None)


def fail_batch(connection: Connection, batch: Batch, failure: str) -> None:
    """Gives the batch up for good.

    Raises:
        Superseded: as `finish_batch`.
    """
    _end(connection, batch, "failed", failure)


def split_batch(connection: Connection, batch: Batch, failure: str) -> None:
    """Replaces a batch of several rows by two halves that wait.

    Raises:
        Superseded: as `finish_batch`.
    """
    _end(connection, batch, "split", failure)
    middle = (batch.first_row + batch.last_row) // 2
    add_batch(connection, batch.upload_id, batch.kind, batch.first_row, middle)
    add_batch(connection, batch.upload_id, batch.kind, middle + 1, batch.last_row)


def give_back_batch(connection: Connection, batch: Batch, failure: str | None, *, counts: bool) -> bool:
    """Lets the batch wait again, longer each time; without `counts` this attempt was none. False: lost."""
    values = {"id": batch.id, "fence": batch.fence, "failure": failure, "counts": counts}
    return connection.execute(_GIVE_BACK, {**values, "longest_s": _LONGEST_WAIT_S}).rowcount == 1


def give_all_back(connection: Connection, worker: str) -> None:
    """Lets whatever this worker holds be taken at once by another, as if it had never been tried."""
    connection.execute(_GIVE_ALL_BACK, {"worker": worker})


def is_any_waiting(connection: Connection, kinds: Sequence[str]) -> bool:
    """Whether a batch of these kinds could be taken now."""
    return bool(connection.execute(_ANY_WAITING, {"kinds": list(kinds)}).scalar_one())


def _end(connection: Connection, batch: Batch, state: str, failure: str | None) -> None:
    values = {"id": batch.id, "fence": batch.fence, "state": state, "failure": failure}
    if connection.execute(_END, values).rowcount != 1:
        raise Superseded("lease_lost", "somebody else has taken this batch over; nothing was written")
