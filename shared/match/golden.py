"""The golden record: for each field the value that the records of a lead support best, and where it came from.

What belongs together is taken together: the parts of a name from one record, the parts of an address from one record.
Numbers, e-mails and the like are all kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from shared.normalise.text import fold

Value = str | list[str]

GROUPS: Final = (
    ("person", "given_name", "family_name"),
    ("street", "city", "region", "postcode", "country"),
    ("company", "company_id"),
)
# Whoever somebody is does not change, so many witnesses count; where and what somebody is does, so the latest counts.
STEADY: Final = frozenset({"person", "given_name", "family_name", "company", "company_id", "birth_date", "country"})


@dataclass(frozen=True, slots=True)
class GoldenInput:
    """One record of a lead; the higher `source_trust`, the more its word counts."""

    record_id: int
    values: Mapping[str, Value]
    source_trust: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class _Candidate:
    record: GoldenInput
    parts: tuple[str, ...]

    def folded(self) -> tuple[str, ...]:
        return tuple(map(fold, self.parts))

    def completeness(self) -> tuple[int, int]:
        """Filled parts, then letters; shouting counts as less than a name with small letters."""
        text = "".join(self.parts)
        return sum(map(bool, self.parts)), len(text) - (text.isupper() or text.islower())


def golden(records: Sequence[GoldenInput]) -> tuple[dict[str, Value], dict[str, int]]:
    """The best value of each field, and by field the record that gave it (of a list: its first value).

    Does not depend on the order of the records.
    """
    values: dict[str, Value] = {}
    provenance: dict[str, int] = {}
    grouped = {field for group in GROUPS for field in group}
    fields = sorted({field for record in records for field in record.values})
    for group in (*GROUPS, *((field,) for field in fields if field not in grouped)):
        if any(isinstance(record.values.get(field), list) for record in records for field in group):
            _keep_all(group[0], records, values, provenance)
        else:
            _keep_best(group, records, values, provenance)
    return values, provenance


def _keep_best(
    group: tuple[str, ...], records: Sequence[GoldenInput], values: dict[str, Value], provenance: dict[str, int]
) -> None:
    candidates = [_Candidate(record, tuple(_text(record.values.get(field)) for field in group)) for record in records]
    candidates = [candidate for candidate in candidates if any(candidate.parts)]
    if not candidates:
        return
    best = max(candidates, key=lambda candidate: _rank(candidate, candidates, group[0] in STEADY))
    for field, part in zip(group, best.parts, strict=True):
        if part:
            values[field], provenance[field] = part, best.record.record_id


def _text(value: Value | None) -> str:
    return value if isinstance(value, str) else ""


def _rank(candidate: _Candidate, candidates: Sequence[_Candidate], steady: bool) -> tuple[object, ...]:
    """Trust first; then witnesses before novelty for what is steady, novelty before witnesses for what moves."""
    folded = candidate.folded()
    witnesses = sum(_agrees(folded, other.folded()) for other in candidates)
    filled, letters = candidate.completeness()
    record = candidate.record
    middle = (
        (filled, witnesses, letters, record.received_at) if steady else (filled, record.received_at, witnesses, letters)
    )
    return (record.source_trust, *middle, -record.record_id)


def _agrees(folded: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return all(not theirs or mine == theirs for mine, theirs in zip(folded, other, strict=True))


def _keep_all(field: str, records: Sequence[GoldenInput], values: dict[str, Value], provenance: dict[str, int]) -> None:
    """Every distinct value once: the most trusted record's first, then the latest."""
    ordered = sorted(
        records, key=lambda record: (-record.source_trust, -record.received_at.timestamp(), record.record_id)
    )
    kept: dict[str, int] = {}
    for record in ordered:
        value = record.values.get(field, [])
        for item in [value] if isinstance(value, str) else value:
            if item:
                kept.setdefault(item, record.record_id)
    if kept:
        values[field], provenance[field] = list(kept), next(iter(kept.values()))
