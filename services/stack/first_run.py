"""What a data folder gets once: the secret key and the first admin's token."""

import os
import secrets
from pathlib import Path
from typing import Final

from shared.storage.admin import ensure_first_admin
from shared.storage.audit import add_audit
from shared.storage.engine import Ledger
from shared.storage.token import add_token

SECRET_BYTES: Final = 32


def ensure_secret_key(file: Path) -> None:
    """Makes the key of signatures and keyed hashes unless there is one; it is complete as soon as it is there."""
    if not file.exists():
        _write_private(file, secrets.token_bytes(SECRET_BYTES))


def ensure_admin(url: str, file: Path) -> None:
    """Makes a token of the first admin unless the file is there; a lost file gets a new token, the old one stays good.

    Args:
        url: the login of the schema's owner.
        file: where the token is kept, for its owner only.
    """
    if file.exists():
        return
    with (
        Ledger(url, application_name="leadmill first run", max_connections=1) as ledger,
        ledger.transaction() as connection,
    ):
        person_id = ensure_first_admin(connection)
        token_id, token = add_token(connection, person_id=person_id, name=file.name)
        add_audit(connection, "token_created", actor=None, entity="token", entity_id=token_id)
    _write_private(file, f"{token}\n".encode())


def _write_private(file: Path, content: bytes) -> None:
    unfinished = file.with_name(f"{file.name}.{os.getpid()}")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as output:
        output.write(content)
        output.flush()
        os.fsync(output.fileno())
    unfinished.rename(file)
