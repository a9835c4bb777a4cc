"""Statements about what a company words itself: stages, fields for facts, outcome codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

_STAGES: Final = sa.text("""
    SELECT code, labels, position, duty, goal, script, lost_reasons, next_step, retired_at IS NOT NULL AS retired
    FROM leadmill.stage ORDER BY position, code
""")

_PUT_STAGE: Final = sa.text("""
    INSERT INTO leadmill.stage AS s (code, labels, position, duty, goal, script, lost_reasons, next_step, retired_at)
    VALUES (:code, :labels, :position, :duty, :goal, :script, :lost_reasons, :next_step,
            CASE WHEN :retired THEN leadmill.clock() END)
    ON CONFLICT (code) DO UPDATE SET labels = excluded.labels, position = excluded.position, duty = excluded.duty,
      goal = excluded.goal, script = excluded.script, lost_reasons = excluded.lost_reasons,
      next_step = excluded.next_step,
      retired_at = CASE WHEN :retired THEN coalesce(s.retired_at, excluded.retired_at) END
""").bindparams(sa.bindparam("labels", type_=sa.JSON), sa.bindparam("next_step", type_=sa.JSON(none_as_null=True)))

_FACT_FIELDS: Final = sa.text("""
    SELECT name, labels, type, choices, about, purpose, seen_by, best_before_days, retired_at IS NOT NULL AS retired
    FROM leadmill.fact_field ORDER BY name
""")

_PUT_FACT_FIELD: Final = sa.text("""
    INSERT INTO leadmill.fact_field AS f (name, labels, type, choices, about, purpose, seen_by, best_before_days, retired_at)
    VALUES (:name, :labels, :type, :choices, :about, :purpose, :seen_by, :best_before_days,
            CASE WHEN :retired THEN leadmill.clock() END)
    ON CONFLICT (name) DO UPDATE SET labels = excluded.labels, choices = excluded.choices, about = excluded.about,
      purpose = excluded.purpose, seen_by = excluded.seen_by, best_before_days = excluded.best_before_days,
      retired_at = CASE WHEN :retired THEN coalesce(f.retired_at, excluded.retired_at) END
""").bindparams(sa.bindparam("labels", type_=sa.JSON))

_TYPES: Final = sa.text("""
    SELECT name, type, coalesce(choices, '{}') AS choices FROM leadmill.fact_field
    WHERE name = ANY (:names) AND retired_at IS NULL
""")

_PUT_DISPOSITION: Final = sa.text("""
    INSERT INTO leadmill.disposition AS d (code, labels, position, contact_made, effect, evidence, rest,
      product_rest_days, retry_minutes, opt_out, required, next_step, retired_at)
    VALUES (:code, :labels, :position, :contact_made, :effect, :evidence, :rest, :product_rest_days, :retry_minutes,
      :opt_out, :required, :next_step, CASE WHEN :retired THEN leadmill.clock() END)
    ON CONFLICT (code) DO UPDATE SET labels = excluded.labels, position = excluded.position,
      rest = excluded.rest, product_rest_days = excluded.product_rest_days, retry_minutes = excluded.retry_minutes,
      required = excluded.required, next_step = excluded.next_step,
      retired_at = CASE WHEN :retired THEN coalesce(d.retired_at, excluded.retired_at) END
""").bindparams(sa.bindparam("labels", type_=sa.JSON), sa.bindparam("next_step", type_=sa.JSON(none_as_null=True)))

_DISPOSITION: Final = sa.text(
    "SELECT contact_made, effect, evidence, opt_out FROM leadmill.disposition WHERE code = :code"
)


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a sale has come; `next_step` is `{"after_days": n}` or None."""

    code: str
    labels: Mapping[str, str]
    position: int
    duty: str | None
    goal: str | None
    script: str | None
    lost_reasons: Sequence[str]
    next_step: Mapping[str, Any] | None
    retired: bool


@dataclass(frozen=True, slots=True)
class FactType:
    """Of what type the values of a field are."""

    type: str
    choices: Sequence[str]


def list_stages(connection: Connection) -> list[Stage]:
    """Lists the stages in their order, retired ones too."""
    return [Stage(**row._mapping) for row in connection.execute(_STAGES)]


def put_stage(connection: Connection, values: Mapping[str, Any]) -> None:
    """Adds or changes a stage."""
    connection.execute(_PUT_STAGE, dict(values))


def list_fact_fields(connection: Connection) -> list[dict[str, Any]]:
    """Lists the fields for facts by name, retired ones too."""
    return [dict(row._mapping) for row in connection.execute(_FACT_FIELDS)]


def put_fact_field(connection: Connection, values: Mapping[str, Any]) -> None:
    """Adds or changes a field; its type is for ever, since facts of it stand."""
    connection.execute(_PUT_FACT_FIELD, dict(values))


def find_fact_types(connection: Connection, names: Sequence[str]) -> dict[str, FactType]:
    """Gives the types of these fields, those in use only."""
    rows = connection.execute(_TYPES, {"names": list(names)})
    return {row.name: FactType(row.type, row.choices) for row in rows}


def put_disposition(connection: Connection, values: Mapping[str, Any]) -> None:
    """Adds or changes an outcome code; what it proves and whether somebody was reached is for ever."""
    connection.execute(_PUT_DISPOSITION, dict(values))


def find_flags(connection: Connection, code: str) -> Mapping[str, Any] | None:
    """Gives the flags of a code that never change."""
    row = connection.execute(_DISPOSITION, {"code": code}).one_or_none()
    return None if row is None else dict(row._mapping)
