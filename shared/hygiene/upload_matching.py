"""The use case of matching one upload: its records get leads, its rows verdicts, and it becomes ready."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from shared.domain.errors import Superseded
from shared.hygiene.finishing import finish_upload
from shared.hygiene.matching import Matched, check_current, is_current, match_records
from shared.hygiene.purpose import Slice, apply_slice, divide, joined
from shared.storage.batch import Batch, fail_batch, finish_batch, renew_batch
from shared.storage.candidate import carry_never_same, list_new_records
from shared.storage.engine import Ledger
from shared.storage.match import lock_matching
from shared.storage.move_in import find_findings, forget_trial, write_findings
from shared.storage.row import count_reasons
from shared.storage.share import find_shares
from shared.storage.upload import VERDICTS, Upload, find_upload, hand_over_file, lock_upload
from shared.storage.upload_progress import count_verdicts, fail_upload, make_ready, refresh_statistics
from shared.work import LEASE_S

SLICE_ROWS: Final = 1_000_000
_SMALLER: Final = {"base": 100_000, "suppress": 50_000}
"""Purpose -> rows at a time: what is said of each of them is held in memory as objects."""

STATISTICS_FROM: Final = 5_000
"""Rows from which on a list changes how its tables are best read."""

_FAILED: Final = "the list could not be matched; it can be tried again with a reprocess"


@dataclass(frozen=True, slots=True)
class Matcher:
    """Matches uploads of the ledger, `slice_rows` at a time: the memory grows with a slice, never with the file.

    A dry run is one slice: nothing of it stays that a second one could go on from. `delete_file` ends its kept file.
    """

    ledger: Ledger
    slice_rows: int = SLICE_ROWS
    delete_file: Callable[[str], object] = lambda _key: None

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
            upload = _find(connection, batch.upload_id)
            limit = (
                sys.maxsize if upload.dry_run else min(self.slice_rows, _SMALLER.get(upload.purpose, self.slice_rows))
            )
            carry_never_same(connection, batch.upload_id)
            found = list_new_records(connection, batch.upload_id, limit=limit)
            part = divide(connection, upload, found)
            matched = match_records(connection, part.new.ids)
        is_last = len(found.ids) < limit
        with self.ledger.transaction() as connection:
            upload = _lock(connection, batch.upload_id)
            lock_matching(connection)
            if not is_current(connection, matched):
                matched = match_records(connection, part.new.ids)
                check_current(connection, matched)
            counts = self._take(connection, upload, part, matched)
            if is_last:
                if found_more := finish_upload(connection, upload, counts):
                    write_findings(connection, upload.id, find_findings(connection, upload.id) | found_more)
                make_ready(connection, upload.id, {verdict: counts.get(verdict, 0) for verdict in VERDICTS})
                finish_batch(connection, batch)
            elif not renew_batch(connection, batch, lease_s=LEASE_S):
                raise Superseded("lease_lost", "somebody else has taken this batch over; nothing was written")
        return is_last

    def _take(self, connection: Connection, upload: Upload, part: Slice, matched: Matched) -> dict[str, int]:
        """Puts the slice into the ledger, or tries what would become of it; gives the rows by verdict."""
        if upload.dry_run:
            counts, findings = _try(connection, upload, part, matched)
            forget_trial(connection, upload.id)
            hand_over_file(connection, upload.id)
            if upload.blob_key is not None:
                self.delete_file(upload.blob_key)
        else:
            findings = joined(find_findings(connection, upload.id), apply_slice(connection, upload, part, matched))
            counts = count_verdicts(connection, upload.id)
        if findings:
            write_findings(connection, upload.id, findings)
        return counts

    def give_up(self, batch: Batch, failure: str) -> None:
        """Fails the upload.

        Raises:
            Superseded: somebody else has the batch; nothing was written.
        """
        with self.ledger.transaction() as connection:
            fail_batch(connection, batch, failure)
            fail_upload(connection, batch.upload_id, "matching_failed", _FAILED)


def _find(connection: Connection, upload_id: int) -> Upload:
    upload = find_upload(connection, upload_id)
    assert upload is not None
    return upload


def _lock(connection: Connection, upload_id: int) -> Upload:
    upload = lock_upload(connection, upload_id)
    if upload is None or upload.state != "matching":
        raise Superseded("upload_moved", "the upload is no longer being matched")
    return upload


def _try(
    connection: Connection, upload: Upload, part: Slice, matched: Matched
) -> tuple[dict[str, int], dict[str, Any]]:
    """Gives what would become of the rows by verdict, and what else it would come to; nothing stays."""
    trial = connection.begin_nested()
    try:
        findings = apply_slice(connection, upload, part, matched)
        reasons = [
            {"verdict": verdict, "reason": reason, "rows": rows}
            for verdict, reason, rows in count_reasons(connection, upload.id)
        ]
        shares = find_shares(connection, upload.id)
        return count_verdicts(connection, upload.id), {**findings, "reasons": reasons, "shares": shares}
    finally:
        trial.rollback()
