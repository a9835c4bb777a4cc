"""Which country the numbers of a list speak for."""

import random

import pytest

from services.intake.region import find_mismatch

CANDIDATES = ["DE", "GB", "LT", "PL", "RU", "US"]


@pytest.mark.parametrize(("chosen", "real"), [("RU", "PL"), ("PL", "US"), (None, "US")])
def test_wrong_country_is_found(chosen: str | None, real: str) -> None:
    cells = [f"({n[:3]}) {n[3:6]}-{n[6:]}" for n in ten_digits()] if real == "US" else nine_digits()
    found = find_mismatch(cells, chosen=chosen, candidates=CANDIDATES)
    assert found is not None
    assert found.better == real


def test_right_country_is_left_alone() -> None:
    assert find_mismatch(nine_digits(), chosen="PL", candidates=CANDIDATES) is None
    assert find_mismatch(ten_digits(), chosen="US", candidates=CANDIDATES) is None


def test_few_numbers_prove_nothing() -> None:
    assert find_mismatch(nine_digits()[:5], chosen="US", candidates=CANDIDATES) is None


def test_numbers_with_their_country_are_not_judged() -> None:
    assert find_mismatch([f"+48 {n}" for n in nine_digits()], chosen="US", candidates=CANDIDATES) is None


def test_garbage_speaks_for_nobody() -> None:
    assert find_mismatch(["12", "x", "99"] * 10, chosen="PL", candidates=CANDIDATES) is None


def nine_digits() -> list[str]:
    chance = random.Random(1)
    return [
        f"{chance.choice(['501', '602', '693', '788', '223'])}{chance.randint(100_000, 999_999)}" for _ in range(40)
    ]


def ten_digits() -> list[str]:
    chance = random.Random(2)
    return [
        f"{chance.choice(['212', '312', '415', '646'])}{chance.randint(200, 999)}{chance.randint(1000, 9999)}"
        for _ in range(40)
    ]
