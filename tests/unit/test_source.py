"""What the kind of a source decides."""

import pytest

from shared.domain.source import LEGAL_BASES, TRUST, first_circulation


@pytest.mark.parametrize("basis", LEGAL_BASES)
def test_scraped_source_starts_held(basis: str) -> None:
    assert first_circulation("scraped", basis) == "held"


@pytest.mark.parametrize("kind", sorted(TRUST))
def test_source_without_legal_basis_starts_held(kind: str) -> None:
    assert first_circulation(kind, "none") == "held"


@pytest.mark.parametrize("kind", sorted(TRUST.keys() - {"scraped"}))
def test_source_with_legal_basis_starts_active(kind: str) -> None:
    assert first_circulation(kind, "consent") == "active"
