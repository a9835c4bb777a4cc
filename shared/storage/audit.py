"""Statements about who did what: entries of the audit, and the actor that the events of this transaction name."""

from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

_ADD: Final = sa.text("""
    INSERT INTO leadmill.audit (actor, action, entity, entity_id, detail)
    VALUES (:actor, :action, :entity, :entity_id, :detail)
""").bindparams(sa.bindparam("detail", type_=sa.JSON))

_NAME: Final = sa.text("""
    SELECT set_config('leadmill.actor', :actor, true), set_config('leadmill.reason', :reason, true)
""")


def add_audit(
    connection: Connection,
    action: str,
    *,
    actor: int | None,
    entity: str | None = None,
    entity_id: int | None = None,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Writes one entry, unsealed; the clock seals it.

    `actor` is the person who did it, None for the machine; `detail` holds ids, codes and counts, never a personal value.
    """
    values = {
        "actor": actor,
        "action": action,
        "entity": entity,
        "entity_id": entity_id,
        "detail": dict(detail or {}),
    }
    connection.execute(_ADD, values)


def name_actor(connection: Connection, actor: int | None, *, reason: str | None = None) -> None:
    """Names who moves states, and why, for the events of the rest of this transaction."""
    connection.execute(_NAME, {"actor": "" if actor is None else str(actor), "reason": reason or ""})
