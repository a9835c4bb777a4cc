"""Raw rows as the bytes of a binary COPY, a chunk at once: psycopg's own arrays take longer than all the rest of reading.

Source: PostgreSQL 18, COPY, "Binary Format"; array_send.
"""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

HEADER: Final = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER: Final = b"\xff\xff"
_TEXT_OID: Final = 25
_BIGINT_BYTES: Final = 8
_ARRAY_BYTES: Final = 20
_SIZE_BYTES: Final = 4
# what comes before a row's cells: three bigints behind their sizes, then the array's size and what it is
_HEAD: Final = np.dtype(
    [("columns", ">i2")]
    + [part for name in ("upload_id", "row_no", "line_no") for part in ((f"{name}_size", ">i4"), (name, ">i8"))]
    + [(name, ">i4") for name in ("size", "dimensions", "has_nulls", "type", "length", "first")]
)


class NewRow(NamedTuple):
    """One record of a file, verbatim; `problem` is what the reader says of it. A tuple: there are millions of them."""

    row_no: int
    line_no: int
    cells: Sequence[str]
    problem: str | None = None


def pack_rows(upload_id: int, rows: Sequence[NewRow]) -> bytes:
    """The rows as (upload_id, row_no, line_no, cells, problem), without the header and trailer of a COPY.

    All cells are encoded as one text with NULs between them; each piece is then moved to its place behind its size.

    Raises:
        ValueError: a cell holds a NUL or half a surrogate pair, which PostgreSQL's text cannot hold.
    """
    if not rows:
        return b""
    pieces: list[str] = []
    for row in rows:
        pieces += row.cells
        pieces.append(row.problem or "")
    source = np.frombuffer(("\0".join(pieces) + "\0").encode(), dtype=np.uint8)
    ends = np.flatnonzero(source == 0).astype(np.int32)
    if len(ends) != len(pieces):
        raise ValueError("a cell holds a NUL")
    counts = np.array([len(row.cells) for row in rows])
    lasts = np.cumsum(counts + 1) - 1
    firsts = lasts - counts
    sizes = np.diff(ends, prepend=np.int32(-1)) - 1
    gaps = np.full(len(pieces), _SIZE_BYTES, dtype=np.int32)
    gaps[firsts] += _HEAD.itemsize
    starts = np.cumsum(gaps + sizes, dtype=np.int32) - sizes
    packed = np.empty(starts[-1] + sizes[-1] + 1, dtype=np.uint8)
    # the NUL behind a piece falls on what is written next, or on the one byte too many
    places = np.repeat(starts - ends + sizes, sizes + 1)
    places += np.arange(len(source), dtype=np.int32)
    packed[places] = source
    array_sizes = np.add.reduceat(sizes + _SIZE_BYTES, firsts) - sizes[lasts] - _SIZE_BYTES + _ARRAY_BYTES
    heads = _make_heads(upload_id, rows, counts, array_sizes)
    _put(packed, starts[firsts] - _SIZE_BYTES - _HEAD.itemsize, heads)
    written = sizes.astype(">i4")
    written[lasts[[row.problem is None for row in rows]]] = -1
    _put(packed, starts - _SIZE_BYTES, written)
    return packed[:-1].tobytes()


def _make_heads(upload_id: int, rows: Sequence[NewRow], counts: NDArray[Any], sizes: NDArray[Any]) -> NDArray[Any]:
    heads = np.zeros(len(rows), dtype=_HEAD)
    values = {"columns": 5, "upload_id": upload_id, "dimensions": 1, "type": _TEXT_OID, "first": 1}
    values |= dict.fromkeys(("upload_id_size", "row_no_size", "line_no_size"), _BIGINT_BYTES)
    for name, value in values.items():
        heads[name] = value
    heads["row_no"] = [row.row_no for row in rows]
    heads["line_no"] = [row.line_no for row in rows]
    heads["length"], heads["size"] = counts, sizes
    return heads


def _put(packed: NDArray[np.uint8], places: NDArray[Any], values: NDArray[Any]) -> None:
    """Writes each value's bytes at its place."""
    raw = values.view(np.uint8).reshape(len(values), -1)
    for offset, column in enumerate(raw.T):
        packed[places + offset] = column
