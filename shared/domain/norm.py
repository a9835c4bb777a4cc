"""What a rep is expected to do in a day, week or month, and how far that is: norms of contacts, plans by result. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

PERIODS: Final = ("day", "week", "month")
CLAIM: Final = "claim"
"""The kind of a norm that counts leads handed out; any other counts contacts of that kind."""
VALUE: Final = "value"
"""The result of a plan that counts money; any other counts contacts with that disposition."""


@dataclass(frozen=True, slots=True)
class Norm:
    """So many of a kind in a period, at least and at most; None is no bound. `currency` is that of a value."""

    kind: str
    per: str
    minimum: Decimal | None
    maximum: Decimal | None
    currency: str | None = None

    @property
    def name(self) -> str:
        """How it is called in warnings, e.g. `call:day`."""
        return f"{self.kind}:{self.per}"

    def is_exceeded(self, fact: Decimal) -> bool:
        """Whether more was done than the maximum."""
        return self.maximum is not None and fact > self.maximum


@dataclass(frozen=True, slots=True)
class Standing:
    """A norm with what was done. `expected` is the part of its minimum that the days worked so far ask for.

    `state`: `behind`, `on_course`, `reached` (the minimum), `exceeded` (the maximum).
    """

    norm: Norm
    fact: Decimal
    expected: Decimal | None
    state: str


def list_norms(rules: Mapping[str, Any]) -> list[Norm]:
    """Reads the norms of a policy; the daily one of leads handed out among them."""
    daily = rules.get("daily_norm")
    given = [] if daily is None else [{"kind": CLAIM, "per": "day", **daily}]
    given += rules.get("norms") or []
    return [Norm(one["kind"], one["per"], _number(one, "minimum"), _number(one, "maximum")) for one in given]


def list_plans(rules: Mapping[str, Any]) -> list[Norm]:
    """Reads the plans by result of a policy: a plan is a norm without a maximum."""
    plans = rules.get("plans") or []
    return [Norm(one["result"], one["per"], _number(one, "target"), None, one.get("currency")) for one in plans]


def join_norms(norms: Iterable[Norm]) -> list[Norm]:
    """Joins what several pools ask of one rep: of two alike the higher minimum and the lower maximum."""
    joined: dict[tuple[str, str, str | None], Norm] = {}
    for norm in norms:
        key = (norm.kind, norm.per, norm.currency)
        had = joined.get(key, norm)
        joined[key] = replace(
            had,
            minimum=max((one for one in (had.minimum, norm.minimum) if one is not None), default=None),
            maximum=min((one for one in (had.maximum, norm.maximum) if one is not None), default=None),
        )
    return [joined[key] for key in sorted(joined, key=lambda key: (PERIODS.index(key[1]), key[0], key[2] or ""))]


def judge(norm: Norm, fact: Decimal, *, today: date, weekdays: Sequence[int]) -> Standing:
    """Compares a norm with what was done by the end of today; `weekdays` are those worked, 1 is Monday."""
    expected = None if norm.minimum is None else norm.minimum * _share_passed(norm.per, today, weekdays)
    if norm.is_exceeded(fact):
        state = "exceeded"
    elif norm.minimum is None or fact >= norm.minimum:
        state = "reached"
    else:
        state = "on_course" if expected is not None and fact >= expected else "behind"
    return Standing(norm, fact, expected, state)


def _share_passed(per: str, today: date, weekdays: Sequence[int]) -> Decimal:
    days = [day for day in _days_of(per, today) if day.isoweekday() in weekdays]
    passed = sum(day <= today for day in days)
    return Decimal(passed) / len(days) if days else Decimal(1)


def _days_of(per: str, today: date) -> list[date]:
    if per == "day":
        return [today]
    if per == "week":
        monday = today - timedelta(days=today.weekday())
        return [monday + timedelta(days=ahead) for ahead in range(7)]
    first = today.replace(day=1)
    return [day for day in (first + timedelta(days=ahead) for ahead in range(31)) if day.month == today.month]


def _number(given: Mapping[str, Any], name: str) -> Decimal | None:
    value = given.get(name)
    return None if value is None else Decimal(str(value))
