"""Names that somebody may have meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.match.lookalike import find_alike

NAMES = [
    "Kowalski Budownictwo sp. z o.o.",
    "Müller & Söhne GmbH",
    "Балтика ООО Иван Петров",
    "Nowak Transport",
    "UAB Statyba",
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kowalsky budownictwo", 0),
        ("Kowaslki", 0),
        ("mueller sohne", 1),
        ("baltika", 2),
        ("novak transport", 3),
        ("statiba", 4),
    ],
)
def test_what_was_meant_comes_first(typed: str, meant: int) -> None:
    assert find_alike(typed, NAMES, most=3)[0] == meant


@pytest.mark.parametrize("typed", ["xyzzy", "ab", ""])
def test_nothing_is_found_for_nothing(typed: str) -> None:
    assert find_alike(typed, NAMES, most=3) == []


@given(st.text(max_size=30), st.lists(st.text(max_size=30), max_size=10), st.integers(1, 5))
def test_places_are_of_the_list_and_no_more_than_asked(typed: str, names: list[str], most: int) -> None:
    found = find_alike(typed, names, most=most)
    assert len(found) <= most
    assert set(found) <= set(range(len(names)))
