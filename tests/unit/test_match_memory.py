"""A whole list matched in memory."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.match.form import Form
from shared.match.memory import match_forms
from shared.match.model import default_model
from tests.unit.match_lists import ANNA, ANNA_AGAIN, ELSEWHERE, JAN, crowd, forms


def _groups(forms_in_order: list[Form], model_given: bool) -> set[frozenset[int]]:
    clusters = match_forms(forms_in_order, default_model() if model_given else None).clusters
    return {frozenset(np.flatnonzero(clusters == label).tolist()) for label in set(clusters.tolist())}


def test_duplicate_is_found_among_colleagues_and_branches() -> None:
    records = [ANNA, JAN, ELSEWHERE, *crowd(500), ANNA_AGAIN]
    found = {group for group in _groups(records, model_given=False) if len(group) > 1}
    assert found == {frozenset({0, 503})}


def test_order_of_the_rows_does_not_matter() -> None:
    records = [ANNA, JAN, ANNA_AGAIN, ELSEWHERE, *crowd(200), *crowd(60)]
    places = list(range(len(records)))
    random.Random(3).shuffle(places)
    shuffled = _groups([records[place] for place in places], model_given=False)
    assert {frozenset(places[line] for line in group) for group in shuffled} == _groups(records, model_given=False)


@settings(max_examples=60, deadline=None)
@given(st.lists(forms(), max_size=12, unique=True), st.randoms(use_true_random=False))
def test_any_shuffle_gives_the_same_leads(records: list[Form], chance: random.Random) -> None:
    places = list(range(len(records)))
    chance.shuffle(places)
    shuffled = _groups([records[place] for place in places], model_given=True)
    assert {frozenset(places[line] for line in group) for group in shuffled} == _groups(records, model_given=True)


def test_row_repeated_a_thousand_times_is_one_lead() -> None:
    records = [ANNA] * 1000 + crowd(300)
    assert {len(group) for group in _groups(records, model_given=False)} == {1000, 1}


@pytest.mark.parametrize("size", [0, 1])
def test_list_without_a_pair_is_matched(size: int) -> None:
    assert len(match_forms([ANNA] * size).clusters) == size


def test_long_list_is_learnt_from_a_part_of_its_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    records = [*crowd(300), *(replace(person, house="") for person in crowd(300))]
    monkeypatch.setattr("shared.match.train.MOST_CANDIDATES", 100)
    assert len(_groups(records, model_given=False)) == 300


def test_merges_and_labels_speak_of_the_given_lines() -> None:
    decision = match_forms([JAN, ANNA_AGAIN, *crowd(300), ANNA])
    assert decision.clusters[302] == 1
    assert [merge[:2] for merge in decision.merges] == [(1, 302)]
