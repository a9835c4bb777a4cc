"""`leadmill token create`: a person and their token, straight into the ledger; only the token goes to stdout."""

import click

from shared.auth import Role
from shared.config import Settings
from shared.storage.audit import add_audit
from shared.storage.engine import Ledger
from shared.storage.person import add_person, add_to_pools, ensure_team
from shared.storage.pool import find_pool_id
from shared.storage.token import add_token


@click.group("token")
def token() -> None:
    """Create access tokens."""


@token.command("create")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]), help="What it may do.")
@click.option("--name", required=True, help="Whose it is: a person or a program.")
@click.option("--team", help="The team of a rep or supervisor; made when it is new.")
@click.pass_obj
def create(settings: Settings, role: str, name: str, team: str | None) -> None:
    """Add a person with a token and print the token, once; a rep is served by the pool `default`."""
    with Ledger(settings.database_url(), application_name="leadmill token", max_connections=1) as ledger:
        click.echo(_create(ledger, role, name, team))


def _create(ledger: Ledger, role: str, name: str, team: str | None) -> str:
    with ledger.transaction() as connection:
        team_id = None if team is None else ensure_team(connection, team)
        person_id = add_person(connection, name=name, role=role, duty="hunter", team_id=team_id)
        pool_id = find_pool_id(connection, "default") if role == Role.REP else None
        if pool_id is not None:
            add_to_pools(connection, person_id, [pool_id])
        token_id, text = add_token(connection, person_id=person_id, name="command line")
        detail = {"person": person_id, "role": role}
        add_audit(connection, "token_created", actor=None, entity="token", entity_id=token_id, detail=detail)
    return text
