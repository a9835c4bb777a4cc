"""A multipart body with a large file, read as a stream: the file part goes to the blob folder as it arrives.

Nothing is held in memory or in another temporary file. Views call `receive_upload` before anything else
touches the form of the request.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import IO, Any, Final, cast

import flask
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from shared.blobs import BlobStore, BlobWriter
from shared.domain.errors import Refused

_MAX_FIELDS_BYTES: Final = 256 * 1024
_MAX_PARTS: Final = 20

UPLOAD_BODY: Final[Mapping[str, Any]] = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {"file": {"type": "string", "format": "binary"}},
            }
        }
    },
}
"""For `@blueprint.doc(requestBody=UPLOAD_BODY)`; copy it to add fields."""


@dataclass(frozen=True, slots=True)
class Received:
    """What came: the other fields as text, the name the client gave the file, and the file, not yet kept.

    Call `file.commit()` to keep it; what is not committed when the block ends is removed.
    """

    fields: Mapping[str, str]
    file_name: str
    file: BlobWriter


@contextmanager
def receive_upload(store: BlobStore, *, max_bytes: int) -> Iterator[Received]:
    """Reads the body of the present request, of which one part must be a file named `file`.

    Raises:
        Refused: `unsupported_media_type`, `too_large`, or `invalid_body` without exactly one file.
        Unavailable: `storage_full` or `storage_unavailable`.
    """
    if flask.request.mimetype != "multipart/form-data":
        raise Refused("unsupported_media_type", "send the file as multipart/form-data, in a part named `file`")
    with ExitStack() as writers:
        yield _parse(store, writers, max_bytes)


def _parse(store: BlobStore, writers: ExitStack, max_bytes: int) -> Received:
    def start(*_: object, **__: object) -> IO[bytes]:
        return cast("IO[bytes]", writers.enter_context(store.start()))

    parser = FormDataParser(
        stream_factory=start,
        max_content_length=max_bytes,
        max_form_memory_size=_MAX_FIELDS_BYTES,
        max_form_parts=_MAX_PARTS,
        silent=False,
    )
    try:
        _, fields, files = parser.parse_from_environ(flask.request.environ)
    except RequestEntityTooLarge as error:
        raise Refused(
            "too_large", f"a file may have {max_bytes} bytes, all other fields {_MAX_FIELDS_BYTES}"
        ) from error
    except ValueError as error:
        raise _no_file("the body is not multipart/form-data as its header says") from error
    received = files.getlist("file")
    if len(received) != 1 or len(files) != 1:
        raise _no_file("send exactly one file, in a part named `file`")
    file = received[0]
    return Received(fields.to_dict(), file.filename or "", cast("BlobWriter", file.stream))


def _no_file(detail: str) -> Refused:
    return Refused("invalid_body", detail, errors=[{"field": "file", "detail": detail}])
