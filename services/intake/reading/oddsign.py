"""Unusual ways to write a table as text: delimiters of several signs, rare signs, whole lines in quotes, remarks on top."""

import re
from collections import Counter
from collections.abc import Sequence

WIDE = re.compile(r"([^\w\s\"'.()+-])\1+|[|~^][^\w\s\"']{1,2}[|~^]")
"""A sign said twice or more, or a pair of signs around others: `||`, `::`, `|;|`."""
USUAL = frozenset("-./()@+&'\"_%*=\\?!<>[]{}$€£")
"""Signs that stand in cells: no table is taken to be cut by them."""
BLANKS = "  "
"""Two blanks or more between columns, as printed tables have them."""
RUN = re.compile(r" {2,}")
BETWEEN = (" - ", " – ", ": ")
"""What people write between a name and a number."""
WRAPPED = re.compile(r'"(?:[^"]|"")*"')
LONG_LINE_CHARS = 1 << 18
LEAST_SHARE = 0.9


def find_wide_signs(lines: Sequence[str]) -> list[str]:
    """Delimiters of several signs that stand equally often in nearly all lines and never come apart."""
    filled = [line for line in lines if line.strip()]
    if len(filled) < 2:
        return []
    signs = {match[0] for match in WIDE.finditer(filled[0])}
    return [sign for sign in sorted(signs) if is_regular(sign, filled) and not comes_apart(sign, filled)]


def comes_apart(sign: str, lines: Sequence[str]) -> bool:
    """True when a sign of it also stands alone: it only looks wide where cells are empty."""
    return any(part in line.replace(sign, "") for line in lines for part in set(sign))


def find_rare_signs(lines: Sequence[str], known: Sequence[str]) -> list[str]:
    """Signs that are no usual delimiter and stand equally often, twice at least, in nearly all lines."""
    filled = [line for line in lines if line.strip()]
    if len(filled) < 3:
        return []
    signs = {char for char in filled[0].strip("\r\n") if not char.isalnum() and not char.isspace()}
    return [sign for sign in sorted(signs - USUAL - set(known)) if is_regular(sign, filled, least=2)]


def narrow(line: str, sign: str, by: str) -> str:
    """The line with its wide delimiter made a single sign; of blanks, a run of any length is one."""
    if sign != BLANKS:
        return line.replace(sign, by)
    text = line.strip(" \r\n")
    return RUN.sub(by, text) + line[len(line.rstrip("\r\n")) :]


def is_regular(sign: str, lines: Sequence[str], least: int = 1) -> bool:
    """True when nearly all lines hold it the same number of times, at least so often."""
    counts = Counter(line.count(sign) for line in lines)
    count, times = counts.most_common(1)[0]
    return count >= least and times >= LEAST_SHARE * len(lines)


def is_wrapped(line: str) -> bool:
    """True when the whole line is one quoted cell that holds a delimiter: written as a cell of another table."""
    text = line.strip()
    return 2 < len(text) <= LONG_LINE_CHARS and any(sign in text for sign in ",;\t|") and bool(WRAPPED.fullmatch(text))


def unwrap(line: str) -> str:
    """The line without the quotes around it; any other line as it is."""
    if not is_wrapped(line):
        return line
    text = line.strip()
    return text[1:-1].replace('""', '"') + line[len(line.rstrip("\r\n")) :]


def drop_remarks(lines: Sequence[str]) -> Sequence[str]:
    """The lines without the remarks on top (`# made on Monday`), which say nothing of how cells are cut."""
    start = 0
    while start < len(lines) and (lines[start].startswith("#") or not lines[start].strip()):
        start += 1
    return lines[start:] if 1 < start < len(lines) - 1 else lines
