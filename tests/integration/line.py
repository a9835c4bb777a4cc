"""The line as tests run it: staged rows in, leads out, in this process and under the services' own roles."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from services.cleaner import jobs
from services.verify_command import check_ledger
from shared.config import Settings, read_settings
from shared.storage.engine import Ledger
from shared.storage.invariant import Violation
from tests import builders

SECRET = bytes(range(32))
FIELDS = ("company", "person", "phone", "email", "street", "city", "country")


@dataclass(frozen=True, slots=True)
class Line:
    """A ledger with its cleaner; `db` is the owner's connection, for looking."""

    settings: Settings
    ledger: Ledger
    db: builders.Connection

    def run(self) -> None:
        """Cleans and matches whatever waits."""
        while jobs.turn(self.ledger, self.settings):
            pass

    def take_list(
        self,
        rows: Sequence[Sequence[str]],
        *,
        fields: Sequence[str] = FIELDS,
        source: int | None = None,
        dry_run: bool = False,
        purpose: str = "new",
    ) -> int:
        """Takes a list through the whole line and gives the upload."""
        upload = builders.stage_upload(
            self.db, fields, rows, source=source, batch_rows=4, dry_run=dry_run, purpose=purpose
        )
        self.run()
        return upload

    def verdicts(self, upload: int) -> list[tuple[str, str]]:
        """Verdict and reason by row."""
        rows = self.db.execute("SELECT verdict, reason FROM outcome WHERE upload_id = %s ORDER BY row_no", (upload,))
        return [(str(verdict), str(reason)) for verdict, reason in rows]

    def leads(self, upload: int) -> list[int | None]:
        """The lead by row."""
        rows = self.db.execute("SELECT lead_id FROM outcome WHERE upload_id = %s ORDER BY row_no", (upload,))
        return [lead for (lead,) in rows]

    def violations(self) -> list[Violation]:
        """Every broken invariant."""
        return check_ledger(self.settings.database_url())


@contextmanager
def running_line(database_url: str, folder: Path) -> Iterator[Line]:
    """Gives the line on a database."""
    key = folder / "secret.key"
    key.write_bytes(SECRET)
    environ = {
        "LEADMILL_DATA": str(folder),
        "LEADMILL_DATABASE_URL": database_url,
        "LEADMILL_SECRET_KEY_FILE": str(key),
    }
    settings = read_settings({**environ, "PATH": os.environ["PATH"]})
    with builders.connect(database_url) as db:
        line = Line(settings, jobs.open_ledger(settings), db)
        try:
            yield line
        finally:
            line.ledger.dispose()
