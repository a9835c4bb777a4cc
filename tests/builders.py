"""Builders of ledger rows for tests: each makes one thing with sensible defaults, through SQL, as the schema's owner."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import psycopg

from shared.auth import hash_secret, new_secret, write_token
from shared.hygiene.line import observe_line
from shared.storage.clock import read_clock
from shared.storage.engine import Ledger

_serial = count(1)
Connection = psycopg.Connection[tuple[Any, ...]]


def connect(url: str) -> Connection:
    """Opens an autocommitting connection of the owner, in our schema."""
    return psycopg.connect(url, autocommit=True, options="-c search_path=leadmill")


def one(db: Connection, statement: str, *values: object) -> Any:
    """Runs a statement and gives the first column of its first row; None when there is none."""
    row = db.execute(statement.encode(), values).fetchone()
    return row[0] if row else None


def move_clock(db: Connection, **ahead: float) -> None:
    """Moves the database's clock ahead, e.g. `days=31`."""
    db.execute("UPDATE clock_offset SET shift = shift + %s", (timedelta(**ahead),))


def add_source(db: Connection, *, kind: str = "purchased", circulation: str = "active", country: str = "PL") -> int:
    """Adds a source."""
    return int(
        one(
            db,
            "INSERT INTO source (name, kind, default_country, trust, circulation, legal_basis)"
            " VALUES (%s, %s, %s, 2, %s, 'legitimate_interest') RETURNING id",
            f"source {next(_serial)}", kind, country, circulation,
        )
    )  # fmt: skip


def add_upload(db: Connection, source: int | None = None, *, circulation: str = "active") -> int:
    """Adds an upload that is ready, without rows."""
    name = f"list {next(_serial)}.csv"
    upload = one(
        db,
        "INSERT INTO upload (source_id, state, circulation, filename, size_bytes, sha256, country)"
        " VALUES (%s, 'received', %s, %s, 1, %s, 'PL') RETURNING id",
        source or add_source(db), circulation, name, hashlib.sha256(name.encode()).digest(),
    )  # fmt: skip
    for state in ("reading", "cleaning", "matching", "ready"):
        db.execute("UPDATE upload SET state = %s WHERE id = %s", (state, upload))
    return int(upload)


def add_number(db: Connection, e164: str | None = None) -> int:
    """Adds a callable number; a new one of the Polish mobile range when none is given."""
    e164 = e164 or f"+48600{next(_serial):06d}"
    return int(
        one(
            db,
            "INSERT INTO number (e164, key_hash, country, type, valid, dialable, plan_version)"
            " VALUES (%s, %s, 'PL', 'mobile', true, true, 'test') RETURNING id",
            e164, hashlib.sha256(e164.encode()).digest(),
        )
    )  # fmt: skip


def add_site(db: Connection) -> int:
    """Adds a site."""
    return int(one(db, "INSERT INTO site (key) VALUES (%s) RETURNING id", next(_serial)))


def add_lead(
    db: Connection,
    *,
    upload: int | None = None,
    numbers: Sequence[int] | None = None,
    site: int | None = None,
    country: str = "PL",
) -> int:
    """Adds a lead of one record in the pool `default` and its queue entry; with a number of its own unless told."""
    upload = upload or add_upload(db)
    row_no = next(_serial)
    fields = f'{{"company": "Firma {row_no}"}}'
    db.execute("INSERT INTO raw_row VALUES (%s, %s, %s, '{Firma}')", (upload, row_no, row_no))
    record = one(
        db,
        "INSERT INTO record (upload_id, row_no, source_id, country, fields, forms, normaliser_version, plan_version)"
        " SELECT id, %s, source_id, %s, %s, '[]', 'test', 'test' FROM upload WHERE id = %s RETURNING id",
        row_no, country, fields, upload,
    )  # fmt: skip
    lead = one(
        db,
        "INSERT INTO lead (site_id, country, window_id, pool_id, fields) VALUES (%s, %s, (SELECT id FROM calling_window WHERE country = %s ORDER BY id LIMIT 1),"
        " (SELECT id FROM pool WHERE name = 'default'), %s) RETURNING id",
        site, country, country, fields,
    )  # fmt: skip
    for position, number in enumerate([add_number(db)] if numbers is None else numbers):
        db.execute("INSERT INTO record_number VALUES (%s, %s, %s, 'phone')", (record, number, position))
    db.execute("INSERT INTO membership (record_id, lead_id) VALUES (%s, %s)", (record, lead))
    db.execute("INSERT INTO outcome VALUES (%s, %s, 'new', 'new', %s, %s)", (upload, row_no, lead, record))
    db.execute("SELECT refresh_lead_numbers(ARRAY[%s]::bigint[])", (lead,))
    db.execute("SELECT refresh_queue(ARRAY[%s]::bigint[])", (lead,))
    return int(lead)


def add_person(db: Connection, *, role: str = "rep", pool: str | None = "default", team: int | None = None) -> int:
    """Adds a person, in a pool unless told otherwise."""
    person = one(
        db,
        "INSERT INTO person (name, role, team_id) VALUES (%s, %s, %s) RETURNING id",
        f"{role} {next(_serial)}",
        role,
        team,
    )
    if pool is not None:
        db.execute("INSERT INTO pool_person SELECT id, %s FROM pool WHERE name = %s", (person, pool))
    return int(person)


def add_token(db: Connection, person: int, *, scopes: list[str] | None = None) -> str:
    """Adds a token of this person; gives what is sent with requests."""
    secret = new_secret()
    token = one(
        db,
        "INSERT INTO token (person_id, name, secret_hash, scopes) VALUES (%s, 'test', %s, %s) RETURNING id",
        person, hash_secret(secret), scopes,
    )  # fmt: skip
    return write_token(token, secret)


def lift_hours(db: Connection, pool: str = "default") -> None:
    """Lets a pool hand out at any hour and without caps; every minute counts for its timers, so that no test knows what day it is."""
    rules = '{"calling_hours": null, "open_cap": null, "daily_norm": null, "working_hours": null, "other_part_of_day": false}'
    db.execute(
        f"INSERT INTO policy (pool_id, version, rules) SELECT id, 1, '{rules}' FROM pool WHERE name = %s",
        (pool,),
    )


def stage_upload(
    db: Connection,
    fields: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    source: int | None = None,
    batch_rows: int = 5_000,
    dry_run: bool = False,
    purpose: str = "new",
) -> int:
    """Adds an upload whose rows are staged and wait to be cleaned; `fields` are those of its columns."""
    name = f"list {next(_serial)}.csv"
    upload = one(
        db,
        "INSERT INTO upload (source_id, state, circulation, filename, size_bytes, sha256, mapping, rows_read, dry_run, purpose)"
        " VALUES (%s, 'received', 'active', %s, 1, %s, %s, %s, %s, %s) RETURNING id",
        source or add_source(db), name, hashlib.sha256(name.encode()).digest(),
        json.dumps([{"header": field, "field": field} for field in fields]), len(rows), dry_run, purpose,
    )  # fmt: skip
    with db.cursor() as cursor, cursor.copy("COPY raw_row (upload_id, row_no, line_no, cells) FROM STDIN") as copy:
        for row_no, cells in enumerate(rows, 1):
            copy.write_row((upload, row_no, row_no + 1, list(cells)))
    for first in range(1, len(rows) + 1, batch_rows):
        last = min(first + batch_rows - 1, len(rows))
        db.execute(
            "INSERT INTO batch (upload_id, kind, first_row, last_row) VALUES (%s, 'clean', %s, %s)",
            (upload, first, last),
        )
    for state in ("reading", "cleaning"):
        db.execute("UPDATE upload SET state = %s WHERE id = %s", (state, upload))
    return int(upload)


def observe(
    url: str,
    number: int,
    kind: str,
    *,
    provider: str | None = None,
    person: int | None = None,
    at: datetime | None = None,
) -> None:
    """Writes evidence about a number, now unless told when, and lets its line status follow."""
    ledger = Ledger(url, application_name="leadmill-test", max_connections=1)
    with ledger.transaction() as connection:
        at = at or read_clock(connection)
        observe_line(connection, number, kind, at=at, provider=provider, person_id=person)
    ledger.dispose()
