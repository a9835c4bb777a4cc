"""Ids at the edge."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.ids import MAX_ID, PREFIXES, UnknownId, decode, encode

kinds = st.sampled_from(sorted(PREFIXES))
numbers = st.integers(0, MAX_ID)


@given(kinds, numbers)
def test_an_id_comes_back(kind: str, n: int) -> None:
    assert decode(kind, encode(kind, n)) == n


@given(kinds, numbers)
def test_ids_survive_tools_without_case(kind: str, n: int) -> None:
    text = encode(kind, n)
    assert text == text.lower()
    assert text[:3] == f"{PREFIXES[kind]}_"
    assert 11 <= len(text) <= 24


@given(kinds, kinds, numbers)
def test_another_kind_is_unknown(kind: str, other: str, n: int) -> None:
    if kind != other:
        with pytest.raises(UnknownId):
            decode(other, encode(kind, n))


@given(kinds, st.text(max_size=40))
def test_text_that_is_no_id_is_unknown(kind: str, text: str) -> None:
    with pytest.raises(UnknownId):
        decode(kind, text)


@given(kinds, st.text(alphabet="w7nz4kx9bt3hq8vdj2rgf6mcs5p", min_size=8, max_size=24))
def test_only_the_canonical_text_is_an_id(kind: str, tail: str) -> None:
    text = f"{PREFIXES[kind]}_{tail}"
    with suppress(UnknownId):
        assert encode(kind, decode(kind, text)) == text


def test_neighbours_do_not_look_alike() -> None:
    tails = [encode("lead", n)[3:] for n in range(1000)]
    assert sorted(tails) != tails
    assert {len(tail) for tail in tails} == {8}


def test_prefixes_are_unique() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)
