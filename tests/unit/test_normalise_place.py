"""Addresses, cities and countries."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.normalise.address import Address, read_address, read_postcode
from shared.normalise.city import city_core
from shared.normalise.country import read_country
from shared.normalise.place_country import guess_country


@pytest.mark.parametrize(
    ("street", "country", "core", "house", "unit"),
    [
        ("ul. 3 Maja 15", "PL", "3 maja", "15", None),
        ("ulica Słowackiego 12/4", "PL", "slowackiego", "12", "4"),
        ("Słowackiego 12 m. 4", "PL", "slowackiego", "12", "4"),
        ("Słowackiego 12A lok. 4", "PL", "slowackiego", "12a", "4"),
        ("ул. Ленина, д. 5, оф. 12", "RU", "lenina", "5", "12"),
        ("улица Ленина 5-12", "RU", "lenina", "5", "12"),
        ("ул. Мира, 5 корп. 2", "RU", "mira", "5k2", None),
        ("ул. Мира, корп. 2", "RU", "mira", "k2", None),
        ("Gedimino g. 5-12", "LT", "gedimino", "5", "12"),
        ("Gedimino gatvė 5", "LT", "gedimino", "5", None),
        ("Hauptstraße 12 a", "DE", "haupt", "12a", None),
        ("Haupt Str. 12a", "DE", "haupt", "12a", None),
        ("Hauptstr. 12a", "DE", "haupt", "12a", None),
        ("Straße des 17. Juni 135", "DE", "des 17 juni", "135", None),
        ("1200 N Main Street, Suite 200", "US", "north main", "1200", "200"),
        ("1200 North Main St #200", "US", "north main", "1200", "200"),
        ("10 Downing Street", "GB", "downing", "10", None),
        ("Flat 3, 10 Downing St.", "GB", "downing", "10", "3"),
        ("12-14 High Road", "GB", "high", "12-14", None),
        ("Rynek", "PL", "rynek", None, None),
        ("The Street 5", "DE", "the", "5", None),
        ("ул. Набережная, д. 146", "RU", "naberezhnaya", "146", None),
        ("ul. Lenina, d. 18, of. 195", "RU", "lenina", "18", "195"),
        ("ul. 5", "PL", None, "5", None),
        ("Plac 5", "PL", "plac", "5", None),
        ("17 Juni Platz", "DE", "17 juni", None, None),
    ],
)
def test_street_falls_into_parts(
    street: str, country: str, core: str | None, house: str | None, unit: str | None
) -> None:
    address = read_address(street, country=country)
    assert (address.street_core, address.house, address.unit) == (core, house, unit)


def test_tail_of_a_street_cell_fills_city_and_postcode() -> None:
    address = read_address("ul. Długa 5, 00-950 Warszawa", country="PL")
    assert (address.street, address.postcode, address.city) == ("ul. Długa 5", "00-950", "Warszawa")
    same = read_address("ul. Długa 5, Warszawa", "Warszawa", country="PL")
    assert same.street == "ul. Długa 5"
    other = read_address("ul. Długa 5, Praga", "Warszawa", country="PL")
    assert other.street == "ul. Długa 5, Praga"
    assert read_address("5, 00-950 Warszawa", country="PL").street == "5, 00-950 Warszawa"


def test_postcode_before_a_city_is_its_own() -> None:
    assert read_address(None, "00-950 Warszawa", country="PL") == Address(
        city="Warszawa", postcode="00-950", country="PL", city_core="warszawa"
    )
    assert read_address(None, "Room 9", country="PL").city == "Room 9"
    assert read_address(None, "10115 Berlin").city == "10115 Berlin"


def test_placeholder_parts_are_none() -> None:
    assert read_address("n/a", "-", "", "brak", None) == Address()


@pytest.mark.parametrize(
    ("raw", "country", "postcode"),
    [
        ("1067", "DE", "01067"),
        ("00950", "PL", "00-950"),
        ("950", "PL", "00-950"),
        ("LT-01234", "LT", "01234"),
        ("sw1a1aa", "GB", "SW1A 1AA"),
        ("601.0", "US", "00601"),
        ("02134-1234", "US", "02134-1234"),
        ("A-1010", "AT", "1010"),
        ("abc", "GB", "ABC"),
        ("123", None, "123"),
        ("", "PL", ""),
    ],
)
def test_postcode_is_repaired(raw: str, country: str | None, postcode: str) -> None:
    assert read_postcode(raw, country) == postcode


@pytest.mark.parametrize(
    "spellings",
    [
        ("Warszawa", "Warsaw", "WARSZAWA", "m. Warszawa", "Warszawa (Praga)", "Warszawa-Wola", "Warszawa / Wola"),
        ("Санкт-Петербург", "СПб", "Saint Petersburg", "г. Санкт-Петербург"),
        ("München", "Munich", "Muenchen"),
        ("New York", "NYC", "New York City"),
        ("Vilnius", "Vilnius m. sav.", "Wilno"),
    ],
)
def test_city_has_one_core(spellings: tuple[str, ...]) -> None:
    assert len({city_core(spelling) for spelling in spellings}) == 1


def test_no_city_has_no_core() -> None:
    assert city_core("!!!") is None


@pytest.mark.parametrize(
    ("raw", "code"),
    [("US", "US"), ("U.S.A.", "US"), ("Polska", "PL"), ("Россия", "RU"), ("РФ", "RU"), ("Lietuva", "LT"), ("deutschland", "DE"), ("England", "GB"), ("uk", "GB"), ("Österreich", "AT"), ("pl", "PL"), ("p l", None), ("Atlantis", None), ("", None), ("Czech Republic", "CZ"), ("P.L.", None)],
)  # fmt: skip
def test_country_is_read_in_many_languages(raw: str, code: str | None) -> None:
    assert read_country(raw) == code


@pytest.mark.parametrize(
    ("city", "postcode", "region", "country"),
    [(None, "00-950", None, "PL"), (None, "SW1A 1AA", None, "GB"), ("Warsaw", None, None, "PL"), (None, "12345", "NY", "US"), (None, None, "woj. mazowieckie", "PL"), (None, None, "Московская область", "RU"), ("Мск", None, None, "RU"), (None, None, "Kauno apskritis", "LT"), ("Köln", "50667", "NRW", "DE"), ("Springfield", "12345", "", None), (None, None, None, None)],
)  # fmt: skip
def test_address_points_to_its_country(
    city: str | None, postcode: str | None, region: str | None, country: str | None
) -> None:
    assert guess_country(city, postcode, region) == country


@settings(deadline=None)
@given(
    st.text(), st.text(max_size=20), st.text(max_size=12), st.sampled_from([None, "PL", "US", "GB", "RU", "LT", "DE"])
)
def test_any_text_is_read_without_error(street: str, city: str, postcode: str, country: str | None) -> None:
    address = read_address(street, city, postcode, "", country)
    assert address.street_core is None or address.street_core.isascii()
    assert read_country(street) is None or len(str(read_country(street))) == 2
