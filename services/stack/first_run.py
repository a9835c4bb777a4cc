"""What a data folder gets once: the secret key and the first admin's token."""

import os
import secrets
from pathlib import Path

SECRET_BYTES = 32


def ensure_secret_key(file: Path) -> None:
    """Makes the key of signatures and keyed hashes unless there is one; it is complete as soon as it is there."""
    if file.exists():
        return
    unfinished = file.with_name(f"{file.name}.{os.getpid()}")
    with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as output:
        output.write(secrets.token_bytes(SECRET_BYTES))
        output.flush()
        os.fsync(output.fileno())
    unfinished.rename(file)
