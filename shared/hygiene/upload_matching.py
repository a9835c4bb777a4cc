"""The use case of matching one upload: its records get leads, its rows verdicts, and it becomes ready."""

from dataclasses import dataclass

from sqlalchemy import Connection

from shared.domain.errors import Superseded
from shared.hygiene.applying import apply_matched
from shared.hygiene.base import COUNT_FROM, count_in
from shared.hygiene.matching import Matched, match_records
from shared.storage.batch import Batch, fail_batch, finish_batch
from shared.storage.candidate import NewRecords, find_last_membership, list_new_records
from shared.storage.engine import Ledger
from shared.storage.match import lock_matching
from shared.storage.upload import VERDICTS, Upload, lock_upload
from shared.storage.upload_progress import count_verdicts, fail_upload, make_ready

_FAILED = "the list could not be matched; it can be tried again with a reprocess"


@dataclass(frozen=True, slots=True)
class Matcher:
    """Matches uploads of the ledger."""

    ledger: Ledger

    def match_batch(self, batch: Batch) -> None:
        """Matches without holding anybody up, then applies it all at once under the batch's fence.

        Raises:
            Superseded: the batch or the upload is somebody else's matter now; nothing was written.
        """
        with self.ledger.transaction() as connection:
            new = list_new_records(connection, batch.upload_id)
            matched = match_records(connection, new.ids)
        with self.ledger.transaction() as connection:
            upload = _lock(connection, batch.upload_id)
            lock_matching(connection)
            if find_last_membership(connection) != matched.mark:
                matched = match_records(connection, new.ids)
            counts = _apply(connection, upload, matched, new)
            make_ready(connection, upload.id, {verdict: counts.get(verdict, 0) for verdict in VERDICTS})
            finish_batch(connection, batch)

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


def _apply(connection: Connection, upload: Upload, matched: Matched, new: NewRecords) -> dict[str, int]:
    """Gives the rows by verdict; of a dry run nothing else stays."""
    if not upload.dry_run:
        apply_matched(connection, upload.id, matched, new.site_keys)
        if matched.new >= COUNT_FROM:
            count_in(connection, matched.gained)
        return count_verdicts(connection, upload.id)
    trial = connection.begin_nested()
    try:
        apply_matched(connection, upload.id, matched, new.site_keys)
        return count_verdicts(connection, upload.id)
    finally:
        trial.rollback()
