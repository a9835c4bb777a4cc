"""Finding out how a file is read: its kind, encoding, line ends, dialect or sheet, and where its table lies."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from services.intake.reading.container import find_member, open_text, unpack
from services.intake.reading.decoding import find_line_end, read_lines
from services.intake.reading.dialect import (
    DELIMITERS,
    MAX_COLUMNS,
    SINGLE,
    Dialect,
    find_dialect,
    find_separator_line,
    read_plainly,
)
from services.intake.reading.encoding import CHUNK_BYTES, Encoding, find_encoding, name_encoding
from services.intake.reading.errors import Hostile, NoTable, NotAList, WrongFormat
from services.intake.reading.headerword import is_header_word
from services.intake.reading.jsonlist import find_json
from services.intake.reading.layout import Record, find_layout, find_width, is_blank
from services.intake.reading.plan import Plan
from services.intake.reading.problem import Problem
from services.intake.reading.prose import check_single_column
from services.intake.reading.records import read_records
from services.intake.reading.rows import read_blocks, take_records
from services.intake.reading.signature import (
    ARCHIVE,
    GZIP,
    GZIP_MARK,
    HEAD_BYTES,
    OLE,
    TEXT,
    WORKBOOK,
    ZIP,
    check_foreign,
    find_kind,
)

PACKED_TWICE = "The file is packed twice. Upload the list itself."
FAR_COLUMNS = 16 * MAX_COLUMNS
"""A single line cut into more cells than this is enough to refuse: other lines may be shorter, it must still be read."""
SAMPLE_CHARS = 400_000
SAMPLE_RECORDS = 1000


def find_plan(
    path: Path, name: str, sheet: str | None, encoding: str | None, country: str | None, *, sample_only: bool
) -> tuple[Plan, list[Problem]]:
    """The plan by the file's kind, and what is to be said of the file as a whole."""
    kind, format_ = find_kind(path)
    member = find_member(path) if kind == ARCHIVE else None
    if kind in (ARCHIVE, GZIP):
        with open_text(path, kind, member) as stream:
            head = stream.read(HEAD_BYTES)
        if head.startswith((ZIP, OLE)):
            with unpack(path, kind, member) as inner:
                inner_kind, format_ = find_kind(inner)
                if inner_kind != WORKBOOK:
                    raise WrongFormat("wrong_format", PACKED_TWICE)
                return plan_workbook(inner, Plan(kind, format_, member=member), sheet)
        if head.startswith(GZIP_MARK):
            raise WrongFormat("wrong_format", PACKED_TWICE)
        check_foreign(head, 0)
    if kind == WORKBOOK:
        return plan_workbook(path, Plan(kind, format_), sheet)
    return plan_text(path, Plan(kind, "csv", member=member), name, encoding, country, sample_only)


def plan_workbook(path: Path, plan: Plan, wanted: str | None) -> tuple[Plan, list[Problem]]:
    """Choose the sheet and lay it out; the other sheets are named."""
    from services.intake.reading.workbook import MAX_CELLS, Workbook, find_sheet

    book = Workbook(path, plan.format)
    sheets = book.list_sheets()
    chosen = find_sheet(sheets, wanted)
    problems = [
        Problem(0, "hidden_sheet" if other.is_hidden else "other_sheet", f"the sheet {other.name!r} was not read")
        for other in sheets
        if other is not chosen and other.height
    ]
    is_large = book.is_streamed or chosen.cells > MAX_CELLS
    plan = replace(plan, sheet_index=chosen.index, sheet=chosen.name, is_large=is_large)
    if is_large and not book.is_streamed:
        book = Workbook(path, plan.format, is_large=True)
    records = take_records(book.read(chosen.index), SAMPLE_RECORDS)
    return lay_out(plan, trim(records)), problems


def trim(records: Sequence[Record]) -> list[Record]:
    """The records without the columns on the right that are empty in all of them."""
    width = max((place + 1 for _, cells in records for place, cell in enumerate(cells) if cell.strip()), default=0)
    return [(line, cells[:width]) for line, cells in records]


def plan_text(
    path: Path, plan: Plan, name: str, encoding: str | None, country: str | None, sample_only: bool
) -> tuple[Plan, list[Problem]]:
    """Find encoding, line ends and dialect of a text, or that it is JSON."""
    size = path.stat().st_size if sample_only else None
    found = (
        read_named_encoding(path, plan, encoding)
        if encoding
        else find_encoding(
            lambda: open_text(path, plan.kind, plan.member),
            country=country,
            size_bytes=size,
            is_seekable=plan.kind == TEXT,
        )
    )
    text = read_head(path, plan, found)
    if not text.strip('\ufeff \t\r\n\0,;|¬"'):
        raise NoTable("empty", "The file holds no text. Check that the right file was chosen.")
    plan = replace(plan, encoding=found, line_end=find_line_end(text))
    json_format = find_json(text)
    if json_format:
        return replace(plan, format=json_format), []
    check_text(text)
    return plan_table(path, plan, name), []


def plan_table(path: Path, plan: Plan, name: str) -> Plan:
    """Find the dialect and the layout of a delimited text."""
    lines = read_sample_lines(path, plan)
    named = find_separator_line(lines[0]) if lines else None
    plan = replace(plan, skipped_lines=1 if named else 0)
    lines = lines[plan.skipped_lines :]
    check_columns(lines)
    dialect = Dialect(named) if named else find_dialect(lines)
    if dialect.delimiter == SINGLE:
        check_single_column(lines)
    is_tabbed = dialect.delimiter == "\t" or (dialect.delimiter == SINGLE and name.lower().endswith((".tsv", ".tab")))
    plan = replace(plan, dialect=dialect, format="tsv" if is_tabbed else "csv")
    width = find_width(read_plainly(dialect, lines))
    records = take_records(read_records(read_blocks(path, plan), dialect, width), SAMPLE_RECORDS)
    return lay_out(plan, records)


def lay_out(plan: Plan, records: list[Record]) -> Plan:
    """The plan with its layout.

    Raises:
        NoTable: when no record holds anything.
        Hostile: when there are more columns than any list has.
    """
    if all(is_blank(cells) for _, cells in records):
        raise NoTable("empty", "There is no record. Check that the right file and sheet were chosen.")
    layout = find_layout(records, is_header_word)
    if layout.width > MAX_COLUMNS:
        raise Hostile("too_many_columns", f"The list has {layout.width} columns. Keep those that are needed.")
    return replace(plan, layout=layout)


def read_named_encoding(path: Path, plan: Plan, name: str) -> Encoding:
    """The encoding of this name, as it stands in this file.

    Raises:
        NotAList: when there is no such encoding, or the file cannot be in it.
    """
    with open_text(path, plan.kind, plan.member) as stream:
        head = stream.read(CHUNK_BYTES)
    try:
        encoding = name_encoding(name, head)
    except LookupError as error:
        raise NotAList("unknown_encoding", f"There is no encoding {name!r}. Name one like utf-8 or cp1251.") from error
    # every list has line ends and delimiters, whose upper bytes are NUL there
    if encoding.name.startswith(("utf-16", "utf-32")) and b"\0" not in head:
        raise NotAList("other_encoding", f"This file is not in {name}. Leave the encoding out, or name another.")
    return encoding


def check_text(text: str) -> None:
    """Raise when the decoded text is no text: control characters show bytes of another kind."""
    sample = text[:100_000]
    controls = sum(char < " " and char not in "\t\r\n\x0b\x0c\x1a\x1e\x1f\x01\0" for char in sample)
    if controls > 0.02 * len(sample) + 2:
        raise NotAList("binary", "These bytes are no text. Export the list as CSV or XLSX.")


def read_head(path: Path, plan: Plan, encoding: Encoding) -> str:
    """The first lines of the text, up to SAMPLE_CHARS; line ends as they are."""
    parts, size = [], 0
    for block in read_lines(open_text(path, plan.kind, plan.member), encoding, ""):
        parts += block.lines
        size += sum(map(len, block.lines))
        if size >= SAMPLE_CHARS:
            break
    return "".join(parts)


def check_columns(lines: Sequence[str]) -> None:
    """Raise before anything is done with lines of more cells than any list has."""
    first = [line for line in lines[:3] if line.strip()]
    counts = [min((line.count(sign) for line in first), default=0) for sign in DELIMITERS]
    long = [line.count(sign) for line in lines if len(line) > FAR_COLUMNS for sign in DELIMITERS]
    counts += [count for count in long if count > FAR_COLUMNS]
    if max(counts) >= MAX_COLUMNS:
        raise Hostile("too_many_columns", f"The list has {max(counts) + 1} columns. Keep those that are needed.")


def read_sample_lines(path: Path, plan: Plan) -> list[str]:
    """The first lines, cut by the line ends that were found."""
    block = next(read_blocks(path, plan), None)
    return block.lines[: 3 * SAMPLE_RECORDS] if block else []
