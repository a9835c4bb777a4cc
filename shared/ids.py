"""The codec of ids at the edge: bigint inside, `ld_…` outside, showing neither order nor size.

Only views, pages, the command line and files for people use it; storage and use cases know integers.
The alphabet has no vowels, so that no words arise, and one letter case, so that spreadsheets,
which compare without case, keep two ids apart.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from sqids.sqids import Sqids

from shared.domain.errors import Refused

PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "action": "ac",
        "assignment": "as",
        "contact": "ct",
        "lead": "ld",
        "line_check": "lc",
        "line_hold": "lh",
        "merge": "mg",
        "number": "nr",
        "person": "pe",
        "policy": "po",
        "pool": "pl",
        "promise": "pr",
        "proposal": "pp",
        "record": "rc",
        "request": "rq",
        "research": "rs",
        "review": "rv",
        "site": "si",
        "source": "so",
        "subscription": "sb",
        "suppression": "sp",
        "team": "tm",
        "token": "tk",
        "upload": "up",
        "vendor_claim": "vc",
    }
)
"""Kind of thing -> prefix. A prefix is for ever: clients keep ids."""

MAX_ID: Final = 2**63 - 1

_ALPHABET: Final = "w7nz4kx9bt3hq8vdj2rgf6mcs5p"
_MIN_LENGTH: Final = 8
_MAX_LENGTH: Final = 24


class UnknownId(Refused):
    """The text is no id of this kind: answer as if the thing were absent."""

    def __init__(self, kind: str) -> None:
        super().__init__("not_found", f"there is no such {kind}")


@lru_cache(maxsize=65_536)
def encode(kind: str, n: int) -> str:
    """Gives the outside form of an id."""
    return f"{PREFIXES[kind]}_{_codec().encode([n])}"


@lru_cache(maxsize=65_536)
def decode(kind: str, text: str) -> int:
    """Reads an id; only the very text that `encode` gives is accepted, so that a thing has one name.

    Raises:
        UnknownId: the text is no id, or one of another kind.
    """
    prefix, _, tail = text.partition("_")
    if prefix != PREFIXES[kind] or not _MIN_LENGTH <= len(tail) <= _MAX_LENGTH:
        raise UnknownId(kind)
    numbers = _codec().decode(tail)
    if len(numbers) != 1 or numbers[0] > MAX_ID or encode(kind, numbers[0]) != text:
        raise UnknownId(kind)
    return numbers[0]


class _Codec(Sqids):
    """Sqids that remembers its shuffles: they depend on the alphabet alone, of which an encoding has as many as letters."""

    _Sqids__shuffle = lru_cache(maxsize=4096)(Sqids._Sqids__shuffle)  # type: ignore[attr-defined]


@lru_cache(maxsize=1)
def _codec() -> Sqids:
    return _Codec(alphabet=_ALPHABET, min_length=_MIN_LENGTH, blocklist=[])
