"""What one app works with, made once when it is created and reached through Flask's current app."""

from dataclasses import dataclass
from typing import Final

from flask import current_app

from shared.blobs import BlobStore
from shared.doorbell import Doorbell
from shared.storage.engine import Ledger
from shared.web.cursor import Cursors

EXTENSION: Final = "leadmill"


@dataclass(frozen=True, slots=True)
class Parts:
    """The way to the ledger, the blobs and the queue; without Valkey there is no doorbell."""

    ledger: Ledger
    blobs: BlobStore
    cursors: Cursors
    doorbell: Doorbell | None


def parts() -> Parts:
    """Gives the parts of the app that handles this request."""
    found: Parts = current_app.extensions[EXTENSION]
    return found


def ring(queue: str, **ids: int | str) -> None:
    """Rings the queue if there is a doorbell; call it after the commit."""
    doorbell = parts().doorbell
    if doorbell is not None:
        doorbell.ring(queue, **ids)
