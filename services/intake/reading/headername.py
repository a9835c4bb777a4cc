"""One name a column from the lines of a header."""

from collections.abc import Sequence

from services.intake.reading.footer import is_ruler
from services.intake.reading.headersign import is_counted

# What Windows programs wrote as cp1252 and others took for control characters.
CONTROLS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}


def join_header(parts: Sequence[Sequence[str]], width: int) -> tuple[str, ...]:
    """One name a column: the words of all the header's lines, a group title carried over its columns, none twice."""
    parts = [part for part in parts if not is_counted(part) and not is_ruler(part)] or parts
    names: list[list[str]] = [[] for _ in range(width)]
    for number, part in enumerate(parts):
        is_group = number + 1 < len(parts) and not all(map(str.strip, part))
        carried = ""
        for column in range(width):
            word = part[column].strip() if column < len(part) else ""
            carried = word or (carried if is_group else "")
            below = any(column < len(other) and other[column].strip() for other in parts[number + 1 :])
            use = word or (carried if below else "")
            if use and use not in names[column]:
                names[column].append(use)
    if len(parts) == 1:
        names = [[parts[0][column]] if column < len(parts[0]) else [] for column in range(width)]
    return tuple(" ".join(words).translate(CONTROLS) for words in names)
