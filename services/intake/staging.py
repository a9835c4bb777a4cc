"""The use case of the read job: an upload's kept file becomes raw rows, a chunk a transaction, in constant memory.

Each chunk is written under the fence of the batch together with the batch that will clean it, so that a reader
that died is continued after the last whole chunk, and one that only seemed dead writes nothing more.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from services.intake.inspecting import warning
from services.intake.reading.errors import NotAList
from services.intake.reading.problem import Problem
from services.intake.reading.rows import Row, read_rows
from shared.blobs import BlobStore
from shared.domain.errors import Superseded
from shared.storage.batch import Batch, add_batch, fail_batch, finish_batch, renew_batch
from shared.storage.engine import Ledger
from shared.storage.row import NewRow, copy_rows, find_last_row
from shared.storage.upload import Upload, find_upload, finish_staging, move_upload
from shared.storage.upload_progress import advance, fail_upload
from shared.work import LEASE_S

CHUNK_ROWS: Final = 5000
MAX_CHUNK_CHARS: Final = 8_000_000
"""Rows with very long cells come in smaller chunks."""

Ring = Callable[[str], object]


@dataclass(slots=True)
class Complaints:
    """Complaints of the reader: those about a row wait for it, all are counted by code."""

    counts: dict[str, list[int]] = field(default_factory=dict)
    _waiting: dict[int, str] = field(default_factory=dict)

    def add(self, problem: Problem) -> None:
        """Counts it and lets it wait for its row."""
        count_and_line = self.counts.setdefault(problem.code, [0, problem.line])
        count_and_line[0] += 1
        self._waiting.setdefault(problem.line, problem.code)

    def take(self, line_no: int) -> str | None:
        """Gives the complaint about the row of this line; those about earlier lines have no row."""
        if not self._waiting:
            return None
        code = self._waiting.pop(line_no, None)
        for line in [line for line in self._waiting if line < line_no]:
            del self._waiting[line]
        return code

    def warnings(self) -> list[dict[str, Any]]:
        """Gives one warning a code, with how often and where first."""
        return [warning(code, count=count, line=line) for code, (count, line) in self.counts.items()]


@dataclass(frozen=True, slots=True)
class Stager:
    """Reads batches of kind `read` into the ledger."""

    ledger: Ledger
    blobs: BlobStore
    ring: Ring

    def stage(self, batch: Batch) -> None:
        """Stages all rows of the batch's upload; may be called again after any death.

        Raises:
            Superseded: somebody else has the batch; what was staged before that stays and is right.
            Unavailable: the ledger is away.
        """
        upload, last_row = self._begin(batch)
        complaints, broken = Complaints(), None
        rows = self._read(upload, complaints)
        try:
            for chunk in _chunks(row for row in rows if row.row_no > last_row):
                self._write(batch, chunk)
                last_row = chunk[-1].row_no
        except NotAList as error:
            broken = {"code": error.code, "detail": error.detail}
        except FileNotFoundError:
            broken = {"code": "file_gone", "detail": "the kept file is no longer there; upload it again"}
        self._end(batch, upload, last_row, complaints.warnings(), broken)

    def give_up(self, batch: Batch, failure: str) -> None:
        """Ends an upload whose reading broke our code again and again; what was staged of it is not cleaned further."""
        with self.ledger.transaction() as connection:
            fail_upload(connection, batch.upload_id, "internal_error", "reading this file broke our code; it is logged")
            fail_batch(connection, batch, failure)

    def _begin(self, batch: Batch) -> tuple[Upload, int]:
        with self.ledger.transaction() as connection:
            _check_fence(renew_batch(connection, batch, lease_s=LEASE_S))
            move_upload(connection, batch.upload_id, before="received", after="reading")
            upload = find_upload(connection, batch.upload_id)
            if upload is None or upload.state != "reading":
                raise Superseded("not_reading", "this upload is not to be read")
            return upload, find_last_row(connection, batch.upload_id)

    def _read(self, upload: Upload, complaints: Complaints) -> Iterator[NewRow]:
        if upload.blob_key is None:
            raise FileNotFoundError
        for item in read_rows(self.blobs.find_path(upload.blob_key), upload.reading["plan"]):
            if isinstance(item, Row):
                cells = item.cells
                if not _is_storable(cells):
                    complaints.add(Problem(item.line_no, "undecodable", "characters that no text may hold"))
                    cells = tuple(map(_make_storable, cells))
                yield NewRow(item.row_no, item.line_no, cells, complaints.take(item.line_no))
            else:
                complaints.add(item)

    def _write(self, batch: Batch, chunk: list[NewRow]) -> None:
        with self.ledger.transaction() as connection:
            _check_fence(renew_batch(connection, batch, lease_s=LEASE_S))
            copy_rows(connection, batch.upload_id, chunk)
            add_batch(connection, batch.upload_id, "clean", chunk[0].row_no, chunk[-1].row_no)
        self.ring("clean")

    def _end(
        self,
        batch: Batch,
        upload: Upload,
        last_row: int,
        warnings: list[dict[str, Any]],
        broken: dict[str, str] | None,
    ) -> None:
        """What was read of a file that breaks off goes on, with a warning; only a file that gave nothing fails."""
        with self.ledger.transaction() as connection:
            if last_row == 0:
                failure = broken or {"code": "no_records", "detail": "the file holds no record"}
                fail_upload(connection, upload.id, failure["code"], failure["detail"])
            else:
                if broken:
                    warnings.append(warning("truncated", count=1, reason=broken["code"]))
                finish_staging(connection, upload.id, rows_read=last_row, warnings=[*upload.warnings, *warnings])
            finish_batch(connection, batch)
            advance(connection, upload.id)
        self.ring("clean")


def _check_fence(is_ours: bool) -> None:
    if not is_ours:
        raise Superseded("lease_lost", "somebody else has taken this batch over; nothing was written")


def _is_storable(cells: Sequence[str]) -> bool:
    """Whether no cell holds a NUL or half a surrogate pair, which JSON can write and PostgreSQL's text cannot hold."""
    text = "\t".join(cells)
    return "\0" not in text and (text.isascii() or not any("\ud800" <= char <= "\udfff" for char in set(text)))


def _make_storable(cell: str) -> str:
    return cell.replace("\0", "\ufffd").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _chunks(rows: Iterator[NewRow]) -> Iterator[list[NewRow]]:
    """Chunks of rows, bounded in number and in size."""
    while first := list(islice(rows, 1)):
        chunk, chars = first, sum(map(len, first[0].cells))
        for row in islice(rows, CHUNK_ROWS - 1):
            chunk.append(row)
            chars += sum(map(len, row.cells))
            if chars > MAX_CHUNK_CHARS:
                break
        yield chunk
