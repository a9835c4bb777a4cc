"""The entry point of the queue `train`: learns the matcher's weights again when the base has grown."""

import os
from typing import Final

import structlog

from shared.config import read_settings
from shared.hygiene.training import train_base
from shared.storage.engine import Ledger

_STATEMENT_TIMEOUT_S: Final = 600.0

_log = structlog.get_logger(__name__)


def look(**_ring: int | str) -> None:
    """Learns if it is due; nothing that a ring carries is needed."""
    settings = read_settings(os.environ)
    with Ledger(
        settings.database_url("cleaner"),
        application_name="leadmill-training",
        max_connections=1,
        statement_timeout_s=_STATEMENT_TIMEOUT_S,
    ) as ledger:
        changes = train_base(ledger, dry_run=False, only_if_due=True)
    if changes is not None:
        _log.info("trained", version=changes.version, records=changes.records, moved=changes.moved)
