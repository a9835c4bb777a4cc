"""Learning from lists, from a base and from people, and holding people's decisions against the scores."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.match.calibration import FEWEST_DECIDED, bands_of, fit_shift
from shared.match.compare import compare
from shared.match.form import Form
from shared.match.frequency import frequencies_of
from shared.match.key import keys_of
from shared.match.model import Model, default_model
from shared.match.pairing import pairs_from_keys
from shared.match.score import score_evidence
from shared.match.table import table_of
from shared.match.train import RATE_LEANING_RECORDS, Decided, train
from tests.unit.match_lists import crowd

_LIST = [*crowd(120), *(replace(form, emails=(), mail_domains=(), house="") for form in crowd(60))]


def learn(
    people: list[Form], start: Model | None = None, *, decided: Decided | None = None, whole: int | None = None
) -> Model:
    table = table_of(people)
    pairs = pairs_from_keys(keys_of(form) for form in people)
    return train(table, frequencies_of(table), pairs, start, decided=decided, whole=whole)


def decided_as(people: list[Form], pairs: list[tuple[int, int]], same: list[bool]) -> Decided:
    table = table_of(people)
    evidence = compare(table, frequencies_of(table), np.array(pairs), 0.3)
    return Decided(evidence, np.array(same))


def partners(model: Model, records: int) -> float:
    """What the list alone says, without what the rate leans on."""
    lent = default_model().rates["match"] * RATE_LEANING_RECORDS
    return (model.rates["match"] * (records + RATE_LEANING_RECORDS) - lent) / records


def colleagues(number: int) -> Form:
    return replace(_LIST[number], given="olga", family="lem", emails=(), mail_domains=())


def test_a_short_list_leans_on_the_weights_of_the_base() -> None:
    base = learn(_LIST)
    shipped, leaning = learn(_LIST[:4]), learn(_LIST[:4], base)
    for kind, rate in leaning.rates.items():
        assert abs(rate - base.rates[kind]) <= abs(shipped.rates[kind] - base.rates[kind]) + 1e-9
    assert leaning.merge_from == base.merge_from


def test_partners_alone_do_not_lower_the_rates() -> None:
    """Of the partners that were only looked up not all duplicates are known."""
    people = [*_LIST[:60], *_LIST[120:]]  # sixty records and one duplicate of each
    assert partners(learn(people, whole=60), 60) == pytest.approx(partners(learn(people), 120), rel=0.02)


def test_partners_say_nothing_of_strangers() -> None:
    """They were looked up for being alike: strangers are drawn from the list alone."""
    partners = [replace(form, house="") for form in _LIST[:30] * 9]
    alone, beside = learn(_LIST[:120], whole=120), learn([*_LIST[:120], *partners], whole=120)
    assert beside.shares["stranger"]["address"][6] == pytest.approx(alone.shares["stranger"]["address"][6], abs=0.01)


@pytest.mark.parametrize("same", [True, False])
def test_what_people_decided_moves_thresholds(same: bool) -> None:
    people = [*_LIST, *(colleagues(number) for number in range(30))]
    pairs = [(number, len(_LIST) + number) for number in range(30)]
    told = decided_as(people, pairs, [same] * 30)
    plain, taught = learn(_LIST), learn(_LIST, decided=told)
    odds = [score_evidence(model, told.evidence).log_odds.mean() - model.merge_from for model in (plain, taught)]
    assert bool(odds[1] > odds[0]) is same
    assert taught.review_from == pytest.approx(default_model().review_from - taught.shift)
    assert taught.merge_from > taught.review_from


def test_few_decisions_prove_nothing() -> None:
    few = np.zeros(FEWEST_DECIDED - 1)
    assert fit_shift(few, np.ones(len(few), np.bool_)) == 0


@given(st.lists(st.tuples(st.floats(-30, 30), st.booleans()), min_size=FEWEST_DECIDED, max_size=60))
def test_shift_makes_expected_and_observed_agree(decided: list[tuple[float, bool]]) -> None:
    odds, same = np.array([one for one, _ in decided]), np.array([one for _, one in decided])
    shift = fit_shift(odds, same)
    expected = (1 / (1 + np.exp(-(odds + shift)))).sum()
    assert expected + shift == pytest.approx(same.sum(), abs=1e-3)  # a usual shift of one draws it towards none


@given(st.lists(st.tuples(st.floats(-30, 30), st.booleans()), max_size=40))
def test_bands_count_every_decision(decided: list[tuple[float, bool]]) -> None:
    odds, same = np.array([one for one, _ in decided]), np.array([one for _, one in decided], dtype=np.bool_)
    bands = bands_of(odds, same)
    assert sum(band.merged for band in bands) == same.sum()
    assert sum(band.merged + band.distinct for band in bands) == len(decided)
    assert all(0 <= band.expected <= 1 and 0 <= band.observed <= 1 for band in bands)
    assert all(before.highest <= after.lowest for before, after in pairwise(bands))
