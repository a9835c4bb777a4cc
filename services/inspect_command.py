"""The command `inspect`: how a file would be read, without a service and without a base."""

import json
import sys
from pathlib import Path
from typing import Any

import click


@click.command("inspect")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--sheet", help="Name or place (from 0) of the sheet to read.")
@click.option("--encoding", help="Read the text in this encoding instead of the one found.")
@click.option("--country", "--region", help="Country of the list, an ISO code: settles what the bytes leave open.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def inspect(file: Path, sheet: str | None, encoding: str | None, country: str | None, as_json: bool) -> None:
    """Show how FILE is read: format, columns and their meaning, rows, problems. Exit code 1 when it is no list."""
    from services.intake.reading.inspection import inspect_file

    found = inspect_file(file, sheet=sheet, encoding=encoding, country=country.upper() if country else None)
    shown = found.to_json()
    if as_json:
        click.echo(json.dumps(shown, ensure_ascii=False))
    else:
        print_inspection(shown)
    sys.exit(0 if found.is_list else 1)


def print_inspection(shown: dict[str, Any]) -> None:
    """The same for a person."""
    for name in ("format", "encoding", "delimiter", "sheet", "header_line", "rows", "problem_count"):
        if shown[name] is not None:
            click.echo(f"{name:14} {shown[name]!r}" if name == "delimiter" else f"{name:14} {shown[name]}")
    for place, column in enumerate(shown["columns"], 1):
        click.echo(f"#{place:<4} {column['header'] or '':40} {column['field'] or '(kept)':16} {column['by']}")
    for problem in shown["problems"][:20]:
        click.echo(f"line {problem['line']}: {problem['code']}: {problem['detail']}")
