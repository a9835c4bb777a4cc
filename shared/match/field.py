"""The fields that are compared, their levels, and which kind of pair shares which field.

Level 0 of every field is "missing": one side has no value, and absence is no evidence. The other levels run from the
strongest agreement to contradiction. Nothing is measured here; the tables say only what exists.
"""

from typing import Final

MISSING: Final = 0

LEVELS: Final[dict[str, tuple[str, ...]]] = {
    "given": ("missing", "exact", "near", "similar", "initial", "different"),
    "family": ("missing", "exact", "near", "similar", "initial", "different"),
    "order": ("missing", "straight", "swapped"),
    "email": ("missing", "exact", "shared", "close", "local_part", "domain", "different"),
    "phone": ("missing", "exact", "shared", "last_seven", "different"),
    "web": ("missing", "same", "different"),
    "company": ("missing", "exact", "close", "part", "weak", "different"),
    "address": ("missing", "exact", "near", "other_unit", "street", "other_house", "different"),
    "locality": ("missing", "same", "close", "mixed", "different"),
    "birth": ("missing", "exact", "near", "two_parts", "year", "one_part", "different"),
    "company_id": ("missing", "same", "different"),
    "country": ("missing", "same", "different"),
}
FIELDS: Final = tuple(LEVELS)
COLUMN: Final = {name: position for position, name in enumerate(FIELDS)}

# What two different leads may have in common for a reason. A class learns the fields it shares; in all others its pairs agree
# by chance alone, like any two records.
SHARED: Final[dict[str, frozenset[str]]] = {
    "match": frozenset(FIELDS),
    "colleague": frozenset({"company", "address", "locality", "phone", "email", "web", "company_id", "country"}),
    "household": frozenset({"family", "address", "locality", "phone", "country"}),
    "branch": frozenset({"company", "address", "locality", "web", "email", "phone", "company_id"}),
    "namesake": frozenset({"given", "family", "order", "email", "country"}),
    "neighbour": frozenset({"address", "locality", "country"}),
}
# What makes the class what it is: these shares are stated, not learnt, or the class would wander off to other pairs.
DEFINING: Final[dict[str, frozenset[str]]] = {
    "match": frozenset(),
    "colleague": frozenset({"company", "address", "locality", "country"}),
    "household": frozenset({"family", "address", "locality", "country"}),
    "branch": frozenset({"company", "address"}),
    "namesake": frozenset({"given", "family", "order", "country"}),
    "neighbour": frozenset({"address", "locality", "country"}),
}
CLASSES: Final = tuple(SHARED)


def level_name(field: str, level: int) -> str:
    """The word for a level of a field."""
    return LEVELS[field][level]


def level_number(field: str, name: str) -> int:
    """The number that stands for a word of LEVELS."""
    return LEVELS[field].index(name)
