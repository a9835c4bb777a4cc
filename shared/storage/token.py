"""Statements about tokens: who calls, and the making of new tokens."""

from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.auth import Caller, ParsedToken, Role, hash_secret, is_same_secret, new_secret, unknown_token, write_token

_FIND: Final = sa.text("""
    SELECT token.secret_hash, token.scopes, person.id, person.name, person.role, person.team_id
    FROM leadmill.token JOIN leadmill.person ON person.id = token.person_id
    WHERE token.id = :token_id AND token.revoked_at IS NULL AND person.state <> 'left'
      AND (token.expires_at IS NULL OR token.expires_at > leadmill.clock())
""")

_ADD: Final = sa.text("""
    INSERT INTO leadmill.token (person_id, name, secret_hash, scopes, made_by)
    VALUES (:person_id, :name, :secret_hash, :scopes, :made_by)
    RETURNING id
""").bindparams(sa.bindparam("scopes", type_=sa.ARRAY(sa.Text)))


def find_caller(connection: Connection, parsed: ParsedToken) -> Caller:
    """Gives whom the token stands for; reads only.

    Raises:
        Refused: `token_unknown`; unknown, revoked, past its time, or of somebody who left.
    """
    row = connection.execute(_FIND, {"token_id": parsed.token_id}).one_or_none()
    if not is_same_secret(parsed, bytes(row.secret_hash) if row else b"") or row is None:
        raise unknown_token()
    scopes = None if row.scopes is None else frozenset(row.scopes)
    return Caller(parsed.token_id, row.id, Role(row.role), row.team_id, name=row.name, scopes=scopes)


def add_token(
    connection: Connection, *, person_id: int, name: str, scopes: list[str] | None = None, made_by: int | None = None
) -> tuple[int, str]:
    """Makes a token of a person; gives its id and the token itself, which is nowhere else and never comes again.

    Args:
        scopes: what the token is limited to; None for all that the person's role may do.
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
