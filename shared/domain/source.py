"""What the kind of a source says of its lists: how far their word is trusted, and whether they go out at once."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TRUST: Final[Mapping[str, int]] = MappingProxyType(
    {"rep": 5, "own": 4, "form": 3, "referral": 3, "purchased": 2, "scraped": 1}
)
"""Kind -> trust: 5 said by the person or to a rep, 4 own systems, 3 form, 2 bought, 1 scraped."""

LEGAL_BASES: Final = ("legitimate_interest", "consent", "contract", "legal_obligation", "none")

PURPOSES: Final = ("new", "update", "base", "suppress", "closed")
"""What an upload is for."""

_NOT_HANDED_OUT: Final = frozenset({"update", "suppress", "closed"})


def first_circulation(kind: str, legal_basis: str) -> str:
    """Gives the circulation a new source starts in: held when it was scraped or nobody named a legal basis."""
    return "held" if kind == "scraped" or legal_basis == "none" else "active"


def upload_circulation(source_circulation: str, purpose: str) -> str:
    """Gives the circulation a new upload starts in: as its source stands, held when its rows are not there to be called."""
    return "held" if purpose in _NOT_HANDED_OUT and source_circulation != "ended" else source_circulation


_JUDGED_ROWS: Final = 20
_USUAL_ROWS: Final = 100
_LEAST_BAD_SHARE: Final = 0.05


def is_unusually_bad(bad: int, rows: int, *, usual_bad: int, usual_rows: int, limit: float | None) -> bool:
    """Whether a list should wait for a person: its bad share is above its source's limit, or else twice what is usual there.

    A few rows prove nothing, nor does a source of which little has come yet; a twentieth is never unusual.
    """
    if rows < _JUDGED_ROWS:
        return False
    share = bad / rows
    if limit is not None:
        return share > limit
    return usual_rows >= _USUAL_ROWS and share > max(2 * usual_bad / usual_rows, _LEAST_BAD_SHARE)
