"""What contacts made before moving in mean now: their rests and attempts, by the same rules as those made here. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from shared.domain.disposition import Disposition, Effect, Situation, count_visits, decide
from shared.domain.policy import Rules
from shared.normalise.history import Moment

UNNAMED: Final = "imported"
"""The disposition of a contact of which only the day is known, or whose outcome nobody here understands."""


@dataclass(frozen=True, slots=True)
class PastContact:
    """One contact as the old base tells it; `record` None for a row of a list of contacts."""

    lead: int
    moment: Moment
    disposition: Disposition
    record: int | None = None
    person: int | None = None
    note: str | None = None


WindowEnd = Callable[[int, datetime], datetime]
"""Gives for a lead and an attempt when the time is over in which attempts are counted together."""


def judge_contacts(
    contacts: Sequence[PastContact], rules_of: Callable[[int], Rules], window_end: WindowEnd
) -> list[Mapping[str, Any]]:
    """Gives the contacts as rows for the ledger, each with the rest it starts."""
    rows: list[Mapping[str, Any]] = []
    in_order = sorted(contacts, key=lambda contact: (contact.lead, contact.moment.latest))
    for lead, own in groupby(in_order, key=attrgetter("lead")):
        rows += _judge_lead(list(own), rules_of(lead), window_end)
    return rows


def _judge_lead(contacts: Sequence[PastContact], rules: Rules, window_end: WindowEnd) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = []
    tries: list[datetime] = []
    for contact in contacts:
        at, disposition = contact.moment.latest, contact.disposition
        tries = (
            [] if disposition.contact_made else [before for before in tries if window_end(contact.lead, before) > at]
        )
        if disposition.effect is Effect.ATTEMPT:
            tries.append(at)
        rests = decide(disposition, Situation(0, 0, count_visits(tries), rules.attempts_maximum)).rests
        days = disposition.product_rest_days
        rows.append(
            {
                "lead": contact.lead,
                "record": contact.record,
                "person": contact.person,
                "disposition": disposition.code,
                "contact_made": disposition.contact_made,
                "at": at,
                "rest_until": at + timedelta(days=rules.rest_days) if rests and rules.rest_days else None,
                "product_until": at + timedelta(days=days) if days else None,
                "note": contact.note,
            }
        )
    return rows
