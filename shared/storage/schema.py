"""Which version of the schema the database has, as a service may ask; `shared.storage.migrate` brings it forward."""

from typing import Final

import psycopg
import sqlalchemy as sa
from sqlalchemy import Connection

_VERSION: Final = sa.text("SELECT version_num FROM leadmill.alembic_version")


def find_version(connection: Connection) -> str | None:
    """Gives the version of the schema; None when the database holds no ledger."""
    try:
        version: str | None = connection.execute(_VERSION).scalar_one_or_none()
    except sa.exc.ProgrammingError as error:
        if isinstance(error.orig, psycopg.errors.UndefinedTable):
            return None
        raise
    return version
