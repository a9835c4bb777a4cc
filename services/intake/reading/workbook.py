"""Sheets of workbooks as records: calamine for what fits in memory, openpyxl's stream for larger XLSX."""

import json
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import python_calamine

from services.intake.reading import sheet_probe
from services.intake.reading.cellvalue import write_cell
from services.intake.reading.dialect import MAX_COLUMNS
from services.intake.reading.errors import Damaged, Hostile, NoTable, Protected
from services.intake.reading.records import Batch

STREAM_BYTES = 96 << 20
"""Inflated XML above this is streamed: calamine would hold five to ten times as much."""
MAX_INFLATED_BYTES = 2 << 30
MAX_RATIO = 150
MIN_BOMB_BYTES = 16 << 20
MAX_XLS_BYTES = 64 << 20
BATCH_ROWS = 2000
READER_ERRORS = (
    python_calamine.CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    SyntaxError,
    RuntimeError,
    NotImplementedError,
    AssertionError,
)
"""What calamine, openpyxl and the XML and zip readers below them raise on damaged files."""
PANIC = "PanicException"
"""What Rust code raises where it gave up; the class cannot be imported."""
BROKEN_OFF = "The workbook is broken off or damaged. Export it again."
UNREADABLE = "The workbook cannot be read. Save it again as XLSX or CSV."
PASSWORD = "The workbook is protected by a password. Save it without one."
FAR_CELLS = "Delete what stands far outside the list, or save the list as CSV."
MAX_CELLS = 4_000_000
"""Empty ones count: calamine holds the whole rectangle of a sheet, 32 bytes a cell."""
PROBE_S = 120.0
PROBE_BYTES = 66 << 20
"""What an interpreter with calamine maps before it reads anything, and fifty megabytes."""
MAX_STREAMED_CELLS = 64_000_000
"""Empty ones count: a stream passes over them, which takes time."""
MAX_SHARED_BYTES = 4 << 20
"""Of all parts that are no sheets, when a sheet is streamed that is too sparse for memory: they are held whole."""
PROBE_FACTOR = 12
FEW_CELLS = 50_000
"""Above this an ODS has at least a byte of XML for each cell, however many empty ones it says in one."""
FAULT_CELL = re.compile(rb'\st="e"')


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its place and name, whether a person sees it, its size in cells (0 x 0 when unknown or empty)."""

    index: int
    name: str
    is_hidden: bool
    height: int
    width: int

    @property
    def cells(self) -> int:
        """The size of its rectangle."""
        return self.height * self.width


def check_size(path: Path, format_: str) -> bool:
    """True when the workbook must be streamed.

    Raises:
        Hostile: when it inflates beyond what a list may.
        Protected: when its parts are encrypted.
        Damaged: when it cannot be inflated.
    """
    packed = path.stat().st_size
    if format_ == "xls":
        if packed > MAX_XLS_BYTES:
            raise Hostile("too_large", "The XLS workbook is too large to read. Save it as XLSX or CSV.")
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            total = sum(info.file_size for info in infos)
            if total > MAX_INFLATED_BYTES or (total > MIN_BOMB_BYTES and total > MAX_RATIO * packed):
                raise Hostile("bomb", "The workbook inflates beyond any honest list. Save the list as CSV.")
            if any(info.flag_bits & 1 for info in infos):
                raise Protected("password", PASSWORD)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Damaged("damaged", BROKEN_OFF) from error
    if total > STREAM_BYTES and format_ != "xlsx":
        raise Hostile("too_large", "The workbook is too large to read. Save it as XLSX or CSV.")
    return total > STREAM_BYTES


def has_faults(path: Path) -> bool:
    """True when a cell of an XLSX holds an error value, which calamine would show as empty.

    Raises:
        Hostile: when a part inflates to more than it declares.
    """
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if info.filename.startswith("xl/worksheets/") and info.filename.endswith(".xml"):
                with archive.open(info) as stream:
                    while block := stream.read(1 << 20):
                        if FAULT_CELL.search(block):
                            return True
    return False


class Workbook:
    """A workbook; `is_streamed` says that only one row at a time is in memory.

    `is_large` says that a sheet was found to be too large for memory. Before a workbook is read for the first time its
    sheets must have been listed: that is done where it can hurt nothing.
    """

    def __init__(self, path: Path, format_: str, *, is_large: bool = False) -> None:
        self._path = path
        self._format = format_
        self.is_streamed = check_size(path, format_) or is_large
        self._use_openpyxl = self.is_streamed or (format_ == "xlsx" and self._read_faults())

    def _read_faults(self) -> bool:
        with reading(BROKEN_OFF):
            return has_faults(self._path)

    def list_sheets(self) -> list[Sheet]:
        """All sheets of cells in their order; one that does not state its size counts as a single cell.

        Raises:
            Hostile: when it would take more memory or time than any list may.
        """
        if self._use_openpyxl:
            return self._list_streamed()
        try:
            sheets = probe_sheets(self._path)
        except Hostile:
            return self._list_sparse()
        cells = sum(sheet.cells for sheet in sheets)
        if self._format != "xlsx" and cells > MAX_CELLS:
            raise Hostile("too_large", f"The workbook spans too many cells. {FAR_CELLS}")
        if self._format == "ods" and cells > max(FEW_CELLS, find_inflated_size(self._path)):
            raise Hostile("bomb", "The workbook repeats its cells beyond any honest list. Save the list as CSV.")
        return sheets

    def _list_streamed(self) -> list[Sheet]:
        with self._open_streamed() as book:
            return [
                Sheet(index, sheet.title, sheet.sheet_state != "visible", sheet.max_row or 1, sheet.max_column or 1)
                for index, sheet in enumerate(book.worksheets)
            ]

    def _list_sparse(self) -> list[Sheet]:
        """Goes on as a stream with a sheet that only spans too many empty cells."""
        if self._format != "xlsx" or find_inflated_size(self._path, but="xl/worksheets/") > MAX_SHARED_BYTES:
            raise Hostile("too_large", f"The workbook would take too much memory or time. {FAR_CELLS}")
        self.is_streamed = self._use_openpyxl = True
        sheets = self._list_streamed()
        if sum(sheet.cells for sheet in sheets) > MAX_STREAMED_CELLS:
            raise Hostile("too_large", f"The workbook spans too many cells. {FAR_CELLS}")
        return sheets

    @contextmanager
    def _open_streamed(self) -> Iterator[Any]:
        import openpyxl

        # not the path: openpyxl would judge the list by its name
        with self._path.open("rb") as stream:
            with reading(UNREADABLE):
                book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            yield book

    def read(self, index: int) -> Iterator[Batch]:
        """The records of a sheet with their row numbers as lines; empty rows are empty records."""
        first = 1
        rows = map(cut_far, self._iterate(index))
        while chunk := list(islice(rows, BATCH_ROWS)):
            batch = [list(map(write_cell, row)) if row else [] for row in chunk]
            yield Batch(range(first, first + len(batch)), batch)
            first += len(batch)

    def _iterate(self, index: int) -> Iterator[Iterable[Any]]:
        """The rows of a sheet as the library gives them."""
        with reading("A sheet cannot be read. Save the workbook again as XLSX or CSV."):
            if not self._use_openpyxl:
                yield from (
                    python_calamine.CalamineWorkbook.from_path(str(self._path)).get_sheet_by_index(index).iter_rows()
                )
                return
            with self._open_streamed() as book:
                sheet = book.worksheets[index]
                if (sheet.max_column or 0) > MAX_COLUMNS:
                    # what the sheet claims of itself: each row would be filled up to it
                    sheet.reset_dimensions()
                yield from sheet.iter_rows(values_only=True)


def cut_far(row: Iterable[Any]) -> Iterable[Any]:
    """The cells of a row, without empty ones beyond what any list has: a sparse row can be as wide as its sheet.

    Raises:
        Hostile: when something stands there.
    """
    cells = row if isinstance(row, tuple) else list(row)
    if len(cells) <= MAX_COLUMNS:
        return cells
    if any(cell not in (None, "") for cell in cells[MAX_COLUMNS:]):
        raise Hostile("too_many_columns", f"A sheet has {len(cells)} columns. Keep those that are needed.")
    return cells[:MAX_COLUMNS]


def find_inflated_size(path: Path, *, but: str = " ") -> int:
    """The bytes of the parts of a zip as its index states them, without those in a folder; of a file that is none, its own."""
    if not zipfile.is_zipfile(path):
        return path.stat().st_size
    with zipfile.ZipFile(path) as archive:
        return sum(info.file_size for info in archive.infolist() if not info.filename.startswith(but))


def command_of(path: Path) -> list[str]:
    """How the sheets are found: a list needs some times its XML as memory, a bomb asks for all there is."""
    memory_bytes = PROBE_BYTES + PROBE_FACTOR * find_inflated_size(path)
    return [sys.executable, "-I", sheet_probe.__file__, str(path), str(memory_bytes)]


def probe_sheets(path: Path) -> list[Sheet]:
    """The sheets as another process finds them, which may die of them.

    Raises:
        Hostile: when it did.
        Protected, Damaged: when there is nothing to be read.
    """
    try:
        done = subprocess.run(command_of(path), capture_output=True, timeout=PROBE_S, check=False)  # noqa: S603 - our own program
        found = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise Hostile("too_large", f"The workbook would take too much memory or time. {FAR_CELLS}") from error
    if found.get("error") == "PasswordError":
        raise Protected("password", PASSWORD)
    if found.get("error") == "MemoryError":
        raise Hostile("too_large", f"The workbook would take too much memory. {FAR_CELLS}")
    if "sheets" not in found:
        raise Damaged("damaged", UNREADABLE)
    return [Sheet(*sheet) for sheet in found["sheets"]]


@contextmanager
def reading(advice: str) -> Iterator[None]:
    """Turn whatever the libraries raise on a damaged workbook into Damaged, with what to do."""
    try:
        yield
    except python_calamine.PasswordError as error:
        raise Protected("password", PASSWORD) from error
    except READER_ERRORS as error:
        raise Damaged("damaged", advice) from error
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        raise Damaged("damaged", advice) from error


def find_sheet(sheets: list[Sheet], wanted: str | None) -> Sheet:
    """The sheet asked for by name or place (from 0), else the first visible one that is no small page of notes.

    Raises:
        NoTable: when there is none such.
    """
    if wanted is not None:
        for sheet in sheets:
            if sheet.name == wanted or (wanted.isdecimal() and sheet.index == int(wanted)):
                return sheet
        names = ", ".join(sheet.name for sheet in sheets)
        raise NoTable("no_sheet", f"The workbook has no such sheet. It has: {names}.")
    filled = [sheet for sheet in sheets if sheet.height and sheet.width]
    if not filled:
        raise NoTable("empty", "No sheet of the workbook holds a cell. Check that the right file was chosen.")
    visible = [sheet for sheet in filled if not sheet.is_hidden] or filled
    largest = max(sheet.cells for sheet in visible)
    return next(sheet for sheet in visible if sheet.cells * 5 >= largest)
