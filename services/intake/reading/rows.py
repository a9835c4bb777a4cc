"""Reading a file's rows by the plan that its inspection made, in constant memory, with every complaint in its place."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from services.intake.reading.container import open_text, unpack
from services.intake.reading.decoding import Block, read_lines
from services.intake.reading.dialect import MAX_COLUMNS
from services.intake.reading.download import is_download, restore_parts
from services.intake.reading.encoding import Encoding
from services.intake.reading.jsonlist import JsonReader, flatten
from services.intake.reading.jsonshape import name_lists
from services.intake.reading.plan import JSON_FORMATS, TEXT_FORMATS, Plan, read_plan
from services.intake.reading.problem import Problem
from services.intake.reading.records import Batch, read_records
from services.intake.reading.table import Part, Row, read_table

if TYPE_CHECKING:
    from services.intake.reading.inspection import Inspection

Complaint = Problem

__all__ = ["Complaint", "Part", "Row", "read_parts", "read_rows"]

JSON_PART_VALUES = 200
SAMPLE_CHARS = 4 << 20
"""A sample of very long or very wide records is shorter."""
CELL_CHARS = 80


def read_rows(path: Path, inspection_or_reading: "Inspection | Mapping[str, Any]") -> Iterator[Row | Complaint]:
    """Rows and complaints one by one, each complaint before its row.

    Raises:
        NotAList: as read_parts.
    """
    reading = inspection_or_reading if isinstance(inspection_or_reading, Mapping) else inspection_or_reading.reading
    return read_all(path, read_plan(reading))


def read_parts(path: Path, reading: Mapping[str, Any]) -> Iterator[Part]:
    """Rows and complaints in the order of the file, as many at once as come at once: what millions of rows need.

    Raises:
        NotAList: when the file is not what was inspected, or is found hostile or damaged on the way.
    """
    return read_by(path, read_plan(reading))


def read_all(path: Path, plan: Plan) -> Iterator[Row | Problem]:
    """Everything from the first row on."""
    for part in read_by(path, plan):
        yield from part.problems
        yield from part.rows


def read_by(path: Path, plan: Plan) -> Iterator[Part]:
    """The parts of a file of any format."""
    if plan.format in JSON_FORMATS:
        return read_json_parts(path, plan)
    assert plan.layout is not None
    parts = read_table(read_batches(path, plan), plan.layout)
    return restore_parts(parts) if is_download(plan.layout.header) else parts


def read_batches(path: Path, plan: Plan) -> Iterator[Batch]:
    """The records of a text table or of a sheet."""
    if plan.format in TEXT_FORMATS:
        width = plan.layout.width if plan.layout else 1
        assert plan.dialect is not None
        return read_records(read_blocks(path, plan), plan.dialect, width)
    return read_sheet(path, plan)


def read_sheet(path: Path, plan: Plan) -> Iterator[Batch]:
    """The records of a sheet, as wide as the table."""
    from services.intake.reading.workbook import Workbook

    with unpack(path, plan.kind, plan.member) as inner:
        batches = Workbook(inner, plan.format, is_large=plan.is_large).read(plan.sheet_index or 0)
        yield from fill_up(batches, plan.layout.width) if plan.layout else batches


def fill_up(batches: Iterator[Batch], width: int) -> Iterator[Batch]:
    """Rows of a sheet as wide as the table: what a sheet leaves out at the end of a row is empty, not missing."""
    for batch in batches:
        if batch.records and min(map(len, batch.records)) < width and any(map(any, batch.records)):
            batch.records = [cells + [""] * (width - len(cells)) for cells in batch.records]
        yield batch


def read_blocks(path: Path, plan: Plan) -> Iterator[Block]:
    """Decoded lines behind those that are no records (`sep=`)."""
    stream = open_text(path, plan.kind, plan.member)
    blocks = read_lines(stream, plan.encoding or Encoding("utf-8"), plan.line_end)
    if not plan.skipped_lines:
        return blocks
    first = next(blocks)
    rest = Block(first.first_line + plan.skipped_lines, first.lines[plan.skipped_lines :], first.problems)
    return chain([rest], blocks)


def read_values(path: Path, plan: Plan) -> Iterator[tuple[int, Any] | Problem]:
    """The values of a JSON text with their lines, and what could not be read."""
    return name_lists(JsonReader("".join(block.lines) for block in read_blocks(path, plan)).read())


def read_json_parts(path: Path, plan: Plan) -> Iterator[Part]:
    """One row a value: a cell a key of the plan; keys that the plan does not know are kept as JSON in one more cell."""
    values = read_values(path, plan)
    number = 0
    while items := list(islice(values, JSON_PART_VALUES)):
        part = Part([], [])
        for item in items:
            if isinstance(item, Problem):
                part.problems.append(item)
                continue
            number += 1
            cells, is_known = find_cells(item[1], plan.keys)
            part.rows.append(Row(number, item[0], cells))
            if not is_known:
                said = "the record has keys that were not seen when the file was inspected"
                part.problems.append(Problem(item[0], "new_key", said))
        yield part


def find_cells(value: Any, keys: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """(the cells of a JSON record, whether the plan knows all its keys)."""
    flat = flatten(value)
    cells = tuple([flat.pop(key, "") for key in keys])
    return (*cells, json.dumps(flat, ensure_ascii=False)) if flat else cells, not flat


def weigh(cells: Sequence[str]) -> int:
    """What it costs to look at a record: its characters, and some for each cell."""
    return sum(map(len, cells)) + CELL_CHARS * len(cells)


def take_records(batches: Iterator[Batch], count: int) -> list[tuple[int, list[str]]]:
    """The first records with their lines, no more columns of them than a list may have and one; fewer when they are long."""
    records: list[tuple[int, list[str]]] = []
    left = SAMPLE_CHARS
    for batch in batches:
        for line, cells in zip(batch.lines, batch.records, strict=True):
            records.append((line, cells[: MAX_COLUMNS + 1]))
            left -= weigh(cells)
            if len(records) >= count or left < 0:
                return records
    return records
