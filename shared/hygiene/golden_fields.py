"""Keeping the golden record of leads up to their records."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection

from shared.match.golden import GoldenInput, golden
from shared.storage.lead import Member, read_members, write_fields


def refresh_fields(connection: Connection, leads: Sequence[int]) -> None:
    """Writes what the records of these leads now support best, and where each value is from."""
    for members in read_members(connection, leads):
        by_lead = groupby(members, key=lambda member: member.lead_id)
        write_fields(connection, {lead_id: _best(list(own)) for lead_id, own in by_lead})


def _best(members: Sequence[Member]) -> tuple[Mapping[str, Any], Mapping[str, int] | None]:
    if len(members) == 1:
        return members[0].fields, None
    inputs = [GoldenInput(member.record_id, member.fields, member.trust, member.received_at) for member in members]
    return golden(inputs)
