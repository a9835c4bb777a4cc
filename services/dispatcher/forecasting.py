"""What a pool will have to give, and why somebody's queue is empty, gate by gate."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection

from shared.domain.errors import absent
from shared.domain.forecast import dry_day
from shared.storage.forecast import read_stock, read_why
from shared.storage.pool import find_pool

HORIZON_DAYS: Final = 30


def forecast(connection: Connection, pool_id: int) -> dict[str, Any]:
    """Counts what waits now, tomorrow and within thirty days against what the reps call away.

    Raises:
        Refused: `not_found`.
    """
    if find_pool(connection, pool_id) is None:
        raise absent("pool")
    stock = read_stock(connection, pool_id, days=HORIZON_DAYS)
    today = stock.at.date()
    until = {day: count for day, count in stock.returning.items() if day <= today + timedelta(days=1)}
    working = sum((today + timedelta(days=n)).isoweekday() in stock.weekdays for n in range(HORIZON_DAYS))
    return {
        "pool_id": pool_id,
        "reps": stock.reps,
        "calls_a_day": stock.calls_a_day,
        "eligible_now": stock.ready,
        "eligible_tomorrow": stock.ready + sum(until.values()),
        "eligible_in_30_days": stock.ready + sum(stock.returning.values()),
        "capacity_in_30_days": stock.calls_a_day * working,
        "dry_on": dry_day(
            stock.ready,
            stock.returning,
            stock.calls_a_day,
            weekdays=stock.weekdays,
            today=today,
            days=HORIZON_DAYS,
        ),
    }


def explain_queue(connection: Connection, person_id: int) -> dict[str, Any]:
    """Says for every pool of a person why it gives nothing now, and when that may change."""
    standing, pools = read_why(connection, person_id)
    told = [{**pool, "reason": _reason(pool)} for pool in pools]
    on_duty = standing["state"] == "active"
    reason = "not_on_duty" if not on_duty else "no_pool" if not told else _overall(told)
    return {"reason": reason, "on_duty": on_duty, "pools": told, **{name: standing[name] for name in _PROMISED}}


_PROMISED: Final = ("promises", "next_due_at")


def _reason(pool: Mapping[str, Any]) -> str | None:
    """Names the first gate of a pool that is shut; None when it would give something now."""
    gates = (
        (f"pool_{pool['state']}", pool["state"] != "active"),
        ("cap_reached", pool["open_cap"] is not None and pool["held"] >= pool["open_cap"]),
        ("unfinished_lead", pool["unfinished"]),
        (f"cap_reached_{pool['full_class']}", pool["full_class"] is not None),
        ("norm_reached", pool["norm"] is not None and pool["claims"] >= pool["norm"]),
        ("queue_empty", pool["waiting"] == 0),
        (pool["shut"] or "closed_hours", pool["open_now"] == 0),
        ("barred_for_you", pool["barred"] >= pool["waiting"]),
    )
    return next((name for name, shut in gates if shut), None)


def _overall(pools: list[dict[str, Any]]) -> str | None:
    reasons = [pool["reason"] for pool in pools]
    return None if None in reasons else reasons[0]
