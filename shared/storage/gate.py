"""Statements that explain a lead: every gate it must pass to be handed out, its result, and when it opens."""

from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

_READ: Final = sa.text("""
    WITH now AS MATERIALIZED (SELECT leadmill.clock() AS at)
    SELECT now.at, l.state, l.restricted_at, l.country, l.relation, l.rank, l.site_id, l.pool_id, l.window_id,
           c.may_call, c.may_store, p.state AS pool_state, p.duty AS pool_duty, rules.rules,
           leadmill.is_suppressed(l.id, now.at) AS suppressed,
           leadmill.in_circulation(l.id) AS circulating,
           leadmill.window_open(w.country, w.zones, now.at) AS hours_open,
           leadmill.window_bar(w.country, w.zones, now.at) AS hours_bar,
           CASE WHEN NOT leadmill.window_open(w.country, w.zones, now.at)
             THEN leadmill.window_opens_at(w.country, w.zones, now.at) END AS hours_open_at,
           (SELECT max(pr.until) FROM leadmill.product_rest AS pr
            WHERE pr.lead_id IN (SELECT leadmill.lead_tree(l.id)) AND pr.until > now.at
              AND pr.product_id IS NOT DISTINCT FROM p.product_id
              AND NOT EXISTS (SELECT 1 FROM leadmill.contact AS s WHERE s.supersedes = pr.contact_id)) AS product_until,
           greatest(leadmill.limited_until('lead', l.id), leadmill.limited_until('site', l.site_id)) AS limited_until,
           (SELECT count(*) FROM leadmill.pool_person AS pp JOIN leadmill.person AS rep ON rep.id = pp.person_id
            WHERE pp.pool_id = l.pool_id AND rep.state = 'active') AS reps,
           (SELECT count(*) FROM leadmill.pool_person AS pp JOIN leadmill.person AS rep ON rep.id = pp.person_id
            WHERE pp.pool_id = l.pool_id AND rep.state = 'active'
              AND EXISTS (SELECT 1 FROM leadmill.open_pools(rep.id, now.at) AS o WHERE o.pool_id = l.pool_id)
              AND NOT EXISTS (SELECT 1 FROM leadmill.rep_bar AS b WHERE b.lead_id = l.id AND b.person_id = rep.id AND b.until > now.at)
           ) AS reps_free
    FROM now CROSS JOIN leadmill.lead AS l
    LEFT JOIN leadmill.country AS c ON c.code = l.country
    LEFT JOIN leadmill.pool AS p ON p.id = l.pool_id
    LEFT JOIN leadmill.calling_window AS w ON w.id = l.window_id
    LEFT JOIN LATERAL leadmill.policy_of(l.pool_id, now.at) AS rules ON true
    WHERE l.id = :lead
""")

_BOOKINGS: Final = sa.text("""
    SELECT b.subject_kind, b.kind, lower(b.period) AS from_at, upper(b.period) AS until, b.assignment_id, a.person_id,
           pr.kind AS promise_kind
    FROM leadmill.lead AS l
    JOIN leadmill.booking AS b ON (b.subject_kind = 'lead' AND b.subject_id = l.id)
                               OR (b.subject_kind = 'site' AND b.subject_id = l.site_id)
    LEFT JOIN leadmill.assignment AS a ON a.id = b.assignment_id
    LEFT JOIN leadmill.promise AS pr ON pr.id = b.promise_id
    WHERE l.id = :lead AND upper(b.period) > leadmill.clock()
    ORDER BY lower(b.period)
""")

_NUMBERS: Final = sa.text("""
    SELECT n.id, ln.kind, n.type, n.line_status, n.recheck_at, n.suppressed, n.shared, n.callable,
           leadmill.booked_until('number', n.id, leadmill.clock()) AS booked_until,
           coalesce(leadmill.limited_until('number', n.id) > leadmill.clock(), false) AS limited
    FROM leadmill.lead_number AS ln JOIN leadmill.number AS n ON n.id = ln.number_id
    WHERE ln.lead_id = :lead ORDER BY ln.position, n.id
""")

_ENTRY: Final = sa.text("SELECT pool_id, parked_until, parked_for FROM leadmill.queue_entry WHERE lead_id = :lead")


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the gates of one lead are judged by, read at one time."""

    lead: Any
    bookings: list[Any]
    numbers: list[Any]
    entry: Any


def read_facts(connection: Connection, lead_id: int) -> Facts:
    """Reads what the gates of a lead are judged by; the lead exists."""
    values = {"lead": lead_id}
    return Facts(
        connection.execute(_READ, values).one(),
        list(connection.execute(_BOOKINGS, values)),
        list(connection.execute(_NUMBERS, values)),
        connection.execute(_ENTRY, values).one_or_none(),
    )
