"""Use cases after an upload has arrived: answers, start, circulation, withdrawal, another reading."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection

from services.intake.inspecting import Said, Understood, understand
from services.intake.sources import check_country, check_move
from services.intake.terms_schema import terms_of
from services.intake.uploads import begin, said_of, warn_of_use
from shared.blobs import BlobStore
from shared.domain.errors import Refused, Superseded, absent
from shared.domain.source import upload_circulation
from shared.hygiene.golden_fields import refresh_fields
from shared.storage.audit import add_audit, name_actor
from shared.storage.batch import add_batch
from shared.storage.mapping import find_mappings, remember_mapping
from shared.storage.match import lock_matching
from shared.storage.source import Source, find_source, list_callable_countries
from shared.storage.upload import (
    NewUpload,
    Upload,
    add_upload,
    hand_over_file,
    lock_upload,
    move_circulation,
    move_upload,
    set_end,
    write_answers,
)
from shared.storage.withdrawal import allow_time, withdraw_leads

_WITHDRAWABLE: Final = ("inspected", "ready", "failed")
_OF_READING: Final = ("mapping", "country", "region", "encoding", "sheet")


def change_upload(
    connection: Connection, blobs: BlobStore, upload_id: int, body: dict[str, Any], *, actor: int
) -> None:
    """Moves the circulation, or keeps answers about the reading of an upload that waits for them.

    Raises:
        Superseded: `move_not_allowed`, or `not_inspected`: it is being read already.
        Refused: `not_a_list`, the file is none in this reading.
    """
    upload = _hold(connection, upload_id)
    name_actor(connection, actor, reason=body["reason"])
    if any(body[name] for name in _OF_READING):
        _check_inspected(upload)
        answer_upload(connection, blobs, upload, said_of(body))
        add_audit(connection, "answer_upload", actor=actor, entity="upload", entity_id=upload_id)
    if body["ends_on"] is not None:
        set_end(connection, upload_id, body["ends_on"])
        detail = {"ends_on": body["ends_on"].isoformat()}
        add_audit(connection, "end_upload_on", actor=actor, entity="upload", entity_id=upload_id, detail=detail)
    after = body["circulation"]
    if after is not None and after != upload.circulation:
        check_move("upload circulation", upload.circulation, after)
        allow_time(connection)
        move_circulation(connection, upload_id, before=upload.circulation, after=after)
        detail = {"before": upload.circulation, "after": after}
        add_audit(connection, "move_upload", actor=actor, entity="upload", entity_id=upload_id, detail=detail)


def answer_upload(connection: Connection, blobs: BlobStore, upload: Upload, said: Said) -> None:
    """Understands the kept file anew."""
    understood, source = _understand_again(connection, blobs, upload, said)
    changed = replace(
        upload,
        reading=understood.reading,
        mapping=understood.mapping,
        country=understood.country,
        warnings=[*understood.warnings, *warn_of_use(connection, source, understood.country)],
    )
    write_answers(connection, changed)


def start_upload(connection: Connection, upload_id: int, *, actor: int) -> None:
    """Lets an upload go on that waited for answers.

    Raises:
        Superseded: `not_inspected`; it waits for nobody.
    """
    upload = _hold(connection, upload_id)
    _check_inspected(upload)
    name_actor(connection, actor)
    move_upload(connection, upload_id, before="inspected", after="reading")
    add_batch(connection, upload_id, "read")
    add_audit(connection, "start_upload", actor=actor, entity="upload", entity_id=upload_id)


def withdraw_upload(connection: Connection, upload_id: int, *, reason: str | None, actor: int) -> None:
    """Takes an upload back: what nobody has worked is withdrawn, what somebody has worked stays; the same again does nothing.

    Raises:
        Superseded: `upload_running`; wait until it is ready.
    """
    upload = _hold(connection, upload_id)
    if upload.state == "withdrawn":
        return
    if upload.state not in _WITHDRAWABLE:
        raise Superseded("upload_running", "this upload is in work; withdraw it when it is ready", state=upload.state)
    name_actor(connection, actor, reason=reason)
    # a matcher that has looked already sees that an upload went, and looks again
    lock_matching(connection)
    move_upload(connection, upload_id, before=upload.state, after="withdrawn")
    if upload.circulation != "ended":
        move_circulation(connection, upload_id, before=upload.circulation, after="ended")
    changed = withdraw_leads(connection, upload_id, reason=reason or "withdrawn", actor=actor)
    refresh_fields(connection, changed)
    add_audit(connection, "withdraw_upload", actor=actor, entity="upload", entity_id=upload_id)


def reprocess_upload(
    connection: Connection, blobs: BlobStore, upload_id: int, body: dict[str, Any], *, actor: int
) -> int:
    """Withdraws an upload and runs its file again in another reading, as its next version; gives that one's id.

    Leads that somebody has worked stay as they are. When the new version is ready, `compare_versions` says what changed.

    Raises:
        Superseded: `upload_withdrawn`, `upload_running`.
        Refused: `not_a_list`, or `file_gone`: files are kept for a time only.
    """
    old = _hold(connection, upload_id)
    if old.state == "withdrawn":
        raise Superseded("upload_withdrawn", "this upload is withdrawn; upload the file again")
    understood, source = _understand_again(connection, blobs, old, said_of(body))
    withdraw_upload(connection, upload_id, reason="reprocessed", actor=actor)
    hand_over_file(connection, upload_id)
    new_id = add_upload(
        connection, _next_version(connection, old, source, understood, terms_of(body)), created_by=actor
    )
    if body["mapping"]:
        remember_mapping(connection, old.source_id, understood.fingerprint, body["mapping"])
    begin(connection, new_id, ask=False)
    detail = {"replaces": upload_id}
    add_audit(connection, "reprocess_upload", actor=actor, entity="upload", entity_id=new_id, detail=detail)
    return new_id


def _next_version(
    connection: Connection, old: Upload, source: Source, understood: Understood, terms: Mapping[str, Any]
) -> NewUpload:
    return NewUpload(
        source_id=old.source_id,
        filename=old.filename,
        size_bytes=old.size_bytes,
        sha256=old.sha256,
        blob_key=old.blob_key,
        circulation=upload_circulation(source.circulation, old.purpose),
        purpose=old.purpose,
        dry_run=old.dry_run,
        country=understood.country,
        reading=understood.reading,
        mapping=understood.mapping,
        warnings=[*understood.warnings, *warn_of_use(connection, source, understood.country)],
        version=old.version + 1,
        replaces=old.id,
        terms={**old.terms, **terms},
    )


def _understand_again(
    connection: Connection, blobs: BlobStore, upload: Upload, said: Said
) -> tuple[Understood, Source]:
    """What is said now stands over what was said before; what was never said is found anew."""
    check_country(connection, said.country)
    source = find_source(connection, upload.source_id)
    if source is None or upload.blob_key is None:
        raise Refused("file_gone", "the file of this upload is no longer kept; upload it again")
    before = upload.reading.get("said", {})
    joined = Said(
        said.mapping or before.get("mapping"),
        said.country or upload.country,
        said.encoding or before.get("encoding"),
        said.sheet or before.get("sheet"),
    )
    understood = understand(
        blobs.find_path(upload.blob_key),
        upload.filename,
        joined,
        memories=find_mappings(connection, upload.source_id),
        callable_countries=list_callable_countries(connection),
    )
    return understood, source


def _hold(connection: Connection, upload_id: int) -> Upload:
    upload = lock_upload(connection, upload_id)
    if upload is None:
        raise absent("upload")
    return upload


def _check_inspected(upload: Upload) -> None:
    if upload.state != "inspected":
        raise Superseded("not_inspected", "this upload does not wait for answers; reprocess it", state=upload.state)
