"""What follows a contact by itself when nothing else was agreed: the next step of its stage, the service rhythm of a farmer's customer."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from shared.domain.disposition import Decision, Disposition
from shared.storage.assignment import Held, add_working_days
from shared.storage.catalogue import list_stages
from shared.storage.contact import find_standing

_UNRANKED = "unranked"


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


def _step_days(connection: Connection, code: str) -> int | None:
    steps = {one.code: one.next_step for one in list_stages(connection)}
    step = steps.get(code)
    return None if step is None else int(step["after_days"])
