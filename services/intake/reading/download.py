"""Our own downloads that come back: rejected.csv with its rows corrected, all else in it as it was given."""

from collections.abc import Iterator, Sequence
from typing import Final

from services.intake.reading.table import Part
from shared.domain.spreadsheet import restore

HEAD: Final = ("row", "line", "verdict", "reason", "hint", "lead_id")
"""What our downloads say of a row, before its own cells."""


def is_download(headers: Sequence[str | None]) -> bool:
    """Whether a list is one of our downloads, with columns of its own."""
    return tuple(headers[: len(HEAD)]) == HEAD and len(headers) > len(HEAD)


def restore_parts(parts: Iterator[Part]) -> Iterator[Part]:
    """The rows as they were before they were made harmless for spreadsheets."""
    for part in parts:
        yield Part(part.problems, [row._replace(cells=tuple(map(restore, row.cells))) for row in part.rows])
