"""From scored pairs to leads."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.match.cluster import components
from shared.match.decision import Decision, closing_pairs, decide
from shared.match.field import FIELDS
from shared.match.model import default_model
from shared.match.score import Scored
from shared.match.train import LOWEST_THRESHOLD, merge_threshold

MODEL = default_model()


def _scored(odds: list[float]) -> Scored:
    log_odds = np.array(odds, dtype=np.float32)
    return Scored(log_odds, np.zeros((len(odds), len(FIELDS)), dtype=np.uint8), log_odds)


def _decide(size: int, links: dict[tuple[int, int], float], **more: object) -> Decision:
    pairs = np.array(list(links), dtype=np.int32).reshape(-1, 2)
    return decide(MODEL, size, pairs, _scored(list(links.values())), **more)  # type: ignore[arg-type]


def test_strong_pair_becomes_one_lead() -> None:
    decision = _decide(3, {(0, 1): 9.0, (1, 2): -6.0})
    assert decision.clusters.tolist() == [0, 0, 2]
    assert [merge[:3] for merge in decision.merges] == [(0, 1, 9.0)]


def test_doubtful_pair_goes_to_review() -> None:
    decision = _decide(2, {(0, 1): -0.5})
    assert decision.clusters.tolist() == [0, 1]
    assert [review[:3] for review in decision.reviews] == [(0, 1, -0.5)]


def test_weak_link_does_not_chain_two_people() -> None:
    strong = {(0, 1): 9.0, (2, 3): 9.0, (1, 2): 6.0}
    against = {(0, 2): -9.0, (0, 3): -9.0, (1, 3): -9.0}
    decision = _decide(4, strong | against)
    assert decision.clusters.tolist() == [0, 0, 2, 2]
    assert [review[:2] for review in decision.reviews] == [(1, 2)]


def test_group_that_exists_stays_together() -> None:
    decision = _decide(3, {(0, 1): -20.0, (1, 2): 9.0, (0, 2): 9.0}, existing_groups=np.array([5, 5, -1]))
    assert decision.clusters.tolist() == [0, 0, 0]
    assert len(decision.merges) == 1


def test_never_same_holds_through_a_third_record() -> None:
    decision = _decide(3, {(0, 1): 9.0, (1, 2): 9.0, (0, 2): 9.0}, never_same=[(2, 0)])
    assert decision.clusters[0] != decision.clusters[2]


def test_pair_told_apart_is_not_asked_again() -> None:
    assert _decide(2, {(0, 1): 9.0}, never_same=[(0, 1)]).reviews == []


@pytest.mark.parametrize(
    ("odds", "lowest", "highest"),
    [
        ([9.0] * 1000, 0.5, 0.5),
        ([9.0] * 1000 + [1.5] * 30 + [1.4] * 5, 1.5, 2.0),
        ([9.0] * 1000 + [3.0] * 70, 2.0, 2.0),
        ([9.0] * 20, MODEL.merge_from, MODEL.merge_from),
    ],
)
def test_threshold_keeps_the_stated_error(odds: list[float], lowest: float, highest: float) -> None:
    assert lowest <= merge_threshold(0.005, np.array(odds)) <= highest


def test_list_that_says_little_is_merged_further_down() -> None:
    sure, likely = [9.0] * 1000 + [3.0] * 100, [1.5] * 30  # 0.3 % would stop among the likely, who are less than all
    assert merge_threshold(0.005, np.array([*sure, *likely])) == LOWEST_THRESHOLD
    assert 1.5 < merge_threshold(0.005, np.array([*sure, *likely * 6])) < 3.0


@given(st.lists(st.sampled_from([0.6, 1.0, 1.5, 2.5, 4.0, 9.0]), min_size=100, max_size=400))
def test_no_list_goes_beyond_twice_the_stated_error(odds: list[float]) -> None:
    merged = np.array([one for one in odds if one >= merge_threshold(0.005, np.array(odds))])
    assert (1 / (1 + np.exp(merged))).sum() <= 0.01 * len(merged) + 1e-9


def test_missing_pairs_of_a_component_are_named() -> None:
    pairs = np.array([[0, 1], [1, 2], [3, 4]])
    assert closing_pairs(5, pairs, _scored([5, 5, 5])).tolist() == [[0, 2]]


def test_very_large_component_is_taken_apart() -> None:
    size = 400
    chain = {(line, line + 1): 3.0 + (line % 2) * 4 for line in range(size - 1)}
    decision = _decide(size, chain)
    assert max(np.bincount(decision.clusters)) <= 120
    assert len(decision.merges) == size - len(set(decision.clusters.tolist()))


def test_repetitions_of_one_record_are_one_lead() -> None:
    repeated = {(0, line): 8.0 for line in range(1, 3000)}
    assert set(_decide(3000, repeated).clusters.tolist()) == {0}


def test_told_apart_holds_in_a_very_large_component() -> None:
    clusters = _decide(150, {(0, line): 8.0 for line in range(1, 150)}, never_same=[(5, 9)]).clusters
    assert clusters[5] != clusters[9]


def test_large_group_of_the_base_takes_one_more() -> None:
    groups = np.array([7] * 500 + [-1])
    decision = _decide(501, {(line, 500): 6.0 for line in range(5)}, existing_groups=groups)
    assert (set(decision.clusters.tolist()), len(decision.merges)) == ({0}, 1)


def test_one_large_equal_component_is_decided_as_a_whole() -> None:
    links = {(one, other): 9.0 for one in range(130) for other in range(one + 1, 130)}
    assert set(_decide(130, links).clusters.tolist()) == {0}


def test_components_carry_their_smallest_record() -> None:
    assert components(5, np.array([[4, 2], [2, 3]])).tolist() == [0, 1, 2, 2, 2]


@st.composite
def _graphs(draw: st.DrawFn) -> tuple[int, dict[tuple[int, int], float]]:
    size = draw(st.integers(2, 8))
    pairs = draw(st.lists(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)), max_size=20))
    links = {(min(pair), max(pair)): float(draw(st.integers(-80, 80))) / 7 for pair in pairs if pair[0] != pair[1]}
    return size, links


@settings(max_examples=150)
@given(_graphs(), st.data())
def test_told_apart_is_never_joined(graph: tuple[int, dict[tuple[int, int], float]], data: st.DataObject) -> None:
    size, links = graph
    apart = data.draw(st.lists(st.sampled_from(sorted(links)), max_size=3)) if links else []
    clusters = _decide(size, links, never_same=apart).clusters
    assert all(clusters[one] != clusters[other] for one, other in apart)


@settings(max_examples=150)
@given(_graphs())
def test_merges_hold_each_cluster_together(graph: tuple[int, dict[tuple[int, int], float]]) -> None:
    size, links = graph
    decision = _decide(size, links)
    joined = components(size, np.array([merge[:2] for merge in decision.merges], dtype=np.int64).reshape(-1, 2))
    assert decision.clusters.tolist() == joined.tolist()


@pytest.mark.parametrize("size", [0, 1])
def test_nothing_to_compare_is_decided(size: int) -> None:
    assert _decide(size, {}).clusters.tolist() == list(range(size))
