"""Bytes to numbered text lines, a block at a time: constant memory whatever the size of the file.

A line that is not in the file's encoding is decoded by itself in the fallback page and reported. JSON often stands on
one line: there a block may end behind any comma.
"""

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from services.intake.reading.encoding import Encoding, is_mostly_utf8
from services.intake.reading.errors import Hostile
from services.intake.reading.problem import Problem

BLOCK_BYTES = 1 << 18
MAX_LINE_BYTES = 2 << 20
END_OF_FILE = "\x1a"
"""What old programs write behind the last line."""
MARK = "\ufeff"
INNER_MARK = re.compile(f"^{MARK}+", re.MULTILINE)
"""Byte order marks of files that were put together."""
JSON_START = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*[\[{]")
LF, ANY = "\n", ""
"""Line ends: LF (CRLF included, a lone CR is a character) or any of CR, LF, CRLF."""


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive physical lines with their ends, the number of the first, and what was wrong in them."""

    first_line: int
    lines: list[str]
    problems: list[Problem] = field(default_factory=list)


def read_lines(stream: BinaryIO, encoding: Encoding, line_end: str) -> Iterator[Block]:
    """Blocks of whole decoded lines from a stream that stands at its start; closes it at the end.

    Raises:
        Hostile: when one line is longer than MAX_LINE_BYTES.
    """
    number = 1
    try:
        stream.read(encoding.bom_bytes)
        is_wide = encoding.name.startswith(("utf-16", "utf-32"))
        texts = decode_wide(stream, encoding) if is_wide else decode_narrow(stream, encoding, line_end)
        for decoded, faults in texts:
            problems = [Problem(number + offset, code, detail) for offset, code, detail in faults]
            text = decoded.replace("\0", "")
            if len(text) < len(decoded):
                problems.append(Problem(number, "nul_bytes", "NUL bytes were left out from this line on"))
            if MARK in text:
                text = INNER_MARK.sub("", text)
            lines = list(io.StringIO(text.rstrip(END_OF_FILE), newline=line_end))
            if lines:
                yield Block(number, lines, problems)
            number += len(lines) - (not lines[-1].endswith(("\n", "\r")) if lines else 0)
    finally:
        stream.close()


Fault = tuple[int, str, str]


def decode_narrow(stream: BinaryIO, encoding: Encoding, line_end: str) -> Iterator[tuple[str, list[Fault]]]:
    """Text of whole lines with its faults (line offset, code, detail), for encodings in which LF is one byte."""
    for block in cut_lines(stream, line_end):
        try:
            yield block.decode(encoding.name), []
        except UnicodeDecodeError:
            yield decode_each(block, encoding, line_end)


def decode_each(block: bytes, encoding: Encoding, line_end: str) -> tuple[str, list[Fault]]:
    """Decode line by line: in the encoding, else in the fallback, else with the replacement character."""
    texts: list[str] = []
    faults: list[Fault] = []
    ends = block.replace(b"\r\n", b"\n\0").replace(b"\r", b"\n") if line_end == ANY else block
    parts = ends.split(b"\n")
    start = 0
    for offset, part in enumerate(parts):
        stop = min(start + len(part) + 1, len(block))
        text, fault = decode_line(block[start:stop], encoding)
        texts.append(text)
        if fault:
            faults.append((offset, *fault))
        start = stop
    return "".join(texts), faults


def decode_line(line: bytes, encoding: Encoding) -> tuple[str, tuple[str, str] | None]:
    """One line as text, and (code, detail) when it was not in the file's encoding."""
    try:
        return line.decode(encoding.name), None
    except UnicodeDecodeError:
        pass
    if encoding.fallback and not is_mostly_utf8(line):
        text = line.decode(encoding.fallback, "replace")
        return text, ("mixed_encoding", f"the line is not {encoding.name}; read as {encoding.fallback}")
    return line.decode(encoding.name, "replace"), ("undecodable", f"some bytes are not {encoding.name}")


def cut_lines(stream: BinaryIO, line_end: str) -> Iterator[bytes]:
    """Blocks of bytes that end at a line end."""
    rest, may_cut = b"", None
    while block := stream.read(BLOCK_BYTES):
        rest += block
        may_cut = JSON_START.match(rest) is not None if may_cut is None else may_cut
        cut = rest.rfind(b"\n") + 1
        if line_end == ANY:
            cut = max(cut, rest.rfind(b"\r", 0, len(rest) - 1) + 1)
        if may_cut and not cut:
            cut = rest.rfind(b",") + 1  # no character of any encoding ends in the byte of a comma
        if cut:
            yield rest[:cut]
            rest = rest[cut:]
        check_line(len(rest))
    if rest:
        yield rest


def decode_wide(stream: BinaryIO, encoding: Encoding) -> Iterator[tuple[str, list[Fault]]]:
    """Text of whole lines for UTF-16 and UTF-32."""
    decoder = codecs.getincrementaldecoder(encoding.name)("replace")
    rest, may_cut = "", None
    while block := stream.read(BLOCK_BYTES):
        rest += decoder.decode(block)
        may_cut = rest.lstrip(f"{MARK} \t\r\n")[:1] in ("[", "{") if may_cut is None else may_cut
        cut = max(rest.rfind("\n") + 1, rest.rfind("\r", 0, len(rest) - 1) + 1 if "\n" not in rest else 0)
        if may_cut and not cut:
            cut = rest.rfind(",") + 1
        if cut:
            yield rest[:cut], []
            rest = rest[cut:]
        check_line(len(rest))
    rest += decoder.decode(b"", final=True)
    if rest:
        yield rest, []


def check_line(size: int) -> None:
    """Raise when no line end came for too long: what has such lines is no list."""
    if size > MAX_LINE_BYTES:
        raise Hostile("line_too_long", f"A line is longer than {MAX_LINE_BYTES >> 20} MB. Export the list as CSV.")


def find_line_end(text: str) -> str:
    """LF when lone CRs are rare, else ANY."""
    lone = text.count("\r") - text.count("\r\n")
    return ANY if lone > 0.2 * text.count("\n") and lone >= 1 and lone * 3 > text.count("\n") else LF
