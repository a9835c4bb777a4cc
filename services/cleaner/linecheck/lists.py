"""Provider `lists`: due numbers go out as CSV files into one folder, results come in as files in another.

Whatever carries the files (a person, SFTP, a script) is outside. Results are CSV, a JSON list or JSON lines, in any
order, repeated or late; a file is moved to `done` after its results are written, so a crash reads it again, harmlessly.
The same results may come by HTTP: `POST /v1/line-checks/results` of the dispatcher.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import structlog

from shared.domain.errors import Refused
from shared.domain.line_check import Result, read_results, write_list
from shared.ids import encode
from shared.storage.line_check import Asked

_LARGEST_BYTES: Final = 50_000_000
_log = structlog.get_logger(__name__)


class Lists:
    """Lists out, results in."""

    name = "lists"
    at_once = 5_000

    def __init__(self, folder: Path) -> None:
        """Works in `out`, `in`, `done` and `unread` of a folder, which are made when they are needed."""
        self._out, self._in = folder / "out", folder / "in"
        self._done, self._unread = folder / "done", folder / "unread"

    def send(self, asked: Sequence[Asked]) -> Iterator[Result]:
        """Writes one list; nothing is known at once."""
        if asked:
            self._make_folders()
            rows = [
                (encode("line_check", one.check_id), one.e164, one.country or "", one.asked_at.isoformat())
                for one in asked
            ]
            path = self._out / f"{asked[0].asked_at:%Y%m%dT%H%M%S}-{encode('line_check', asked[0].check_id)}.csv"
            draft = path.with_suffix(".part")
            draft.write_text(write_list(rows), encoding="utf-8", newline="")
            draft.rename(path)
        return iter(())

    def collect(self) -> Iterator[Sequence[Result]]:
        """Reads each file that lies there; one that cannot be read is put aside."""
        self._make_folders()
        for path in sorted(path for path in self._in.iterdir() if path.is_file() and path.suffix != ".part"):
            try:
                results = self._read(path)
            except Refused as error:
                _log.warning("results_unreadable", code=error.code)
                path.rename(self._unread / path.name)
                continue
            yield results
            path.rename(self._done / path.name)

    def _make_folders(self) -> None:
        for folder in (self._out, self._in, self._done, self._unread):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    @staticmethod
    def _read(path: Path) -> list[Result]:
        if path.stat().st_size > _LARGEST_BYTES:
            raise Refused("results_unreadable", "a file of results has at most 50 MB")
        results, silent = read_results(path.read_bytes())
        if silent:
            _log.warning("results_silent", count=len(silent))
        return results
