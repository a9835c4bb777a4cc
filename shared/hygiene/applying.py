"""Writing what the matcher says: leads, memberships, numbers, merges, reviews, verdicts, queue entries; one transaction, one at a time."""

import math
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from typing import Final

from sqlalchemy import Connection

from shared.hygiene.golden_fields import golden_of_one_list, refresh_fields
from shared.hygiene.matching import Matched
from shared.hygiene.placing import KNOWN, Placement, place
from shared.match.decision import Pair
from shared.match.field import FIELDS, LEVELS, MISSING
from shared.match.model import model_to_json
from shared.storage.lead import (
    NewLead,
    add_leads,
    add_members,
    enqueue_new,
    find_tops,
    list_told_more,
    next_lead_ids,
    refresh_lead_numbers,
    refresh_queue,
)
from shared.storage.match import FoundPair, add_model, add_pairs, add_reviews, merge_leads
from shared.storage.outcome import add_outcomes
from shared.storage.packed import Integers
from shared.storage.pipeline import pipelined
from shared.storage.suppression import revoke_suppressed

_REASON: Final = "matched"
_FEW: Final = 1_000
"""New records up to which the statements go without waiting for one another; of more they would all lie in memory at once."""


def apply_matched(connection: Connection, upload_id: int, matched: Matched, site_keys: Integers) -> Placement:
    """Puts the new records into leads and gives their rows their verdicts.

    The caller holds the lock of matching, under which `matched` was found or found to be still true. `site_keys` has by new
    record its site's key, 0 for none.
    """
    placement = place(
        matched.decision, matched.new, matched.leads.tolist(), lambda count: next_lead_ids(connection, count)
    )
    records = matched.records.tolist()
    pair_ids = _write_pairs(connection, upload_id, matched, records)
    joined = _merge_known(connection, placement, _strongest_pairs(matched, pair_ids))
    new = _new_leads(connection, placement, records, site_keys.tolist())
    own, fresh, known = records[: matched.new], [lead.id for lead in new], _known(placement)
    merges = len(matched.decision.merges)
    with pipelined(connection) if matched.new <= _FEW else nullcontext():
        add_leads(connection, new)
        add_members(connection, own, placement.leads)
        revoke_suppressed(connection, known)
        refresh_lead_numbers(connection, [*fresh, *known])
        add_outcomes(connection, own, placement.leads, placement.parts)
        add_reviews(connection, [(a, b, pair_ids[merges + position]) for a, b, position in placement.reviews])
        enqueue_new(connection, fresh)
        refresh_queue(connection, known)
        told_more = list_told_more(connection, own, placement.leads) if known else []
    refresh_fields(connection, sorted({*told_more, *joined} & {*known}))
    return placement


def _known(placement: Placement) -> list[int]:
    return sorted({lead for lead, part in zip(placement.leads, placement.parts, strict=True) if part == KNOWN})


def _write_pairs(connection: Connection, upload_id: int, matched: Matched, records: Sequence[int]) -> list[int]:
    """Keeps the pairs that joined or are in doubt; ids of the merges first, then of the reviews, in the decision's order."""
    decision = matched.decision
    pairs = [_found(pair, "merge", records) for pair in decision.merges]
    pairs += [_found(pair, "review", records) for pair in decision.reviews]
    if not pairs:
        return []
    add_model(connection, matched.model_version, model_to_json(matched.model), rows_seen=matched.model.trained_on)
    return add_pairs(connection, upload_id, matched.model_version, pairs)


def _found(pair: Pair, decision: str, records: Sequence[int]) -> FoundPair:
    one, other, log_odds, levels = pair
    return FoundPair(records[one], records[other], log_odds / math.log(2), decision, _named(levels))


def _named(levels: Sequence[int]) -> Mapping[str, str]:
    return {field: LEVELS[field][level] for field, level in zip(FIELDS, levels, strict=True) if level != MISSING}


def _strongest_pairs(matched: Matched, pair_ids: Sequence[int]) -> dict[int, int]:
    """By lead of the base the kept pair that speaks most for joining it."""
    strongest: dict[int, int] = {}
    for pair_id, (one, other, _, _) in zip(pair_ids, matched.decision.merges, strict=False):
        for line in (one, other):
            if line >= matched.new:
                strongest.setdefault(int(matched.leads[line]), pair_id)
    return strongest


def _merge_known(connection: Connection, placement: Placement, strongest: Mapping[int, int]) -> list[int]:
    """Joins leads that new records proved to be one, and gives those that stay; leads that two reps hold wait for a review."""
    for winner, losers in placement.joins.items():
        for loser in losers:
            merge_leads(connection, winner, loser, match_id=strongest.get(loser), reason=_REASON, made_by=None)
    return _follow_merges(connection, placement) if placement.joins else []


def _follow_merges(connection: Connection, placement: Placement) -> list[int]:
    """A rep's lead wins whatever its age: records and reviews go where their lead went."""
    known = {*_known(placement), *(lead for a, b, _ in placement.reviews for lead in (a, b))}
    tops = find_tops(connection, sorted(known))  # leads that are about to be added are not among them
    placement.leads = [tops.get(lead, lead) for lead in placement.leads]
    placement.reviews = [(tops.get(a, a), tops.get(b, b), position) for a, b, position in placement.reviews]
    return [tops[lead] for lead in placement.joins]


def _new_leads(
    connection: Connection, placement: Placement, records: Sequence[int], site_keys: Sequence[int]
) -> list[NewLead]:
    """A lead belongs to the site that the first of its records names."""
    site_of: dict[int, int] = {}
    records_of: dict[int, list[int]] = {placement.leads[line]: [] for line in placement.heads}
    for line, lead in enumerate(placement.leads):
        if site_keys[line]:
            site_of.setdefault(lead, site_keys[line])
        if lead in records_of:
            records_of[lead].append(records[line])
    several = {lead: own for lead, own in records_of.items() if len(own) > 1}
    best = golden_of_one_list(connection, several)
    heads = [(placement.leads[line], records[line]) for line in placement.heads]
    return [NewLead(lead, record, site_of.get(lead), best.get(lead)) for lead, record in heads]
