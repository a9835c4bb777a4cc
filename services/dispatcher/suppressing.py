"""The use cases of suppressions: add by value or by lead, lift with a reason."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from shared.auth import Caller
from shared.domain.errors import Refused, Superseded, absent
from shared.keyed_hash import hash_of
from shared.normalise.email import is_free_mail, read_emails, registrable_domain
from shared.normalise.phone import read_phones
from shared.storage.audit import add_audit, name_actor
from shared.storage.idempotency import Effect
from shared.storage.lead_view import find_lead
from shared.storage.reach import Reach
from shared.storage.suppression import (
    add_suppressions,
    find_suppression,
    hashes_of,
    last_suppression,
    lift_suppression,
    number_hashes_of,
    since,
)


def suppress(connection: Connection, who: Caller, reach: Reach, body: Mapping[str, Any], *, secret: bytes) -> Effect:
    """Writes the suppressions that were asked for, and ends what is open on whom they name.

    Raises:
        Refused: `not_found` for the lead; `invalid_body` for a value that is none of its scope.
    """
    name_actor(connection, who.person_id, reason="suppressed")
    wanted = _wanted(connection, reach, body, secret)
    before, ended = last_suppression(connection), set[int]()
    for scope, hashes in sorted(wanted.items()):
        ended |= set(
            add_suppressions(
                connection,
                scope,
                hashes,
                reason=body["reason"],
                source="supervisor",
                by=who.person_id,
                channel=body["channel"],
                expires_at=body["expires_at"],
            )
        )
    made = since(connection, before, by=who.person_id)
    detail = {"suppressions": made, "ended": sorted(ended)}
    add_audit(connection, "suppressed", actor=who.person_id, entity="suppression", entity_id=made[0], detail=detail)
    return Effect(201, {"suppressions": made, "ended": sorted(ended)})


def lift(connection: Connection, who: Caller, suppression_id: int, *, reason: str) -> None:
    """Lifts one entry, with an entry in the audit.

    Raises:
        Refused: `not_found`.
        Superseded: `suppression_lifted` already.
    """
    if find_suppression(connection, suppression_id) is None:
        raise absent("suppression")
    name_actor(connection, who.person_id, reason="lifted")
    if not lift_suppression(connection, suppression_id, reason=reason, by=who.person_id):
        raise Superseded("suppression_lifted", "this suppression was lifted already")
    add_audit(connection, "suppression_lifted", actor=who.person_id, entity="suppression", entity_id=suppression_id)


def _wanted(connection: Connection, reach: Reach, body: Mapping[str, Any], secret: bytes) -> dict[str, list[bytes]]:
    scope, value = body["scope"], body["value"]
    if scope == "lead":
        return _hashes_of_lead(connection, reach, body["lead_id"])
    if value is None:
        raise Refused("fields_missing", "name the value to suppress", fields=["value"])
    return {scope: [hash_of(secret, scope, text) for text in _read(scope, value)]}


def _read(scope: str, value: str) -> list[str]:
    if scope == "number":
        found = [number.e164 for number in read_phones(value).numbers]
    elif scope == "email":
        found = list(read_emails(value).emails)
    else:
        domain = registrable_domain(value.strip().removeprefix("@"))
        found = [domain] if domain else []
        if domain and is_free_mail(domain):
            raise Refused("domain_too_wide", "anybody may have an address there: suppress the e-mail instead")
    if not found:
        raise Refused("invalid_body", f"this is no {scope}: give a number as +48…, an e-mail, or a domain")
    return found


def _hashes_of_lead(connection: Connection, reach: Reach, lead_id: int | None) -> dict[str, list[bytes]]:
    lead = None if lead_id is None else find_lead(connection, lead_id, reach)
    if lead is None:
        raise absent("lead")
    wanted = hashes_of(connection, lead["top_id"])
    numbers = number_hashes_of(connection, lead["top_id"])
    return wanted | ({"number": numbers} if numbers else {})
