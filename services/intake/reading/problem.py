"""A complaint about one place in a file: what was met, and what was done about it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One complaint; `line` is the physical line (0 when it concerns the whole file), `code` is stable."""

    line: int
    code: str
    detail: str
