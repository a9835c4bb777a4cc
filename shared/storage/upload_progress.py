"""Statements that move an upload along its line: from cleaning to matching to ready, or to failed."""

import json
from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.storage.batch import add_batch

_LOCK: Final = sa.text("SELECT state, rows_read FROM leadmill.upload WHERE id = :id FOR NO KEY UPDATE")
_OPEN: Final = sa.text("""
    SELECT EXISTS (SELECT 1 FROM leadmill.batch
                   WHERE upload_id = :id AND kind IN ('read', 'clean') AND state IN ('waiting', 'leased'))
""")
_MOVE: Final = sa.text("UPDATE leadmill.upload SET state = :after WHERE id = :id AND state = :before")
_READY: Final = sa.text("""
    UPDATE leadmill.upload SET state = 'ready', counts = CAST(:counts AS jsonb), ready_at = leadmill.clock()
    WHERE id = :id AND state = 'matching'
""")
_FAIL: Final = sa.text("""
    UPDATE leadmill.upload SET state = 'failed', failure = CAST(:failure AS jsonb)
    WHERE id = :id AND state IN ('received', 'reading', 'cleaning', 'matching')
""")
_COUNT: Final = sa.text("SELECT verdict, count(*) FROM leadmill.outcome WHERE upload_id = :id GROUP BY verdict")

_REFRESH_STATISTICS: Final = sa.text("SELECT leadmill.refresh_statistics()")


def advance(connection: Connection, upload_id: int) -> bool:
    """Goes on to matching when every row is a record or rejected; True when it did, and the queue `clean` is to be rung.

    Called by whoever ends a batch, in its transaction, as its last step: the upload's row is locked.
    """
    upload = connection.execute(_LOCK, {"id": upload_id}).one()
    if upload.state != "cleaning" or connection.execute(_OPEN, {"id": upload_id}).scalar_one():
        return False
    connection.execute(_MOVE, {"id": upload_id, "before": "cleaning", "after": "matching"})
    add_batch(connection, upload_id, "match", 0, upload.rows_read)
    return True


def count_verdicts(connection: Connection, upload_id: int) -> dict[str, int]:
    """Counts the rows of an upload by verdict; a verdict that no row has is left out."""
    return {row[0]: row[1] for row in connection.execute(_COUNT, {"id": upload_id})}


def make_ready(connection: Connection, upload_id: int, counts: Mapping[str, int]) -> bool:
    """Ends matching; False when the upload is no longer there to be made ready."""
    return connection.execute(_READY, {"id": upload_id, "counts": json.dumps(dict(counts))}).rowcount == 1


def fail_upload(connection: Connection, upload_id: int, code: str, detail: str) -> bool:
    """Gives an upload up; False when it is past that."""
    failure = json.dumps({"code": code, "detail": detail})
    return connection.execute(_FAIL, {"id": upload_id, "failure": failure}).rowcount == 1


def refresh_statistics(connection: Connection) -> None:
    """Lets the planner know what a list has just filled; in a transaction of its own, after the commit."""
    connection.execute(_REFRESH_STATISTICS)
