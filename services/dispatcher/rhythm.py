"""What follows a contact by itself when nothing else was agreed: another try, the next step of a stage, a customer's rhythm."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from shared.domain.day_part import LINE_MINUTES, Working, list_times
from shared.domain.disposition import Decision, Disposition
from shared.storage.assignment import Held, add_working_days
from shared.storage.attempt_limit import find_free_at
from shared.storage.catalogue import list_stages
from shared.storage.contact import find_standing, list_tries
from shared.storage.promise import add_working_minutes, find_lawful, find_zone

_UNRANKED = "unranked"
_LONGEST_WAIT: Final = timedelta(days=31)


def follow_up(
    connection: Connection, held: Held, disposition: Disposition, decision: Decision, *, stage: str | None
) -> list[tuple[str, datetime]]:
    """Gives what is promised by itself: kind and due time; nothing while nobody was reached, or for who is suppressed."""
    if not disposition.contact_made or disposition.opt_out:
        return []
    if stage is not None and (days := _step_days(connection, stage)) is not None:
        return [("next_step", add_working_days(connection, held, days))]
    relation, rank = find_standing(connection, held.top_id)
    serves = held.duty == "farmer" and (disposition.relation or relation) == "customer"
    if not serves or decision.end_reason is None:
        return []
    days = held.rules.service_days.get(rank or _UNRANKED)
    return [] if days is None else [("service", held.at + timedelta(days=days))]


def retry_at(connection: Connection, held: Held, disposition: Disposition) -> datetime | None:
    """Gives when to try again who was not reached: in the part of their day least tried, lawful and worked.

    A short wait is for the line, so it is kept as it is; so is any wait where the rule was lifted. Limits of attempts are
    waited for; None: that would be for years.
    """
    minutes = disposition.retry_minutes or 1
    soonest = add_working_minutes(connection, held, minutes)
    if held.attempt_limits and (free_at := find_free_at(connection, held)) > soonest:
        if free_at - held.at > _LONGEST_WAIT:
            return None
        soonest = add_working_minutes(connection, held, 1, from_at=free_at)
    zone = find_zone(connection, held.top_id)
    if minutes < LINE_MINUTES or not held.rules.other_part_of_day or zone is None:
        return soonest
    tries = list_tries(connection, held, days=held.rules.attempts_days)
    times = list_times(tries, earliest=soonest, zone=zone, working=Working(held.rules.working_hours, held.zone))
    return find_lawful(connection, held, times) or soonest


def _step_days(connection: Connection, code: str) -> int | None:
    steps = {one.code: one.next_step for one in list_stages(connection)}
    step = steps.get(code)
    return None if step is None else int(step["after_days"])
