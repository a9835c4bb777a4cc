"""Statements about countries: which may be called, and the law that is known of each."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

_LIST: Final = sa.text("""
    SELECT c.code, c.zones, c.may_store, c.may_call, leadmill.has_live_pack(c.code, leadmill.clock()) AS has_pack,
           pack.source, pack.valid_from, pack.valid_until, pack.hours, pack.attempts,
           (SELECT min(h.day) FROM leadmill.holiday AS h
            WHERE h.country = c.code AND h.day >= (leadmill.clock() AT TIME ZONE c.zones[1])::date) AS next_holiday,
           leadmill.window_bar(c.code, c.zones, leadmill.clock()) AS shut
    FROM leadmill.country AS c
    LEFT JOIN LATERAL (
      SELECT min(r.source) AS source, r.valid_from, min(r.valid_until) AS valid_until, (array_agg(r.attempts))[1] AS attempts,
             json_agg(json_build_object('weekdays', r.weekdays, 'opens', to_char(r.opens, 'HH24:MI'),
                                        'closes', to_char(r.closes, 'HH24:MI')) ORDER BY r.weekdays) AS hours
      FROM leadmill.rule_pack AS r WHERE r.country = c.code AND r.valid_from <= (leadmill.clock() AT TIME ZONE 'UTC')::date
      GROUP BY r.valid_from ORDER BY r.valid_from DESC LIMIT 1) AS pack ON true
    WHERE (CAST(:code AS text) IS NULL AND (c.may_call OR pack.source IS NOT NULL)) OR c.code = :code
    ORDER BY c.code
""")

_SWITCH: Final = sa.text("SELECT leadmill.switch_country(:code, :may_call)")

_ADD_HOURS: Final = sa.text("""
    INSERT INTO leadmill.rule_pack (country, opens, closes, weekdays, attempts, source, valid_from, valid_until)
    VALUES (:country, CAST(:opens AS time), CAST(:closes AS time), :weekdays, CAST(:attempts AS jsonb), :source, :valid_from, :valid_until)
    ON CONFLICT DO NOTHING RETURNING id
""")

_ADD_HOLIDAY: Final = sa.text("""
    INSERT INTO leadmill.holiday (country, day, region, name, source) VALUES (:country, :day, :region, :name, :source)
    ON CONFLICT DO NOTHING
""")


def list_countries(connection: Connection) -> list[dict[str, Any]]:
    """Lists the countries that may be called or whose law is known, with the pack that holds now."""
    return [dict(row._mapping) for row in connection.execute(_LIST, {"code": None})]


def find_country(connection: Connection, code: str) -> dict[str, Any] | None:
    """Gives one country."""
    row = connection.execute(_LIST, {"code": code}).one_or_none()
    return None if row is None else dict(row._mapping)


def switch_country(connection: Connection, code: str, *, may_call: bool) -> int:
    """Lets a country be called or not; gives how many leads it has, whose queue entries follow."""
    leads: int = connection.execute(_SWITCH, {"code": code, "may_call": may_call}).scalar_one()
    return leads


def add_pack(
    connection: Connection,
    code: str,
    hours: Sequence[Mapping[str, Any]],
    *,
    attempts: Mapping[str, Any] | None,
    source: str,
    dates: tuple[date, date],
) -> bool:
    """Adds the hours and limits of attempts of a pack, valid from the first date until before the second.

    False when one begins then already.
    """
    added = [
        connection.execute(
            _ADD_HOURS,
            {
                "country": code,
                "opens": one["opens"],
                "closes": one["closes"],
                "weekdays": sorted(one["weekdays"]),
                "attempts": None if attempts is None else json.dumps(dict(attempts)),
                "source": source,
                "valid_from": dates[0],
                "valid_until": dates[1],
            },
        ).scalar_one_or_none()
        for one in hours
    ]
    return None not in added


def add_holidays(connection: Connection, code: str, days: Sequence[Mapping[str, Any]], *, source: str) -> None:
    """Adds days on which nobody of the country is called; one that is known stays."""
    for one in days:
        values = {"country": code, "day": one["day"], "region": one["region"], "name": one["name"], "source": source}
        connection.execute(_ADD_HOLIDAY, values)
