"""The command `leadmill verify`: every invariant as SQL, in one snapshot of the ledger."""

import json
from typing import TYPE_CHECKING

import click

from shared.config import Settings

if TYPE_CHECKING:
    from shared.storage.invariant import Violation


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def verify(settings: Settings, as_json: bool) -> None:
    """Check every invariant; exit 1 when one is broken."""
    from shared.storage.invariant import list_invariants

    violations = check_ledger(settings.database_url())
    if as_json:
        found = [{"invariant": v.invariant, "count": v.count, "ids": [str(one) for one in v.ids]} for v in violations]
        click.echo(json.dumps({"violations": found, "checked": len(list_invariants())}))
    else:
        for violation in violations:
            click.echo(f"{violation.invariant}: {violation.count}, e.g. {', '.join(map(str, violation.ids[:5]))}")
        click.echo(f"{len(list_invariants())} invariants checked, {len(violations)} broken")
    if violations:
        raise SystemExit(1)


def check_ledger(url: str) -> "list[Violation]":
    """Checks every invariant in one snapshot, as the owner of the schema."""
    from shared.storage.engine import Ledger
    from shared.storage.invariant import find_violations, learn_tables

    with Ledger(url, application_name="leadmill verify", max_connections=1, statement_timeout_s=3600) as ledger:
        with ledger.transaction() as connection:
            learn_tables(connection)
        with ledger.snapshot() as connection:
            return find_violations(connection)
