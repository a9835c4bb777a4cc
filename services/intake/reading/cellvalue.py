"""The text of a value that stands in a cell of a workbook."""

import datetime
from typing import Any


def write_cell(value: Any) -> str:
    """The text of a cell's value: whole numbers without a fraction, dates as ISO 8601."""
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if value is None or isinstance(value, bool):
        return {None: "", True: "TRUE", False: "FALSE"}[value]
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else str(value)
