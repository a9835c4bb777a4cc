"""`leadmill renormalise`: after an upgrade of the phone library, what changes about the numbers we have."""

import json
from typing import TYPE_CHECKING, Any

import click

from shared.config import Settings

if TYPE_CHECKING:
    from shared.hygiene.renormalising import Changes


@click.command()
@click.option("--dry-run", is_flag=True, help="Only tell what would change.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def renormalise(settings: Settings, dry_run: bool, as_json: bool) -> None:
    """Judge numbers anew that an older numbering plan judged; with --dry-run, show what would change."""
    from shared.hygiene.renormalising import renormalise as judge_all
    from shared.normalise.phone import PLAN_VERSION
    from shared.storage.engine import Ledger

    with Ledger(
        settings.database_url(), application_name="leadmill renormalise", max_connections=1, statement_timeout_s=600
    ) as ledger:
        changes = judge_all(ledger, dry_run=dry_run)
    told = _tell(changes, PLAN_VERSION, dry_run=dry_run)
    if as_json:
        click.echo(json.dumps(told))
        return
    verb = "would change" if dry_run else "changed"
    click.echo(f"{PLAN_VERSION}: {changes.judged} numbers of older plans judged anew, {changes.changed} {verb}")
    for change in told["changes"]:
        click.echo(f"{change['count']:>8}  {change['change']}  e.g. {', '.join(change['numbers'][:3])}")


def _tell(changes: "Changes", plan_version: str, *, dry_run: bool) -> dict[str, Any]:
    from shared.ids import encode

    listed = [
        {"change": change, "count": count, "numbers": [encode("number", one) for one in changes.examples[change]]}
        for change, count in changes.counts.most_common()
    ]
    return {
        "plan_version": plan_version,
        "dry_run": dry_run,
        "judged": changes.judged,
        "changed": changes.changed,
        "changes": listed,
    }
