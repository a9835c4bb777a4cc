"""What comes back from a check of a line, in the words of whoever checked: tables of words, and their files. Standard library only."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final

from shared.domain.call_cause import kind_of_cause
from shared.domain.errors import Refused

COLUMNS: Final = ("check", "number", "country", "asked_at")
"""Columns of the list that goes out."""

WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("active", "alive", "live", "reachable", "connected", "in_service", "valid"), "active"),
        **dict.fromkeys(
            ("unallocated", "unassigned", "inactive", "dead", "nonexistent", "does_not_exist"), "unallocated"
        ),
        **dict.fromkeys(("disconnected", "out_of_service", "deactivated"), "disconnected"),
        **dict.fromkeys(("number_changed", "changed", "ported_away"), "number_changed"),
        **dict.fromkeys(("reassigned", "new_owner"), "reassigned"),
        **dict.fromkeys(("wrong_party", "somebody_else"), "wrong_party"),
        **dict.fromkeys(("no_answer", "ringing"), "no_answer"),
        "busy": "busy",
        "fax": "fax",
        **dict.fromkeys(
            ("unreachable", "absent", "unknown", "error", "inconclusive", "timeout", "no_data"), "inconclusive"
        ),
    }
)
"""Word of a provider -> kind of evidence. `inactive`: not assigned to any subscriber, as the large vendors define it."""

_NUMBER: Final = ("number", "phone", "phone_number", "msisdn", "e164")
_STATUS: Final = ("status", "line_status", "result", "cause", "code")
_AT: Final = ("checked_at", "observed_at", "at", "timestamp", "date")
_LONGEST_WORD: Final = 60


@dataclass(frozen=True, slots=True)
class Result:
    """One answer: the number, the kind of evidence, when it was checked (None: not told), and the provider's own word."""

    e164: str
    kind: str
    at: datetime | None = None
    detail: str | None = None


def kind_of(word: str) -> str | None:
    """Gives the kind of evidence in a provider's word or carrier's cause; None for one that nobody knows."""
    return WORDS.get(word.strip().lower().replace(" ", "_").replace("-", "_")) or kind_of_cause(word)


def write_list(rows: Iterable[tuple[str, str, str, str]]) -> str:
    """Writes the list that goes out, with a header; rows are in the order of COLUMNS."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return out.getvalue()


def read_results(body: bytes) -> tuple[list[Result], list[int]]:
    """Reads what came back: CSV with a header, a JSON list, or JSON lines, in any order; repeated lines are no harm.

    Returns:
        The answers, and the positions (from 1) of those that say nothing: no number, or an unknown word.

    Raises:
        Refused: `results_unreadable`; nothing of it can be used.
    """
    try:
        text = body.decode("utf-8-sig")
        rows = list(_rows(text))
    except (ValueError, csv.Error) as error:
        raise Refused("results_unreadable", "send CSV with a header, a JSON list or JSON lines, in UTF-8") from error
    read = [_read(row) for row in rows]
    return [result for result in read if result], [at for at, result in enumerate(read, 1) if result is None]


def _rows(text: str) -> Iterator[Mapping[str, Any]]:
    start = text.lstrip()[:1]
    if start == "[":
        yield from (row for row in json.loads(text) if isinstance(row, dict))
    elif start == "{":
        yield from (json.loads(line) for line in text.splitlines() if line.strip())
    else:
        delimiter = max(",;\t", key=text.partition("\n")[0].count)
        yield from csv.DictReader(io.StringIO(text), delimiter=delimiter)


def _read(row: Mapping[str, Any]) -> Result | None:
    cells = {str(name).strip().lower().replace(" ", "_"): str(value).strip() for name, value in row.items() if value}
    number, status, told = (_first(cells, names) for names in (_NUMBER, _STATUS, _AT))
    digits = "".join(char for char in number if char.isdigit())
    kind = kind_of(status)
    if not 5 <= len(digits) <= 15 or kind is None:
        return None
    return Result(f"+{digits}", kind, _time(told), status[:_LONGEST_WORD])


def _first(cells: Mapping[str, str], names: Iterable[str]) -> str:
    return next((cells[name] for name in names if name in cells), "")


def _time(told: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(told)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
