"""The same rows in two lists, whichever comes first, give the same leads."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.integration.line import open_line
from tests.unit.company_lists import company_list

_FIELDS = ("company", "street", "city", "postcode", "phone", "website", "email")
_PRESENT = """
    SELECT m.lead_id FROM outcome AS o JOIN membership AS m ON m.record_id = o.record_id AND m.closed_by IS NULL
    WHERE o.upload_id = %s ORDER BY o.row_no
"""


def _pairs(sizes: Counter[object]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


def _f1(places: Sequence[int], leads: Sequence[int]) -> float:
    right = _pairs(Counter(zip(places, leads, strict=True)))
    return 2 * right / (_pairs(Counter(places)) + _pairs(Counter(leads)))


@pytest.mark.parametrize("first", [0, 1])
def test_order_of_two_lists_does_not_matter(database_url: str, tmp_path: Path, first: int) -> None:
    made = list(company_list(160, seed=4))
    halves = [made[0::2], made[1::2]]  # copies of one place are spread over both
    line = open_line(database_url, tmp_path)
    try:
        places, leads = list[int](), list[int]()
        order = (halves[first], halves[1 - first])
        uploads = [
            line.take_list([tuple(cells[field] for field in _FIELDS) for cells, _ in half], fields=_FIELDS)
            for half in order
        ]
        for upload, half in zip(uploads, order, strict=True):
            leads += [int(str(lead)) for (lead,) in line.db.execute(_PRESENT, (upload,))]
            places += [place for _, place in half]
        assert _f1(places, leads) >= 0.97
        assert line.violations() == []
    finally:
        line.ledger.dispose()
        line.db.close()
