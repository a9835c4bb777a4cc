"""The four tables that `leadmill clean` leaves: rows.csv, rejected.csv, clean.csv, pairs.csv."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from shared.domain.spreadsheet import make_harmless
from shared.ids import encode
from shared.storage.clean_export import list_fields, read_judged, read_leads, read_pairs, read_rejected

ROWS: Final = ("file", "row", "line", "verdict", "lead_id", "reason")
REJECTED: Final = ("file", "row", "line", "reason")
PAIRS: Final = ("file_a", "row_a", "file_b", "row_b", "score", "decision")
_BETWEEN: Final = "; "


def write_tables(connection: Connection, folder: Path, names: Mapping[int, str]) -> None:
    """Writes all four; `names` has by upload the name of its file."""
    _write(folder / "rows.csv", ROWS, _rows(connection, names))
    _write(folder / "rejected.csv", REJECTED, _rejected(connection, names))
    fields = list_fields(connection)
    _write(folder / "clean.csv", ("lead_id", "phone", *fields), _leads(connection, fields))
    _write(folder / "pairs.csv", PAIRS, _pairs(connection, names))


def _rows(connection: Connection, names: Mapping[int, str]) -> Iterator[Sequence[object]]:
    for upload, row, line, verdict, lead, reason in read_judged(connection):
        yield make_harmless(names[upload]), row, line, verdict, "" if lead is None else encode("lead", lead), reason


def _rejected(connection: Connection, names: Mapping[int, str]) -> Iterator[Sequence[object]]:
    for upload, row, line, reason, cells in read_rejected(connection):
        yield make_harmless(names[upload]), row, line, reason, *_harmless(cells)


def _leads(connection: Connection, fields: Sequence[str]) -> Iterator[Sequence[object]]:
    for lead in read_leads(connection):
        shown = [_shown(lead.fields.get(field)) for field in fields]
        yield encode("lead", lead.lead_id), _BETWEEN.join(lead.numbers), *_harmless(shown)


def _pairs(connection: Connection, names: Mapping[int, str]) -> Iterator[Sequence[object]]:
    for upload_a, row_a, upload_b, row_b, score, decision in read_pairs(connection):
        yield make_harmless(names[upload_a]), row_a, make_harmless(names[upload_b]), row_b, round(score, 2), decision


def _shown(value: Any) -> str:
    return _BETWEEN.join(value) if isinstance(value, list) else value or ""


def _harmless(cells: Sequence[str]) -> list[str]:
    return list(map(make_harmless, cells))


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table appears under its name when it is whole."""
    unfinished = path.with_name(f"{path.name}.new")
    with unfinished.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(chain([_harmless(header)], rows))
    unfinished.rename(path)
