"""The compiled plans give what phonenumbers gives, over every region."""

import random

import phonenumbers
import pytest
from phonenumbers import PhoneMetadata, PhoneNumberType, ValidationResult

from shared.normalise.numbering import Number, parse_digits
from shared.normalise.phone import read_phones

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
TYPES = {value: name.lower() for name, value in vars(PhoneNumberType).items() if isinstance(value, int)}
LENGTHS = {
    ValidationResult.IS_POSSIBLE: "possible",
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "local",
    ValidationResult.TOO_SHORT: "short",
    ValidationResult.TOO_LONG: "long",
    ValidationResult.INVALID_LENGTH: "none",
}


def ask_library(digits: str, region: str | None, *, plus: bool) -> tuple[object, ...] | None:
    try:
        parsed = phonenumbers.parse("+" * plus + digits, region)
    except phonenumbers.NumberParseException:
        return None
    return (
        phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164),
        phonenumbers.is_valid_number(parsed),
        TYPES[phonenumbers.number_type(parsed)],
        phonenumbers.region_code_for_number(parsed),
        LENGTHS[phonenumbers.is_possible_number_with_reason(parsed)],
    )


def as_answer(number: Number | None) -> tuple[object, ...] | None:
    return number and (number.e164, number.valid, number.type, number.region, number.length)


def make_digits(rng: random.Random, region: str) -> tuple[str, bool]:
    """A number of a region, whole or damaged, dialled in one of the ways."""
    metadata = PhoneMetadata.metadata_for_region(region, None)
    assert metadata is not None
    example = phonenumbers.example_number_for_type(region, rng.randrange(10)) if rng.random() < 0.8 else None
    national = (
        phonenumbers.national_significant_number(example) if example else str(rng.randrange(10 ** rng.randrange(1, 16)))
    )
    digits = list(national)
    for _ in range(rng.randrange(4)):
        digits[rng.randrange(len(digits))] = rng.choice("0123456789")
    text = "".join(digits[: len(digits) - (rng.random() < 0.1)]) + rng.choice("0123456789") * (rng.random() < 0.1)
    code, trunk = str(metadata.country_code), metadata.national_prefix or "0"
    front = rng.choice(["", "", "", code, code, trunk, code + trunk, "00" + code, "011" + code])
    return front + text, front.startswith(code) and rng.random() < 0.7


@pytest.mark.parametrize("region", REGIONS)
def test_answers_are_those_of_phonenumbers(region: str) -> None:
    rng = random.Random(region)
    for _ in range(25):
        digits, plus = make_digits(rng, region)
        dialled_in = rng.choice([region, region, rng.choice(REGIONS), None])
        assert as_answer(parse_digits(digits, dialled_in, plus=plus)) == ask_library(digits, dialled_in, plus=plus), (
            digits
        )


@pytest.mark.parametrize("region", REGIONS)
def test_numbers_read_back_as_phonenumbers_writes_them(region: str) -> None:
    for kind in range(10):
        if example := phonenumbers.example_number_for_type(region, kind):
            example.extension = "123"
            texts = [phonenumbers.format_number(example, form) for form in (1, 2, 3)]
            texts += [phonenumbers.format_out_of_country_calling_number(example, "PL")]
            for text, dialled_in in zip(texts, (None, region, None, "PL"), strict=True):
                number = read_phones(text, country=dialled_in).numbers[0]
                assert number.e164 == phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164), text
                assert number.extension == "123"


@pytest.mark.long
def test_million_answers_are_those_of_phonenumbers() -> None:
    rng = random.Random(20261121)
    for _ in range(1_000_000):
        region = rng.choice(REGIONS)
        digits, plus = make_digits(rng, region)
        assert as_answer(parse_digits(digits, region, plus=plus)) == ask_library(digits, region, plus=plus), digits


@pytest.mark.parametrize(("digits", "plus"), [("1", False), ("", True), ("0" * 20, False), ("999123456789", True)])
def test_no_number_is_none(digits: str, *, plus: bool) -> None:
    assert parse_digits(digits, None, plus=plus) is None
