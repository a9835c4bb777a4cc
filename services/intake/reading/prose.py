"""Telling a list of one column from a text: a text has sentences, blocks and punctuation where a list has items."""

import re
from collections import Counter
from collections.abc import Sequence

from services.intake.reading.cell import DIGIT, TYPED, find_form, find_main_form
from services.intake.reading.errors import NoTable
from services.intake.reading.headerword import is_header_word

SENTENCE = re.compile(r"\s.*(?:[^\W\d_A-Z]{4,}[.!?]|[!?:。])$")
CODE = re.compile(r"[{};(]$|^(?://|/\*|<|\[[^\]]+\]$)|[\w\]] ?=>? ?\S|\w\(\)")
LOG = re.compile(r"[\[(]?(?:\d{4}[-/]\d\d[-/]\d\d|\w{3} +\d{1,2})[T ]\d\d:\d\d(?::\d\d[.,\d]*)?\S* +\S+ +\S")
LABELLED = re.compile(r"(?:[-*] )?([^\W\d][\w .-]{0,30}):\s")
REASON = "The lines have no columns in common: this is a text, not a list. Export the list as CSV or XLSX."


def check_single_column(lines: Sequence[str]) -> None:
    """Accept lines of one kind.

    Raises:
        NoTable: when the lines are free text.
    """
    filled = [line.rstrip("\r\n") for line in lines if line.strip()]
    items = [line.strip().strip('"') for line in filled]
    if not items:
        raise NoTable("empty", "The file holds no text. Check that the right file was chosen.")
    body = items[1:] if len(items) > 1 else items
    if find_main_form(map(find_form, body), least=0.8) in TYPED:
        return
    if is_prose(items) or is_code(items) or is_labelled(items) or is_in_blocks(lines, filled) or is_mixed(items):
        raise NoTable("free_text", REASON)


def is_prose(items: Sequence[str]) -> bool:
    """True for long lines, sentences, or punctuation that cuts some lines and not others."""
    count = len(items)
    long = sum(len(item) > 80 or item.count(" ") >= 9 for item in items) / count
    sentences = sum(bool(SENTENCE.search(item)) for item in items) / count
    uneven = len({item.count(",") for item in items}) > 1 and sum("," in item for item in items) > 0.25 * count
    is_headed = count > 1 and is_header_word(items[0])
    if is_headed:
        return long > 0.6
    return long > 0.25 or sentences > 0.3 or (uneven and count >= 3)


def is_code(items: Sequence[str]) -> bool:
    """True for lines of programs, settings, logs and marked-up texts."""
    return sum(bool(CODE.search(item) or LOG.match(item)) for item in items) > 0.3 * len(items)


def is_labelled(items: Sequence[str]) -> bool:
    """True when most lines name what they hold (`name: Ann`): a record spread over lines."""
    labels = [match[1] for item in items if (match := LABELLED.match(item))]
    return len(items) >= 3 and sum(map(is_header_word, labels)) > 0.6 * len(items)


def is_mixed(items: Sequence[str]) -> bool:
    """True when the lines are of several kinds, each frequent: a record spread over lines."""
    counts = Counter((find_form(item), bool(DIGIT.search(item))) for item in items)
    return len(items) >= 6 and sum(count >= 0.15 * len(items) for count in counts.values()) >= 3


def is_in_blocks(lines: Sequence[str], filled: Sequence[str]) -> bool:
    """True for lines in groups set apart by blank ones, or indented to show what belongs to what."""
    blank = len(lines) - len(filled)
    indents = {len(line) - len(line.lstrip()) for line in filled}
    return (blank >= 0.2 * len(filled) and blank >= 2) or (len(indents) > 2 and len(filled) > 3)
