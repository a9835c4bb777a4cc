"""Columns of bigints to and from PostgreSQL as blocks of bytes: what millions of keys need. No statement of any table.

Source: PostgreSQL 18, COPY, "Binary Format".
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from shared.storage.engine import driver

Integers = NDArray[np.int64]
_HEADER: Final = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER: Final = b"\xff\xff"
_BLOCK_ROWS: Final = 65_536


def _row_type(columns: int) -> np.dtype[np.void]:
    parts = [("count", ">i2")]
    for number in range(columns):
        parts += [(f"size{number}", ">i4"), (f"value{number}", ">i8")]
    return np.dtype(parts)


def write_bigints(connection: Connection, statement: str, *columns: Integers) -> None:
    """Runs a COPY ... FROM STDIN (FORMAT binary) with columns of equal length, none of them null."""
    packed = _row_type(len(columns))
    with driver(connection).cursor() as cursor, cursor.copy(statement.encode()) as copy:
        copy.write(_HEADER)
        for start in range(0, len(columns[0]), _BLOCK_ROWS):
            parts = [column[start : start + _BLOCK_ROWS] for column in columns]
            block = np.zeros(len(parts[0]), dtype=packed)
            block["count"] = len(columns)
            for number, part in enumerate(parts):
                block[f"size{number}"], block[f"value{number}"] = 8, part
            copy.write(block.tobytes())
        copy.write(_TRAILER)


def read_bigints(
    connection: Connection, statement: str, values: dict[str, object] | tuple[object, ...], columns: int
) -> list[Integers]:
    """Runs a COPY (SELECT ...) TO STDOUT (FORMAT binary) whose columns are all bigint and never null."""
    packed = _row_type(columns)
    received = bytearray()
    with driver(connection).cursor() as cursor, cursor.copy(statement.encode(), values) as copy:
        for block in copy:
            received += block
    rows = np.frombuffer(
        received, dtype=packed, offset=len(_HEADER), count=(len(received) - len(_HEADER)) // packed.itemsize
    )
    return [rows[f"value{number}"].astype(np.int64) for number in range(columns)]
