"""How far an upload is, from 0 to 1; never backwards. Pure."""

from typing import Final

_READ_SHARE: Final = 0.4
_CLEAN_SHARE: Final = 0.4
_USUAL_ROWS: Final = 50_000
"""Where the number of rows cannot be told beforehand, half is assumed done after so many."""
_ALMOST: Final = 0.99


def find_progress(state: str, *, staged: int, cleaned: int, rows_read: int, expected_rows: int | None) -> float:
    """Gives the progress: each state has its own stretch, so that no move goes back.

    `staged` rows are in the ledger, `cleaned` ones in batches that are done; `rows_read` is known once all are staged,
    `expected_rows` is what inspection guessed.
    """
    if state in ("received", "inspected"):
        return 0.0
    if state == "reading":
        share = staged / expected_rows if expected_rows else staged / (staged + _USUAL_ROWS)
        return round(_READ_SHARE * min(share, _ALMOST), 4)
    if state == "cleaning":
        return round(_READ_SHARE + _CLEAN_SHARE * min(cleaned / max(rows_read, 1), 1.0), 4)
    return _READ_SHARE + _CLEAN_SHARE if state == "matching" else 1.0
