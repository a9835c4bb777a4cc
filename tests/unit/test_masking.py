"""What a rep does not see."""

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.masking import NEVER_HIDDEN, mask_fields, mask_number, mask_numbers


def test_a_number_keeps_its_country_and_two_digits() -> None:
    assert mask_number("+48601234567") == "+48•••••••67"
    assert mask_number(None) is None


@given(st.from_regex(r"\+[0-9]{5,15}", fullmatch=True))
def test_a_masked_number_is_as_long(e164: str) -> None:
    masked = mask_number(e164)
    assert masked is not None
    assert (len(masked), masked[-2:]) == (len(e164), e164[-2:])


def test_numbers_are_masked_only_when_hidden() -> None:
    numbers = [{"id": 1, "e164": "+48601234567"}]
    assert mask_numbers(numbers, ()) == numbers
    assert mask_numbers(numbers, ("numbers",))[0]["e164"] != "+48601234567"


def test_hidden_fields_are_left_out_with_the_cells_behind_them() -> None:
    fields = {"company": "A", "revenue": "9", "phone": "+48 601", "email": ["a@b.pl"]}
    assert mask_fields(fields, ("revenue", "numbers", "emails")) == {"company": "A"}


@given(st.sets(st.sampled_from(["revenue", *NEVER_HIDDEN])))
def test_whom_one_calls_is_never_hidden(hidden: set[str]) -> None:
    fields = dict.fromkeys(["revenue", *NEVER_HIDDEN], "x")
    assert mask_fields(fields, hidden).keys() >= NEVER_HIDDEN
