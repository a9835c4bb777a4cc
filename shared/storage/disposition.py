"""Statements about outcome codes, which are data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.domain.disposition import Disposition, Effect

_LIST: Final = sa.text("""
    SELECT code, labels, contact_made, effect, evidence, rest, product_rest_days, retry_minutes, opt_out, required, next_step
    FROM leadmill.disposition
    WHERE CASE WHEN CAST(:code AS text) IS NULL THEN retired_at IS NULL ELSE code = :code END
    ORDER BY position, code
""")


@dataclass(frozen=True, slots=True)
class Listed:
    """A disposition with its labels by language."""

    code: str
    labels: Mapping[str, str]
    rule: Disposition


def list_dispositions(connection: Connection) -> list[Listed]:
    """Lists the codes in use, in the order of the company."""
    return [_listed(row) for row in connection.execute(_LIST, {"code": None})]


def find_disposition(connection: Connection, code: str) -> Disposition | None:
    """Gives one code, a retired one too."""
    row = connection.execute(_LIST, {"code": code}).one_or_none()
    return None if row is None else _listed(row).rule


def _listed(row: Any) -> Listed:
    step = row.next_step or {}
    rule = Disposition(
        row.code,
        contact_made=row.contact_made,
        effect=Effect(row.effect),
        evidence=row.evidence,
        rests=row.rest == "contact",
        product_rest_days=row.product_rest_days,
        retry_minutes=row.retry_minutes,
        opt_out=row.opt_out,
        required=tuple(row.required),
        promise_kind=step.get("kind"),
        relation=step.get("relation"),
    )
    return Listed(row.code, row.labels, rule)
