"""A list of companies only: copies are found, and branches of one chain stay apart."""

from collections import Counter

import pytest

from shared.match.form import Form, form_of
from shared.match.memory import match_forms
from shared.normalise.record import normalise
from tests.unit.company_lists import company_list


def _form(cells: dict[str, str]) -> Form:
    row = normalise({field: [cell] for field, cell in cells.items() if cell}, default_country="PL")
    return form_of(row.values, [number.e164 for number in row.phones], row.emails, row.country)


def _pairs(sizes: Counter[object]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


@pytest.mark.parametrize("seed", [1, 2])
def test_branches_are_told_from_copies(seed: int) -> None:
    rows = list(company_list(1_500, seed))
    places = [place for _, place in rows]
    leads = match_forms([_form(cells) for cells, _ in rows]).clusters.tolist()
    joined, true = _pairs(Counter(leads)), _pairs(Counter(places))
    right = _pairs(Counter(zip(places, leads, strict=True)))
    assert right / joined >= 0.99
    assert right / true >= 0.98
