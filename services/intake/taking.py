"""One lead, or one request from a form, taken into the base at once."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from shared.hygiene.inline import take_row
from shared.storage.audit import add_audit, name_actor
from shared.storage.idempotency import Effect
from shared.storage.pipeline import pipelined
from shared.storage.request import add_request


def take_lead(
    connection: Connection,
    source_id: int,
    fields: Mapping[str, Sequence[str]],
    *,
    secret: bytes,
    is_request: bool,
    actor: int | None,
) -> Effect:
    """Takes it, adds the request if there is one, and writes who did it; the effect names upload and row.

    Raises:
        Refused: `not_found`, no such source.
    """
    with pipelined(connection):
        name_actor(connection, actor)
    taken = take_row(connection, secret=secret, source_id=source_id, fields=fields)
    if is_request and taken.lead_id is not None:
        add_request(connection, taken.lead_id, taken.upload_id, taken.row_no)
    detail = {"row": taken.row_no, "request": is_request}
    add_audit(connection, "add_lead", actor=actor, entity="upload", entity_id=taken.upload_id, detail=detail)
    return Effect(201, {"upload_id": taken.upload_id, "row": taken.row_no})
