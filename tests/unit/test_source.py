"""What the kind of a source decides."""

import pytest

from shared.domain.source import LEGAL_BASES, TRUST, first_circulation, is_unusually_bad, upload_circulation


@pytest.mark.parametrize("basis", LEGAL_BASES)
def test_scraped_source_starts_held(basis: str) -> None:
    assert first_circulation("scraped", basis) == "held"


@pytest.mark.parametrize("kind", sorted(TRUST))
def test_source_without_legal_basis_starts_held(kind: str) -> None:
    assert first_circulation(kind, "none") == "held"


@pytest.mark.parametrize("kind", sorted(TRUST.keys() - {"scraped"}))
def test_source_with_legal_basis_starts_active(kind: str) -> None:
    assert first_circulation(kind, "consent") == "active"


@pytest.mark.parametrize("circulation", ["held", "active", "paused", "ended"])
def test_list_of_new_leads_starts_as_its_source(circulation: str) -> None:
    assert upload_circulation(circulation, "new") == circulation


@pytest.mark.parametrize("purpose", ["update", "suppress", "closed"])
def test_list_that_is_not_to_be_called_starts_held(purpose: str) -> None:
    assert upload_circulation("active", purpose) == "held"
    assert upload_circulation("ended", purpose) == "ended"


@pytest.mark.parametrize(
    ("bad", "rows", "usual", "limit", "is_bad"),
    [
        (10, 19, (0, 1000), None, False),
        (10, 100, (40, 1000), None, True),
        (10, 100, (50, 1000), None, False),
        (4, 100, (0, 1000), None, False),
        (90, 100, (1, 99), None, False),
        (11, 100, (500, 1000), 0.1, True),
        (10, 100, (0, 1000), 0.1, False),
    ],
)
def test_a_list_is_bad_by_what_is_usual(
    bad: int, rows: int, usual: tuple[int, int], limit: float | None, is_bad: bool
) -> None:
    assert is_unusually_bad(bad, rows, usual_bad=usual[0], usual_rows=usual[1], limit=limit) is is_bad
