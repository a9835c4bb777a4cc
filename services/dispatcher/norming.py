"""The use cases of norms: plan against fact for reps, and a warning when somebody does more than they should."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection

from shared.domain.norm import VALUE, Norm, Standing, join_norms, judge, list_norms, list_plans
from shared.storage.norm import Done, Rep, count_done, list_done, list_reps
from shared.storage.reach import Reach

_WEEKDAYS: Final = (1, 2, 3, 4, 5, 6, 7)


@dataclass(frozen=True, slots=True)
class Progress:
    """How one rep stands: the norms of contacts and hand-outs, the plans by result."""

    rep: Rep
    norms: Sequence[Standing]
    plans: Sequence[Standing]


def show_progress(connection: Connection, reach: Reach, *, person_id: int | None = None) -> list[Progress]:
    """Says for every rep within the reach what was asked of them in this day, week and month, and what they did."""
    reps = list_reps(connection, reach, person_id=person_id)
    done = list_done(connection, reach, person_id=person_id)
    return [_progress(rep, [one for one in done if one.person_id == rep.id]) for rep in reps]


def warn_of_norms(connection: Connection, person_id: int) -> list[str]:
    """Names every maximum that a rep has passed, e.g. `norm_exceeded:call:day`: it warns, and stops nothing."""
    reps = list_reps(connection, Reach(), person_id=person_id)
    bounded = [norm for rep in reps for norm in _asked(rep, plans=False) if norm.maximum is not None]
    if not bounded:
        return []
    done = count_done(connection, [(norm.kind, norm.per) for norm in bounded], person_id=person_id)
    return [f"norm_exceeded:{norm.name}" for norm in bounded if norm.is_exceeded(done[norm.kind, norm.per])]


def _progress(rep: Rep, done: Sequence[Done]) -> Progress:
    weekdays = _weekdays(rep)
    norms = [judge(norm, _count(norm, done), today=rep.today, weekdays=weekdays) for norm in _asked(rep, plans=False)]
    plans = [judge(plan, _reach(plan, done), today=rep.today, weekdays=weekdays) for plan in _asked(rep, plans=True)]
    return Progress(rep, norms, plans)


def _asked(rep: Rep, *, plans: bool) -> list[Norm]:
    read = list_plans if plans else list_norms
    return join_norms(norm for rules in rep.rules for norm in read(rules))


def _count(norm: Norm, done: Iterable[Done]) -> Decimal:
    return Decimal(sum(one.count for one in done if (one.kind, one.per) == (norm.kind, norm.per)))


def _reach(plan: Norm, done: Iterable[Done]) -> Decimal:
    mine = [one for one in done if one.per == plan.per]
    if plan.kind == VALUE:
        return sum((one.value for one in mine if one.currency == plan.currency), Decimal(0))
    return Decimal(sum(one.count for one in mine if one.disposition == plan.kind))


def _weekdays(rep: Rep) -> Sequence[int]:
    hours = [rules["working_hours"] for rules in rep.rules if rules.get("working_hours")]
    return sorted({day for one in hours for day in one["weekdays"]}) or _WEEKDAYS
