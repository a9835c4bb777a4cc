"""Every code that people are shown has a hint."""

import re
from pathlib import Path

import pytest

from shared.domain.reason import HINTS, hint_of
from shared.normalise.phone import PhoneReading

ROOT = Path(__file__).parents[2]


def codes_of_the_reader() -> list[str]:
    sources = [path.read_text() for path in (ROOT / "services/intake/reading").glob("*.py")]
    return sorted({code for text in sources for code in re.findall(r'Problem\([^,"]+, "([a-z_]+)"', text)})


def codes_of_phones() -> list[str]:
    told = re.search(r"Reasons: ([a-z_,\s]+)\.", PhoneReading.__doc__ or "")
    assert told
    return [code.strip() for code in told[1].split(",")]


def codes_of_outcomes() -> list[str]:
    text = (ROOT / "shared/storage/outcome.py").read_text()
    return sorted(
        set(re.findall(r"(?:THEN|ELSE) '([a-z_]+)'", text))
        - {"suppressed_", "suppressed", "merged", "review", "quarantined"}
    )


@pytest.mark.parametrize("code", [*codes_of_the_reader(), *codes_of_phones(), *codes_of_outcomes()])
def test_code_has_a_hint(code: str) -> None:
    assert hint_of(code)


def test_unknown_code_has_none() -> None:
    assert hint_of("no_such_code") is None
    assert hint_of(None) is None


def test_hints_are_sentences() -> None:
    assert [hint for hint in HINTS.values() if not hint.endswith(".")] == []
