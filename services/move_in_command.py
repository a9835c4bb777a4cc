"""The command `move-in`: an old base with its history, through the intake service; with a trial that shows what will follow."""

import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import click

from services.http_client import Service
from services.progress_bar import show_progress
from services.upload_command import exit_code_of, find_service, find_source, send_list, wait_for
from shared.config import Settings
from shared.domain.source import LEGAL_BASES

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
_CONTACT_COLUMNS: Final = {
    "external_id": "external_id",
    "at": "last_contact_at",
    "by": "owner",
    "outcome": "last_outcome",
    "note": "note",
}
_TOLD: Final = {
    "clients": "clients",
    "customers": "of them customers, who enter no hunter's pool",
    "owned": "with an owner who works here",
    "contacts": "contacts made before",
    "resting": "clients who rest now",
    "promises": "promises kept free for their owner",
    "consents": "consents",
    "opted_out": "opted out: never called",
}


@click.command("move-in")
@click.argument("file", type=_FILE)
@click.option("--contacts", type=_FILE, help="Past contacts: external_id, at, by, outcome, note.")
@click.option("--source", default="own base", show_default=True, help="Name of the source; a new name adds one.")
@click.option("--legal-basis", type=click.Choice(LEGAL_BASES), default="contract", show_default=True)
@click.option("--country", "--region", "country", help="Country of the base, an ISO code.")
@click.option("--mapping", type=_FILE, help='{"column": "field"} of the clients.')
@click.option("--contacts-mapping", type=_FILE, help='{"column": "field"} of the contacts.')
@click.option("--owners", type=_FILE, help='{"name in the base": "name here"}.')
@click.option("--dry-run", is_flag=True, help="Show what will follow; nothing is kept.")
@click.option("--intake", "url", help="URL of intake; the one that runs here by default.")
@click.option("--token-file", type=_FILE, help="Whose rights are used.")
@click.option("--json", "as_json", is_flag=True, help="Print both uploads as one JSON object.")
@click.pass_obj
def move_in(settings: Settings, /, file: Path, *, contacts: Path | None, as_json: bool, **given: Any) -> None:
    """Move the clients of FILE in with owners, history, rests and opt-outs. Exit code 3 when rows were rejected.

    In a trial every past contact counts as if its client were in.

    Fields beside the usual ones: owner status customer_since last_contact_at last_outcome next_contact_at do_not_call
    consent_at consent_text revenue. Past contacts name their client by external_id.
    """
    service = find_service(settings, given["url"], given["token_file"])
    source = find_source(service, {**given, "kind": "own"})
    clients = _take(service, file, source, given, given["mapping"])
    told: dict[str, dict[str, Any] | None] = {"clients": clients, "contacts": None}
    if contacts is not None and clients["state"] == "ready":
        told["contacts"] = _take_contacts(service, contacts, source, {**given, "expect_clients": given["dry_run"]})
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else _as_text(told))
    sys.exit(max(exit_code_of(upload) for upload in told.values() if upload))


def _take_contacts(service: Service, file: Path, source: str, given: Mapping[str, Any]) -> dict[str, Any]:
    if given["contacts_mapping"]:
        return _take(service, file, source, given, given["contacts_mapping"])
    with tempfile.TemporaryDirectory() as folder:
        mapping = Path(folder) / "mapping.json"
        mapping.write_text(json.dumps(_CONTACT_COLUMNS), encoding="utf-8")
        return _take(service, file, source, given, mapping)


def _take(service: Service, file: Path, source: str, given: Mapping[str, Any], mapping: Path | None) -> dict[str, Any]:
    wishes = {name: given[name] for name in ("country", "owners", "dry_run")}
    wishes["expect_clients"] = given.get("expect_clients")
    with show_progress() as progress:
        told = send_list(service, file, source, {**wishes, "purpose": "base", "mapping": mapping}, progress)
        return wait_for(service, told, progress)


def _as_text(told: Mapping[str, Any]) -> str:
    return "\n".join(line for name, upload in told.items() if upload for line in _lines(name, upload))


def _lines(name: str, upload: Mapping[str, Any]) -> list[str]:
    if upload["failure"]:
        return [f"{name}: failed: {upload['failure']['detail']}"]
    found = upload["findings"] or {}
    lines = [f"{name}: {upload['rows']['read']} rows, {upload['rows']['rejected']} rejected ({upload['id']})"]
    lines += [f"  {found[key]:>8}  {words}" for key, words in _TOLD.items() if key in found]
    lines += [f"  not understood: {code}: {count} rows" for code, count in found.get("doubts", {}).items()]
    unknown = found.get("unknown_owners", [])
    lines += [f"  nobody here is {one['name']!r} ({one['why']}): {one['rows']} rows" for one in unknown]
    if unknown:
        lines.append("  name them with --owners, or add them, and move in again")
    return lines
