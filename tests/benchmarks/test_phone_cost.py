"""What it costs to parse, validate, type and format a number, against plain phonenumbers doing the same.

Asked: at most 0.4 of its time.
"""

import random
from collections.abc import Callable, Sequence
from typing import Final

import phonenumbers
import pytest

from shared.normalise.phone import read_phones
from tests.benchmarks.side_by_side import report, time_in_turns

_NUMBERS: Final = 2_000
_COUNTRIES: Final = ("PL", "LT", "DE", "US", "GB", "RU")
_FORMS: Final = (
    phonenumbers.PhoneNumberFormat.E164,
    phonenumbers.PhoneNumberFormat.INTERNATIONAL,
    phonenumbers.PhoneNumberFormat.NATIONAL,
    phonenumbers.PhoneNumberFormat.RFC3966,
)

Case = tuple[str, str]


def make_list(countries: Sequence[str]) -> list[Case]:
    """Numbers as lists have them: valid and slightly wrong ones, in the common ways of writing."""
    rng = random.Random(20261121)
    cases: list[Case] = []
    while len(cases) < _NUMBERS:
        country = rng.choice(countries)
        kind = rng.choice((phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE))
        example = phonenumbers.example_number_for_type(country, kind)
        if example is None:
            continue
        national = str(example.national_number)
        example.national_number = int(national[:4] + "".join(rng.choice("0123456789") for _ in national[4:]))
        cases.append((phonenumbers.format_number(example, rng.choice(_FORMS)).removeprefix("tel:"), country))
    return cases


def read_plainly(cases: Sequence[Case]) -> list[tuple[str, bool]]:
    answers = []
    for raw, country in cases:
        parsed = phonenumbers.parse(raw, country)
        valid = phonenumbers.is_valid_number(parsed)
        phonenumbers.number_type(parsed)
        answers.append((phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164), valid))
    return answers


def read_ours(cases: Sequence[Case]) -> list[tuple[str, bool]]:
    readings = (read_phones(raw, country=country).numbers for raw, country in cases)
    return [(numbers[0].e164, numbers[0].valid) for numbers in readings if numbers]


def run(read: Callable[[Sequence[Case]], object], cases: Sequence[Case]) -> Callable[[], object]:
    return lambda: read(cases)


@pytest.mark.parametrize("countries", [("PL",), _COUNTRIES, tuple(sorted(phonenumbers.SUPPORTED_REGIONS))])
def test_reading_costs_at_most_two_fifths_of_phonenumbers(countries: Sequence[str]) -> None:
    cases = make_list(countries)
    read_ours(cases), read_plainly(cases)
    plain_s, ours_s = time_in_turns(20, run(read_plainly, cases), run(read_ours, cases))
    base, measured = ("plain phonenumbers", plain_s / _NUMBERS * 1000), ("leadmill", ours_s / _NUMBERS * 1000)
    ratio = report(f"1,000 numbers of {len(countries)} countries", base, measured)
    assert ratio <= 0.4


def test_what_both_call_valid_is_the_same_number() -> None:
    cases = make_list(_COUNTRIES)
    pairs = zip(read_plainly(cases), (read_phones(raw, country=country).numbers for raw, country in cases), strict=True)
    differing = [
        (plain, numbers)
        for plain, numbers in pairs
        if plain[1] and numbers and numbers[0].valid and numbers[0].e164 != plain[0]
    ]
    assert differing == []
