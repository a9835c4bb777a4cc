"""From what the matcher says to leads: pure rules. Which records begin a lead, which join one, which leads are to be merged."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from shared.match.decision import Decision

NEW: Final = "new"
DUPLICATE: Final = "duplicate"
KNOWN: Final = "known"
REVIEW: Final = "review"


@dataclass(slots=True)
class Placement:
    """Where each new record goes.

    Attributes:
        leads: by new record, in the order of their lines, its lead.
        parts: by new record how it comes there.
        heads: the lines that begin a new lead, ascending.
        joins: by lead that records join, the other leads that proved to be the same.
        reviews: pairs of leads in doubt, each with the position of its pair among the decision's reviews.
    """

    leads: list[int]
    parts: list[str]
    heads: list[int] = field(default_factory=list)
    joins: dict[int, list[int]] = field(default_factory=dict)
    reviews: list[tuple[int, int, int]] = field(default_factory=list)


def place(decision: Decision, new: int, leads: Sequence[int], take_ids: Callable[[int], Sequence[int]]) -> Placement:
    """Places the first `new` lines; `leads` has by line the lead of those behind them.

    The first line of a cluster without a lead begins one; of several leads in a cluster the oldest stays. A pair in doubt makes the
    later of its clusters a lead under review. `take_ids` gives ids for so many new leads.
    """
    labels = decision.clusters.tolist()
    known = _known_leads(labels, new, leads)
    heads = [line for line in range(new) if labels[line] == line and line not in known]
    lead_of = dict(zip(heads, take_ids(len(heads)), strict=True))
    lead_of |= {label: found[0] for label, found in known.items()}
    placement = Placement([lead_of[label] for label in labels[:new]], [NEW] * new, heads)
    for line in range(new):
        label = labels[line]
        if label in known:
            placement.parts[line] = KNOWN
        elif line != label:
            placement.parts[line] = DUPLICATE
    placement.joins = {found[0]: found[1:] for found in known.values() if len(found) > 1}
    _ask(placement, decision, lead_of, labels, leads)
    return placement


def _known_leads(labels: Sequence[int], new: int, leads: Sequence[int]) -> dict[int, list[int]]:
    """By cluster with a new record the leads it touches, the oldest first."""
    touched: dict[int, set[int]] = {}
    for line in range(new, len(labels)):
        if labels[line] < new:
            touched.setdefault(labels[line], set()).add(leads[line])
    return {label: sorted(found) for label, found in touched.items()}


def _ask(
    placement: Placement, decision: Decision, lead_of: dict[int, int], labels: Sequence[int], leads: Sequence[int]
) -> None:
    heads = set(placement.heads)
    for position, (one, other, _, _) in enumerate(decision.reviews):
        ends = [labels[one], labels[other]]
        pair = [lead_of.get(label, leads[line]) for label, line in zip(ends, (one, other), strict=True)]
        placement.reviews.append((pair[0], pair[1], position))
        later = max((label for label in ends if label in heads), default=None)
        if later is not None:
            placement.parts[later] = REVIEW
