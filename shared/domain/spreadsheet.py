"""Cells that go to people in CSV and come back: a spreadsheet must not run what a stranger typed. Pure.

Source: OWASP, CSV Injection.
"""

import re
from typing import Final

_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""How a cell begins that a spreadsheet would run, behind any marks that say that it is text."""


def make_harmless(cell: str) -> str:
    """Gives the cell, behind an apostrophe if a spreadsheet would run it."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def restore(cell: str) -> str:
    """Gives back what was made harmless."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell
