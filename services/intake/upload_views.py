"""Views of uploads: bringing a list in, and asking how far it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any, Final

from marshmallow import ValidationError
from sqlalchemy import Connection

from services.intake import uploads
from services.intake.telling import tell_upload, tell_uploads
from services.intake.upload_schema import UploadAnswer, UploadListQuery, UploadOptions, UploadPage, UploadQuery
from services.intake.uploads import Options
from shared.blobs import Blob
from shared.ids import MAX_ID, encode
from shared.storage.idempotency import Effect
from shared.storage.upload import list_uploads
from shared.web.auth import caller
from shared.web.blueprint import Blueprint
from shared.web.body import invalid
from shared.web.cursor import Page
from shared.web.idempotency import run_once
from shared.web.parts import parts, ring
from shared.web.upload import UPLOAD_BODY, Received, receive_upload

blueprint = Blueprint("uploads", __name__, url_prefix="/v1/uploads", description="Lists as files")

Answer = tuple[dict[str, Any], int, dict[str, str]]

_OPTIONS: Final = UploadOptions()
_FORM: Final = {
    **UPLOAD_BODY["content"]["multipart/form-data"]["schema"]["properties"],
    **{name: {"type": "string"} for name in ("mapping", "purpose", "country", "encoding", "sheet", "owners")},
    **{name: {"type": "string"} for name in ("suppress_scope", "channel", "register", "why", "expires_at")},
    **{name: {"type": "boolean"} for name in ("ask", "dry_run", "confirmed", "expect_clients")},
}
_BODY: Final = {
    "required": True,
    "content": {"multipart/form-data": {"schema": {"type": "object", "required": ["file"], "properties": _FORM}}},
}


@blueprint.route("", methods=["POST"])
@blueprint.arguments(UploadQuery, location="query")
@blueprint.doc(requestBody=_BODY)
@blueprint.response(202, UploadAnswer)
@blueprint.alt_response(200, schema=UploadAnswer, description="the same bytes came before: the earlier upload")
def add_upload(query: dict[str, Any]) -> Answer:
    """Bring a list in as multipart/form-data with a part `file`; the options may stand in the query or the form."""
    background = uploads.find_background(parts().ledger, query["source"], query["country"] or query["region"])
    with receive_upload(parts().blobs, max_bytes=uploads.MAX_FILE_BYTES) as received:
        options = uploads.options_of(_join_options(query, received))
        earlier = uploads.find_earlier(parts().ledger, received, background, options)
        if earlier is not None:
            return _enter(received, options, lambda _connection: Effect(200, {"upload_id": earlier}))[0]
        understood = uploads.understand_file(received, background, options)
        blob = received.file.commit()
        arrival = uploads.Arrival(
            query["source"], blob, received.file_name, understood, options, actor=caller().person_id
        )
        with _deleted_unless_used(blob) as used:
            answer, is_new = _enter(received, options, lambda connection: uploads.enter_upload(connection, arrival))
            used.extend([blob] * is_new)
    ring("read")
    return answer


def _enter(received: Received, options: Options, effect: Callable[[Connection], Effect]) -> tuple[Answer, bool]:
    """The answer, and whether this very request made the upload."""

    def render(connection: Connection, had: Effect) -> tuple[dict[str, Any], bool]:
        upload = uploads.read_upload(connection, int(str(had.ids["upload_id"])))
        return tell_upload(connection, upload), bool(had.shown)

    body = {"sha256": received.file.sha256.hex(), "options": asdict(options)}
    with parts().ledger.transaction() as connection:
        (told, is_new), status = run_once(connection, body=body, effect=effect, render=render)
    return (told, status, {"Location": f"/v1/uploads/{encode('upload', told['id'])}"}), is_new


@contextmanager
def _deleted_unless_used(blob: Blob) -> Iterator[list[Blob]]:
    """Yields a list: a file that is not put on it within the block is of no upload."""
    used: list[Blob] = []
    try:
        yield used
    finally:
        if not used:
            parts().blobs.delete(blob.key)


def _join_options(query: dict[str, Any], received: Received) -> dict[str, Any]:
    """The form's options win over the query's."""
    try:
        form = _OPTIONS.load(dict(received.fields))
    except ValidationError as error:
        raise invalid({"json": error.messages}) from error
    return {**query, **{name: form[name] for name in received.fields}}


@blueprint.route("", methods=["GET"])
@blueprint.arguments(UploadListQuery, location="query")
@blueprint.response(200, UploadPage)
def show_uploads(query: dict[str, Any]) -> Page[dict[str, Any]]:
    """List uploads, the newest first."""
    cursors, limit, listing = parts().cursors, query["limit"], f"uploads {query['source']} {query['state']}"
    before = cursors.decode(listing, query["cursor"]) or MAX_ID
    with parts().ledger.reading() as connection:
        found = list_uploads(
            connection, before=before, limit=limit + 1, source_id=query["source"], state=query["state"]
        )
        told = tell_uploads(connection, found)
    return cursors.page(listing, told, limit, lambda upload: upload["id"])


@blueprint.route("/<id(upload):upload_id>", methods=["GET"])
@blueprint.response(200, UploadAnswer)
def show_upload(upload_id: int) -> dict[str, Any]:
    """Show an upload: its state, progress, and rows by verdict."""
    with parts().ledger.reading() as connection:
        return tell_upload(connection, uploads.read_upload(connection, upload_id))
