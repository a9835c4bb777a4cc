"""A base whose leads lie in all hours of the earth, of which a tenth may be called at any time."""

from typing import Final

from tests.builders import Connection, one

_COUNTRY: Final = "LT"  # any with one clock: the zones of its windows are ours here

_SPREAD: Final = (
    "DELETE FROM holiday WHERE country = %(country)s",
    "DELETE FROM rule_pack WHERE country = %(country)s",
    """
    INSERT INTO rule_pack (country, opens, closes, weekdays, source, valid_from, valid_until)
    VALUES (%(country)s, '08:00', '10:24', '{1,2,3,4,5,6,7}', 'bench', clock()::date - 7, clock()::date + 365)
    """,
    """
    INSERT INTO calling_window (country, zones) SELECT %(country)s, ARRAY['Etc/GMT' || to_char(hour, 'SG99')] FROM generate_series(-12, 11) AS hour
    """,
    """
    UPDATE lead AS l SET window_id = w.id, country = %(country)s FROM (
      SELECT id, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS every FROM calling_window WHERE zones[1] LIKE 'Etc/%%') AS w
    WHERE l.id %% w.every = w.place
    """,
    "UPDATE queue_entry AS q SET window_id = l.window_id FROM lead AS l WHERE l.id = q.lead_id",
    "SELECT foresee_windows(1000)",
)


def spread_over_zones(db: Connection) -> None:
    """Puts every lead into one of twenty-four windows, an hour apart."""
    for statement in _SPREAD:
        db.execute(statement.replace("SG99", "SGFM99").encode(), {"country": _COUNTRY})
    db.execute("VACUUM ANALYZE queue_entry")
    db.execute("VACUUM ANALYZE lead")


def mind_hours(db: Connection) -> float:
    """Lets the default pool go by calling hours; gives the share of leads that wait in windows that are closed."""
    rules = '{"calling_hours": "pack", "open_cap": null, "daily_norm": null, "working_hours": null}'
    db.execute(
        "INSERT INTO policy (pool_id, version, rules)"
        " SELECT p.id, 1 + coalesce((SELECT max(version) FROM policy WHERE pool_id = p.id), 0), %s FROM pool AS p WHERE p.name = 'default'",
        (rules,),
    )
    closed = one(
        db,
        "SELECT avg((NOT window_open(w.country, w.zones, clock()))::int) FROM calling_window AS w WHERE zones[1] LIKE 'Etc/%%'",
    )
    return float(closed)
