"""How far an upload is."""

from hypothesis import given
from hypothesis import strategies as st

from services.intake.progress import find_progress
from shared.domain.lifecycle import states_of

COUNT = st.integers(0, 2_000_000)
LINE = ("received", "reading", "cleaning", "matching", "ready")


@given(
    state=st.sampled_from(states_of("upload")),
    staged=COUNT,
    cleaned=COUNT,
    rows_read=COUNT,
    expected=st.none() | st.integers(1, 2_000_000),
)
def test_progress_lies_between_0_and_1(
    state: str, staged: int, cleaned: int, rows_read: int, expected: int | None
) -> None:
    assert 0 <= find_progress(state, staged=staged, cleaned=cleaned, rows_read=rows_read, expected_rows=expected) <= 1


@given(
    st.lists(st.tuples(st.sampled_from(range(len(LINE))), COUNT, COUNT), min_size=2),
    COUNT,
    st.none() | st.integers(1, 2_000_000),
)
def test_progress_never_goes_back(steps: list[tuple[int, int, int]], rows_read: int, expected: int | None) -> None:
    states, staged, cleaned = (sorted(column) for column in zip(*steps, strict=True))
    shown = [
        find_progress(LINE[state], staged=s, cleaned=c, rows_read=rows_read, expected_rows=expected)
        for state, s, c in zip(states, staged, cleaned, strict=True)
    ]
    assert shown == sorted(shown)


def test_what_is_over_is_whole() -> None:
    for state in ("ready", "failed", "withdrawn"):
        assert find_progress(state, staged=1, cleaned=0, rows_read=5, expected_rows=None) == 1.0


def test_nothing_is_read_before_the_start() -> None:
    assert find_progress("inspected", staged=0, cleaned=0, rows_read=0, expected_rows=9) == 0.0
