"""Blocking keys and the pairs they give."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from shared.match.form import Form
from shared.match.key import keys_of, skeleton
from shared.match.pairing import FREE_WITH_BASE, PAIRS_WITH_BASE, STEPS, pairs_from_keys, pairs_within_groups
from tests.unit.match_lists import ANNA, ANNA_AGAIN, JAN, forms


@given(forms())
def test_keys_are_signed_and_few(form: Form) -> None:
    keys = keys_of(form)
    assert len(set(keys)) == len(keys) <= 24
    assert all(-(2**63) <= key < 2**63 for key in keys)


def test_keys_are_the_same_in_every_process() -> None:
    assert keys_of(Form(birth="1980-02-03", city="lodz")) == keys_of(Form(birth="1980-02-03", city="lodz"))
    assert keys_of(Form(sevens=("1234567",))) == [-8211287754283135226]


def test_duplicate_with_slips_shares_a_key() -> None:
    assert set(keys_of(ANNA)) & set(keys_of(ANNA_AGAIN))


def test_a_slip_in_the_domain_leaves_a_private_mailbox_findable() -> None:
    one, other = (Form(emails=(f"ar20@{host}",), mail_domains=(host,)) for host in ("torres.org", "tores.org"))
    assert set(keys_of(one)) & set(keys_of(other))
    assert not set(keys_of(replace(one, company=("nova",)))) & set(keys_of(replace(other, company=("beta",))))


def test_exchanged_names_share_a_key() -> None:
    bare = Form(given="anna", family="kowalska")
    assert set(keys_of(bare)) & set(keys_of(replace(bare, given="kowalska", family="anna")))


def test_transcriptions_have_one_skeleton() -> None:
    assert skeleton("mueller") == skeleton("muller")
    assert skeleton("juliya") == skeleton("julia")


def test_pairs_are_found_once() -> None:
    assert pairs_from_keys([[1, 2], [2, 1], [3]]).tolist() == [[0, 1]]


def test_no_keys_give_no_pairs() -> None:
    assert pairs_from_keys([[], []]).tolist() == []


def test_frequent_key_stops_being_a_key() -> None:
    switchboard = [[7, 100 + number] for number in range(400)]
    assert len(pairs_from_keys(switchboard)) == 0
    assert len(pairs_from_keys([[7, 100 + number] for number in range(STEPS[1])])) == STEPS[1] * (STEPS[1] - 1) // 2


def test_repetitions_of_one_record_are_always_paired() -> None:
    pairs = pairs_from_keys([[8, 9], *([7, 8, number // 400] for number in range(800))])
    assert {tuple(pair) for pair in pairs.tolist()} >= {
        *((1, line) for line in range(2, 401)),
        *((401, line) for line in range(402, 801)),
    }


def test_budget_drops_keys_of_many_records(monkeypatch: pytest.MonkeyPatch) -> None:
    crowded = [[number // 30, 1000 + number % 30] for number in range(900)]
    assert len(pairs_from_keys(crowded)) == 2 * 30 * (30 * 29 // 2)
    monkeypatch.setattr("shared.match.pairing._CHUNK", 1000)
    assert len(pairs_from_keys(crowded)) == 2 * 30 * (30 * 29 // 2)
    monkeypatch.setattr("shared.match.pairing.FREE_PAIRS", 0)
    assert len(pairs_from_keys(crowded)) == 0


def test_colleagues_are_candidates() -> None:
    assert pairs_from_keys(map(keys_of, (ANNA, JAN))).tolist() == [[0, 1]]


def test_records_of_the_base_meet_only_new_ones() -> None:
    keys = np.array([5, 5, 5, 5, 7, 7, 9, 9], dtype=np.int64)
    records = np.array([0, 1, 2, 3, 2, 3, 1, 3], dtype=np.int32)
    assert pairs_within_groups(keys, records, 4, whole=2).tolist() == [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3]]
    assert [2, 3] in pairs_within_groups(keys, records, 4, whole=4).tolist()


def test_larger_base_costs_no_more_pairs() -> None:
    """Each new record shares a key with ever more records of the base; the rarest keys are used first."""
    found = []
    for holders in (9, 80):
        new, base = 2_000, 400 * holders
        lines = np.concatenate([np.arange(new), new + np.arange(base)])
        keys = np.concatenate([np.arange(new) // 5, np.arange(base) // holders])  # five new records beside the base's
        rare = np.stack([np.arange(new) + 10_000, np.arange(new)])
        order = np.lexsort((np.concatenate([lines, rare[1], [new]]), np.concatenate([keys, rare[0], [10_000]])))
        all_keys = np.concatenate([keys, rare[0], [10_000]])[order]
        records = np.concatenate([lines, rare[1], [new]])[order].astype(np.int32)
        found.append(pairs_within_groups(all_keys, records, new + base, whole=new))
    assert len(found[1]) <= max(FREE_WITH_BASE, PAIRS_WITH_BASE * 2_000)
    assert [0, 2_000] in found[1].tolist()
