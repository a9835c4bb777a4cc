"""What the measures share: two things timed in turns, and a base with many leads that wait."""

import statistics
import time
from collections.abc import Callable
from typing import Final

import click

from tests.builders import Connection, add_upload, one

_TURN: Final = 20

_WAITING: Final = (
    """
    CREATE TEMPORARY TABLE added AS
    SELECT n, nextval('record_id_seq') AS record, nextval('lead_id_seq') AS lead, nextval('number_id_seq') AS number,
           nextval('site_id_seq') AS site
    FROM generate_series(1, %(count)s) AS n
    """,
    "INSERT INTO site (id, key) SELECT site, site FROM added",
    """
    INSERT INTO record (id, upload_id, row_no, source_id, country, fields, forms, normaliser_version, plan_version)
    SELECT record, u.id, n, u.source_id, 'PL', jsonb_build_object('company', 'Firma ' || n), '[]', 'bench', 'bench'
    FROM added, upload AS u WHERE u.id = %(upload)s
    """,
    """
    INSERT INTO number (id, e164, key_hash, country, type, valid, dialable, plan_version)
    SELECT number, '+48' || 600000000 + number, sha256(number::text::bytea), 'PL', 'mobile', true, true, 'bench' FROM added
    """,
    """
    INSERT INTO lead (id, site_id, country, window_id, pool_id, fields)
    SELECT lead, site, 'PL', w.id, p.id, jsonb_build_object('company', 'Firma ' || n)
    FROM added, calling_window AS w, pool AS p WHERE w.country = 'PL' AND p.name = 'default'
    """,
    "INSERT INTO record_number (record_id, number_id, position, kind) SELECT record, number, 0, 'phone' FROM added",
    "INSERT INTO lead_number (lead_id, number_id, kind, position) SELECT lead, number, 'phone', 0 FROM added",
    "INSERT INTO membership (record_id, lead_id) SELECT record, lead FROM added",
    "ANALYZE",  # as the cleaner does: without it 50,000 leads are found by reading their lists 50,000 times
    "SELECT enqueue_new_leads(ARRAY(SELECT lead FROM added))",
    "DROP TABLE added",
    "ANALYZE",
)


def add_waiting_leads(db: Connection, count: int) -> None:
    """Adds leads that wait in the pool `default`, each with a site and a number of its own, in sets."""
    values = {"count": count, "upload": add_upload(db)}
    for statement in _WAITING:
        db.execute(statement.encode(), values if "%(" in statement else None)
    assert one(db, "SELECT count(*) FROM queue_entry WHERE parked_until IS NULL") >= count


def time_in_turns(times: int, *actions: Callable[[], object]) -> list[float]:
    """Runs each action so many times, in turns of a few; gives their median seconds of CPU in this process."""
    seconds: list[list[float]] = [[] for _ in actions]
    for _ in range(times // _TURN):
        for action, own in zip(actions, seconds, strict=True):
            own.extend(time_once(action, time.process_time) for _ in range(_TURN))
    return [statistics.median(own) for own in seconds]


def time_once(action: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Seconds that an action takes."""
    started = clock()
    action()
    return clock() - started


def report(title: str, base: tuple[str, float], measured: tuple[str, float]) -> float:
    """Prints both and their ratio, which it gives."""
    ratio = measured[1] / base[1]
    shown = [f"{name} {seconds * 1000:.2f} ms" for name, seconds in (base, measured)]
    click.echo(f"\n{title}: {shown[1]}, {shown[0]}: {ratio:.2f} times")
    return ratio
