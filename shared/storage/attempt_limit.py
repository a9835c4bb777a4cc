"""Statements about limits of attempts: what was tried, what is barred by it and until when."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.domain.attempt_limit import Bar
from shared.storage.assignment import Held

_MOST: Final = 1000

_STANDING: Final = f"""
    c.kind = 'call' AND c.at <= :at AND NOT EXISTS (SELECT 1 FROM leadmill.contact AS s WHERE s.supersedes = c.id)
    ORDER BY c.at DESC LIMIT {_MOST}
"""

_TRIES: Final = sa.text(f"""
    (SELECT 'number' AS subject, c.at FROM leadmill.contact AS c WHERE c.number_id = :number AND {_STANDING})
    UNION ALL (SELECT 'site', c.at FROM leadmill.contact AS c WHERE c.site_id = :site AND {_STANDING})
    UNION ALL (SELECT 'lead', c.at FROM leadmill.contact AS c
               WHERE c.lead_id = ANY (ARRAY(SELECT leadmill.lead_tree(:lead))) AND {_STANDING})
""")

_ADD: Final = sa.text("""
    INSERT INTO leadmill.attempt_bar (subject_kind, subject_id, contact_id, period, until)
    VALUES (:kind, :id, :contact, :period, :until)
""")

_FREE_AT: Final = sa.text("""
    SELECT greatest(leadmill.limited_until('lead', :lead), leadmill.limited_until('site', :site), (
      SELECT min(coalesce(leadmill.limited_until('number', n.id), :at))
      FROM leadmill.lead_number AS ln JOIN leadmill.number AS n ON n.id = ln.number_id AND n.callable
      WHERE ln.lead_id = :lead AND ln.kind <> 'fax'))
""")

_REACHED: Final = sa.text("""
    SELECT coalesce(greatest(leadmill.limited_until('number', :number, :but), leadmill.limited_until('lead', :lead, :but),
                             leadmill.limited_until('site', :site, :but)) > :at, false)
           AND NOT EXISTS (SELECT 1 FROM leadmill.promise AS p WHERE p.id = :promise AND p.kind <> 'retry')
           AND NOT EXISTS (SELECT 1 FROM leadmill.contact AS c
                           WHERE c.assignment_id = :assignment AND c.contact_made AND c.id IS DISTINCT FROM CAST(:but AS bigint))
""")


def list_attempts(
    connection: Connection, held: Held, number_id: int | None, *, at: datetime
) -> dict[str, list[datetime]]:
    """Lists when the number, the lead and its site were called until `at`, the newest first, by subject."""
    tries: dict[str, list[datetime]] = {}
    for subject, tried in connection.execute(_TRIES, _subjects(held, number_id) | {"at": at}):
        tries.setdefault(subject, []).append(tried)
    return tries


def add_bars(
    connection: Connection, held: Held, number_id: int | None, bars: Mapping[str, Bar], *, contact_id: int
) -> None:
    """Keeps until when subjects may not be called again, because of this contact."""
    ids = _subjects(held, number_id)
    rows = [
        {"kind": kind, "id": ids[kind], "contact": contact_id, "period": bar.period, "until": bar.until}
        for kind, bar in bars.items()
    ]
    if rows:
        connection.execute(_ADD, rows)


def find_free_at(connection: Connection, held: Held) -> datetime:
    """Gives when the lead may be called again on one of its numbers, as far as limits of attempts go; in the past when it may now."""
    values = {"lead": held.top_id, "site": held.site_id, "at": held.at}
    free_at: datetime | None = connection.execute(_FREE_AT, values).scalar_one()
    return free_at or held.at


def is_limit_reached(
    connection: Connection, held: Held, number_id: int | None, *, but: int | None = None, at: datetime
) -> bool:
    """Whether the number, its lead or site was called too often to be called again now; `but` is a contact that is left out.

    No limit bars what the client agreed to: a promise that is not our own retry, and going on with who was reached.
    """
    values = {**_subjects(held, number_id), "but": but, "at": at, "assignment": held.id, "promise": held.promise_id}
    reached: bool = connection.execute(_REACHED, values).scalar_one()
    return reached


def _subjects(held: Held, number_id: int | None) -> dict[str, int | None]:
    return {"number": number_id, "lead": held.top_id, "site": held.site_id}
