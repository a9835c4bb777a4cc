"""How an upload is told to those who ask: its state with counts and progress as they are now."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection

from services.intake.progress import find_progress
from shared.storage.upload import VERDICTS, Upload, find_work
from shared.storage.upload_progress import count_verdicts

_PLAIN: Final = (
    "id", "source_id", "state", "circulation", "ends_on", "warnings", "version", "replaces", "purpose", "dry_run", "ask",
    "country", "filename", "size_bytes", "mapping", "findings", "failure", "created_at", "ready_at",
)  # fmt: skip
_OF_READING: Final = ("format", "encoding", "delimiter", "sheet", "header_line")


def tell_upload(connection: Connection, upload: Upload) -> dict[str, Any]:
    """Gives what the schema of an upload shows."""
    work = find_work(connection, upload.id) if upload.state in ("reading", "cleaning", "failed") else None
    rows_read = upload.rows_read or (work.staged if work else 0)
    progress = find_progress(
        upload.state,
        staged=work.staged if work else 0,
        cleaned=work.cleaned if work else 0,
        rows_read=rows_read,
        expected_rows=upload.reading.get("expected_rows"),
    )
    told = {name: getattr(upload, name) for name in _PLAIN}
    shown = {name: upload.reading.get(name) for name in _OF_READING}
    return {**told, **shown, "progress": progress, "rows": _count_rows(connection, upload, rows_read)}


def tell_uploads(connection: Connection, uploads: Sequence[Upload]) -> list[dict[str, Any]]:
    """The same for several."""
    return [tell_upload(connection, upload) for upload in uploads]


def _count_rows(connection: Connection, upload: Upload, rows_read: int) -> dict[str, int]:
    counts = upload.counts if upload.counts is not None else count_verdicts(connection, upload.id)
    return {"read": rows_read, **{verdict: counts.get(verdict, 0) for verdict in VERDICTS}}
