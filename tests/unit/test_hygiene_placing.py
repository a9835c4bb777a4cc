"""Where records go, by what the matcher says of them: pure rules."""

from itertools import count

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.hygiene.placing import DUPLICATE, KNOWN, NEW, REVIEW, Placement, place
from shared.match.decision import Decision, Pair


def decide(clusters: list[int], reviews: list[Pair] | None = None) -> Decision:
    return Decision(clusters=np.array(clusters), merges=[], reviews=reviews or [])


def place_all(clusters: list[int], new: int, leads: list[int], reviews: list[Pair] | None = None) -> Placement:
    serial = count(100)
    return place(decide(clusters, reviews), new, leads, lambda size: [next(serial) for _ in range(size)])


def doubt(one: int, other: int) -> Pair:
    return one, other, 0.0, ()


def test_strangers_begin_a_lead_each() -> None:
    placement = place_all([0, 1], 2, [-1, -1])
    assert (placement.leads, placement.parts, placement.heads) == ([100, 101], [NEW, NEW], [0, 1])


def test_a_later_row_joins_the_first() -> None:
    placement = place_all([0, 1, 0], 3, [-1, -1, -1])
    assert (placement.leads, placement.parts) == ([100, 101, 100], [NEW, NEW, DUPLICATE])


def test_rows_join_a_known_lead() -> None:
    placement = place_all([0, 0, 0], 2, [-1, -1, 7])
    assert (placement.leads, placement.parts, placement.heads) == ([7, 7], [KNOWN, KNOWN], [])


def test_of_several_leads_the_oldest_stays() -> None:
    placement = place_all([0, 0, 0, 3], 1, [-1, 9, 5, 4])
    assert placement.joins == {5: [9]}
    assert placement.leads == [5]


def test_the_later_row_in_doubt_is_reviewed() -> None:
    placement = place_all([0, 1, 2], 3, [-1, -1, -1], [doubt(2, 0)])
    assert placement.parts == [NEW, NEW, REVIEW]
    assert placement.reviews == [(102, 100, 0)]


def test_doubt_about_a_known_lead_is_the_new_ones() -> None:
    placement = place_all([0, 1, 2], 2, [-1, -1, 7], [doubt(0, 2)])
    assert placement.parts == [REVIEW, NEW]
    assert placement.reviews == [(100, 7, 0)]


def test_doubt_between_known_leads_changes_no_row() -> None:
    placement = place_all([0, 1, 0, 1], 2, [-1, -1, 7, 8], [doubt(0, 1)])
    assert placement.parts == [KNOWN, KNOWN]
    assert placement.reviews == [(7, 8, 0)]


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12), st.data())
def test_every_row_has_a_lead_and_every_lead_a_head(kinds: list[int], data: st.DataObject) -> None:
    clusters = [kinds.index(kind) for kind in kinds]
    new = data.draw(st.integers(1, len(kinds)))
    leads = [-1] * new + [10 + kinds[line] for line in range(new, len(kinds))]
    placement = place_all(clusters, new, leads)
    assert len(placement.leads) == len(placement.parts) == new
    assert [placement.parts[line] for line in placement.heads] == [NEW] * len(placement.heads)
    for line in range(new):
        assert placement.leads[line] == placement.leads[clusters[line]] if clusters[line] < new else True


@pytest.mark.parametrize("size", [0, 1])
def test_nothing_new_places_nothing(size: int) -> None:
    assert place_all([0] * size, 0, [7] * size).leads == []
