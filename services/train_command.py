"""`leadmill train`: learns the matcher's weights from the base, and says what they change."""

import json
from typing import TYPE_CHECKING, Any

import click

from shared.config import Settings

if TYPE_CHECKING:
    from shared.hygiene.training import Changes, Example


@click.command()
@click.option("--dry-run", is_flag=True, help="Only tell what would change.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def train(settings: Settings, dry_run: bool, as_json: bool) -> None:
    """Learn the matcher's weights from the base and from what people decided; with --dry-run, show what would change.

    Decisions that were made stay as they are. The clock does the same whenever the base has grown by half.
    """
    from shared.hygiene.training import train_base
    from shared.storage.engine import Ledger

    with Ledger(
        settings.database_url(), application_name="leadmill train", max_connections=1, statement_timeout_s=600
    ) as ledger:
        changes = train_base(ledger, dry_run=dry_run)
    assert changes is not None
    told = tell_all(changes, dry_run=dry_run)
    click.echo(json.dumps(told) if as_json else "\n".join(_lines(told)))


def tell_all(changes: "Changes", *, dry_run: bool) -> dict[str, Any]:
    """Gives the changes as JSON: figures, and pairs that would be decided otherwise."""
    from shared.hygiene.training import tell

    return {
        "dry_run": dry_run,
        "version": changes.version,
        **tell(changes),
        "shift": round(changes.shift_bits, 2),
        "merge_from": round(changes.merge_from_bits, 2),
        "examples": [
            {"before": move[0], "after": move[1], **_example(one)}
            for move, found in sorted(changes.examples.items())
            for one in found
        ],
    }


def _example(one: "Example") -> dict[str, Any]:
    from shared.ids import encode

    leads = [encode("lead", lead) for lead in (one.lead_a, one.lead_b)]
    return {"leads": leads, "scores": [one.score_before, one.score_after], "levels": one.levels}


def _lines(told: dict[str, Any]) -> list[str]:
    verb = "would be decided otherwise" if told["dry_run"] else "would meet another decision if they came now"
    seen = f"{told['records']} records, {told['pairs']} pairs and {told['decided']} decisions of people"
    return [
        f"{told['version']} after {told['version_before']}: learnt from {seen}",
        f"merged from {told['merge_from']} bits on; {told['moved']} pairs {verb}",
        *(_change(change) for change in told["changes"] if change["before"] != change["after"]),
        *(_pair(one) for one in told["examples"]),
    ]


def _change(change: dict[str, Any]) -> str:
    return f"{change['pairs']:>8}  {change['before']} -> {change['after']}"


def _pair(one: dict[str, Any]) -> str:
    levels = ", ".join(f"{field} {level}" for field, level in one["levels"].items())
    return f"    {' '.join(one['leads'])}  {one['scores'][0]} -> {one['scores'][1]} bits: {levels}"
