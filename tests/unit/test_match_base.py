"""What the counts of a base and the market of a record change."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.match.base import EMPTY_BASE, FEWEST_RECORDS, Base, base_from_json, base_of, base_sum, base_to_json
from shared.match.form import Form
from shared.match.frequency import Frequencies, frequencies_of
from shared.match.market import calling_prefix
from shared.match.model import default_model
from shared.match.score import score_pairs
from shared.match.table import Table, table_of
from tests.unit.match_lists import crowd, forms

BARE = Form(given="anna", family="kowalska", city="lodz", country="PL")


def _log_odds(table: Table, frequencies: Frequencies) -> float:
    return float(score_pairs(default_model(), table, np.array([[0, 1]]), frequencies).log_odds[0])


def test_counts_of_a_base_replace_reading_it() -> None:
    base_records = [replace(BARE, house=str(number)) for number in range(300)] + crowd(700)
    whole = table_of([BARE, BARE, *base_records])
    few = table_of([BARE, BARE])
    alone, beside = (
        _log_odds(few, frequencies_of(few, base)) for base in (EMPTY_BASE, base_of(table_of(base_records)))
    )
    in_full = _log_odds(whole, frequencies_of(whole))
    assert abs(beside - in_full) < 0.3 < abs(alone - in_full)


def test_partners_from_the_base_are_not_counted_twice() -> None:
    base_records = [replace(BARE, house=str(number)) for number in range(300)] + crowd(700)
    base, beside = base_of(table_of(base_records)), table_of([BARE, *base_records[:100]])
    counted = frequencies_of(beside, base, 1)
    assert counted.population[0] == 1001
    assert counted.holders["given"][0] == counted.holders["given_anywhere"][0] == 301


def test_records_of_the_base_add_nothing_to_its_counts() -> None:
    table = table_of(crowd(300))
    alone, beside = frequencies_of(table), frequencies_of(table, base_of(table), 0)
    assert beside.population.tolist() == alone.population.tolist()
    assert beside.holders["family"].tolist() == alone.holders["family"].tolist()


def test_larger_base_makes_the_same_pair_less_likely() -> None:
    table = table_of([BARE, BARE])
    shares = {"given": {"anna": 50}, "family": {"kowalska": 500}, "city": {"lodz": 10}}
    small, large = (
        Base(
            {"PL": size},
            {column: {"PL": {word: size // part for word, part in held.items()}} for column, held in shares.items()},
            {},
        )
        for size in (10_000, 10_000_000)
    )
    assert _log_odds(table, frequencies_of(table, small)) > _log_odds(table, frequencies_of(table, large))


def test_base_travels_as_json() -> None:
    base = base_of(table_of(crowd(200)))
    assert base_from_json(base_to_json(base)) == base


def test_counts_of_two_uploads_add_up() -> None:
    one = base_of(table_of([BARE] * FEWEST_RECORDS))
    both = base_sum(one, base_of(table_of([BARE] * 7)))
    assert (both.population["PL"], both.common["given"]["PL"]["anna"]) == (FEWEST_RECORDS + 7, FEWEST_RECORDS + 7)


def test_rare_values_are_not_kept() -> None:
    assert base_of(table_of([BARE])).common["given"]["PL"] == {}


@given(st.lists(forms(), max_size=20))
def test_empty_base_adds_nothing(records: list[Form]) -> None:
    base = base_of(table_of(records))
    assert base_sum(base, EMPTY_BASE).population == base.population


@pytest.mark.parametrize(
    ("number", "prefix"), [("+48221234567", "+48"), ("+12125550142", "+1"), ("+74951234567", "+7")]
)
def test_calling_code_tells_the_market(number: str, prefix: str) -> None:
    assert calling_prefix((number,)) == prefix
    assert calling_prefix(()) == ""


def test_town_tells_the_market_of_a_record_without_country() -> None:
    known = [replace(person, city="lodz") for person in crowd(5)]
    table = table_of([replace(BARE, country=""), *known, replace(BARE, country="", city="riga")])
    market = table.columns["market"].tolist()
    assert market[0] == market[1] > 0
    assert market[6] == 0


def test_calling_code_tells_the_market_without_any_country() -> None:
    here, there = ("+48221234567",), ("+4930123456",)
    table = table_of([Form(phones=here), Form(phones=here), Form(phones=there)])
    market = table.columns["market"].tolist()
    assert market[0] == market[1] != market[2]
    assert frequencies_of(table, base_of(table)).population.tolist() == [4, 4, 4]
