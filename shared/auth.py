"""Who calls: opaque tokens, their parts and hashes, and the caller that a token stands for.

A token is `lm_<id>_<secret>`: the id finds the row, the secret is 256 random bits of which only the
SHA-256 is kept (a random secret needs no slow hash). Statements are in `shared.storage.token`.
"""

import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from string import ascii_letters, digits
from typing import Final

from shared.domain.errors import Refused

_BASE62: Final = digits + ascii_letters
_TOKEN: Final = re.compile(r"lm_([0-9a-zA-Z]{1,11})_([0-9A-Za-z_-]{43})")
_MAX_ID: Final = 2**63 - 1


class Role(StrEnum):
    """What a person or program may do; the values are those of the ledger."""

    MARKETING = "marketing"
    REP = "rep"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent the request: a token and the person, or program, behind it. `scopes` None limits nothing."""

    token_id: int
    person_id: int
    role: Role
    team_id: int | None
    name: str = field(repr=False)
    scopes: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class ParsedToken:
    """A token as it came: not yet known to be good."""

    token_id: int
    secret_hash: bytes


@dataclass(frozen=True, slots=True)
class Pass:
    """What a statement needs to check a caller by itself: a token, and who may do what it does."""

    token: ParsedToken
    roles: tuple[Role, ...]
    needs: str | None


def new_secret() -> str:
    """Gives 256 fresh random bits as 43 characters."""
    return urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode()


def hash_secret(secret: str) -> bytes:
    """Gives what is stored of a secret."""
    return sha256(secret.encode()).digest()


def write_token(token_id: int, secret: str) -> str:
    """Gives the token to be shown, once."""
    return f"lm_{_to_base62(token_id)}_{secret}"


def parse_token(text: str) -> ParsedToken | None:
    """Reads a token; None if it has not the form of one."""
    match = _TOKEN.fullmatch(text)
    token_id = _from_base62(match[1]) if match else 0
    if match is None or token_id > _MAX_ID:
        return None
    return ParsedToken(token_id, hash_secret(match[2]))


def parse_authorization(header: str | None) -> ParsedToken:
    """Reads the Authorization header.

    Raises:
        Refused: `token_missing` without one, `token_unknown` when it can be no token.
    """
    scheme, _, text = (header or "").partition(" ")
    if scheme.lower() != "bearer":
        raise Refused("token_missing", "send a token: Authorization: Bearer lm_…")
    parsed = parse_token(text.strip())
    if parsed is None:
        raise unknown_token()
    return parsed


def is_same_secret(parsed: ParsedToken, stored_hash: bytes) -> bool:
    """Compares in constant time."""
    return hmac.compare_digest(parsed.secret_hash, stored_hash)


def unknown_token() -> Refused:
    """Makes the refusal of a token that is unknown, revoked or past its time: all look the same."""
    return Refused("token_unknown", "this token is not valid; ask for a new one")


def _to_base62(n: int) -> str:
    text = ""
    while n or not text:
        n, rest = divmod(n, 62)
        text = _BASE62[rest] + text
    return text


def _from_base62(text: str) -> int:
    n = 0
    for character in text:
        n = n * 62 + _BASE62.index(character)
    return n
