"""How a file will be read: what inspection found, what people say now or said of its header before, and the doubts."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from services.intake.reading.download import HEAD, is_download
from services.intake.reading.inspection import Inspection, inspect_file
from services.intake.reading.mapping import Column, find_given
from services.intake.reading.rows import Row, read_rows
from services.intake.reading.signature import TEXT
from services.intake.region import Place, find_mismatch
from shared.domain.errors import Refused
from shared.domain.reason import hint_of

_JUDGED_ROWS: Final = 100
_IGNORE: Final = "ignore"
_PHONES: Final = ("phone", "mobile")
_NAMES: Final = ("company", "person", "family_name", "given_name", "email")

Memories = Mapping[bytes, Mapping[str, str]]
Warnings = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said of the reading; None leaves it to inspection."""

    mapping: Mapping[str, str] | None = None
    country: str | None = None
    encoding: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """How a file is read, as it is kept with its upload: `mapping` and `warnings` are plain values for JSON."""

    reading: Mapping[str, Any]
    mapping: Sequence[Mapping[str, Any]]
    warnings: Warnings
    country: str | None
    fingerprint: bytes


def understand(
    path: Path, filename: str, said: Said, *, memories: Memories, callable_countries: Sequence[str]
) -> Understood:
    """Inspects a file whose bytes are all there; the cost does not grow with its size.

    Raises:
        Refused: `not_a_list`, with the reader's `reason` and what to do.
    """
    found = _inspect(path, filename, said, memory=None)
    fingerprint = fingerprint_of(found.columns)
    memory = memories.get(fingerprint) if said.mapping is None else None
    if memory:
        found = _inspect(path, filename, said, memory=memory)
    warnings = _warn_of_columns(found.columns) + _warn_of_file(found)
    warnings += _warn_of_mapping(found.columns, said.mapping or {})
    warnings += _warn_of_country(path, found, said.country, callable_countries)
    mapping = _mapping_of(found.columns, said.mapping or memory or {})
    kept = {"mapping": dict(said.mapping or {}), "encoding": said.encoding, "sheet": said.sheet}
    reading = {**_reading_of(path, found), "said": kept}
    return Understood(reading, mapping, warnings, said.country, fingerprint)


def fingerprint_of(columns: Sequence[Column]) -> bytes:
    """Gives what tells a header from another, whatever its letters' case and the space around its words."""
    headers = [column.header for column in columns]
    # a download of ours that comes back has the columns of its list behind those of ours
    own = headers[len(HEAD) :] if is_download(headers) else headers
    names = [(header or "").strip().casefold() for header in own]
    return hashlib.sha256("\x1f".join([str(len(names)), *names]).encode()).digest()


def _mapping_of(columns: Sequence[Column], given: Mapping[str, str]) -> list[dict[str, Any]]:
    """The columns as they are kept: one to be ignored says so, since one without a field is kept with the lead."""
    start = 1 - len(HEAD) if is_download([column.header for column in columns]) else 1
    ignored = [find_given(given, column.header, place) == _IGNORE for place, column in enumerate(columns, start)]
    pairs = zip(columns, ignored, strict=True)
    return [{**asdict(column), **({"field": _IGNORE} if is_ignored else {})} for column, is_ignored in pairs]


def _inspect(path: Path, filename: str, said: Said, *, memory: Mapping[str, str] | None) -> Inspection:
    try:
        found = inspect_file(
            path,
            filename=filename,
            sheet=said.sheet,
            encoding=said.encoding,
            mapping=said.mapping,
            memory=memory,
            country=said.country,
            sample_only=True,
        )
    except UnicodeError as error:
        raise Refused("not_a_list", "The file is not in the encoding that was named.", reason="encoding") from error
    if not found.is_list:
        problem = found.problems[0]
        columns = [column.header for column in found.columns]
        raise Refused("not_a_list", problem.detail, reason=problem.code, columns=columns)
    return found


def _reading_of(path: Path, found: Inspection) -> dict[str, Any]:
    shown = {name: getattr(found, name) for name in ("format", "encoding", "delimiter", "sheet", "header_line")}
    return {**shown, "plan": found.reading, "expected_rows": _guess_rows(path, found)}


def _guess_rows(path: Path, found: Inspection) -> int | None:
    """From the size of the first rows; None for what is packed."""
    if found.reading.get("kind") != TEXT or not found.sample:
        return None
    sizes = [sum(len(cell.encode("utf-8", "replace")) + 1 for cell in row) for row in found.sample]
    return max(1, path.stat().st_size * len(sizes) // max(1, sum(sizes)))


def warning(code: str, **facts: object) -> dict[str, Any]:
    """Makes a warning: a code, its hint, and facts that are no personal values."""
    return {"code": code, "detail": hint_of(code) or code, **facts}


def _warn_of_columns(columns: Sequence[Column]) -> Warnings:
    fields = {column.field for column in columns}
    found = [warning("no_phone_column")] if not fields & set(_PHONES) else []
    return found if fields & set(_NAMES) else [*found, warning("no_name_column")]


def _warn_of_mapping(columns: Sequence[Column], given: Mapping[str, str]) -> Warnings:
    """What was said of columns that the file does not have."""
    places = list(enumerate(columns, 1))
    absent = [key for key in given if not any(find_given({key: "x"}, column.header, place) for place, column in places)]
    return [warning("no_such_column", columns=absent)] if absent else []


def _warn_of_file(found: Inspection) -> Warnings:
    """What is said of the file as a whole; complaints about lines are counted when all of them are read."""
    return [{"code": problem.code, "detail": problem.detail} for problem in found.problems if problem.line == 0]


def _warn_of_country(path: Path, found: Inspection, chosen: str | None, candidates: Sequence[str]) -> Warnings:
    rows = _judged_rows(path, found)
    phones = _places_of(found, *_PHONES)
    cells = [_cell(row, place) for row in rows for place in phones]
    places = [_place_of(found, row) for row in rows]
    mismatch = find_mismatch(cells, chosen=chosen, candidates=candidates, places=places)
    return [warning("region_mismatch", **asdict(mismatch))] if mismatch else []


def _judged_rows(path: Path, found: Inspection) -> list[Sequence[str]]:
    """The first rows that do not name a country themselves."""
    countries = _places_of(found, "country")
    rows = (item.cells for item in read_rows(path, found.reading) if isinstance(item, Row))
    return [row for row in islice(rows, _JUDGED_ROWS) if not any(_cell(row, place) for place in countries)]


def _places_of(found: Inspection, *fields: str) -> list[int]:
    return [place for place, column in enumerate(found.columns) if column.field in fields]


def _place_of(found: Inspection, row: Sequence[str]) -> Place:
    def first(field: str) -> str:
        return next((cell for place in _places_of(found, field) if (cell := _cell(row, place))), "")

    domains = tuple(cell for place in _places_of(found, "email", "website") if (cell := _cell(row, place)))
    return Place(first("city"), first("postcode"), first("region"), domains)


def _cell(row: Sequence[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""
