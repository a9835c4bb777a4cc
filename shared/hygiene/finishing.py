"""What follows when the last row of an upload has its verdict: a bad list is held, and what a misreading did is made good."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection

from shared.domain.reason import hint_of
from shared.domain.source import is_unusually_bad
from shared.storage.audit import name_actor
from shared.storage.move_in import rest_misread
from shared.storage.upload import Upload, move_circulation
from shared.storage.usual import add_warning, find_usual

_JUDGED: Final = ("new", "base")


def finish_upload(connection: Connection, upload: Upload, counts: Mapping[str, int]) -> dict[str, Any]:
    """Holds a list that is far worse than usual until a person has looked at it; numbers called under a misreading rest.

    Gives what to add to the upload's findings.
    """
    _hold_if_bad(connection, upload, counts)
    if upload.replaces is None or upload.dry_run:
        return {}
    misread = rest_misread(connection, upload.replaces, upload.id)
    return {"misread_numbers": misread}


def _hold_if_bad(connection: Connection, upload: Upload, counts: Mapping[str, int]) -> None:
    if upload.dry_run or upload.circulation != "active" or upload.purpose not in _JUDGED:
        return
    bad, rows = counts.get("rejected", 0) + counts.get("quarantined", 0), sum(counts.values())
    usual = find_usual(connection, source_id=upload.source_id, but=upload.id)
    if not is_unusually_bad(bad, rows, usual_bad=usual.bad, usual_rows=usual.rows, limit=usual.limit):
        return
    name_actor(connection, None, reason="bad_share")
    move_circulation(connection, upload.id, before="active", after="held")
    told = {"share": round(bad / rows, 3), "usual": round(usual.bad / usual.rows, 3) if usual.rows else None}
    add_warning(
        connection, upload.id, {"code": "bad_share", "detail": hint_of("bad_share"), **told, "limit": usual.limit}
    )
