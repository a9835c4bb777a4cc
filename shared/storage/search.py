"""Statements of the search: the names that somebody within a reach may look for, and the leads that were found."""

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.storage.reach import KNOWN_LEADS, Reach

_NAMES: Final = sa.text(f"""
    SELECT l.id, concat_ws(' ', l.fields ->> 'company', l.fields ->> 'person') AS name
    FROM leadmill.lead AS l
    WHERE l.state = 'active' AND {KNOWN_LEADS} AND (l.fields ->> 'company' IS NOT NULL OR l.fields ->> 'person' IS NOT NULL)
    ORDER BY l.id DESC LIMIT :limit
""")

_FOUND: Final = sa.text("""
    SELECT l.id, l.state, l.fields ->> 'company' AS company, l.fields ->> 'person' AS person, l.fields ->> 'city' AS city,
           l.country, l.stage, l.relation,
           (SELECT a.person_id FROM leadmill.assignment AS a
            WHERE a.lead_id = l.id AND a.state <> 'ended' AND a.expires_at > leadmill.clock()) AS holder_id
    FROM leadmill.lead AS l WHERE l.id = ANY (:leads) ORDER BY array_position(:leads, l.id)
""")


def list_names(connection: Connection, reach: Reach, *, limit: int) -> list[tuple[int, str]]:
    """Lists the newest leads within a reach by company and person, as `(lead, name)`."""
    return [(row.id, row.name) for row in connection.execute(_NAMES, {"limit": limit, **reach.values})]


def read_found(connection: Connection, lead_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Reads leads as a search shows them, in the order asked for."""
    return [dict(row._mapping) for row in connection.execute(_FOUND, {"leads": list(lead_ids)})]
