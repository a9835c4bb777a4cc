"""The command `upload`: a list through the intake service, with a progress bar."""

import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import click
from rich.progress import Progress

from services.http_client import Service
from services.intake.terms_schema import SCOPES
from services.progress_bar import BYTES, ROWS, show_progress
from services.stack.state import find_state
from shared.config import Settings
from shared.domain.errors import Refused, Unavailable
from shared.domain.source import LEGAL_BASES, PURPOSES, TRUST

_FAILED, _DONE_WITH_REJECTED = 1, 3
_LOOK_EVERY_S: Final = 0.5
_OPTIONS: Final = ("country", "suppress_scope", "channel", "register", "why", "expires_at", "expect_clients")
_OVER: Final = ("ready", "failed", "withdrawn")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", required=True, help="Name of the source; a new name adds one.")
@click.option("--wait", is_flag=True, help="Wait until every row has its verdict.")
@click.option("--kind", type=click.Choice(list(TRUST)), default="purchased", show_default=True, help="Of a new source.")
@click.option("--legal-basis", type=click.Choice(LEGAL_BASES), default="none", help="Of a new source; without: held.")
@click.option("--country", "--region", "country", help="Country of the list, an ISO code.")
@click.option("--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path), help='{"column": "field"}.')
@click.option("--purpose", type=click.Choice(PURPOSES), default="new", show_default=True)
@click.option("--suppress-scope", type=click.Choice(SCOPES), help="By what each row of a suppression list bars.")
@click.option("--why", help="The reason of a suppression list.")
@click.option("--register", help="Who keeps the suppression list.")
@click.option("--expires-at", help="When a suppression list ends, as an ISO date and time.")
@click.option("--dry-run", is_flag=True, help="See shares only; nothing is kept.")
@click.option("--intake", "url", help="URL of intake; the one that runs here by default.")
@click.option(
    "--token-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Whose rights are used."
)
@click.option("--json", "as_json", is_flag=True, help="Print the upload as one JSON object.")
@click.pass_obj
def upload(settings: Settings, /, file: Path, *, wait: bool, as_json: bool, **given: Any) -> None:
    """Upload FILE as a list of a source. Exit code 3 when rows were rejected, 5 when the file is refused."""
    service = find_service(settings, given["url"], given["token_file"])
    source = find_source(service, given)
    with show_progress() as progress:
        told = send_list(service, file, source, given, progress)
        if wait:
            told = wait_for(service, told, progress)
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else _as_text(told))
    sys.exit(exit_code_of(told))


def find_service(settings: Settings, url: str | None, token_file: Path | None) -> Service:
    """Gives intake: the one named, else the one that runs here.

    Raises:
        Unavailable: none runs.
    """
    running = find_state(settings.data)
    if running is None and (url is None or token_file is None):
        raise Unavailable("service_unreachable", f"no leadmill runs {settings.data}: start it with `leadmill up`")
    path = token_file or Path(running.admin_token_file if running else "")
    return Service(url or (running.urls["intake"] if running else ""), path.read_text(encoding="utf-8").strip())


def find_source(service: Service, given: Mapping[str, Any]) -> str:
    """Gives the id of the source of this name; a new one is added with the kind, legal basis and country that are given."""
    found = service.ask("GET", f"/v1/sources?{urlencode({'name': given['source']})}")["items"]
    if found:
        return str(found[0]["id"])
    body = {
        "name": given["source"],
        "kind": given["kind"],
        "legal_basis": given["legal_basis"],
        "default_country": given["country"],
    }
    added = service.ask("POST", "/v1/sources", body)
    click.echo(f"added the source {added['name']!r}, which is {added['circulation']}", err=True)
    return str(added["id"])


def send_list(
    service: Service, file: Path, source: str, given: Mapping[str, Any], progress: Progress
) -> dict[str, Any]:
    """Sends a file with what was given of `country`, `mapping`, `owners` and other options; gives the upload as it is told."""
    fields = {"purpose": given["purpose"], "dry_run": str(given["dry_run"]).lower()}
    for name in ("mapping", "owners"):
        if given.get(name):
            fields[name] = read_mapping(given[name])
    for name in _OPTIONS:
        if given.get(name):
            fields[name] = str(given[name])
    task = progress.add_task("sending", total=file.stat().st_size, unit=BYTES)
    path = f"/v1/uploads?{urlencode({'source': source})}"
    return service.send_file(path, file, fields, tell=lambda sent: progress.advance(task, sent))


def read_mapping(file: Path) -> str:
    """Gives the JSON text of a file.

    Raises:
        Refused: `invalid_mapping`.
    """
    try:
        return json.dumps(json.loads(file.read_text(encoding="utf-8")), ensure_ascii=False)
    except ValueError as error:
        raise Refused("invalid_mapping", f"{file} is no JSON object") from error


def wait_for(service: Service, told: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Waits until every row has its verdict, or the upload has failed."""
    task = progress.add_task(told["state"], total=1.0, completed=told["progress"], unit=ROWS, rows=0)
    while told["state"] not in _OVER:
        time.sleep(_LOOK_EVERY_S)
        told = service.ask("GET", f"/v1/uploads/{told['id']}")
        rows = told["rows"]["read"]
        progress.update(task, completed=told["progress"], description=told["state"], rows=rows)
    return told


def _as_text(told: dict[str, Any]) -> str:
    rows = [f"{verdict:12} {count}" for verdict, count in told["rows"].items()]
    warnings = [f"warning: {warning['code']}: {warning['detail']}" for warning in told["warnings"]]
    failure = [f"failed: {told['failure']['detail']}"] if told["failure"] else []
    return "\n".join([f"{told['id']} {told['state']}", *rows, *warnings, *failure])


def exit_code_of(told: Mapping[str, Any]) -> int:
    """Gives the exit code of an upload: failed, with rejected rows, or done."""
    if told["state"] == "failed":
        return _FAILED
    kept = (told["findings"] or {}).get("kept", 0)  # rows of a suppression list about nobody who is here yet
    return _DONE_WITH_REJECTED if told["rows"]["rejected"] > kept else 0
