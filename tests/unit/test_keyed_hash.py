"""Keyed hashes."""

from hypothesis import given
from hypothesis import strategies as st

from shared.keyed_hash import hash_of

SECRET = bytes(32)


@given(st.text(), st.text())
def test_only_equal_values_have_equal_hashes(one: str, other: str) -> None:
    assert (hash_of(SECRET, "email", one) == hash_of(SECRET, "email", other)) is (one == other)


def test_another_scope_or_key_gives_another_hash() -> None:
    hashes = {hash_of(SECRET, "email", "a"), hash_of(SECRET, "domain", "a"), hash_of(bytes([1] * 32), "email", "a")}
    assert len(hashes) == 3
