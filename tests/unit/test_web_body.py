"""Bodies read strictly."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.errors import Refused
from shared.web.body import invalid, parse_json

texts = st.text(st.characters(exclude_characters="\0", codec="utf-8"))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    max_leaves=20,
)


@given(values, st.booleans())
def test_what_can_be_kept_is_read_as_it_is(value: object, ascii_only: bool) -> None:
    assert parse_json(json.dumps(value, ensure_ascii=ascii_only).encode()) == value


@pytest.mark.parametrize(
    "raw",
    [b"{", b"", b"NaN", b'{"a": Infinity}', b"\xff", b"[" * 100_000, b"9" * 5000, b'{"a": 1} 2'],
)
def test_what_is_no_json_is_refused(raw: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        parse_json(raw)
    assert refusal.value.code == "invalid_json"


@pytest.mark.parametrize(
    "raw",
    [rb'{"a": "x\u0000"}', rb'{"\u0000": 1}', rb'["\ud800"]', rb'{"a": [{"b": "\udfff"}]}', b"[" * 40 + b"]" * 40],
)
def test_what_cannot_be_kept_is_refused(raw: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        parse_json(raw)
    assert refusal.value.code == "invalid_body"


def test_a_whole_surrogate_pair_is_a_character() -> None:
    assert parse_json(rb'"\ud83d\ude00"') == "\U0001f600"


def test_many_flat_things_are_not_deep() -> None:
    assert len(parse_json(json.dumps([{"a": []}] * 100).encode())) == 100


def test_every_wrong_field_is_named() -> None:
    messages = {"json": {"fence": ["Missing."], "facts": {0: {"kind": ["Unknown field."]}}, "_schema": ["Too few."]}}
    refusal = invalid(messages)
    assert refusal.code == "invalid_body"
    assert refusal.members["errors"] == [
        {"field": "fence", "detail": "Missing."},
        {"field": "facts.0.kind", "detail": "Unknown field."},
        {"field": "", "detail": "Too few."},
    ]


def test_a_wrong_query_is_told_apart() -> None:
    assert invalid({"query": {"state": ["Unknown field."]}}).code == "invalid_query"


def test_messages_without_a_place_still_tell() -> None:
    assert invalid(["Invalid input type."]).members["errors"] == [{"field": "", "detail": "Invalid input type."}]
