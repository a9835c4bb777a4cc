"""What speaks for a header besides its words: figures that label columns, a way of writing that only it has."""

import re
from collections.abc import Sequence
from itertools import islice, pairwise

from services.intake.reading.cell import BLANK, DATE, NUMBER, TEXT, find_form

YEAR = re.compile(r"(?:19|20)\d{2}")
COUNT = re.compile(r"\d{1,4}")
STYLED_CELLS = 5000
"""So many cells show how a table is written."""


def find_labels(
    cells: Sequence[str], body: Sequence[Sequence[str]], forms_below: Sequence[Sequence[str]]
) -> frozenset[int]:
    """The columns that this row labels with a figure, by what stands in the rows below and of what form it is."""
    everywhere = range(len(cells))
    if is_counted(cells):
        return frozenset() if is_mostly(NUMBER, forms_below, everywhere) else frozenset(everywhere)
    years = [place for place, cell in enumerate(cells) if YEAR.fullmatch(cell.strip())]
    if len(years) >= 2 and is_even(cells, years) and not are_years(body, years):
        return frozenset(years) if is_mostly(NUMBER, forms_below, years) else frozenset()
    dates = [place for place, cell in enumerate(cells) if find_form(cell) == DATE]
    is_new = len({cells[place] for place in dates}) == len(dates) >= 2
    return frozenset(dates) if is_new and is_mostly(NUMBER, forms_below, dates) else frozenset()


def is_counted(cells: Sequence[str]) -> bool:
    """True for a row that only counts its columns, from 0 or from 1."""
    texts = [cell.strip() for cell in cells]
    if len(texts) < 3 or not all(map(COUNT.fullmatch, texts)):
        return False
    return [int(text) for text in texts] in (list(range(len(texts))), list(range(1, len(texts) + 1)))


def is_even(cells: Sequence[str], places: Sequence[int]) -> bool:
    """True for figures that go up or down by the same step of a few years."""
    steps = {int(cells[after]) - int(cells[place]) for place, after in pairwise(places)}
    return len(steps) == 1 and 1 <= abs(next(iter(steps))) <= 10


def is_mostly(form: str, below: Sequence[Sequence[str]], places: Sequence[int]) -> bool:
    """True when the filled cells under these places are nearly all of that form."""
    found = [row[place] for row in below for place in places if place < len(row) and row[place] != BLANK]
    return bool(found) and found.count(form) >= 0.8 * len(found)


def are_years(rows: Sequence[Sequence[str]], places: Sequence[int]) -> bool:
    """True when the cells at these places are mostly years themselves: they are values, not labels."""
    found = [row[place].strip() for row in rows for place in places if place < len(row) and row[place].strip()]
    return bool(found) and sum(bool(YEAR.fullmatch(cell)) for cell in found) >= 0.5 * len(found)


def find_style(cell: str) -> str:
    """How a word is written: in capitals, with a capital first, small, or with joints (`first_name`, `firstName`)."""
    text = cell.strip()
    if "_" in text or (text[1:] != text[1:].casefold() and text[:1].islower() and " " not in text):
        return "joined"
    return "upper" if text.isupper() else "lower" if text.islower() else "title"


def has_own_style(cells: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """True when all words of the row are written in one way and hardly any text below it is."""
    styles = {find_style(cell) for cell in cells if cell.strip()}
    if len(styles) != 1 or len(cells) < 2:
        return False
    first = islice((cell for row in body for cell in row), STYLED_CELLS)
    below = [find_style(cell) for cell in first if find_form(cell) == TEXT]
    return len(below) >= 3 and below.count(next(iter(styles))) <= 0.1 * len(below)
