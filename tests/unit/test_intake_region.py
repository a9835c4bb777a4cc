"""Which country the numbers of a list speak for."""

import random

import pytest

from services.intake.region import Place, country_of, find_mismatch

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


TOWNS = ("Vilnius", "Kaunas", "Alytus", "Utena", "Jonava", "Šiauliai", "Klaipėda", "Panevėžys")
LITHUANIAN = [f"861{n}34567" for n in range(8)]


@pytest.mark.parametrize(
    "places",
    [
        [Place(city=town) for town in TOWNS],
        [Place(domains=(f"info@imone{n}.lt",)) for n in range(8)],
        [Place(domains=(f"https://imone{n}.lt/kontaktai",)) for n in range(8)],
    ],
)
def test_numbers_that_fit_both_are_told_by_their_places(places: list[Place]) -> None:
    found = find_mismatch(LITHUANIAN, chosen="PL", candidates=CANDIDATES, places=places)
    assert found is not None
    assert (found.better, found.share_chosen, found.share_better, found.share_placed) == ("LT", 1.0, 1.0, 1.0)
    assert find_mismatch(LITHUANIAN, chosen="LT", candidates=CANDIDATES, places=places) is None


@pytest.mark.parametrize(
    "places",
    [
        [],
        [Place(city=town) for town in TOWNS[:7]],
        [Place(city=town) for town in TOWNS[:4]] + [Place(city="Radom")] * 4,
        [Place(domains=("a@firma.fr",))] * 8,
        [Place(domains=("a@firma.com",))] * 8,
    ],
)
def test_places_that_prove_nothing_are_no_warning(places: list[Place]) -> None:
    assert find_mismatch(LITHUANIAN, chosen="PL", candidates=["LT", "PL"], places=places) is None


def test_numbers_that_fit_the_chosen_better_stay_there() -> None:
    cells = [f"60220{n}304" for n in range(8)]
    assert find_mismatch(cells, chosen="PL", candidates=["LT", "PL"], places=[Place(city="Vilnius")] * 8) is None


def test_an_address_speaks_before_a_domain() -> None:
    assert country_of(Place(city="Radom", domains=("a@firma.lt",))) == "PL"
    assert country_of(Place(domains=("a@firm.co.uk",))) == "GB"
    assert country_of(Place()) is None


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
