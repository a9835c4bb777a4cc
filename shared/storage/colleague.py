"""Statements about the other people of a company that an assignment holds as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

_LIST: Final = sa.text("""
    SELECT l.id AS lead_id, l.fields, l.stage, l.relation, p.hidden,
           (SELECT max(r.until) FROM leadmill.product_rest AS r
            WHERE r.lead_id IN (SELECT leadmill.lead_tree(l.id)) AND r.until > leadmill.clock()
              AND r.product_id IS NOT DISTINCT FROM p.product_id
              AND NOT EXISTS (SELECT 1 FROM leadmill.contact AS s WHERE s.supersedes = r.contact_id)) AS refused_until,
           last.at AS last_contact_at, last.disposition AS last_disposition,
           ARRAY(SELECT n.id FROM leadmill.lead_number AS ln JOIN leadmill.number AS n ON n.id = ln.number_id AND n.callable
                 WHERE ln.lead_id = l.id AND ln.kind <> 'fax' ORDER BY ln.position, n.id) AS numbers
    FROM leadmill.assignment AS a
    JOIN leadmill.pool AS p ON p.id = a.pool_id
    JOIN leadmill.lead AS l ON l.site_id = a.site_id AND l.id <> a.lead_id AND l.state = 'active' AND l.restricted_at IS NULL
    LEFT JOIN LATERAL (
      SELECT c.at, c.disposition FROM leadmill.contact AS c
      WHERE c.lead_id IN (SELECT leadmill.lead_tree(l.id)) AND NOT EXISTS (SELECT 1 FROM leadmill.contact AS s WHERE s.supersedes = c.id)
      ORDER BY c.at DESC, c.id DESC LIMIT 1) AS last ON true
    WHERE a.id = :assignment AND a.state <> 'ended' AND NOT leadmill.is_suppressed(l.id, leadmill.clock())
    ORDER BY l.id LIMIT 200
""")


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the same company site; `hidden` is what the pool hides of a lead, `numbers` those that can be called at all."""

    lead_id: int
    fields: Mapping[str, Any]
    stage: str
    relation: str
    hidden: Sequence[str]
    refused_until: datetime | None
    last_contact_at: datetime | None
    last_disposition: str | None
    numbers: Sequence[int]


def list_colleagues(connection: Connection, assignment_id: int) -> list[Colleague]:
    """Lists the other people of the site that an open assignment holds; none where the person alone is the client."""
    return [Colleague(*row) for row in connection.execute(_LIST, {"assignment": assignment_id})]
