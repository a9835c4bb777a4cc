"""The command `leadmill up`."""

import os
import time
from pathlib import Path
from typing import Final

import click

from services.stack.ending import Ended, listen, pause
from services.stack.folder import make_data_folder
from services.stack.launch import StackFailed
from services.stack.plan import Scale
from services.stack.state import DataFolder, find_state, held_lock
from services.stack.supervisor import Stack
from shared.config import Settings, read_settings
from shared.logs import configure_logs

_TURN_S: Final = 0.1
_OTHER_READY_S: Final = 150.0


@click.command()
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Data folder (LEADMILL_DATA).")
@click.option("--workers", type=click.IntRange(min=0), default=2, show_default=True, help="Cleaner workers.")
@click.option("--intake-port", type=click.IntRange(0, 65535), default=8801, show_default=True, help="0: any free one.")
@click.option(
    "--dispatcher-port", type=click.IntRange(0, 65535), default=8802, show_default=True, help="0: any free one."
)
def up(data: Path | None, workers: int, intake_port: int, dispatcher_port: int) -> None:
    """Start everything and serve until Ctrl-C."""
    settings = read_settings({**os.environ, "LEADMILL_DATA": str(data)} if data else os.environ)
    configure_logs(settings.log_level)
    make_data_folder(settings.data)
    scale = Scale(workers=workers, intake_port=intake_port, dispatcher_port=dispatcher_port)
    deadline = time.monotonic() + _OTHER_READY_S
    while time.monotonic() < deadline:
        with held_lock(DataFolder(settings.data)) as is_ours:
            if is_ours:
                return _serve(settings, scale)
        running = find_state(settings.data)
        if running and running.ready:
            return click.echo(running.ready_line())
        time.sleep(_TURN_S)
    raise StackFailed(f"another `leadmill up` holds {settings.data} and is not ready; see {settings.data / 'logs'}")


def _serve(settings: Settings, scale: Scale) -> None:
    stack = Stack(settings, scale, os.environ)
    listen()
    try:
        stack.start()
        click.echo(stack.tell_state().ready_line())
        while True:
            stack.tend()
            pause(_TURN_S)
    except Ended:
        pass
    finally:
        stack.stop()
