"""The command `clean`: the whole hygiene line on files, in an empty private ledger that is gone at the end."""

import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import click

from shared.config import Settings, read_settings
from shared.domain.errors import Refused
from shared.logs import configure_logs

_DONE, _REJECTED_ROWS = 0, 3
_LEDGER: Final = ".leadmill"


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder for the results.")
@click.option("--country", "--region", metavar="ISO", help="Country of rows that state none.")
@click.option("--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="JSON: column to field.")
@click.option("--keep", is_flag=True, help="Keep the private ledger in OUT/.leadmill.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
def clean(
    files: tuple[Path, ...], out: Path, country: str | None, mapping: Path | None, keep: bool, as_json: bool
) -> None:
    """Clean FILES and match them with each other: rows.csv, rejected.csv, clean.csv and pairs.csv in OUT."""
    from services.clean.line import Wishes

    configure_logs("WARNING")
    wishes = Wishes(country.upper() if country else None, _read_mapping(mapping) if mapping else None)
    out.mkdir(parents=True, exist_ok=True)
    data = out.absolute() / _LEDGER
    try:
        summary = _run(read_settings({"LEADMILL_DATA": str(data)}), files, out, wishes)
    finally:
        if not keep:
            shutil.rmtree(data, ignore_errors=True)
    _print(summary, as_json)
    sys.exit(_REJECTED_ROWS if summary["rows"]["rejected"] else _DONE)


def _run(settings: Settings, files: Sequence[Path], out: Path, wishes: Any) -> dict[str, Any]:
    from services.clean.files import write_tables
    from services.clean.line import enter_file, work_off
    from services.stack.plan import Scale
    from services.stack.supervisor import running_stack
    from shared.blobs import BlobStore
    from shared.storage.engine import Ledger

    names = _name(files)
    scale = Scale(workers=0, doorbell=False, web=False, clock=False)
    with running_stack(settings, scale, _plain_environ(), empty=True) as stack:
        given = stack.settings
        ledger = Ledger(
            given.database_url(), application_name="leadmill-clean", max_connections=1, statement_timeout_s=600
        )
        blobs = BlobStore(Path(given.blobs))
        uploads: dict[int, str] = {}
        ended = []
        # file by file, so that the same files always give the same leads
        for path, name in zip(files, names, strict=True):
            try:
                upload_id = enter_file(ledger, blobs, path, name, wishes)
            except Refused as error:
                raise click.ClickException(f"{path}: {error.detail}") from error
            uploads[upload_id] = name
            ledger.dispose()
            ended += work_off(given, [upload_id])
        with ledger.transaction() as connection:
            write_tables(connection, out, uploads)
        ledger.dispose()
    failed = [upload for upload in ended if upload.state == "failed"]
    if failed:
        raise click.ClickException(f"{uploads[failed[0].id]}: {(failed[0].failure or {}).get('detail', 'failed')}")
    return _summarise([upload.counts or {} for upload in ended])


def _plain_environ() -> dict[str, str]:
    """No setting of an installation reaches the private ledger."""
    return {name: value for name, value in os.environ.items() if not name.startswith("LEADMILL_")}


def _name(files: Sequence[Path]) -> list[str]:
    """The files' names; those that several have with as much of the path as was given."""
    often = Counter(path.name for path in files)
    return [path.name if often[path.name] == 1 else str(path) for path in files]


def _read_mapping(path: Path) -> Mapping[str, str]:
    try:
        mapping = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise click.UsageError(f"{path}: not JSON ({error})") from error
    if not isinstance(mapping, dict) or not all(isinstance(field, str) for field in mapping.values()):
        raise click.UsageError(f'{path}: wanted is an object such as {{"Telefon": "phone"}}')
    return mapping


def _summarise(counts: Sequence[Mapping[str, int]]) -> dict[str, Any]:
    verdicts = ("new", "merged", "review", "quarantined", "suppressed", "rejected")
    rows = {verdict: sum(count.get(verdict, 0) for count in counts) for verdict in verdicts}
    return {"files": len(counts), "rows": {"read": sum(rows.values()), **rows}}


def _print(summary: Mapping[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(summary))
        return
    for verdict, count in summary["rows"].items():
        click.echo(f"{verdict:12} {count}")
