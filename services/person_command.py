"""The commands `person find|export|restrict|erase`: what the law lets a person ask for, straight in the ledger.

Only `export` shows values whole. Reasons and audit entries are kept: they name cases, never people.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

import click
from sqlalchemy import Connection

from shared.config import Settings
from shared.domain.errors import Refused, absent
from shared.ids import decode, encode
from shared.keyed_hash import hash_of
from shared.normalise.email import read_emails
from shared.normalise.phone import read_phones
from shared.storage import person_data
from shared.storage.audit import add_audit, name_actor
from shared.storage.engine import Ledger

_SHOWN: Final = 100
_STATEMENT_TIMEOUT_S: Final = 3600

_ID_COLUMNS: Final[Mapping[str, str]] = {
    **{
        f"{kind}_id": kind
        for kind in (
            "assignment", "contact", "lead", "merge", "number", "person", "pool", "promise", "proposal", "request",
            "site", "source", "suppression", "upload",
        )
    },
    "actor": "person", "made_by": "person", "owner_id": "person", "merged_into": "lead", "winner": "lead",
    "loser": "lead", "undoes": "merge", "supersedes": "contact",
}  # fmt: skip
"""Column of an export -> whose id it holds."""

_json = click.option("--json", "as_json", is_flag=True, help="One JSON object.")
_reason = click.option("--reason", required=True, help="Why, e.g. a case number; kept in the audit, so name nobody.")
_dry_run = click.option("--dry-run", is_flag=True, help="Tell what would be done; nothing is kept.")


@click.group("person")
def person() -> None:
    """Find, export, restrict or erase all that is held about one person."""


@person.command()
@click.argument("query")
@click.option("--country", "--region", "country", help="Country of a number without its prefix, an ISO code.")
@_json
@click.pass_obj
def find(settings: Settings, query: str, country: str | None, as_json: bool) -> None:
    """List the leads of a phone number, an e-mail, or a part of a name or company; values are masked."""
    with _owner(settings) as connection:
        leads = _find(connection, settings, query.strip(), country.upper() if country else None)
        found = person_data.list_found(connection, leads, limit=_SHOWN)
        detail = {"leads": [row["id"] for row in found], "count": len(leads)}
        add_audit(connection, "person_found", actor=None, detail=detail)
    shown = [_masked(row) for row in found]
    if as_json:
        click.echo(json.dumps({"leads": shown, "count": len(leads)}, ensure_ascii=False))
        return
    for row in shown:
        click.echo("  ".join(_as_text(value) for value in row.values() if value))
    click.echo(f"{len(leads)} found, {len(shown)} shown", err=True)


@person.command()
@click.argument("lead_id")
@_json
@click.pass_obj
def export(settings: Settings, lead_id: str, as_json: bool) -> None:
    """Print everything that is held about the person of a lead, as JSON; --json: on one line."""
    with _owner(settings) as connection:
        top = _top(connection, lead_id)
        held = person_data.read_person(connection, top)
        add_audit(connection, "person_exported", actor=None, entity="lead", entity_id=top)
    told = {"lead_id": encode("lead", top)} | {name: [_outside(row) for row in rows] for name, rows in held.items()}
    click.echo(json.dumps(told, ensure_ascii=False, default=_plain, indent=None if as_json else 2))


@person.command()
@click.argument("lead_id")
@_reason
@click.option("--lift", is_flag=True, help="End the restriction.")
@_dry_run
@_json
@click.pass_obj
def restrict(settings: Settings, lead_id: str, reason: str, lift: bool, dry_run: bool, as_json: bool) -> None:
    """Hand a lead out no more and take it from whoever holds it; its data stays as it is."""
    with _owner(settings) as connection:
        top = _top(connection, lead_id)
        name_actor(connection, None, reason="unrestricted" if lift else "restricted")
        told = _lift(connection, top, reason) if lift else _restrict(connection, top, reason)
        if dry_run:
            connection.rollback()
    _tell({"lead_id": encode("lead", top), **told, "dry_run": dry_run}, as_json)


@person.command()
@click.argument("lead_id")
@_reason
@_dry_run
@_json
@click.pass_obj
def erase(settings: Settings, lead_id: str, reason: str, dry_run: bool, as_json: bool) -> None:
    """Blank every personal value of the person of a lead, for ever; what is only theirs is suppressed by keyed hash."""
    with _owner(settings) as connection:
        top = _top(connection, lead_id)
    with _opened(settings.database_url("eraser")) as connection:
        name_actor(connection, None, reason="erased")
        done = person_data.erase_person(connection, top, reason=reason)
        if dry_run:
            connection.rollback()
    kept = [encode("upload", upload) for upload in done.pop("kept_files", [])]
    _tell({"lead_id": encode("lead", top), "erased": done, "kept_files": kept, "dry_run": dry_run}, as_json)
    if kept:
        click.echo("kept_files still hold rows of this person until they are 90 days old", err=True)


def _restrict(connection: Connection, top: int, reason: str) -> dict[str, Any]:
    ended = person_data.restrict_lead(connection, top)
    if ended is not None:
        detail = {"reason": reason, "ended": ended}
        add_audit(connection, "person_restricted", actor=None, entity="lead", entity_id=top, detail=detail)
    return {
        "restricted": True,
        "changed": ended is not None,
        "ended": [encode("assignment", one) for one in ended or []],
    }


def _lift(connection: Connection, top: int, reason: str) -> dict[str, Any]:
    lifted = person_data.lift_restriction(connection, top)
    if lifted:
        add_audit(
            connection, "person_unrestricted", actor=None, entity="lead", entity_id=top, detail={"reason": reason}
        )
    return {"restricted": False, "changed": lifted, "ended": []}


@contextmanager
def _owner(settings: Settings) -> Iterator[Connection]:
    with _opened(settings.database_url()) as connection:
        yield connection


@contextmanager
def _opened(url: str) -> Iterator[Connection]:
    with (
        Ledger(
            url, application_name="leadmill person", max_connections=1, statement_timeout_s=_STATEMENT_TIMEOUT_S
        ) as ledger,
        ledger.transaction() as connection,
    ):
        yield connection


def _top(connection: Connection, lead_id: str) -> int:
    top = person_data.find_top(connection, decode("lead", lead_id))
    if top is None:
        raise absent("lead")
    return top


def _find(connection: Connection, settings: Settings, query: str, country: str | None) -> list[int]:
    if not query:
        raise Refused("fields_missing", "name a number, an e-mail, or a part of a name or company")

    def hashes(scope: str, values: list[str]) -> list[bytes]:
        secret = settings.secret_key_file.read_bytes()
        return [hash_of(secret, scope, value) for value in values]

    emails = list(read_emails(query).emails) if "@" in query else []
    if emails:
        return person_data.find_by_emails(connection, hashes("email", emails))
    numbers = [number.e164 for number in read_phones(query, country=country).numbers]
    if numbers:
        return person_data.find_by_numbers(connection, hashes("number", numbers))
    return person_data.find_by_name(connection, query)


def _masked(row: Mapping[str, Any]) -> dict[str, Any]:
    fields = row["fields"]
    return {
        "lead_id": encode("lead", row["id"]),
        "state": "restricted" if row["restricted_at"] and row["state"] == "active" else row["state"],
        "country": row["country"],
        "company": fields.get("company"),
        "person": _mask_words(fields.get("person")),
        "city": fields.get("city"),
        "emails": [f"{email[:1]}***@{email.rpartition('@')[2]}" for email in fields.get("email") or []],
        "numbers": [f"{e164[:3]}***{e164[-2:]}" for e164 in row["numbers"]],
    }


def _mask_words(text: str | None) -> str | None:
    return " ".join(f"{word[0]}***" for word in text.split()) if text else None


def _outside(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with outside ids; an entry of the audit names what it is about by the kind beside it."""
    kinds = {**_ID_COLUMNS, "entity_id": row.get("entity")}
    return {
        name: encode(kind, value) if (kind := kinds.get(name)) and value is not None else value
        for name, value in row.items()
    }


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(type(value).__name__)


def _tell(told: Mapping[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(told))
        return
    for name, value in told.items():
        click.echo(f"{name}: {_as_text(value)}")


def _as_text(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{count} {name}" for name, count in value.items()) or "nothing: it was done before"
    return ", ".join(map(str, value)) or "none" if isinstance(value, list) else str(value)
