"""The rules of handing out as one typed value: what a pool's policy says once its inheritance is resolved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

RULES: Final = (
    "calling_hours",
    "exclusive",
    "open_cap",
    "class_caps",
    "one_at_a_time",
    "daily_norm",
    "norms",
    "plans",
    "offered_minutes",
    "working_days",
    "extend_days",
    "working_hours",
    "rest_days",
    "shared_rest_days",
    "callback_grace_minutes",
    "attempts",
    "attempt_limits",
    "other_part_of_day",
    "releases_per_day",
    "release_bar_days",
    "lapse_bar_days",
    "service_days",
    "reveals_per_day",
)
"""Every rule a policy may set."""

NOT_LIFTABLE: Final = frozenset(("exclusive", "offered_minutes", "working_days", "callback_grace_minutes"))
"""Without these timers an assignment or a promise would have no end; and some client there must be."""

ADMIN_ONLY: Final = frozenset(("calling_hours",))
"""What only an admin may change: it is the law of the called country."""

INHERIT: Final = "default"


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one pool at one time; None is a rule that was lifted."""

    rest_days: int
    shared_rest_days: int
    callback_grace_minutes: int
    attempts_maximum: int | None
    attempts_days: int
    other_part_of_day: bool
    extend_days: int | None
    releases_per_day: int | None
    release_bar_days: int
    lapse_bar_days: int
    reveals_per_day: int | None
    service_days: Mapping[str, int | None]
    working_days: Mapping[str, int]
    working_hours: Mapping[str, Any] | None


def parse_rules(rules: Mapping[str, Any]) -> Rules:
    """Reads the resolved rules of a policy."""
    attempts = rules.get("attempts") or {}
    return Rules(
        rest_days=rules["rest_days"] or 0,
        shared_rest_days=rules["shared_rest_days"] or 0,
        callback_grace_minutes=rules["callback_grace_minutes"],
        attempts_maximum=attempts.get("maximum"),
        attempts_days=attempts.get("working_days", 0),
        other_part_of_day=bool(rules.get("other_part_of_day")),
        extend_days=rules["extend_days"],
        releases_per_day=rules["releases_per_day"],
        release_bar_days=rules["release_bar_days"] or 0,
        lapse_bar_days=rules["lapse_bar_days"] or 0,
        reveals_per_day=rules.get("reveals_per_day"),
        service_days=rules.get("service_days") or {},
        working_days=rules["working_days"],
        working_hours=rules["working_hours"],
    )


def change_rules(own: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Gives a pool's own rules after a change: absent is unchanged, None lifts, `"default"` inherits again."""
    kept = {name: value for name, value in own.items() if name not in changes}
    return kept | {name: value for name, value in changes.items() if value != INHERIT}
