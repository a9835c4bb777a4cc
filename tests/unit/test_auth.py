"""Tokens and their parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.auth import hash_secret, is_same_secret, new_secret, parse_authorization, parse_token, write_token
from shared.domain.errors import Refused


@given(st.integers(0, 2**63 - 1))
def test_a_token_gives_its_id_and_hash_back(token_id: int) -> None:
    secret = new_secret()
    parsed = parse_token(write_token(token_id, secret))
    assert parsed is not None
    assert parsed.token_id == token_id
    assert is_same_secret(parsed, hash_secret(secret))


def test_another_secret_is_not_the_same() -> None:
    parsed = parse_token(write_token(7, new_secret()))
    assert parsed is not None
    assert not is_same_secret(parsed, hash_secret(new_secret()))


def test_a_token_never_holds_what_is_stored() -> None:
    token = write_token(7, new_secret())
    assert hash_secret(token[-43:]).hex() not in token
    assert len(token) == len("lm_7_") + 43


@given(st.text())
def test_other_text_is_no_token(text: str) -> None:
    assert parse_token(text) is None


def test_an_id_past_bigint_is_no_token() -> None:
    assert parse_token(f"lm_{'Z' * 11}_{new_secret()}") is None


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (None, "token_missing"),
        ("", "token_missing"),
        ("Basic abc", "token_missing"),
        ("Bearer", "token_unknown"),
        ("Bearer lm_1_short", "token_unknown"),
    ],
)
def test_a_header_without_a_token_is_refused(header: str | None, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse_authorization(header)
    assert refusal.value.code == code


def test_the_scheme_is_read_in_any_case() -> None:
    assert parse_authorization(f"bearer {write_token(3, new_secret())}").token_id == 3
