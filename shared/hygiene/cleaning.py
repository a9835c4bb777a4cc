"""The use case of cleaning one batch: its raw rows become records or are rejected, all of it or nothing."""

from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection

from shared.hygiene.reading import NORMALISER_VERSION, PLAN_VERSION, Rejected, Rules, fields_of, read_row, rules_of
from shared.storage.batch import Batch, finish_batch, split_batch
from shared.storage.cleaning import CleaningUpload, add_rejected, find_cleaning_upload, find_storable, list_raw_cells
from shared.storage.engine import Ledger
from shared.storage.record import NewRecord, Origin, add_records
from shared.storage.upload_progress import advance

_KEYED_ROWS: Final = {"base": frozenset({"external_id"})}
"""Purpose -> fields by which a row may name somebody who is known already, without anything to reach them by."""

_BROKEN: Final = "internal_error"


@dataclass(frozen=True, slots=True)
class Cleaner:
    """Cleans batches of the ledger; `secret` is the key of the keyed hashes."""

    ledger: Ledger
    secret: bytes

    def clean_batch(self, batch: Batch) -> None:
        """Writes what the rows of the batch say, under its fence.

        Raises:
            Superseded: somebody else has the batch; nothing was written.
        """
        with self.ledger.reading() as connection:
            upload = find_cleaning_upload(connection, batch.upload_id)
            rules = find_rules(connection, upload, self.secret)
            rows = list_raw_cells(connection, batch.upload_id, batch.first_row, batch.last_row)
        results = [read_row(rules, row_no, fields_of(rules, cells)) for row_no, cells in rows]
        with self.ledger.transaction() as connection:
            write_results(connection, upload, results)
            _end_batch(connection, batch)

    def give_up(self, batch: Batch, failure: str) -> None:
        """Goes on with two halves of the batch, or rejects its one row.

        Raises:
            Superseded: somebody else has the batch; nothing was written.
        """
        with self.ledger.transaction() as connection:
            if batch.first_row < batch.last_row:
                split_batch(connection, batch, failure)
            else:
                add_rejected(connection, batch.upload_id, [(batch.first_row, _BROKEN)])
                _end_batch(connection, batch)


def find_rules(connection: Connection, upload: CleaningUpload, secret: bytes) -> Rules:
    """Gives how the rows of an upload are read."""
    may_store = find_storable(connection)
    rules = rules_of(upload.mapping, secret=secret, default_country=upload.default_country, may_store=may_store)
    return replace(rules, keyed_rows=_KEYED_ROWS.get(upload.purpose, frozenset()))


def write_results(connection: Connection, upload: CleaningUpload, results: list[NewRecord | Rejected]) -> list[int]:
    """Writes records and rejections; gives the ids of the records in their order."""
    add_rejected(
        connection, upload.upload_id, [(one.row_no, one.reason) for one in results if isinstance(one, Rejected)]
    )
    origin = Origin(upload.upload_id, upload.source_id, NORMALISER_VERSION, PLAN_VERSION)
    return add_records(connection, origin, [one for one in results if isinstance(one, NewRecord)])


def _end_batch(connection: Connection, batch: Batch) -> None:
    finish_batch(connection, batch)
    advance(connection, batch.upload_id)
