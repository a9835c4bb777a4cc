"""Kinds of evidence about a number: what each says of the line, how much it weighs and how fast it ages. Data, no rule.

A weight is the share of a verdict that one observation is worth: 1 decides alone when a machine says it, two
independent ones must reach 1 together. A half-life is after how long an observation counts half beside a newer one:
lines that are out of order come back within days, a number that was taken from service stays away for months.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Meaning(StrEnum):
    """What a kind of evidence says of the line."""

    ANSWERED = "answered"
    SILENT = "silent"
    WORKS = "works"
    DEAD_HINT = "dead hint"
    STRANGER_HINT = "stranger hint"
    INCONCLUSIVE = "inconclusive"
    RETURNED = "returned"
    EXTENDED = "extended"
    BARRED = "barred"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of evidence; only hints have a weight and age."""

    meaning: Meaning
    weight: float = 0.0
    half_life_days: int = 1
    does: str = ""


KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "live": Kind(Meaning.ANSWERED, does="the client answered"),
        "machine": Kind(Meaning.ANSWERED, does="an answering machine: the line lives, whoever owns it"),
        "no_answer": Kind(Meaning.SILENT, does="it rang"),
        "busy": Kind(Meaning.SILENT, does="somebody else was on the line"),
        "active": Kind(Meaning.WORKS, does="a check found the line in service: alive, whoever owns it"),
        "unallocated": Kind(Meaning.DEAD_HINT, 1.0, 180, "the network knows no such subscriber: definite by a machine"),
        "number_changed": Kind(Meaning.DEAD_HINT, 0.8, 180, "the subscriber left this number"),
        "disconnected": Kind(Meaning.DEAD_HINT, 0.6, 90, "the line is out of service"),
        "fax": Kind(Meaning.DEAD_HINT, 0.6, 180, "a fax answered: nobody can be spoken to"),
        "malformed": Kind(Meaning.DEAD_HINT, 0.6, 180, "the network cannot read the number"),
        "out_of_order": Kind(Meaning.DEAD_HINT, 0.5, 14, "a fault that may pass: never enough with its like"),
        "wrong_party": Kind(Meaning.STRANGER_HINT, 0.6, 365, "somebody else answered"),
        "reassigned": Kind(Meaning.STRANGER_HINT, 1.0, 365, "the number has a new owner: definite by a machine"),
        "inconclusive": Kind(Meaning.INCONCLUSIVE, does="a check could not tell"),
        "returned": Kind(Meaning.RETURNED, does="a supervisor released it"),
        "brought": Kind(Meaning.RETURNED, does="a new source brings a number whose party was wrong"),
        "suppressed": Kind(Meaning.BARRED, does="nobody may call it: says nothing of the line"),
        "extended": Kind(Meaning.EXTENDED, does="a supervisor put its recheck off"),
    }
)
"""Every kind that says something of a line; whatever else stands in the ledger says nothing of it."""


def meaning_of(kind: str | None) -> Meaning | None:
    """Gives what a kind says of the line; None for one that says nothing."""
    known = KINDS.get(kind) if kind else None
    return known.meaning if known else None
