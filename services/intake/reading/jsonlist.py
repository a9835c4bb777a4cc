"""JSON arrays, objects and JSON lines read as flat records, streamed.

The rule of flattening: keys of nested objects are joined with a dot; a list of plain values is one cell, joined
with `; `; of a list of objects the first three are numbered (`phones.1.number`) and what follows is kept as JSON
under `.more`. Numbers keep the text they were written with.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from services.intake.reading.errors import Hostile
from services.intake.reading.jsonshape import HEADERS, is_plain_list, unwrap
from services.intake.reading.problem import Problem

MAX_VALUE_CHARS = 768 << 10
"""Of one record: decoded, hostile values take twenty times their text. A list inside one object is entered when it is longer."""
MAX_DEPTH = 32
MAX_WRAPPERS = 4
NUMBERED = 3
GAP = re.compile(r"[\s,]*")
COLON = re.compile(r"\s*:\s*")
OPEN_LIST = re.compile(r"\[\s*(?=[\[{])")
NEXT_LINE = re.compile(r"\n\s*(?=[\[{])")
DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)

Value = Any


def find_json(head: str) -> str | None:
    """`json`, `jsonl` or None by the start of a text; a lone object is `json`."""
    text = head.lstrip("\ufeff \t\r\n")
    if not text.startswith(("[", "{")) or not re.match(r"\[\s*(?:[\[{\"\d\]tfn-]|$)|\{\s*(?:[\"}]|$)", text):
        return None
    if text.startswith("["):
        return "jsonl" if is_line_of_lists(text) else "json"
    first, _, rest = text.partition("\n")
    if is_json(first):
        return "jsonl" if rest.lstrip().startswith("{") else "json"
    try:
        _, end = DECODER.raw_decode(text)
    except (ValueError, RecursionError):
        return "jsonl" if rest.lstrip().startswith('{"') and first.rstrip().endswith("}") else "json"
    return "jsonl" if text[end:].lstrip().startswith("{") else "json"


def is_line_of_lists(text: str) -> bool:
    """True when each of the first two lines is a list by itself."""
    lines = [line for line in text.split("\n", 3)[:3] if line.strip()][:2]
    return len(lines) == 2 and all(line.lstrip().startswith("[") and is_json(line) for line in lines)


def is_json(text: str) -> bool:
    """True when the whole text is one JSON value."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


class JsonReader:
    """Values of a JSON array, of JSON lines, or of the list inside one object, each with its line."""

    def __init__(self, texts: Iterator[str]) -> None:
        self._texts = texts
        self._text = ""
        self._at = 0
        self._line = 1
        self._is_whole = False

    def read(self) -> Iterator[tuple[int, Value] | Problem]:
        """All values in order; what cannot be read is a problem, and reading goes on with the next line."""
        self._skip()
        in_array = self._text.startswith("[", self._at) and not self._starts_lines_of_lists()
        if in_array:
            self._at += 1
        elif self._text.startswith("{", self._at) and (found := self._find_long_list()):
            start, header = found
            if header:
                yield self._line, header
            self._line += self._text.count("\n", self._at, start)
            self._at, in_array = start, True
        first: tuple[int, Value] | None = None
        count = 0
        while (item := self._take(in_array)) is not None:
            count += isinstance(item, tuple)
            if count == 1 and isinstance(item, tuple) and not in_array:
                first = item
                continue
            if first:
                yield first
                first = None
            yield item
        if first:
            yield from unwrap(*first)

    def _starts_lines_of_lists(self) -> bool:
        return is_line_of_lists(self._text[self._at :])

    def _find_long_list(self) -> tuple[int, Value] | None:
        """Where the first record stands of the list in a lone object that is too long to be decoded at once, and its header."""
        while len(self._text) - self._at <= MAX_VALUE_CHARS // 2:
            try:
                DECODER.raw_decode(self._text, self._at)
                return None
            except RecursionError:
                return None
            except json.JSONDecodeError as error:
                if not is_cut_off(error, len(self._text)) or not self._fill():
                    return None
        return find_cut_list(self._text, self._at)

    def _skip(self) -> None:
        """Move over white space and commas, counting lines, with text behind it unless all is read."""
        while True:
            gap = GAP.match(self._text, self._at)
            end = gap.end() if gap else self._at
            self._line += self._text.count("\n", self._at, end)
            self._at = end
            if self._at < len(self._text) or not self._fill():
                return

    def _fill(self) -> bool:
        """Read at least as much as is kept; False at the end."""
        kept = self._text[self._at :]
        parts, size = [kept], 0
        for text in self._texts:
            parts.append(text)
            size += len(text)
            if size >= len(kept):
                break
        self._text, self._at = "".join(parts), 0
        self._is_whole = self._is_whole or not size
        if len(kept) > MAX_VALUE_CHARS:
            raise Hostile("json_too_large", "One JSON value is over 768 KB. Save the records as JSON lines.")
        return size > 0

    def _take(self, in_array: bool) -> tuple[int, Value] | Problem | None:
        """The next value or complaint; None at the end."""
        self._skip()
        if self._at >= len(self._text) or (in_array and self._text[self._at] == "]"):
            return None
        while True:
            try:
                value, end = DECODER.raw_decode(self._text, self._at)
            except RecursionError as error:
                raise Hostile(
                    "json_too_deep", "The JSON is nested too deeply for a list. Export a flat one."
                ) from error
            except json.JSONDecodeError as error:
                if not self._is_whole and is_cut_off(error, len(self._text)) and self._fill():
                    continue
                return self._resume(error)
            if end == len(self._text) and not self._is_whole and self._fill():
                continue
            line = self._line
            self._line += self._text.count("\n", self._at, end)
            self._at = end
            return line, value

    def _resume(self, error: json.JSONDecodeError) -> Problem:
        """Go on behind what cannot be read: at the next line that starts a value."""
        problem = Problem(self._line, "broken_json", f"not readable as JSON: {error.msg}")
        found = NEXT_LINE.search(self._text, self._at + 1)
        while found is None and self._fill():
            found = NEXT_LINE.search(self._text, 1)
        end = found.end() if found else len(self._text)
        self._line += self._text.count("\n", self._at, end)
        self._at = end
        return problem


def is_cut_off(error: json.JSONDecodeError, length: int) -> bool:
    """True when the text may simply end too early."""
    return error.pos >= length - 16 or error.msg.startswith("Unterminated")


def find_cut_list(text: str, at: int) -> tuple[int, Value] | None:
    """Behind the bracket of the list of records that is still open at the end of the text, in the object that starts here.

    With it the list of names that was met on the way, or None.
    """
    header = None
    for _ in range(MAX_WRAPPERS):
        if not text.startswith("{", at):
            break
        at, values = read_whole_values(text, at + 1)
        headers = [item for key, item in values.items() if key.casefold() in HEADERS and is_plain_list(item)]
        header = headers[0] if headers else header
    start = OPEN_LIST.match(text, at)
    if start is None:
        return None
    return start.end(), header if text.startswith("[", start.end()) else None


def read_whole_values(text: str, at: int) -> tuple[int, dict[str, Value]]:
    """(where the value starts that is cut off, the values of the keys before it) of an object."""
    values: dict[str, Value] = {}
    try:
        while True:
            key, end = DECODER.raw_decode(text, skip(GAP, text, at))
            at = skip(COLON, text, end)
            values[str(key)], end = DECODER.raw_decode(text, at)
            at = end
    except (ValueError, RecursionError):
        return at, values


def skip(gap: re.Pattern[str], text: str, at: int) -> int:
    """The place behind a gap."""
    found = gap.match(text, at)
    return found.end() if found else at


def flatten(value: Value) -> dict[str, str]:
    """One record as flat text cells by key; a list's places are its keys, a plain value's key is `value`."""
    flat: dict[str, str] = {}
    if isinstance(value, list):
        value = {str(place): item for place, item in enumerate(value, 1)}
    if not isinstance(value, Mapping):
        return {"value": write_plain(value)}
    add_items(flat, "", value, 0)
    return flat


def add_items(flat: dict[str, str], prefix: str, value: Mapping[str, Value], depth: int) -> None:
    """Put the items of an object under their dotted keys."""
    for key, item in value.items():
        if isinstance(item, str):
            flat[prefix + key] = item
        elif isinstance(item, Mapping) and item and depth < MAX_DEPTH:
            add_items(flat, f"{prefix}{key}.", item, depth + 1)
        elif isinstance(item, list):
            add_list(flat, prefix + key, item, depth)
        else:
            flat[prefix + key] = write_plain(item)


def add_list(flat: dict[str, str], key: str, items: list[Value], depth: int) -> None:
    """Put a list under its key: joined when plain, numbered when of objects."""
    if not any(isinstance(item, Mapping | list) for item in items) or depth >= MAX_DEPTH:
        flat[key] = "; ".join(map(write_plain, items))
        return
    for place, item in enumerate(items[:NUMBERED], 1):
        if isinstance(item, Mapping):
            add_items(flat, f"{key}.{place}.", item, depth + 1)
        else:
            flat[f"{key}.{place}"] = write_plain(item)
    if len(items) > NUMBERED:
        flat[f"{key}.more"] = json.dumps(items[NUMBERED:], ensure_ascii=False)


def write_plain(value: Value) -> str:
    """The text of a plain value; null is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
