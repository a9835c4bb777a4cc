"""The bar of long commands: how far it is, how fast it goes, and how long it will still take."""

from typing import Final

from rich.console import Console
from rich.filesize import decimal
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.text import Text

BYTES: Final = "bytes"
ROWS: Final = "rows"


class _Pace(ProgressColumn):
    """How fast it goes; nothing before there is a speed."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(pace_of(task.fields["unit"], speed, task.fields.get("rows", 0)) if speed else "")


def pace_of(unit: str, speed: float, rows: int = 0) -> str:
    """Gives a pace in words: `speed` is in bytes a second or, for rows, in shares of all the `rows` a second."""
    return f"{decimal(int(speed))}/s" if unit == BYTES else f"{speed * rows:,.0f} rows/s"


def show_progress() -> Progress:
    """Gives a bar on stderr whose tasks have the field `unit`, BYTES or ROWS, and for rows `rows`."""
    columns = (
        TextColumn("{task.description:10}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        _Pace(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("spent"),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=Console(stderr=True))
