"""Statements about uploads: one file of one source, its life, its progress and its counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import JSONB

_COLUMNS: Final = """id, source_id, version, replaces, purpose, state, circulation, filename, size_bytes, sha256, blob_key,
        dry_run, ask, country, reading, mapping, warnings, rows_read, counts, terms, findings, failure, created_by,
        ends_on, created_at, ready_at"""


def _with_json(statement: str, *names: str) -> sa.TextClause:
    return sa.text(statement).bindparams(*(sa.bindparam(name, type_=JSONB(none_as_null=True)) for name in names))


_ADD: Final = _with_json(
    """
    INSERT INTO leadmill.upload (source_id, version, replaces, purpose, state, circulation, filename, size_bytes, sha256,
                                 blob_key, dry_run, ask, country, reading, mapping, warnings, terms, created_by)
    VALUES (:source_id, :version, :replaces, :purpose, 'received', :circulation, :filename, :size_bytes, :sha256,
            :blob_key, :dry_run, :ask, :country, :reading, :mapping, :warnings, :terms, :created_by)
    RETURNING id
    """,
    "reading", "mapping", "warnings", "terms",
)  # fmt: skip

_FIND: Final = sa.text(f"SELECT {_COLUMNS} FROM leadmill.upload WHERE id = :id")
_LOCK: Final = sa.text(f"SELECT {_COLUMNS} FROM leadmill.upload WHERE id = :id FOR NO KEY UPDATE")
_FIND_SAME: Final = sa.text("""
    SELECT id FROM leadmill.upload
    WHERE source_id = :source_id AND sha256 = :sha256 AND state NOT IN ('failed', 'withdrawn') AND NOT dry_run
    ORDER BY version DESC LIMIT 1
""")
_LIST: Final = sa.text(f"""
    SELECT {_COLUMNS} FROM leadmill.upload
    WHERE id < :before AND (CAST(:source_id AS bigint) IS NULL OR source_id = :source_id)
      AND (CAST(:state AS text) IS NULL OR state = :state)
    ORDER BY id DESC LIMIT :limit
""")

_MOVE: Final = sa.text("UPDATE leadmill.upload SET state = :after WHERE id = :id AND state = :before")
_MOVE_CIRCULATION: Final = sa.text(
    "UPDATE leadmill.upload SET circulation = :after WHERE id = :id AND circulation = :before"
)
_LEADS: Final = """ARRAY(
        SELECT DISTINCT m.lead_id FROM leadmill.record AS r
        JOIN leadmill.membership AS m ON m.record_id = r.id AND m.closed_by IS NULL
        WHERE r.upload_id = :id)"""
_JOIN_QUEUE: Final = sa.text(f"SELECT leadmill.refresh_queue({_LEADS})")
_LEAVE_QUEUE: Final = sa.text(f"SELECT leadmill.leave_queue({_LEADS})")
_ANSWER: Final = _with_json(
    """
    UPDATE leadmill.upload SET reading = :reading, mapping = :mapping, country = :country, warnings = :warnings
    WHERE id = :id
    """,
    "reading", "mapping", "warnings",
)  # fmt: skip
_STAGED: Final = _with_json(
    """
    UPDATE leadmill.upload SET rows_read = :rows_read, warnings = :warnings, state = 'cleaning'
    WHERE id = :id AND state = 'reading'
    """,
    "warnings",
)
_SET_END: Final = sa.text("UPDATE leadmill.upload SET ends_on = :ends_on WHERE id = :id")
_GIVE_FILE: Final = sa.text("UPDATE leadmill.upload SET blob_key = NULL WHERE id = :id")


_PROGRESS: Final = sa.text("""
    SELECT (SELECT coalesce(max(row_no), 0) FROM leadmill.raw_row WHERE upload_id = :id),
           (SELECT coalesce(sum(last_row - first_row + 1), 0) FROM leadmill.batch
            WHERE upload_id = :id AND kind = 'clean' AND state = 'done')
""")


VERDICTS: Final = ("new", "merged", "review", "quarantined", "suppressed", "rejected")


@dataclass(frozen=True, slots=True)
class NewUpload:
    """A file that is whole in the blob folder, and how it will be read."""

    source_id: int
    filename: str
    size_bytes: int
    sha256: bytes
    blob_key: str | None
    circulation: str
    purpose: str = "new"
    dry_run: bool = False
    ask: bool = False
    country: str | None = None
    reading: Mapping[str, Any] = field(default_factory=dict)
    mapping: Sequence[Mapping[str, Any]] = ()
    warnings: Sequence[Mapping[str, Any]] = ()
    version: int = 1
    replaces: int | None = None
    terms: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload as it stands."""

    id: int
    source_id: int
    version: int
    replaces: int | None
    purpose: str
    state: str
    circulation: str
    filename: str
    size_bytes: int
    sha256: bytes
    blob_key: str | None
    dry_run: bool
    ask: bool
    country: str | None
    reading: Mapping[str, Any]
    mapping: Sequence[Mapping[str, Any]]
    warnings: Sequence[Mapping[str, Any]]
    rows_read: int
    counts: Mapping[str, int] | None
    terms: Mapping[str, Any]
    findings: Mapping[str, Any] | None
    failure: Mapping[str, Any] | None
    created_by: int | None
    ends_on: date | None
    created_at: datetime
    ready_at: datetime | None


@dataclass(frozen=True, slots=True)
class Work:
    """How far the machine is: rows staged, and rows in batches that are cleaned."""

    staged: int
    cleaned: int


def add_upload(connection: Connection, new: NewUpload, *, created_by: int | None) -> int:
    """Adds an upload in the state `received`; gives its id.

    Raises:
        IntegrityError: the same bytes of this source stand already; hold the source and ask `find_same_bytes` first.
    """
    values = {name: getattr(new, name) for name in NewUpload.__dataclass_fields__}
    values |= {"mapping": list(new.mapping), "warnings": list(new.warnings), "reading": dict(new.reading)}
    values["terms"] = dict(new.terms)
    added: int = connection.execute(_ADD, {**values, "created_by": created_by}).scalar_one()
    return added


def find_upload(connection: Connection, upload_id: int) -> Upload | None:
    """Gives an upload."""
    row = connection.execute(_FIND, {"id": upload_id}).one_or_none()
    return Upload(*row) if row else None


def lock_upload(connection: Connection, upload_id: int) -> Upload | None:
    """Gives an upload and holds it: its moves are made by one after the other."""
    row = connection.execute(_LOCK, {"id": upload_id}).one_or_none()
    return Upload(*row) if row else None


def find_same_bytes(connection: Connection, source_id: int, sha256: bytes) -> int | None:
    """Gives the upload of these bytes from this source that is not failed, withdrawn or dry."""
    return connection.execute(_FIND_SAME, {"source_id": source_id, "sha256": sha256}).scalar_one_or_none()


def list_uploads(
    connection: Connection, *, before: int, limit: int, source_id: int | None = None, state: str | None = None
) -> Sequence[Upload]:
    """Gives uploads, the newest first, before that id."""
    rows = connection.execute(_LIST, {"before": before, "limit": limit, "source_id": source_id, "state": state})
    return [Upload(*row) for row in rows]


def move_upload(connection: Connection, upload_id: int, *, before: str, after: str) -> bool:
    """Moves the state; False when it does not stand at `before`: somebody else was first."""
    return connection.execute(_MOVE, {"id": upload_id, "before": before, "after": after}).rowcount == 1


def move_circulation(connection: Connection, upload_id: int, *, before: str, after: str) -> bool:
    """Moves the circulation and tells the queue; False when it does not stand at `before`.

    Raises:
        IntegrityError: the table of moves has no such move.
    """
    moved = connection.execute(_MOVE_CIRCULATION, {"id": upload_id, "before": before, "after": after}).rowcount == 1
    if moved:
        connection.execute(_JOIN_QUEUE if after == "active" else _LEAVE_QUEUE, {"id": upload_id})
    return moved


def write_answers(connection: Connection, upload: Upload) -> None:
    """Keeps how the file will be read: reading, mapping, country and warnings of the given upload."""
    values = {"id": upload.id, "reading": dict(upload.reading), "mapping": list(upload.mapping)}
    connection.execute(_ANSWER, {**values, "country": upload.country, "warnings": list(upload.warnings)})


def finish_staging(
    connection: Connection, upload_id: int, *, rows_read: int, warnings: Sequence[Mapping[str, Any]]
) -> bool:
    """Moves reading to cleaning: every row is staged; False when somebody else was first."""
    values = {"id": upload_id, "rows_read": rows_read, "warnings": list(warnings)}
    return connection.execute(_STAGED, values).rowcount == 1


def set_end(connection: Connection, upload_id: int, ends_on: date) -> None:
    """Names the day from which on nothing of an upload is handed out."""
    connection.execute(_SET_END, {"id": upload_id, "ends_on": ends_on})


def hand_over_file(connection: Connection, upload_id: int) -> None:
    """Takes the kept file from a version that another one replaces and that carries its key now."""
    connection.execute(_GIVE_FILE, {"id": upload_id})


def find_work(connection: Connection, upload_id: int) -> Work:
    """Gives how far the machine is."""
    return Work(*map(int, connection.execute(_PROGRESS, {"id": upload_id}).one()))
