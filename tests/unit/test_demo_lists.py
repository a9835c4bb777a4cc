"""The demo's lists are invented, messy, and the same every time."""

from pathlib import Path

import phonenumbers

from services.demo.lists import PURCHASED_ROWS, SCRAPED_ROWS, write_lists
from services.demo.telling import list_reasons, show_counts
from services.demo.words import DE, GB, US


def test_lists_are_the_same_every_time(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    assert [file.read_bytes() for file in write_lists(first)] == [file.read_bytes() for file in write_lists(second)]


def test_lists_hold_two_thousand_rows(tmp_path: Path) -> None:
    purchased, scraped = write_lists(tmp_path)
    assert len(purchased.read_text(encoding="utf-8").splitlines()) == PURCHASED_ROWS + 1
    assert len(scraped.read_text(encoding="cp1252").splitlines()) == SCRAPED_ROWS + 4


def test_every_invented_number_is_possible_in_its_country() -> None:
    for country in (US, GB, DE):
        for place in country.places:
            for prefix in place.prefixes:
                assert phonenumbers.is_valid_number(phonenumbers.parse(prefix + "1" * place.digits, country.code))


def test_counts_that_do_not_add_up_are_told() -> None:
    assert show_counts({"read": 3, "new": 2, "merged": 1}).endswith("(adds up: yes)")
    assert show_counts({"read": 3, "new": 2, "merged": 0}).endswith("(adds up: NO)")


def test_reasons_are_counted() -> None:
    assert list_reasons([]) == "none"
    assert (
        list_reasons([{"reason": "no_phone"}, {"reason": "invalid"}, {"reason": "no_phone"}]) == "2 no_phone, 1 invalid"
    )
