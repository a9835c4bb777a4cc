"""Lines cut into records, with broken quotes found and the lines they swallowed read again one by one."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from services.intake.reading.decoding import Block
from services.intake.reading.dialect import Dialect
from services.intake.reading.oddsign import is_wrapped, unwrap
from services.intake.reading.problem import Problem

MARK = "\x02end\x02"
"""Fed behind each block: a record that swallowed it is still open."""
MAX_OPEN_LINES = 400
"""A quoted cell of more lines than this counts as one that was never closed."""
LONG_LINE_CHARS = 1 << 18
"""In a line longer than this whose quotes are broken they are characters like any other."""

BROKEN_QUOTE = ("broken_quote", "a quote inside the line was taken as a character")
WRAPPED_LINE = ("wrapped_line", "the whole line stood in quotes; it was read without them")


@dataclass(slots=True)
class Batch:
    """Consecutive records, the physical line on which each starts, and what was met on the way."""

    lines: Sequence[int]
    records: list[list[str]]
    problems: list[Problem] = field(default_factory=list)


def read_records(blocks: Iterable[Block], dialect: Dialect, width: int) -> Iterator[Batch]:
    """Batches of records; `width` is the usual number of cells, which tells a swallowed line from a quoted one."""
    carried: list[str] = []
    carried_from = 1
    for block in chain(blocks, [None]):
        lines = carried + block.lines if block else carried
        first = carried_from if carried else (block.first_line if block else 1)
        problems = block.problems if block else []
        if not lines:
            continue
        plain = cut_plainly(lines, dialect)
        if plain is not None:
            carried = []
            mended = mend_quotes(plain, lines, first, dialect, width)
            yield Batch(range(first, first + len(lines)), plain, problems + mended)
            continue
        cutter = Cutter(lines, first, dialect, width, is_last=block is None)
        batch, carried = cutter.cut()
        carried_from = first + len(lines) - len(carried)
        batch.problems[:0] = problems
        yield batch


def cut_plainly(lines: Sequence[str], dialect: Dialect) -> list[list[str]] | None:
    """One record a line, the fast way; None when a record spans lines or the csv module gives up."""
    try:
        records = list(dialect.read(chain(lines, [MARK])))
    except csv.Error:
        return None
    if len(records) != len(lines) + 1 or records[-1] != [MARK]:
        return None
    records.pop()
    return records


def mend_quotes(
    records: list[list[str]], lines: Sequence[str], first: int, dialect: Dialect, width: int
) -> list[Problem]:
    """Cut again, in place, the records of odd width whose line holds a quote, when that gives the usual width."""
    if not dialect.quote or set(map(len, records)) == {width}:
        return []
    problems = []
    for place, (record, line) in enumerate(zip(records, lines, strict=True)):
        if record and len(record) != width and dialect.quote in line:
            is_whole = len(record) == 1 and is_wrapped(line)
            mended = cut_line(unwrap(line) if is_whole else line, dialect)
            if len(mended) == width:
                records[place] = mended
                problems.append(Problem(first + place, *(WRAPPED_LINE if is_whole else BROKEN_QUOTE)))
    return problems


class Cutter:
    """One block of lines in which some record spans several of them."""

    def __init__(self, lines: Sequence[str], first_line: int, dialect: Dialect, width: int, *, is_last: bool) -> None:
        self._lines = lines
        self._first = first_line
        self._dialect = dialect
        self._width = width
        self._is_last = is_last
        self._batch = Batch([], [])
        self._numbers: list[int] = []

    def cut(self) -> tuple[Batch, list[str]]:
        """(the records that are complete, the lines of the one still open)."""
        at = 0
        while at < len(self._lines):
            after = self._run(at)
            if after is None:
                return self._finish(), list(self._lines[self._open_at :])
            at = after
        return self._finish(), []

    def _finish(self) -> Batch:
        self._batch.lines = self._numbers
        return self._batch

    def _run(self, at: int) -> int | None:
        """Read on from a line until one must be read by itself; None when the last record is still open."""
        rest = (self._lines[place] for place in range(at, len(self._lines)))
        reader = self._dialect.read(chain(rest, [MARK]))
        start = at
        while start < len(self._lines):
            try:
                record = next(reader)
            except (csv.Error, StopIteration):
                self._reread(start, "unreadable_line", "the line breaks the rules of its quotes")
                return start + 1
            stop = at + reader.line_num  # type: ignore[attr-defined]
            if stop > len(self._lines):
                if self._may_stay_open(start):
                    self._open_at = start
                    return None
                self._reread(start, "unclosed_quote", "a quote is never closed; the line was read by itself")
                return start + 1
            if stop > start + 1 and self._is_swallowed(start, stop, record):
                self._reread(start, "unclosed_quote", "a quote is never closed; the line was read by itself")
                return start + 1
            self._add(start, record)
            start = stop
        return start

    def _may_stay_open(self, start: int) -> bool:
        return not self._is_last and len(self._lines) - start <= MAX_OPEN_LINES

    def _is_swallowed(self, start: int, stop: int, record: list[str]) -> bool:
        """True when the lines make better records one by one than together."""
        whole = sum(len(cut_line(line, self._dialect)) == self._width for line in self._lines[start:stop])
        if len(record) == self._width:
            return self._width > 1 and whole == stop - start
        return whole * 2 >= stop - start or (self._width == 1 and stop - start > 20)

    def _reread(self, at: int, code: str, detail: str) -> None:
        self._add(at, cut_line(self._lines[at], self._dialect))
        self._batch.problems.append(Problem(self._first + at, code, detail))

    def _add(self, at: int, record: list[str]) -> None:
        mended = [record]
        self._batch.problems += mend_quotes(
            mended, self._lines[at : at + 1], self._first + at, self._dialect, self._width
        )
        record = mended[0]
        self._numbers.append(self._first + at)
        self._batch.records.append(record)


def cut_line(line: str, dialect: Dialect) -> list[str]:
    """Cut one line by itself: a quote that does not close before a delimiter or the end is an ordinary character."""
    text = dialect.prepare(line).rstrip("\r\n").replace("\r", " ")
    quote, delimiter = dialect.quote, dialect.delimiter
    if not text:
        return []
    if not quote or quote not in text or len(text) > LONG_LINE_CHARS:
        return text.split(delimiter)
    cells: list[str] = []
    at = 0
    while True:
        if dialect.padded:
            at += len(text[at:]) - len(text[at:].lstrip(" "))
        cell, at = cut_cell(text, at, quote, delimiter)
        cells.append(cell)
        if at >= len(text):
            return cells
        at += 1
        if at == len(text):
            return [*cells, ""]


def cut_cell(text: str, at: int, quote: str, delimiter: str) -> tuple[str, int]:
    """(the cell that starts here, where the delimiter behind it stands)."""
    if text.startswith(quote, at):
        close = text.find(quote, at + 1)
        while close >= 0:
            if text.startswith(quote, close + 1):
                close = text.find(quote, close + 2)
                continue
            if close + 1 == len(text) or text.startswith(delimiter, close + 1):
                return text[at + 1 : close].replace(quote * 2, quote), close + 1
            close = text.find(quote, close + 1)
    stop = text.find(delimiter, at)
    stop = len(text) if stop < 0 else stop
    return text[at:stop], stop
