"""Cells for people: no spreadsheet runs them, and they come back as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.spreadsheet import make_harmless, restore

CELLS = st.text(max_size=12) | st.text("'=+-@\t\r\n a", max_size=6)


@given(CELLS)
def test_cell_comes_back_as_it_was(cell: str) -> None:
    assert restore(make_harmless(cell)) == cell


@given(CELLS)
def test_no_cell_begins_as_a_formula(cell: str) -> None:
    assert make_harmless(cell)[:1] not in tuple("=+-@\t\r\n＝＋－＠")


@pytest.mark.parametrize("cell", ["", "Kwiat", "O'Neil", "'quoted'", "601 100 200"])
def test_other_cells_are_left_alone(cell: str) -> None:
    assert make_harmless(cell) == restore(cell) == cell
