"""The command `leadmill demo`: the whole line on two invented lists, told step by step, in a stack of its own that ends with it."""

import os
from pathlib import Path

import click

from shared.config import Settings


@click.command()
@click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), help="Folder to use and to empty first (LEADMILL_DATA)."
)
@click.pass_obj
def demo(settings: Settings, data: Path | None) -> None:
    """Take sample lists through the whole line, show what happened, stop everything."""
    from services.demo.lists import write_lists
    from services.demo.story import Stage, tell
    from services.http_client import Service
    from services.stack.plan import Scale
    from services.stack.supervisor import running_stack
    from services.verify_command import check_ledger
    from shared.config import read_settings
    from shared.logs import configure_logs
    from shared.storage.invariant import list_invariants

    configure_logs("ERROR")
    # never the servers of the environment: the folder is emptied, and what is shown is a story
    own = read_settings({"LEADMILL_DATA": str(data or settings.data)})
    click.echo("starting PostgreSQL, Valkey, intake, dispatcher, two cleaners and the clock ...")
    with running_stack(own, Scale(), os.environ, empty=True) as stack:
        token = stack.folder.admin_token.read_text(encoding="utf-8").strip()
        lists = own.data / "lists"
        lists.mkdir()
        stage = Stage(Service(stack.urls["intake"], token), Service(stack.urls["dispatcher"], token), click.echo)
        tell(stage, *write_lists(lists))
        broken = check_ledger(stack.settings.database_url())
        click.echo(
            f"\n== Every promise, checked in the database\n{len(list_invariants())} invariants checked, {len(broken)} broken"
        )
    shown = os.path.relpath(own.data)
    click.echo(
        f"\nEverything is stopped. To look around in what it left:\n\n    LEADMILL_DATA={shown} .venv/bin/leadmill up\n"
    )
