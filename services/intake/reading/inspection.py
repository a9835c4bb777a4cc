"""Looking at a file: what it is, how it is read, what its columns mean, and (on request) all that is wrong in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from services.intake.reading.dialect import MAX_COLUMNS
from services.intake.reading.errors import Hostile, NoTable, NotAList
from services.intake.reading.jsonlist import flatten
from services.intake.reading.mapping import Column, map_columns
from services.intake.reading.plan import JSON_FORMATS, Plan
from services.intake.reading.planning import SAMPLE_RECORDS, find_plan
from services.intake.reading.problem import Problem
from services.intake.reading.rows import SAMPLE_CHARS, Row, read_all, read_values, weigh

SHOWN_PROBLEMS = 100
SAMPLE_VALUES = 5 * SAMPLE_RECORDS
"""JSON records leave out empty keys: more of them are looked at than lines of a table."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file was found to be. `rows` is None when only a sample was looked at; `reading` reads it again."""

    format: str | None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_line: int | None = None
    columns: tuple[Column, ...] = ()
    rows: int | None = 0
    problem_count: int = 0
    problems: tuple[Problem, ...] = ()
    is_list: bool = True
    reading: dict[str, Any] = field(default_factory=dict)
    sample: tuple[tuple[str, ...], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """What `inspect --json` prints."""
        return {
            "format": self.format,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "sheet": self.sheet,
            "header_line": self.header_line,
            "columns": [
                {"header": c.header, "field": c.field, "confidence": round(c.confidence, 2), "by": c.by}
                for c in self.columns
            ],
            "rows": self.rows,
            "problem_count": self.problem_count,
            "problems": [{"line": p.line, "code": p.code, "detail": p.detail} for p in self.problems],
        }


def inspect_file(
    path: Path,
    *,
    filename: str | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    mapping: Mapping[str, str] | None = None,
    memory: Mapping[str, str] | None = None,
    country: str | None = None,
    sample_only: bool = False,
) -> Inspection:
    """Find out how to read a file; never raises for what is in it: a refusal is an Inspection that is no list.

    `filename` only tells TSV from CSV; `encoding` and `sheet` override what would be found; with `sample_only` the
    cost does not grow with the file and `rows` is None.
    """
    try:
        plan, problems = find_plan(path, filename or path.name, sheet, encoding, country, sample_only=sample_only)
        return inspect_plan(path, plan, problems, mapping, memory, country, sample_only=sample_only)
    except NotAList as refusal:
        return refuse(refusal)


def refuse(refusal: NotAList) -> Inspection:
    """The inspection of what is no list."""
    problem = Problem(0, refusal.code, refusal.detail)
    columns = tuple(Column(header or None, None, 0.0, "none") for header in refusal.columns)
    return Inspection(None, columns=columns, problem_count=1, problems=(problem,), is_list=False)


def inspect_plan(
    path: Path,
    plan: Plan,
    problems: list[Problem],
    mapping: Mapping[str, str] | None,
    memory: Mapping[str, str] | None,
    country: str | None,
    *,
    sample_only: bool,
) -> Inspection:
    """Read by the plan: a sample for the columns, all of it for the counts."""
    plan = find_keys(path, plan, sample_only=sample_only)
    headers: Sequence[str | None]
    if plan.format in JSON_FORMATS:
        headers = plan.keys
        if not headers:
            raise NoTable("no_records", "The JSON holds no record. Export the list again.")
    else:
        headers = [header or None for header in plan.layout.header] if plan.layout else []
    tally = Tally()
    tally.read(read_all(path, plan), most_rows=3 * SAMPLE_RECORDS if sample_only else None)
    columns = tuple(map_columns(headers, tally.sample, memory=memory, override=mapping, country=country))
    if not tally.rows:
        problems = [*problems, Problem(0, "no_records", "There is a header but no record. Export the list again.")]
    layout, dialect = plan.layout, plan.dialect
    return Inspection(
        format=plan.format,
        encoding=plan.encoding.name if plan.encoding else None,
        delimiter=dialect.shown if dialect else None,
        sheet=plan.sheet,
        header_line=layout.header_line if layout else None,
        columns=columns,
        rows=None if sample_only else tally.rows,
        problem_count=len(problems) + tally.problem_count,
        problems=tuple(problems + tally.problems)[:SHOWN_PROBLEMS],
        is_list=tally.rows > 0,
        reading=plan.to_dict(),
        sample=tuple(tally.sample[:20]),
    )


def find_keys(path: Path, plan: Plan, *, sample_only: bool) -> Plan:
    """A JSON plan with the keys of all records (of a sample); any other plan as it is."""
    if plan.format not in JSON_FORMATS:
        return plan
    keys: dict[str, None] = {}
    values = read_values(path, plan)
    for item in islice(values, SAMPLE_VALUES) if sample_only else values:
        if not isinstance(item, Problem):
            keys.update(dict.fromkeys(flatten(item[1])))
            if len(keys) > MAX_COLUMNS:
                raise Hostile("too_many_columns", "The JSON has too many different keys for a list. Export a flat one.")
    return replace(plan, keys=tuple(keys))


class Tally:
    """Counts of a reading: rows, complaints with the first of them, and the first rows for the columns."""

    def __init__(self) -> None:
        self.rows = 0
        self.problem_count = 0
        self.problems: list[Problem] = []
        self.sample: list[tuple[str, ...]] = []
        self._left = SAMPLE_CHARS

    def read(self, items: Iterable[Row | Problem], *, most_rows: int | None) -> None:
        """Run through rows and complaints, of a sample as far as so many rows."""
        for item in items:
            if isinstance(item, Row):
                self.rows += 1
                if self.rows == most_rows:
                    return
                if self.rows <= SAMPLE_RECORDS and self._left > 0:
                    self.sample.append(item.cells)
                    self._left -= weigh(item.cells)
            else:
                self.problem_count += 1
                if len(self.problems) < SHOWN_PROBLEMS:
                    self.problems.append(item)
