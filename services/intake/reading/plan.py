"""How a file is read: everything that inspection found out, as one value that JSON can keep."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from services.intake.reading.dialect import Dialect
from services.intake.reading.encoding import Encoding
from services.intake.reading.layout import Layout

TEXT_FORMATS = frozenset({"csv", "tsv"})
JSON_FORMATS = frozenset({"json", "jsonl"})


@dataclass(frozen=True, slots=True)
class Plan:
    """The reading of one file: container and format, then what its kind needs (the rest stays None).

    `is_large` says that the sheet is streamed, however few its bytes.
    `keys` are the flat keys of JSON records, in the order of the columns; `skipped_lines` come before the records.
    """

    kind: str
    format: str
    member: str | None = None
    encoding: Encoding | None = None
    line_end: str = "\n"
    skipped_lines: int = 0
    dialect: Dialect | None = None
    sheet_index: int | None = None
    sheet: str | None = None
    is_large: bool = False
    layout: Layout | None = None
    keys: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; from_dict makes the same plan again."""
        return asdict(self)


def read_plan(values: Mapping[str, Any]) -> Plan:
    """The plan that to_dict wrote, also after a way through JSON."""
    layout = values.get("layout")
    return Plan(
        kind=values["kind"],
        format=values["format"],
        member=values.get("member"),
        encoding=Encoding(**values["encoding"]) if values.get("encoding") else None,
        line_end=values.get("line_end", "\n"),
        skipped_lines=values.get("skipped_lines", 0),
        dialect=Dialect(**values["dialect"]) if values.get("dialect") else None,
        sheet_index=values.get("sheet_index"),
        sheet=values.get("sheet"),
        is_large=values.get("is_large", False),
        layout=read_layout(layout) if layout else None,
        keys=tuple(values.get("keys", ())),
    )


def read_layout(values: Mapping[str, Any]) -> Layout:
    """The layout with its lists made tuples again."""
    layout = Layout(**values)
    return replace(
        layout,
        header=tuple(layout.header),
        forms=tuple(layout.forms),
        header_rows=tuple(tuple(part) for part in layout.header_rows),
    )
