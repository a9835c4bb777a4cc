"""Cursors of pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.errors import Refused
from shared.web.cursor import Cursors

SECRET = b"a secret of this test"
keys = st.lists(st.one_of(st.none(), st.integers(), st.text(max_size=40)), max_size=4)


@given(st.text(), keys)
def test_a_cursor_gives_its_key_back(listing: str, key: list[int | str | None]) -> None:
    cursors = Cursors(SECRET)
    assert cursors.decode(listing, cursors.encode(listing, key)) == key


def test_a_cursor_of_another_list_is_refused() -> None:
    cursor = Cursors(SECRET).encode("leads", [1])
    with pytest.raises(Refused):
        Cursors(SECRET).decode("contacts", cursor)


def test_a_cursor_of_another_installation_is_refused() -> None:
    cursor = Cursors(b"another secret").encode("leads", [1])
    with pytest.raises(Refused):
        Cursors(SECRET).decode("leads", cursor)


@given(st.text(max_size=60))
def test_invented_cursors_are_refused(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        Cursors(SECRET).decode("leads", text)
    assert refusal.value.code == "cursor_unknown"


def test_a_cursor_cut_short_is_refused() -> None:
    cursors = Cursors(SECRET)
    with pytest.raises(Refused):
        cursors.decode("leads", cursors.encode("leads", ["x" * 900]))


def test_pages_follow_each_other_to_the_end() -> None:
    cursors, seen, cursor = Cursors(SECRET), [], None
    while True:
        start = 0 if cursor is None else int(str(cursors.decode("n", cursor)[0])) + 1
        page = cursors.page("n", list(range(start, min(start + 4, 8))), 3, lambda n: [n])
        seen.append(page["items"])
        cursor = page["next"]
        if cursor is None:
            break
        assert isinstance(cursor, str)
    assert seen == [[0, 1, 2], [3, 4, 5], [6, 7]]


def test_an_empty_page_has_no_next() -> None:
    assert Cursors(SECRET).page("n", [], 3, lambda n: [n]) == {"items": [], "next": None}
