"""The use case of matching one upload: its records get leads, its rows verdicts, and it becomes ready."""

import sys
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from shared.domain.errors import Superseded
from shared.hygiene.applying import apply_matched
from shared.hygiene.base import COUNT_FROM, count_in
from shared.hygiene.matching import Matched, check_current, is_current, match_records
from shared.storage.batch import Batch, fail_batch, finish_batch, renew_batch
from shared.storage.candidate import NewRecords, list_new_records
from shared.storage.engine import Ledger
from shared.storage.match import lock_matching
from shared.storage.upload import VERDICTS, Upload, find_upload, lock_upload
from shared.storage.upload_progress import count_verdicts, fail_upload, make_ready, refresh_statistics
from shared.work import LEASE_S

SLICE_ROWS: Final = 1_000_000
STATISTICS_FROM: Final = 5_000
"""Rows from which on a list changes how its tables are best read."""

_FAILED: Final = "the list could not be matched; it can be tried again with a reprocess"


@dataclass(frozen=True, slots=True)
class Matcher:
    """Matches uploads of the ledger, `slice_rows` at a time: the memory grows with a slice, never with the file."""

    ledger: Ledger
    slice_rows: int = SLICE_ROWS

    def match_batch(self, batch: Batch) -> None:
        """Matches slice by slice, each without holding anybody up, and applies each at once under the batch's fence.

        After any death it goes on with the rows that have no lead yet.

        Raises:
            Superseded: the batch or the upload is somebody else's matter now; nothing of this slice was written.
        """
        self._refresh_statistics(batch)
        while not self._match_slice(batch):
            pass
        self._refresh_statistics(batch)

    def _refresh_statistics(self, batch: Batch) -> None:
        if batch.last_row >= STATISTICS_FROM:
            with self.ledger.transaction() as connection:
                refresh_statistics(connection)

    def _match_slice(self, batch: Batch) -> bool:
        """True when it was the last one, and the upload is ready."""
        with self.ledger.transaction() as connection:
            limit = self._limit(connection, batch)
            new = list_new_records(connection, batch.upload_id, limit=limit)
            matched = match_records(connection, new.ids)
        is_last = len(new.ids) < limit
        with self.ledger.transaction() as connection:
            upload = _lock(connection, batch.upload_id)
            lock_matching(connection)
            if not is_current(connection, matched):
                matched = match_records(connection, new.ids)
                check_current(connection, matched)
            if upload.dry_run:
                counts = _try(connection, upload, matched, new)
            else:
                _apply(connection, upload, matched, new)
                counts = count_verdicts(connection, upload.id)
            if is_last:
                make_ready(connection, upload.id, {verdict: counts.get(verdict, 0) for verdict in VERDICTS})
                finish_batch(connection, batch)
            elif not renew_batch(connection, batch, lease_s=LEASE_S):
                raise Superseded("lease_lost", "somebody else has taken this batch over; nothing was written")
        return is_last

    def _limit(self, connection: Connection, batch: Batch) -> int:
        """A dry run is one slice: nothing of it stays that a second one could go on from."""
        upload = find_upload(connection, batch.upload_id)
        return sys.maxsize if upload and upload.dry_run else self.slice_rows

    def give_up(self, batch: Batch, failure: str) -> None:
        """Fails the upload.

        Raises:
            Superseded: somebody else has the batch; nothing was written.
        """
        with self.ledger.transaction() as connection:
            fail_batch(connection, batch, failure)
            fail_upload(connection, batch.upload_id, "matching_failed", _FAILED)


def _lock(connection: Connection, upload_id: int) -> Upload:
    upload = lock_upload(connection, upload_id)
    if upload is None or upload.state != "matching":
        raise Superseded("upload_moved", "the upload is no longer being matched")
    return upload


def _apply(connection: Connection, upload: Upload, matched: Matched, new: NewRecords) -> None:
    apply_matched(connection, upload.id, matched, new.site_keys)
    if matched.new >= COUNT_FROM:
        count_in(connection, matched.gained)


def _try(connection: Connection, upload: Upload, matched: Matched, new: NewRecords) -> dict[str, int]:
    """Gives what would become of the rows by verdict; nothing stays."""
    trial = connection.begin_nested()
    try:
        apply_matched(connection, upload.id, matched, new.site_keys)
        return count_verdicts(connection, upload.id)
    finally:
        trial.rollback()
