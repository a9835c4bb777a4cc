"""How the lines of a text are cut into cells: delimiter, quote, escape; found by what gives even, clean columns."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from services.intake.reading.cell import EMAIL, PHONE, TEXT, TYPED, find_form, find_main_form
from services.intake.reading.headerword import is_header_word
from services.intake.reading.oddsign import (
    BETWEEN,
    BLANKS,
    drop_remarks,
    find_rare_signs,
    find_wide_signs,
    is_wrapped,
    narrow,
    unwrap,
)

SINGLE = "\x1f"
"""Stands as the delimiter of a list of one column."""
NARROW = "\x1d"
"""Stands for a delimiter of several signs while a line is cut."""
RARE_BELIEF = 0.8
MAX_FIELD_CHARS = 4 << 20
MAX_COLUMNS = 4096

# Delimiter -> how far it is believed: a comma also stands in text, a blank nearly always does.
DELIMITERS: dict[str, float] = {
    "\t": 1.0,
    ";": 1.0,
    "|": 1.0,
    "¬": 1.0,
    "\x01": 1.0,
    "\x1e": 1.0,
    ",": 0.98,
    "^": 0.9,
    "~": 0.9,
    "¦": 0.9,
    "§": 0.9,
    "#": 0.7,
    ":": 0.6,
}
RARE_IN_CELLS = "\t;|¬"
SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
QUOTED_WITH_BLANKS = re.compile(r'(?:^|(?<= ))"[^"]*"(?= |\s*$)')
CLOCK = re.compile(r"\b\d{1,2}:\d{2}\b")
LEAST_EVEN = 0.5


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way to cut lines; `padded` says that a blank belongs to the delimiter.

    `written` is a delimiter of several signs as it stands in the file; `wrapped` says that whole lines are quoted.
    """

    delimiter: str = SINGLE
    quote: str | None = '"'
    escape: str | None = None
    padded: bool = False
    written: str | None = None
    wrapped: bool = False

    def read(self, lines: Sequence[str] | Iterator[str]) -> "Iterator[list[str]]":
        """The csv module's reader over the lines; it may raise csv.Error."""
        csv.field_size_limit(MAX_FIELD_CHARS)
        return csv.reader(
            map(self.prepare, lines) if self.written or self.wrapped else lines,
            delimiter=self.delimiter,
            quotechar=self.quote,
            quoting=csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            escapechar=self.escape,
            skipinitialspace=self.padded,
        )

    def prepare(self, line: str) -> str:
        """The line as it is cut: without the quotes around it, its delimiter a single sign."""
        line = unwrap(line) if self.wrapped else line
        return narrow(line, self.written, self.delimiter) if self.written else line

    @property
    def shown(self) -> str | None:
        """The delimiter as a person would write it; None for one column."""
        if self.delimiter == SINGLE:
            return None
        if self.written:
            return self.written
        return self.delimiter + " " if self.padded else self.delimiter


def find_separator_line(line: str) -> str | None:
    """The delimiter that a leading `sep=` line names, as spreadsheets write it."""
    match = SEPARATOR_LINE.fullmatch(line)
    return match[1] if match else None


def find_dialect(lines: Sequence[str]) -> Dialect:
    """The dialect of the sample; SINGLE when no delimiter gives even columns."""
    lines = drop_remarks(lines)
    filled = [line for line in lines if line.strip()]
    if filled and sum(map(is_wrapped, filled)) >= 0.9 * len(filled):
        inner = find_dialect([unwrap(line) for line in lines])
        records = read_plainly(inner, [unwrap(line) for line in lines])
        if find_even_width(records) >= 3 and has_typed_column(records):
            return replace(inner, wrapped=True)
    best, best_score = find_best(lines, DELIMITERS)
    if best_score == 0.0:
        rare = find_rare_signs(lines, [*DELIMITERS])
        best, best_score = find_best(lines, dict.fromkeys(rare, RARE_BELIEF))
    for sign in find_wide_signs(lines):
        found, score = find_best([narrow(line, sign, NARROW) for line in lines], {NARROW: 1.0})
        if score and (score >= 0.8 * best_score or best.delimiter in sign):
            best, best_score = replace(found, written=sign), score
    if best_score > 0.0:
        return best
    return Dialect(" ") if is_cut_by_blanks(lines) else find_loose(lines)


def find_loose(lines: Sequence[str]) -> Dialect:
    """Lines cut as people print or write them: by runs of blanks into even columns, or into a name and a number."""
    for sign in (BLANKS, *BETWEEN):
        records = read_plainly(Dialect(NARROW), [narrow(line, sign, NARROW) for line in lines])
        width = find_even_width(records)
        if sign == BLANKS and width > 1 and len(records) > 2 and is_table(records):
            return Dialect(NARROW, written=sign)
        if sign != BLANKS and width == 2 and is_reached([record[-1] for record in records]):
            return Dialect(NARROW, written=sign)
    return Dialect()


def is_table(records: Sequence[list[str]]) -> bool:
    """True for a header of known words, or for columns of figures or addresses."""
    return has_typed_column(records) or sum(map(is_header_word, records[0])) > 0.5 * len(records[0])


def is_reached(cells: Sequence[str]) -> bool:
    """True for numbers to dial or addresses to write to, but for a header."""
    return sum(find_form(cell) in (PHONE, EMAIL) for cell in cells) >= max(2, len(cells) - 1)


def find_best(lines: Sequence[str], delimiters: Mapping[str, float]) -> tuple[Dialect, float]:
    """The best dialect with one of the delimiters, and its score; SINGLE and 0 when none gives even columns."""
    text = "".join(lines)
    best, best_score = Dialect(), 0.0
    for delimiter, belief in delimiters.items():
        if delimiter not in text:
            continue
        for quote in list_quotes(text, delimiter):
            padded = is_padded(text, delimiter, quote)
            for escape in (None, "\\") if "\\" + quote in text else (None,):
                dialect = Dialect(delimiter, quote, escape, padded)
                score = belief * score_dialect(dialect, lines)
                if score > best_score + 1e-9:
                    best, best_score = dialect, score
    return best, best_score


def find_even_width(records: Sequence[list[str]]) -> int:
    """The width of nearly all records; 0 when they are uneven."""
    widths = Counter(map(len, records))
    width, count = widths.most_common(1)[0] if widths else (0, 0)
    return width if count >= 0.9 * len(records) else 0


def has_typed_column(records: Sequence[list[str]]) -> bool:
    """True when a column holds nothing but figures, addresses or the like below its first cell."""
    return any(find_main_form(map(find_form, column[1:])) in TYPED for column in zip(*records, strict=False))


def is_padded(text: str, delimiter: str, quote: str) -> bool:
    """True when a blank behind the delimiter belongs to it: quotes stand behind that blank, hardly any without it."""
    return delimiter in ",;|" and text.count(f"{delimiter} {quote}") > text.count(delimiter + quote)


def list_quotes(text: str, delimiter: str) -> tuple[str, ...]:
    """The double quote, and the single one before it when that encloses more whole cells."""
    single, double = (count_enclosed(text, delimiter, quote) for quote in "'\"")
    return ("'", '"') if single >= 4 and single > double else ('"',)


def count_enclosed(text: str, delimiter: str, quote: str) -> int:
    """How many cells stand whole between two of the quotes."""
    sign = re.escape(delimiter)
    return len(re.findall(rf"(?:^|{sign}){quote}[^{quote}\r\n]*{quote}(?=[{sign}\r\n]|$)", text, re.MULTILINE))


def score_dialect(dialect: Dialect, lines: Sequence[str]) -> float:
    """0 when the dialect gives no even columns, else the higher the more even, more and cleaner they are."""
    records = read_plainly(dialect, lines)
    if not records:
        return 0.0
    widths = Counter(map(len, records))
    widths.pop(1, None)
    if not widths:
        return 0.0
    width = max(widths, key=lambda w: (widths[w], w))
    even = widths[width] / len(records)
    if even < LEAST_EVEN:
        even = score_trimmed(records)
    if not even or is_chance(dialect, records, width, even):
        return 0.0
    return even * (1 - 1 / (width + 1)) * (0.5 + 0.5 * find_cleanness(dialect, records))


def score_trimmed(records: Sequence[list[str]]) -> float:
    """How even rows are whose trailing empty cells were cut off: none longer than the first, nearly all several."""
    first = len(records[0])
    if first < 3 or sum(len(record) > first for record in records) > 0.1 * len(records):
        return 0.0
    several = sum(len(record) >= 2 for record in records) / len(records)
    is_wordy = all(find_form(cell) == TEXT and len(cell) < 40 for cell in records[0])
    return several / 2 if several >= 0.9 and is_wordy else 0.0


def is_chance(dialect: Dialect, records: Sequence[list[str]], width: int, even: float) -> bool:
    """True when the delimiter is likely punctuation: two columns of prose, or a colon in a text."""
    later = [cell for record in records for cell in record[1:]]
    if not any(map(str.strip, later)):
        return True
    if dialect.delimiter == ":":
        times = sum(bool(CLOCK.search(":".join(record))) for record in records)
        return width < 3 or even < 0.95 or times > 0.3 * len(records) or any(cell.startswith(" ") for cell in later)
    if dialect.delimiter not in ",;" or dialect.padded or width > 3 or len(records) < 3:
        return False
    loose = sum(cell.startswith(" ") or not cell for cell in later)
    return even < 0.9 and loose > (0.8 if even > 0.75 else 0.5) * len(later)


def find_cleanness(dialect: Dialect, records: Sequence[list[str]]) -> float:
    """The share of cells that hold no sign of another dialect."""
    others = [sign for sign in RARE_IN_CELLS if sign != dialect.delimiter]
    cells = dirty = 0
    for record in records[:200]:
        for cell in record:
            cells += 1
            if any(sign in cell for sign in others) or cell.count(",") > 3 or is_half_quoted(cell, dialect.quote):
                dirty += 1
    return 1 - dirty / max(1, cells)


def is_half_quoted(cell: str, quote: str | None) -> bool:
    """True for a cell that starts or ends with a lone quote: the cut went through a quoted cell."""
    return bool(quote) and cell.count(quote or "") % 2 == 1 and quote in (cell[:1], cell[-1:])


def read_plainly(dialect: Dialect, lines: Sequence[str]) -> list[list[str]]:
    """The records of the sample that hold anything; what csv cannot read ends the sample."""
    records: list[list[str]] = []
    with suppress(csv.Error):
        records.extend(record for record in dialect.read(lines) if any(map(str.strip, record)))
    return records


def is_cut_by_blanks(lines: Sequence[str]) -> bool:
    """True when one blank stands between cells: several quoted cells on nearly every line, or figures only."""
    filled = [line.rstrip("\r\n") for line in lines if line.strip()]
    if find_main_form(map(find_form, filled)) in TYPED:
        return False
    quoted = sum(len(QUOTED_WITH_BLANKS.findall(line)) >= 2 for line in filled)
    if len(filled) >= 2 and quoted >= 0.8 * len(filled):
        return True
    widths = {len(line.split(" ")) for line in filled[1:]}
    if len(filled) < 3 or len(widths) != 1 or max(widths) < 2:
        return False
    if all(re.fullmatch(r"[-+\d.,eE]+", cell) for line in filled[1:] for cell in line.split(" ")):
        return True
    words = filled[0].split(" ")
    return len(words) == max(widths) > 2 and all(map(is_header_word, words))
