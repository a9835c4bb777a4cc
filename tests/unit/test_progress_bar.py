"""How long commands say how fast they are and what remains."""

import io

import pytest
from rich.console import Console

from services.progress_bar import BYTES, ROWS, pace_of, show_progress


@pytest.mark.parametrize(
    ("unit", "speed", "rows", "pace"),
    [(BYTES, 12_500_000.0, 0, "12.5 MB/s"), (ROWS, 0.01, 250_000, "2,500 rows/s")],
)
def test_pace_is_told_in_its_unit(unit: str, speed: float, rows: int, pace: str) -> None:
    assert pace_of(unit, speed, rows) == pace


def test_bar_tells_speed_and_what_remains() -> None:
    times = iter(range(0, 1000, 10))
    with show_progress() as progress:
        progress.get_time = lambda: float(next(times))
        task = progress.add_task("sending", total=4_000_000, unit=BYTES)
        for _ in range(2):
            progress.advance(task, 1_000_000)
        shown = io.StringIO()
        Console(file=shown, width=120).print(progress.make_tasks_table(progress.tasks))
    text = shown.getvalue()
    assert "50 %" in text
    assert "kB/s" in text
    assert "-:--:--" not in text
