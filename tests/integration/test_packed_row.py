"""Raw rows packed by us are what the database reads back, to the letter."""

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.storage.packed_row import HEADER, TRAILER, NewRow, pack_rows
from tests.builders import Connection, connect

_COPY = b"COPY raw_row (upload_id, row_no, line_no, cells, problem) FROM STDIN (FORMAT binary)"
TEXTS = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=30)
ROWS = st.lists(
    st.builds(NewRow, st.just(0), st.integers(1, 2**60), st.lists(TEXTS, max_size=5).map(tuple), st.none() | TEXTS),
    max_size=8,
)
UPLOADS = count(1)


def read_back(db: Connection, upload_id: int) -> list[tuple[object, ...]]:
    found = db.execute(
        "SELECT row_no, line_no, cells, problem FROM raw_row WHERE upload_id = %s ORDER BY row_no", (upload_id,)
    )
    return found.fetchall()


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_rows_come_back_as_they_were(database_url: str, rows: list[NewRow]) -> None:
    rows = [row._replace(row_no=number) for number, row in enumerate(rows, 1)]
    upload_id = next(UPLOADS)
    with connect(database_url) as db:
        with db.cursor() as cursor, cursor.copy(_COPY) as copy:
            copy.write(HEADER + pack_rows(upload_id, rows) + TRAILER)
        assert read_back(db, upload_id) == [(row.row_no, row.line_no, list(row.cells), row.problem) for row in rows]


@pytest.mark.parametrize("cell", ["a\0b", "\ud800"])
def test_what_no_text_may_hold_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match=r"NUL|surrogates"):
        pack_rows(1, [NewRow(1, 1, ("a", cell))])
