"""From scored pairs to leads: what is merged, what a person should look at, what stays apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shared.match.cluster import LARGE, NEVER, Labels, agglomerate, by_label, components, links_between
from shared.match.model import Model
from shared.match.score import Scored

CUTS: Final = (0.5, 0.75, 0.9, 0.97, 1.0)
Pair = tuple[int, int, float, tuple[int, ...]]  # two records, log-odds, levels in the order of FIELDS


@dataclass(frozen=True, slots=True)
class Decision:
    """Which records are one lead, and why.

    `clusters`: by record the smallest record of its lead. `merges`: pairs that hold the clusters together, the strongest
    first, one fewer than a cluster's members unless groups existed. `reviews`: the best pair between two clusters in
    doubt.
    """

    clusters: Labels
    merges: list[Pair]
    reviews: list[Pair]


def decide(
    model: Model, size: int, pairs: NDArray[np.integer], scored: Scored, existing_groups: NDArray[np.integer] | None = None,
    never_same: Sequence[tuple[int, int]] = (),
) -> Decision:  # fmt: skip
    """Cluster `size` records by their scored pairs.

    Pairs of one component that are not among `pairs` count a little against it: score what `closing_pairs` names
    first. Records with the same label of 0 or more in `existing_groups` stay together, whatever their scores. Pairs
    in `never_same` end in different clusters unless they already are in one group.
    """
    rows, odds = pairs.astype(np.int64).reshape(-1, 2), scored.log_odds.astype(np.float64)
    groups = _group_labels(size, existing_groups)
    rows, odds, origin = _with_barred(rows, odds, never_same)
    strong = odds >= model.merge_from
    linked = components(size, np.concatenate([rows[strong], _group_links(groups)]))
    clusters = _split(linked, groups, rows, odds - np.where(odds > NEVER, model.merge_from / 2, 0))
    found = _Found(rows, odds, origin, scored.levels)
    inside = clusters[rows[:, 0]] == clusters[rows[:, 1]]
    return Decision(clusters, _merges(found, inside, groups), _reviews(found, ~inside, clusters, model.review_from))


def closing_pairs(size: int, pairs: NDArray[np.integer], scored: Scored) -> NDArray[np.int64]:
    """The pairs within a component that have no score yet; to be scored before deciding. Very large components are left."""
    rows = pairs.astype(np.int64).reshape(-1, 2)
    labels = components(size, rows[scored.log_odds > 0])
    sizes = np.bincount(labels, minlength=size)
    members = by_label(labels, np.flatnonzero((sizes > 2) & (sizes <= LARGE)).tolist())
    known = set((rows[:, 0] << 32 | rows[:, 1]).tolist()) | set((rows[:, 1] << 32 | rows[:, 0]).tolist())
    wanted = [
        (one, other)
        for lines in (found.tolist() for found in members.values())
        for position, one in enumerate(lines)
        for other in lines[position + 1 :]
        if one << 32 | other not in known
    ]
    return np.array(wanted, dtype=np.int64).reshape(-1, 2)


@dataclass(frozen=True, slots=True)
class _Found:
    rows: NDArray[np.int64]
    odds: NDArray[np.float64]
    origin: NDArray[np.int64]
    levels: NDArray[np.uint8]

    def pair(self, line: int) -> Pair:
        one, other = self.rows[line].tolist()
        return one, other, round(float(self.odds[line]), 3), tuple(self.levels[self.origin[line]].tolist())


def _group_labels(size: int, existing: NDArray[np.integer] | None) -> Labels:
    """By record the smallest record of its existing group, itself when it has none."""
    own = np.arange(size, dtype=np.int64)
    if existing is None:
        return own
    grouped = np.flatnonzero(existing >= 0)
    labels, first = np.unique(existing[grouped], return_index=True)
    own[grouped] = grouped[first][np.searchsorted(labels, existing[grouped])]
    return own


def _group_links(groups: Labels) -> NDArray[np.int64]:
    member = np.flatnonzero(groups != np.arange(len(groups)))
    return np.stack([member, groups[member]], axis=1)


def _with_barred(
    rows: NDArray[np.int64], odds: NDArray[np.float64], never_same: Sequence[tuple[int, int]]
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """The pairs with those that are never the same at the end, and by line where its levels stand; -1 for an added line."""
    origin = np.arange(len(rows), dtype=np.int64)
    if not never_same:
        return rows, odds, origin
    barred = np.sort(np.array(never_same, dtype=np.int64).reshape(-1, 2), axis=1)
    ordered = np.sort(rows, axis=1)
    kept = ~np.isin(ordered[:, 0] << 32 | ordered[:, 1], barred[:, 0] << 32 | barred[:, 1])
    more = len(barred)
    return (
        np.concatenate([rows[kept], barred]),
        np.concatenate([odds[kept], np.full(more, NEVER)]),
        np.concatenate([origin[kept], np.full(more, -1)]),
    )


def _split(linked: Labels, groups: Labels, rows: NDArray[np.int64], odds: NDArray[np.float64]) -> Labels:
    """Check each component of more than one group as a whole and take apart what does not hold together."""
    inside = linked[rows[:, 0]] == linked[rows[:, 1]]
    rows, odds = rows[inside], odds[inside]
    labels = linked[rows[:, 0]]
    order = np.argsort(labels, kind="stable")
    rows, odds, labels = rows[order], odds[order], labels[order]
    sizes = np.bincount(linked, minlength=len(linked))
    agreed = np.bincount(labels[odds > 0], minlength=len(linked))
    doubtful = np.unique(labels[agreed[labels] < (sizes * (sizes - 1) // 2)[labels]])  # all others agree pair by pair
    clusters = linked.copy()
    for label, members in by_label(linked, doubtful.tolist()).items():
        start, end = np.searchsorted(labels, [label, label + 1])
        _settle(clusters, members, groups, rows[start:end], odds[start:end])
    return clusters


def _settle(
    clusters: Labels, members: Labels, groups: Labels, rows: NDArray[np.int64], odds: NDArray[np.float64]
) -> None:
    """Write the clusters of one component, cut at ever higher scores first while it has too many groups."""
    for share in (None, *CUTS):
        labels = _parts(members, groups, rows, odds, share)
        counts = [len(np.unique(groups[members[labels == label]])) for label in np.unique(labels)]
        if max(counts) <= LARGE:
            break
    for label, count in zip(np.unique(labels), counts, strict=True):
        part = members[labels == label]
        among = np.isin(rows[:, 0], part) & np.isin(rows[:, 1], part)
        if count > LARGE and (odds[among] > NEVER).all():
            clusters[part] = part[0]  # one score holds them all together: repetitions of one record
        else:
            _check_whole(clusters, part, groups, rows[among], odds[among])


def _parts(
    members: Labels, groups: Labels, rows: NDArray[np.int64], odds: NDArray[np.float64], share: float | None
) -> Labels:
    """By member the part it is in when only the best scores above this share of them hold; None lets all hold."""
    if share is None:
        return np.full(len(members), members[0])
    kept = odds >= np.quantile(odds[odds > 0], share)
    links = np.concatenate([rows[kept], _links_among(members, groups)])
    return components(int(members[-1]) + 1, links)[members]


def _check_whole(
    clusters: Labels, members: Labels, groups: Labels, rows: NDArray[np.int64], odds: NDArray[np.float64]
) -> None:
    """Write the clusters that hold together when each pair has its say."""
    _, inverse = np.unique(groups[members], return_inverse=True)
    for joined in agglomerate(links_between(inverse, np.searchsorted(members, rows), odds)):
        part = members[np.isin(inverse, joined)]
        clusters[part] = part[0]


def _links_among(members: Labels, groups: Labels) -> NDArray[np.int64]:
    own = groups[members]
    links: NDArray[np.int64] = np.stack([members, own], axis=1)[own != members]
    return links


def _merges(found: _Found, inside: NDArray[np.bool_], groups: Labels) -> list[Pair]:
    """The strongest pairs that hold each cluster together."""
    parent = dict(enumerate(groups.tolist()))

    def root(record: int) -> int:
        while parent[record] != record:
            parent[record] = parent[parent[record]]
            record = parent[record]
        return record

    merges = []
    lines = np.flatnonzero(inside & (found.origin >= 0))
    for line in lines[np.argsort(-found.odds[lines], kind="stable")].tolist():
        one, other = (root(record) for record in found.rows[line].tolist())
        if one != other:
            parent[max(one, other)] = min(one, other)
            merges.append(found.pair(line))
    return merges


def _reviews(found: _Found, apart: NDArray[np.bool_], clusters: Labels, review_from: float) -> list[Pair]:
    """The best doubtful pair between each two clusters that nobody has told apart."""
    ends = np.sort(clusters[found.rows], axis=1)
    links = ends[:, 0] << 32 | ends[:, 1]
    barred = np.unique(links[found.odds <= NEVER])
    lines = np.flatnonzero(apart & (found.odds >= review_from) & ~np.isin(links, barred))
    lines = lines[np.argsort(-found.odds[lines], kind="stable")]
    _, first = np.unique(links[lines], return_index=True)
    return [found.pair(line) for line in lines[np.sort(first)].tolist()]
