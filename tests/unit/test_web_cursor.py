"""Cursors of pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.errors import Refused
from shared.web.cursor import Cursors

SECRET = b"a secret of this test"


@given(st.text(), st.integers(0, 2**63 - 1))
def test_a_cursor_says_what_came_last(listing: str, last: int) -> None:
    cursors = Cursors(SECRET)
    assert cursors.decode(listing, cursors.encode(listing, last)) == last


def test_a_cursor_of_another_list_is_refused() -> None:
    cursor = Cursors(SECRET).encode("leads", 1)
    with pytest.raises(Refused):
        Cursors(SECRET).decode("contacts", cursor)


def test_a_cursor_of_another_installation_is_refused() -> None:
    cursor = Cursors(b"another secret").encode("leads", 1)
    with pytest.raises(Refused):
        Cursors(SECRET).decode("leads", cursor)


@given(st.text(min_size=1, max_size=60))
def test_invented_cursors_are_refused(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        Cursors(SECRET).decode("leads", text)
    assert refusal.value.code == "cursor_unknown"


def test_a_cursor_cut_short_is_refused() -> None:
    cursors = Cursors(SECRET)
    with pytest.raises(Refused):
        cursors.decode("leads", cursors.encode("leads", 10**9)[:-1])


def test_pages_follow_each_other_to_the_end() -> None:
    cursors, seen, cursor = Cursors(SECRET), [], None
    while True:
        start = (cursors.decode("n", cursor) or 0) + 1
        page = cursors.page("n", list(range(start, min(start + 4, 9))), 3, lambda n: n)
        seen.append(page["items"])
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == [[1, 2, 3], [4, 5, 6], [7, 8]]


def test_an_empty_page_has_no_next() -> None:
    assert Cursors(SECRET).page("n", [], 3, lambda n: n) == {"items": [], "next": None}
