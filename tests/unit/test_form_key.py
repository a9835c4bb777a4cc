"""Keys of public forms: what we signed is read back, nothing else is."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from services.intake.form_key import Form, Forms

SECRET = b"s" * 32
FORM = Form(7, ("https://example.com",), "https://example.com/thanks", date(2030, 1, 31))


@given(
    form=st.builds(
        Form,
        st.integers(1, 2**60),
        st.lists(st.text(max_size=20), max_size=4).map(tuple),
        st.none() | st.text(max_size=20),
        st.none() | st.dates(),
    )
)
def test_form_is_read_from_its_key(form: Form) -> None:
    assert Forms(SECRET).find(Forms(SECRET).sign(form)) == form


@given(place=st.integers(0, 200), letter=st.sampled_from("Aa9_-"))
def test_changed_key_is_none_of_ours(place: int, letter: str) -> None:
    key = Forms(SECRET).sign(FORM)
    place %= len(key) - 1  # the last letter may hold spare bits
    changed = key[:place] + letter + key[place + 1 :]
    assert Forms(SECRET).find(changed) == (FORM if changed == key else None)


@given(st.text(max_size=60))
def test_text_is_no_key(text: str) -> None:
    assert Forms(SECRET).find(text) is None


def test_key_of_another_installation_is_none_of_ours() -> None:
    assert Forms(b"t" * 32).find(Forms(SECRET).sign(FORM)) is None


def test_same_form_has_the_same_key() -> None:
    assert Forms(SECRET).sign(FORM) == Forms(SECRET).sign(FORM)
