"""Records of a table made into numbered rows: blank lines, repeated headers, footers and later tables left out, and said."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import NamedTuple

from services.intake.reading.cell import TEXT, find_form
from services.intake.reading.footer import is_label, is_ruler
from services.intake.reading.layout import Layout, count_filled, is_blank, is_like_header, move_name
from services.intake.reading.problem import Problem
from services.intake.reading.records import Batch

HELD_ROWS = 12
"""So many rows are held back until it is known whether they are the footer."""


class Row(NamedTuple):
    """One record as it stands in the file: its number among the records (from 1), its physical line, its cells."""

    row_no: int
    line_no: int
    cells: tuple[str, ...]


class Part(NamedTuple):
    """Rows that follow each other, and complaints: about them or about what comes before or shortly after."""

    problems: list[Problem]
    rows: list[Row]


def read_table(batches: Iterable[Batch], layout: Layout) -> Iterator[Part]:
    """The rows of the first table, in order, no complaint later than its row."""
    return TableReader(layout).read(batches)


class TableReader:
    """Walks over the records once and remembers what the decision on a row needs: gaps and the last rows."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._headers = [list(part) for part in layout.header_rows]
        self._heads = frozenset(header[0] for header in self._headers if header)
        self._number = 0
        self._gap = False
        self._is_over = False
        self._first: tuple[str, ...] | None = None
        self._gaps: deque[int] = deque(maxlen=HELD_ROWS)

    def read(self, batches: Iterable[Batch]) -> Iterator[Part]:
        """All rows and complaints; the last rows are held back."""
        held: list[Row] = []
        for batch in batches:
            rows, problems = self._take(batch)
            if self._first is None and rows:
                self._first = rows[0].cells
            held += rows
            yield Part(problems, held[:-HELD_ROWS])
            held = held[-HELD_ROWS:]
            if self._is_over:
                break
        yield self._cut_footer(held)

    def _take(self, batch: Batch) -> tuple[list[Row], list[Problem]]:
        """The rows of one batch; many blank lines are passed over at once."""
        if not any(map(any, batch.records)):
            self._gap = self._gap or bool(batch.records)
            return [], batch.problems
        width = self._layout.width
        if batch.records and max(map(len, batch.records)) > width:
            batch.records = [cut_blank_end(cells, width) for cells in batch.records]
        if self._layout.has_names:
            batch.records = [move_name(cells) if len(cells) == width else cells for cells in batch.records]
        rows = self._take_whole(batch)
        if rows is not None:
            return rows, batch.problems
        return self._take_each(batch)

    def _take_whole(self, batch: Batch) -> list[Row] | None:
        """All records as rows, without a step a row in Python; None when one of them must be looked at."""
        firsts = [cells[0] if cells else "" for cells in batch.records]
        if (
            self._gap
            or not firsts
            or batch.lines[0] < self._layout.first_line
            or not all(firsts)
            or set(map(len, batch.records)) != {self._layout.width}
            or not self._heads.isdisjoint(firsts)
            or any(map(str.isspace, firsts))
        ):
            return None
        numbers = range(self._number + 1, self._number + 1 + len(firsts))
        self._number += len(firsts)
        parts = zip(numbers, batch.lines, map(tuple, batch.records), strict=True)
        return list(map(tuple.__new__, repeat(Row), parts))

    def _take_each(self, batch: Batch) -> tuple[list[Row], list[Problem]]:
        """The rows of a batch in which something is unusual."""
        problems, rows = list(batch.problems), []
        for place, (line, cells) in enumerate(zip(batch.lines, batch.records, strict=True)):
            if line >= self._layout.first_line and self._keep(line, cells, place, batch, problems):
                self._number += 1
                rows.append(Row(self._number, line, tuple(cells)))
            if self._is_over:
                break
        return rows, problems

    def _keep(self, line: int, cells: list[str], place: int, batch: Batch, problems: list[Problem]) -> bool:
        """Whether a record is a row; what it is instead is said or, when blank, remembered."""
        if len(cells) == self._layout.width and not self._gap and cells[0] not in self._heads and cells[0].strip():
            return True
        if is_blank(cells) or is_ruler(cells):
            self._gap = self._gap or is_blank(cells)
            return False
        if is_header_again(cells, self._headers):
            following = next((row for row in batch.records[place + 1 :] if not is_blank(row)), None)
            if following is not None and self._number and tuple(following) == self._get_first(batch):
                self._end(line, "the whole table is repeated from here on", problems)
            else:
                problems.append(Problem(line, "repeated_header", "the header is repeated; the line was left out"))
            return False
        if self._gap:
            self._gap = False
            if self._is_new_table(cells, batch.records[place + 1 : place + 8]):
                self._end(line, "another table starts here; only the first one is read", problems)
                return False
            self._gaps.append(self._number + 1)
        if len(cells) != self._layout.width:
            if self._number and is_like_header(cells, self._layout.header):
                self._end(line, "a table of other columns starts here; only the first one is read", problems)
                return False
            problems.append(find_ragged(line, cells, self._layout.width))
        return True

    def _get_first(self, batch: Batch) -> tuple[str, ...] | None:
        if self._first is not None:
            return self._first
        for line, cells in zip(batch.lines, batch.records, strict=True):
            if line >= self._layout.first_line and not is_blank(cells):
                return tuple(cells)
        return None

    def _end(self, line: int, detail: str, problems: list[Problem]) -> None:
        self._is_over = True
        problems.append(Problem(line, "second_table", detail))

    def _is_new_table(self, cells: Sequence[str], following: Sequence[Sequence[str]]) -> bool:
        """True for a header of another table behind a gap, or its title with the header right below."""
        if not self._number or not self._headers:
            return False
        if self._is_other_header(cells):
            return True
        below = next((row for row in following if not is_blank(row)), None)
        return (
            count_filled(cells) == 1 < self._layout.width
            and below is not None
            and (
                self._is_other_header(below)
                or is_header_again(list(below), self._headers)
                or is_kin(below, self._layout.header)
            )
        )

    def _is_other_header(self, cells: Sequence[str]) -> bool:
        """True when words stand where the columns hold figures, dates or the like."""
        filled = [(column, cell) for column, cell in enumerate(cells) if cell.strip()]
        if len(filled) < 2 or any(find_form(cell) != TEXT or len(cell) > 60 for _, cell in filled):
            return False
        forms = self._layout.forms
        typed = sum(1 for column, _ in filled if column < len(forms) and forms[column])
        return typed >= 1 and typed >= 0.3 * len(filled) and len(filled) >= 0.5 * min(len(cells), self._layout.width)

    def _cut_footer(self, rows: list[Row]) -> Part:
        """The last rows without the footer, which is said."""
        keep = len(rows)
        while keep > 1 and self._is_footer(rows[keep - 1]):
            keep -= 1
        said = "a footer or total below the table; the line was left out"
        return Part([Problem(row.line_no, "footer", said) for row in rows[keep:]], rows[:keep])

    def _is_footer(self, row: Row) -> bool:
        """True for few words below a gap, or a label of totals with little beside it."""
        filled = [cell.strip() for cell in row.cells if cell.strip()]
        if self._layout.width > 1 and is_label(filled):
            return len(filled) <= max(2, self._layout.width // 2)
        behind_gap = any(row.row_no - HELD_ROWS < gap <= row.row_no for gap in self._gaps)
        is_short = self._layout.width > 2 or len(row.cells) < self._layout.width
        return behind_gap and len(filled) == 1 and is_short


def cut_blank_end(cells: list[str], width: int) -> list[str]:
    """The record without the blank cells beyond the table: delimiters at the end of a line, formatted empty columns."""
    if len(cells) <= width or any(map(str.strip, cells[width:])):
        return cells
    return cells[:width]


def is_kin(cells: Sequence[str], header: Sequence[str]) -> bool:
    """True when a row starts with the same words as the header and goes on with others: a header of its own."""
    if len(cells) < 2 or not header or not cells[0].strip():
        return False
    return cells[0].strip().casefold() == header[0].strip().casefold()


def is_header_again(cells: list[str], headers: Sequence[list[str]]) -> bool:
    """True when the record is one of the header's lines, whatever its quotes and blanks."""
    if not headers:
        return False
    stripped = [cell.strip() for cell in cells]
    return any(stripped == [cell.strip() for cell in header] for header in headers if count_filled(header) > 1) or (
        len(headers) == 1 and len(stripped) == 1 and stripped == [headers[0][0].strip()]
    )


def find_ragged(line: int, cells: Sequence[str], width: int) -> Problem:
    """What to say of a record of another width; its cells are kept."""
    code = "short_row" if len(cells) < width else "long_row"
    return Problem(line, code, f"{len(cells)} cells where the table has {width}")
