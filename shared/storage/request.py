"""Statements about requests: somebody asks to be contacted."""

from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.storage.engine import driver

_ADD: Final = sa.text("SELECT leadmill.add_request(:lead_id, :upload_id, :row_no)")
_FIND: Final = "SELECT id, answer_by FROM leadmill.request WHERE upload_id = %s AND row_no = %s"


def add_request(connection: Connection, lead_id: int, upload_id: int, row_no: int) -> int:
    """Adds the request that came with a row; whoever knows the lead gets a promise, else it goes to the front of its pool."""
    values = {"lead_id": lead_id, "upload_id": upload_id, "row_no": row_no}
    added: int = connection.execute(_ADD, values).scalar_one()
    return added


def find_request(connection: Connection, upload_id: int, row_no: int) -> tuple[int, datetime] | None:
    """Gives the request that came with a row and by when it is to be answered."""
    row = driver(connection).execute(_FIND, (upload_id, row_no)).fetchone()
    return (row[0], row[1]) if row else None
