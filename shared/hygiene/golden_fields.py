"""Keeping the golden record of leads up to their records."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby, islice
from typing import Final

from sqlalchemy import Connection

from shared.match.golden import GoldenInput, golden
from shared.storage.lead import Golden, Member, read_fields, read_members, write_fields

_LEADS_A_TURN: Final = 2_000
_AT_ONCE: Final = datetime(2000, 1, 1, tzinfo=UTC)


def refresh_fields(connection: Connection, leads: Sequence[int]) -> None:
    """Writes what the records of these leads now support best, and where each value is from."""
    for members in read_members(connection, leads):
        by_lead = groupby(members, key=lambda member: member.lead_id)
        write_fields(connection, {lead_id: _best(list(own)) for lead_id, own in by_lead})


def _best(members: Sequence[Member]) -> Golden:
    if len(members) == 1:
        return members[0].fields, None
    inputs = [GoldenInput(member.record_id, member.fields, member.trust, member.received_at) for member in members]
    return golden(inputs)


def golden_of_one_list(connection: Connection, groups: dict[int, list[int]]) -> dict[int, Golden]:
    """By lead what its records say, all of one list: so equally trusted and as old as each other."""
    found: dict[int, Golden] = {}
    leads = iter(groups)
    while turn := list(islice(leads, _LEADS_A_TURN)):
        fields = read_fields(connection, [record for lead in turn for record in groups[lead]])
        for lead in turn:
            found[lead] = golden([GoldenInput(record, fields[record], 0, _AT_ONCE) for record in groups[lead]])
    return found
