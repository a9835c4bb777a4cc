"""Statements about tokens: who calls, and the making of new tokens."""

from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.auth import Caller, ParsedToken, Role, hash_secret, is_same_secret, new_secret, unknown_token, write_token
from shared.storage.engine import Driver

_FIND: Final = "SELECT secret_hash, scopes, person_id, role, team_id, name FROM leadmill.find_caller(%s)"

_ADD: Final = sa.text("""
    INSERT INTO leadmill.token (person_id, name, secret_hash, scopes, made_by)
    VALUES (:person_id, :name, :secret_hash, :scopes, :made_by)
    RETURNING id
""").bindparams(sa.bindparam("scopes", type_=sa.ARRAY(sa.Text)))


def find_caller(connection: Driver, parsed: ParsedToken) -> Caller:
    """Gives whom the token stands for; reads only.

    Raises:
        Refused: `token_unknown`; unknown, revoked, past its time, or of somebody who left.
    """
    row = connection.execute(_FIND, (parsed.token_id,)).fetchone()
    stored_hash, scopes, person_id, role, team_id, name = row or (b"", None, 0, Role.REP, None, "")
    if not is_same_secret(parsed, stored_hash):
        raise unknown_token()
    limits = None if scopes is None else frozenset(scopes)
    return Caller(parsed.token_id, person_id, Role(role), team_id, name=name, scopes=limits)


def add_token(
    connection: Connection, *, person_id: int, name: str, scopes: list[str] | None = None, made_by: int | None = None
) -> tuple[int, str]:
    """Makes a token of a person; gives its id and the token itself, which is nowhere else and never comes again.

    `scopes` is what the token is limited to; None for all that the person's role may do.
    """
    secret = new_secret()
    values = {
        "person_id": person_id,
        "name": name,
        "secret_hash": hash_secret(secret),
        "scopes": scopes,
        "made_by": made_by,
    }
    token_id: int = connection.execute(_ADD, values).scalar_one()
    return token_id, write_token(token_id, secret)
