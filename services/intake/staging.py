"""The use case of the read job: an upload's kept file becomes raw rows, a chunk a transaction, in constant memory.

Each chunk is written under the fence of the batch together with the batch that will clean it, so that a reader
that died is continued after the last whole chunk, and one that only seemed dead writes nothing more.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final

from services.intake.inspecting import warning
from services.intake.reading.errors import NotAList
from services.intake.reading.problem import Problem
from services.intake.reading.rows import read_parts
from shared.blobs import BlobStore
from shared.domain.errors import Superseded
from shared.storage.batch import Batch, add_batch, fail_batch, finish_batch, renew_batch
from shared.storage.engine import Ledger
from shared.storage.packed_row import NewRow, pack_rows
from shared.storage.row import copy_rows, find_last_row
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
        self._waiting.setdefault(problem.line, self.count(problem.code, problem.line))

    def count(self, code: str, line: int) -> str:
        """Counts a complaint and gives its code."""
        count_and_line = self.counts.setdefault(code, [0, line])
        count_and_line[0] += 1
        return code

    @property
    def are_waiting(self) -> bool:
        """Whether one waits for its row."""
        return bool(self._waiting)

    def take(self, line_no: int) -> str | None:
        """Gives the complaint about the row of this line; those about earlier lines have no row."""
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
        try:
            with _no_collections():
                for chunk in _chunks(self._read(upload, complaints, last_row)):
                    self._write(batch, chunk, _pack(batch.upload_id, chunk, complaints))
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

    def _read(self, upload: Upload, complaints: Complaints, last_row: int) -> Iterator[list[NewRow]]:
        """Rows behind that one, as they come."""
        if upload.blob_key is None:
            raise FileNotFoundError
        for part in read_parts(self.blobs.find_path(upload.blob_key), upload.reading["plan"]):
            for problem in part.problems:
                complaints.add(problem)
            if complaints.are_waiting:
                rows = [NewRow(*row, complaints.take(row.line_no)) for row in part.rows]
            else:
                rows = [NewRow(*row) for row in part.rows]
            yield rows if not rows or rows[0].row_no > last_row else [row for row in rows if row.row_no > last_row]

    def _write(self, batch: Batch, chunk: list[NewRow], packed: bytes) -> None:
        with self.ledger.transaction() as connection:
            _check_fence(renew_batch(connection, batch, lease_s=LEASE_S))
            copy_rows(connection, packed)
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


def _pack(upload_id: int, chunk: list[NewRow], complaints: Complaints) -> bytes:
    """The rows without NULs and halves of surrogate pairs, which JSON can write and PostgreSQL's text cannot hold."""
    try:
        return pack_rows(upload_id, chunk)
    except ValueError:
        return pack_rows(upload_id, [_mend(row, complaints) for row in chunk])


def _mend(row: NewRow, complaints: Complaints) -> NewRow:
    texts = [cell.replace("\0", "\ufffd").encode("utf-16-le", "surrogatepass") for cell in row.cells]
    cells = tuple([text.decode("utf-16-le", "replace") for text in texts])
    if cells == tuple(row.cells):
        return row
    return row._replace(cells=cells, problem=row.problem or complaints.count("undecodable", row.line_no))


@contextmanager
def _no_collections() -> Iterator[None]:
    """No look for cycles among millions of rows, which have none: it takes a quarter of the time of reading."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _chunks(parts: Iterator[list[NewRow]]) -> Iterator[list[NewRow]]:
    """Chunks of rows, bounded in number and in size."""
    chunk: list[NewRow] = []
    chars = 0
    for part in parts:
        more = sum(map(len, chain.from_iterable([row.cells for row in part])))
        if len(chunk) + len(part) < CHUNK_ROWS and chars + more < MAX_CHUNK_CHARS:
            chunk += part
            chars += more
            continue
        for row in part:
            chunk.append(row)
            chars += sum(map(len, row.cells))
            if len(chunk) == CHUNK_ROWS or chars > MAX_CHUNK_CHARS:
                yield chunk
                chunk, chars = [], 0
    if chunk:
        yield chunk
