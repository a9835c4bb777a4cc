"""Run by itself with a workbook's path and the bytes of memory it may take: prints its sheets as JSON, or what is wrong.

A few bytes of a workbook can ask its reader for all the memory or time there is, and the Rust code then ends its whole
process: so each workbook is first opened here, under limits. Nothing of leadmill is imported: it starts for each of them.
"""

import json
import resource
import sys
from typing import Any

MEMORY_BYTES = 1 << 30
CPU_S = 30


def limit(memory_bytes: int) -> None:
    """Let this process be ended before it hurts the machine."""
    memory_bytes = min(memory_bytes, MEMORY_BYTES)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))


def list_sheets(path: str) -> list[tuple[int, str, bool, int, int]]:
    """(place, name, whether hidden, height, width) of each sheet of cells; one that cannot be read is empty."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(path)
    sheets = []
    for place, meta in enumerate(book.sheets_metadata):
        if str(meta.typ).rsplit(".", 1)[-1] != "WorkSheet":
            continue
        try:
            sheet = book.get_sheet_by_index(place)
            height, width = sheet.height, sheet.width
        except (python_calamine.CalamineError, ValueError):
            height, width = 0, 0
        is_hidden = str(meta.visible).rsplit(".", 1)[-1] != "Visible"
        sheets.append((place, meta.name, is_hidden, height, width))
    return sheets


def probe(path: str) -> dict[str, Any]:
    """The sheets, or the name of the error."""
    try:
        return {"sheets": list_sheets(path)}
    except BaseException as error:  # of Rust code that gave up, too: this is all that the process is for
        return {"error": type(error).__name__}


if __name__ == "__main__":
    limit(int(sys.argv[2]))
    sys.stdout.write(json.dumps(probe(sys.argv[1])))
