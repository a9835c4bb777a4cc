"""Use cases of an upload's arrival: the file is kept, understood and entered, once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection

from services.intake.inspecting import Memories, Said, Understood, understand, warning
from services.intake.sources import check_country
from services.intake.terms_schema import terms_of
from shared.blobs import Blob
from shared.domain.errors import absent
from shared.domain.source import upload_circulation
from shared.storage.audit import add_audit, name_actor
from shared.storage.batch import add_batch
from shared.storage.engine import Ledger
from shared.storage.idempotency import Effect
from shared.storage.mapping import find_mappings, remember_mapping
from shared.storage.source import Source, find_country, find_source, list_callable_countries, lock_source
from shared.storage.upload import NewUpload, Upload, add_upload, find_same_bytes, find_upload, move_upload
from shared.web.upload import Received

MAX_FILE_BYTES: Final = 2 * 1024**3
_MAX_NAME: Final = 255


@dataclass(frozen=True, slots=True)
class Background:
    """What the ledger knows before a file is looked at."""

    source: Source
    memories: Memories
    callable_countries: list[str]


@dataclass(frozen=True, slots=True)
class Options:
    """What the uploader wants done with the file."""

    said: Said
    purpose: str = "new"
    ask: bool = False
    dry_run: bool = False
    terms: Mapping[str, Any] = field(default_factory=dict)


def options_of(given: Mapping[str, Any]) -> Options:
    """Reads the options of a request that its schema has checked."""
    return Options(said_of(given), given["purpose"], given["ask"], given["dry_run"], terms_of(given))


def said_of(given: Mapping[str, Any]) -> Said:
    """Reads what a request says about the reading of a file."""
    return Said(given["mapping"], given["country"] or given["region"], given["encoding"], given["sheet"])


def find_background(ledger: Ledger, source_id: int, country: str | None) -> Background:
    """Gives the source with what is known of its lists; absent is refused."""
    with ledger.reading() as connection:
        source = find_source(connection, source_id)
        if source is None:
            raise absent("source")
        check_country(connection, country)
        return Background(source, find_mappings(connection, source_id), list_callable_countries(connection))


def find_earlier(ledger: Ledger, received: Received, background: Background, options: Options) -> int | None:
    """Gives the upload that the file would only repeat; a dry run repeats nothing."""
    if options.dry_run:
        return None
    with ledger.reading() as connection:
        return find_same_bytes(connection, background.source.id, received.file.sha256)


def understand_file(received: Received, background: Background, options: Options) -> Understood:
    """Inspects the file as it lies in the blob folder, not yet committed.

    Raises:
        Refused: `not_a_list`.
    """
    said = options.said
    country = said.country or background.source.default_country
    return understand(
        received.file.path,
        received.file_name,
        Said(said.mapping, country, said.encoding, said.sheet),
        memories=background.memories,
        callable_countries=background.callable_countries,
    )


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that is kept and understood, and who brought it for which source."""

    source_id: int
    blob: Blob
    filename: str
    understood: Understood
    options: Options
    actor: int


def enter_upload(connection: Connection, arrival: Arrival) -> Effect:
    """Adds the upload with its first unit of work, or finds the one that it would repeat: then the blob is not used."""
    source_id, blob, understood, options = arrival.source_id, arrival.blob, arrival.understood, arrival.options
    source = lock_source(connection, source_id)
    if source is None:
        raise absent("source")
    earlier = None if options.dry_run else find_same_bytes(connection, source_id, blob.sha256)
    if earlier is not None:
        return Effect(200, {"upload_id": earlier})
    new = NewUpload(
        source_id=source_id,
        filename=arrival.filename[:_MAX_NAME],
        size_bytes=blob.size_bytes,
        sha256=blob.sha256,
        blob_key=blob.key,
        circulation=upload_circulation(source.circulation, options.purpose),
        purpose=options.purpose,
        dry_run=options.dry_run,
        ask=options.ask,
        country=understood.country,
        reading=understood.reading,
        mapping=understood.mapping,
        warnings=[*understood.warnings, *warn_of_use(connection, source, understood.country)],
        terms=options.terms,
    )
    name_actor(connection, arrival.actor)
    upload_id = add_upload(connection, new, created_by=arrival.actor)
    if options.said.mapping:
        remember_mapping(connection, source_id, understood.fingerprint, options.said.mapping)
    begin(connection, upload_id, ask=options.ask)
    add_audit(connection, "add_upload", actor=arrival.actor, entity="upload", entity_id=upload_id)
    return Effect(202, {"upload_id": upload_id}, shown={"is_new": True})


def begin(connection: Connection, upload_id: int, *, ask: bool) -> None:
    """Sets a received upload to work, or lets it wait for answers."""
    if ask:
        move_upload(connection, upload_id, before="received", after="inspected")
    else:
        add_batch(connection, upload_id, "read")


def warn_of_use(connection: Connection, source: Source, country: str | None) -> list[dict[str, Any]]:
    """What will keep the leads from being handed out, whatever the file holds."""
    found = find_country(connection, country) if country else None
    warnings = [warning("country_not_enabled", country=country)] if found and not found.may_call else []
    if source.circulation != "held":
        return warnings
    return [*warnings, warning("no_legal_basis" if source.legal_basis == "none" else "source_held")]


def read_upload(connection: Connection, upload_id: int) -> Upload:
    """Gives an upload; absent is refused."""
    upload = find_upload(connection, upload_id)
    if upload is None:
        raise absent("upload")
    return upload
