"""The command `leadmill status`."""

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Final

import click

from services.stack.state import StackState, find_state
from shared.config import Settings

_NOT_RUNNING: Final = 4


@click.command()
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Data folder (LEADMILL_DATA).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def status(settings: Settings, data: Path | None, as_json: bool) -> None:
    """Show what runs, where it answers and where the admin's token is; exit 4 when nothing runs."""
    settings = replace(settings, data=data.absolute()) if data else settings
    running = find_state(settings.data)
    if running is None:
        click.echo(f"no leadmill runs {settings.data}: start it with `leadmill up`", err=True)
        raise SystemExit(_NOT_RUNNING)
    click.echo(json.dumps(_told(running)) if as_json else _as_text(running))


def _told(state: StackState) -> dict[str, object]:
    told = asdict(state)
    del told["ready"]
    return told


def _as_text(state: StackState) -> str:
    services = [f"{name:12} {url}" for name, url in state.urls.items()]
    processes = [f"{process.name:12} {process.state} (pid {process.pid})" for process in state.processes]
    return "\n".join([*services, *processes, f"admin token  {state.admin_token_file}"])
