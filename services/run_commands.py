"""The commands that run one thing for ever (`serve`, `work`, `clock`), and `db`: what compose runs."""

import importlib
import json
from typing import Final

import click

from shared.config import Settings
from shared.logs import configure_logs

_BIND: Final = {"intake": "127.0.0.1:8801", "dispatcher": "127.0.0.1:8802"}
_PROCESSES: Final = {"intake": 2, "dispatcher": 2}
_THREADS: Final = {"intake": 8, "dispatcher": 16}


@click.command()
@click.argument("service", type=click.Choice(sorted(_BIND)))
@click.option("--bind", help="ADDRESS:PORT or fd://NUMBER; 127.0.0.1 and the port of `leadmill up` by default.")
@click.option("--processes", type=click.IntRange(min=1), help="Web processes.")
@click.option("--threads", type=click.IntRange(min=1), help="Threads of each.")
@click.pass_obj
def serve(settings: Settings, service: str, bind: str | None, processes: int | None, threads: int | None) -> None:
    """Run one web service until SIGTERM."""
    from services.gunicorn_server import serve_app

    configure_logs(settings.log_level)
    serve_app(
        f"services.{service}.app:create_app()",
        bind=bind or _BIND[service],
        processes=processes or _PROCESSES[service],
        threads=threads or _THREADS[service],
    )


@click.command()
@click.pass_obj
def work(settings: Settings) -> None:
    """Run one cleaner worker until SIGTERM."""
    configure_logs(settings.log_level)
    importlib.import_module("services.cleaner.worker").run(settings)


@click.command()
@click.pass_obj
def clock(settings: Settings) -> None:
    """Run the clock until SIGTERM; of several only one is elected."""
    configure_logs(settings.log_level)
    importlib.import_module("services.clock").run(settings)


@click.group()
def db() -> None:
    """Bring the schema up to date, or check it."""


@db.command()
@click.pass_obj
def upgrade(settings: Settings) -> None:
    """Migrate the ledger to this version; does nothing when it is there already."""
    from shared.storage import migrate

    configure_logs(settings.log_level)
    migrate.upgrade(settings.database_url())


@db.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def check(settings: Settings, as_json: bool) -> None:
    """Tell whether the ledger has this version's schema; exit 1 when it has not."""
    from shared.storage import migrate

    found, needed = migrate.current(settings.database_url()), migrate.head()
    if as_json:
        click.echo(json.dumps({"schema": found, "needed": needed, "current": found == needed}))
    else:
        click.echo(f"schema {found or 'none'}, this version needs {needed}")
    if found != needed:
        raise SystemExit(1)
